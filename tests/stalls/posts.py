"""Who answers: the office of the market's province."""

from pulih.common.errors import Message
from pulih.people.permissions import Permission
from pulih.workflow.post_kinds import PostKind

OFFICE = PostKind(
    "stalls_office", Message("Pengelola pasar", "Office of the market"), Permission.RUN_ACTIVITIES
)
