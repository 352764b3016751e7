"""The states of a grant: the step that it waits for, as `data/steps.toml` has them."""

from pulih.common.errors import Message
from pulih.people.permissions import Permission
from pulih.workflow.states import Machine, Move, State

from .rules.steps import after, steps

RUN = Permission.RUN_ACTIVITIES.value
CLOSED, STOPPED = "closed", "stopped"
KEYS = tuple(one.key for one in steps())

GRANT = Machine(
    "grants_case",
    Message("hibah", "grant"),
    states=(
        *(
            State(one.key, Message(f"menunggu: {one.id}", f"waits for: {one.en}"), tone="info")
            for one in steps()
        ),
        State(CLOSED, Message("keluar dari pembukuan", "off the books"), final=True, tone="good"),
        State(STOPPED, Message("dihentikan", "stopped"), final=True),
    ),
    moves=(
        *(
            Move(f"{one.key}_done", Message(one.id, one.en), (one.key,), after(one.key) or CLOSED,
                 RUN, is_drawn=False)
            for one in steps()
        ),
        Move("send_back", Message("Kembalikan ke permohonan", "Back to the application"),
             ("approval",), "application", RUN, needs_reason=True),
        Move("stop", Message("Hentikan", "Stop"), KEYS, STOPPED, RUN, needs_reason=True),
    ),
    start=KEYS[0],
)  # fmt: skip
