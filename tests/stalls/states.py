"""What becomes of a stall that somebody asked for."""

from pulih.common.errors import Message
from pulih.people.permissions import Permission
from pulih.workflow.states import Machine, Move, State

RUN = Permission.RUN_ACTIVITIES.value
WORKING_DAYS = 3  # To answer.

STALL = Machine(
    "stalls_stall",
    Message("kios", "stall"),
    states=(
        State("asked", Message("diminta", "asked for"), tone="info"),
        State("let", Message("disewakan", "let"), final=True, tone="good"),
        State("refused", Message("ditolak", "refused"), final=True, tone="bad"),
    ),
    moves=(
        Move("let", Message("Sewakan", "Let"), ("asked",), "let", RUN),
        Move("refuse", Message("Tolak", "Refuse"), ("asked",), "refused", RUN, needs_reason=True),
    ),
    start="asked",
)
