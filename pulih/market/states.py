"""The states of a need and of an order, and the moves between them."""

from pulih.common.errors import Message
from pulih.people.permissions import Permission
from pulih.workflow.states import Machine, Move, State

KEEP, MATCH = Permission.KEEP_NEEDS.value, Permission.MATCH.value

NEED = Machine(
    "market_need",
    Message("kebutuhan", "need"),
    states=(
        State("draft", Message("draf", "draft")),
        State("open", Message("terbuka", "open"), tone="info"),
        State("matched", Message("dicocokkan", "matched"), tone="info"),
        State("ordered", Message("dipesan", "ordered"), tone="good"),
        State("received", Message("diterima", "received"), final=True, tone="good"),
        State("withdrawn", Message("ditarik", "withdrawn"), final=True),
    ),
    moves=(
        Move("amend_draft", Message("Ubah", "Change"), ("draft",), "draft", KEEP, is_drawn=False),
        Move("publish", Message("Umumkan", "Publish"), ("draft",), "open", KEEP),
        Move("amend", Message("Ubah", "Change"), ("open",), "open", KEEP, is_drawn=False),
        Move(
            "amend_matched",
            Message("Ubah", "Change"),
            ("matched",),
            "matched",
            KEEP,
            is_drawn=False,
        ),
        Move("match", Message("Tawarkan", "Offer"), ("open",), "matched", MATCH, is_drawn=False),
        Move(
            "reopen",
            Message("Buka lagi", "Open again"),
            ("matched", "ordered"),
            "open",
            KEEP,
            is_drawn=False,
        ),
        Move("order", Message("Pesan", "Order"), ("matched",), "ordered", KEEP, is_drawn=False),
        Move(
            "receive",
            Message("Diterima", "Received"),
            ("ordered",),
            "received",
            KEEP,
            is_drawn=False,
        ),
        Move(
            "withdraw",
            Message("Tarik", "Withdraw"),
            ("draft", "open", "matched"),
            "withdrawn",
            KEEP,
            needs_reason=True,
        ),
        Move(
            "close",
            Message("Tutup", "Close"),
            ("open", "matched"),
            "received",
            KEEP,
            needs_reason=True,
            is_drawn=False,
        ),
    ),
    start="draft",
)
OPEN = ("open", "matched")
AMENDING = {"draft": "amend_draft", "matched": "amend_matched"}  # Others: amend.

ORDER = Machine(
    "market_order",
    Message("pesanan", "order"),
    states=(
        State("offered", Message("ditawarkan", "offered"), tone="info"),
        State("accepted", Message("disanggupi", "accepted"), tone="good"),
        State("confirmed", Message("dipastikan", "confirmed"), tone="good"),
        State("sent", Message("dikirim", "sent"), tone="good"),
        State("partly", Message("diterima sebagian", "partly received"), tone="info"),
        State("received", Message("diterima", "received"), final=True, tone="good"),
        State("declined", Message("ditolak", "declined"), final=True),
        State("lapsed", Message("lewat waktu", "lapsed"), final=True),
        State("cancelled", Message("dibatalkan", "cancelled"), final=True),
    ),
    moves=(
        Move("accept", Message("Sanggup", "Accept"), ("offered",), "accepted", KEEP),
        Move(
            "decline",
            Message("Tolak", "Decline"),
            ("offered",),
            "declined",
            KEEP,
            needs_reason=True,
        ),
        Move("lapse", Message("Lewat waktu", "Lapse"), ("offered",), "lapsed", KEEP),
        Move("confirm", Message("Pastikan", "Confirm"), ("accepted",), "confirmed", KEEP),
        Move("send", Message("Kirim", "Send"), ("confirmed",), "sent", KEEP, is_drawn=False),
        Move(
            "take_part",
            Message("Terima sebagian", "Receive a part"),
            ("sent", "partly"),
            "partly",
            KEEP,
            is_drawn=False,
        ),
        Move(
            "receive",
            Message("Terima barang", "Receive"),
            ("sent", "partly"),
            "received",
            KEEP,
            is_drawn=False,
        ),
        Move(
            "cancel",
            Message("Batalkan", "Cancel"),
            ("offered", "accepted", "confirmed", "sent", "partly"),
            "cancelled",
            KEEP,
            needs_reason=True,
        ),
    ),
    start="offered",
)
