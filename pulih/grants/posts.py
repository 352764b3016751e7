"""Who has to act: the office that handed over, or the ministry for its own and KPKNL's answer."""

from pulih.common.errors import Message
from pulih.people.permissions import Permission
from pulih.workflow.post_kinds import PostKind

OFFICE = PostKind(
    "grants_office", Message("Kuasa Pengguna Barang", "Goods' user at the office"),
    Permission.RUN_ACTIVITIES,
)  # fmt: skip
MINISTRY = PostKind(
    "grants_ministry", Message("Pengguna Barang (kementerian)", "Goods' user (the ministry)"),
    Permission.RUN_ACTIVITIES,
)  # fmt: skip
