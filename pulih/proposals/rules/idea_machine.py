"""The way of a regency's idea: sent to the province, which takes it up or says why not."""

from pulih.common.errors import Message
from pulih.workflow.states import Machine, Move, State

from .machine import PROPOSE

SEND_IDEAS = "send_ideas"
TAKEN = ("taken", "taken_partly")

STATES = (
    State("sent", Message("menunggu jawaban provinsi", "waits for the province"), tone="info"),
    State("taken", Message("diangkat", "taken up"), final=True, tone="good"),
    State(
        "taken_partly", Message("diangkat sebagian", "taken up in part"), final=True, tone="good"
    ),
    State("declined", Message("tidak diangkat", "not taken up"), final=True, tone="bad"),
    State("withdrawn", Message("ditarik", "withdrawn"), final=True),
)
MOVES = (
    Move("take", Message("Angkat", "Take up"), ("sent",), "taken", PROPOSE, is_drawn=False),
    Move(
        "take_partly",
        Message("Angkat sebagian", "Take up in part"),
        ("sent",),
        "taken_partly",
        PROPOSE,
        needs_reason=True,
        is_drawn=False,
    ),
    Move(
        "decline",
        Message("Jawab tidak diangkat", "Answer that it is not taken up"),
        ("sent",),
        "declined",
        PROPOSE,
        needs_reason=True,
    ),
    Move(
        "withdraw",
        Message("Tarik gagasan", "Withdraw the idea"),
        ("sent",),
        "withdrawn",
        SEND_IDEAS,
        needs_reason=True,
    ),
)
IDEA = Machine("idea", Message("gagasan", "idea"), STATES, MOVES, start="sent")
