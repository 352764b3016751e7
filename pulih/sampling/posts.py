"""Who settles findings."""

from pulih.common.errors import Message
from pulih.people.permissions import Permission
from pulih.workflow.post_kinds import PostKind

SETTLER = PostKind(
    "sampling_settler",
    Message("Penyelesai temuan uji petik", "Settler of findings"),
    Permission.RUN_ACTIVITIES,
)
