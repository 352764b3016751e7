"""The ways of a payment request (SPP) and of a difference between a treasury list and the ledger.

A request is examined, ordered (SPM), paid (SP2D), or sent back: the ledger holds the documents, the
steps say whose turn it is and why something went back. A difference is posted or explained, until a
newer list no longer shows it; there may be a million, so that its state stands in its row.
"""

from pulih.common.errors import Message
from pulih.people.permissions import Permission
from pulih.workflow.columns import states_of
from pulih.workflow.post_kinds import PostKind
from pulih.workflow.states import Machine, Move, State

from .models.reconciliations import OPEN_STATES
from .models.reconciliations import DifferenceState as D

POST = Permission.POST_DOCUMENTS
EXAMINED, RETURNED, ORDERED, PAID, WITHDRAWN = (
    *("examined", "returned", "ordered", "paid", "withdrawn"),
)


def _move(
    key: str, label: Message, sources: tuple[str, ...], target: str, needs_reason: bool = False
) -> Move:
    return Move(key, label, sources, target, POST.value, needs_reason, is_drawn=False)


PAYMENT = Machine(
    "treasury_payment",
    Message("SPP", "SPP"),
    states=(
        State(EXAMINED, Message("diperiksa PPSPM", "with the PPSPM"), tone="info"),
        State(RETURNED, Message("dikembalikan ke PPK", "sent back to the PPK"), tone="warn"),
        State(ORDERED, Message("menunggu SP2D", "waiting for the SP2D"), tone="info"),
        State(PAID, Message("dibayar", "paid"), final=True, tone="good"),
        State(WITHDRAWN, Message("dibatalkan", "withdrawn"), final=True),
    ),
    moves=(
        _move("order", Message("Terbitkan SPM", "Issue the SPM"), (EXAMINED,), ORDERED),
        _move("order_more", Message("Terbitkan SPM lagi", "Issue another SPM"), (ORDERED,),
              ORDERED),
        _move(
            "send_back", Message("Kembalikan SPP", "Send the SPP back"), (EXAMINED,), RETURNED,
            needs_reason=True,
        ),
        _move(
            "submit_again", Message("Ajukan lagi", "Submit again"), (RETURNED,), EXAMINED,
            needs_reason=True,
        ),
        _move("pay", Message("Catat SP2D", "Record the SP2D"), (ORDERED,), PAID),
        _move("pay_part", Message("Catat SP2D sebagian", "Record a part's SP2D"), (ORDERED,),
              ORDERED),
        _move("order_reversed", Message("SPM dibalik", "SPM reversed"), (ORDERED,), EXAMINED),
        _move(
            "withdraw", Message("SPP dibalik", "SPP reversed"), (EXAMINED, RETURNED), WITHDRAWN
        ),
        _move("hand_over", Message("Pejabat berganti", "Officer replaced"), (EXAMINED,), EXAMINED),
        _move("hand_over_returned", Message("Pejabat berganti", "Officer replaced"), (RETURNED,),
              RETURNED),
        _move("hand_over_ordered", Message("Pejabat berganti", "Officer replaced"), (ORDERED,),
              ORDERED),
    ),
    start=EXAMINED,
)  # fmt: skip
# Who acts in each state: a post of the unit, and the one of the area while nobody is appointed.
ACTS = {EXAMINED: "ppspm", RETURNED: "ppk", ORDERED: "treasurer"}
POSTS = {
    "ppspm": PostKind(
        "treasury_ppspm", Message("Penanda tangan SPM (PPSPM)", "Payment order officer"), POST
    ),
    "ppk": PostKind("treasury_ppk", Message("Pembuat komitmen (PPK)", "Commitment officer"), POST),
    "treasurer": PostKind("treasury_treasurer", Message("Bendahara", "Treasurer"), POST),
}
DIFFERENCE = Machine(
    "treasury_difference",
    Message("selisih", "difference"),
    states=states_of(D, final=(D.POSTED, D.CLOSED)),
    moves=(
        _move("post", Message("Bukukan", "Post"), (D.OPEN,), D.POSTED),
        _move("explain", Message("Jelaskan", "Explain"), (D.OPEN,), D.EXPLAINED, True),
        _move("reopen", Message("Buka kembali", "Open again"), (D.EXPLAINED,), D.OPEN),
        Move(
            "settle", Message("Selesai menurut daftar baru", "Settled by a newer list"),
            OPEN_STATES, D.CLOSED, POST.value, follows=True,
        ),
    ),
    start=D.OPEN,
)  # fmt: skip
