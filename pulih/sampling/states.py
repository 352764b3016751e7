"""What becomes of a finding: open until somebody settles it, or shows that it is none."""

from pulih.common.errors import Message
from pulih.people.permissions import Permission
from pulih.workflow.states import Machine, Move, State

RUN = Permission.RUN_ACTIVITIES.value

FINDING = Machine(
    "sampling_finding",
    Message("temuan", "finding"),
    states=(
        State("open", Message("terbuka", "open"), tone="warn"),
        State("settled", Message("tuntas", "settled"), final=True, tone="good"),
        State("unfounded", Message("tidak terbukti", "unfounded"), final=True),
    ),
    moves=(
        Move("settle", Message("Tuntaskan", "Settle"), ("open",), "settled", RUN,
             needs_reason=True),
        Move("refute", Message("Nyatakan tidak terbukti", "Say that it is unfounded"), ("open",),
             "unfounded", RUN, needs_reason=True),
    ),
    start="open",
)  # fmt: skip
WORKING_DAYS = 15  # To settle one. Source: assumed; no rule was found.
