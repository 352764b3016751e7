"""What becomes of a round of follow-ups: open until all answered, or an office says why not."""

from pulih.common.errors import Message
from pulih.people.permissions import Permission
from pulih.workflow.posts import PostKind
from pulih.workflow.states import Machine, Move, State

RUN = Permission.RUN_ACTIVITIES

FOLLOW_UP_ROUND = Machine(
    "delivery_follow_up",
    Message("putaran tindak lanjut", "round of follow-ups"),
    states=(
        State("asking", Message("sedang ditanyakan", "being asked"), tone="info"),
        State("closed", Message("selesai", "closed"), final=True, tone="good"),
    ),
    moves=(
        Move("close", Message("Tutup", "Close"), ("asking",), "closed", RUN.value,
             is_drawn=False),
    ),
    start="asking",
)  # fmt: skip
ASKER = PostKind("delivery_asker", Message("Penanya tindak lanjut", "Asker of follow-ups"), RUN)
