"""The way of a proposal, as a table: who may do what in which state, and who goes on.

Source: PROG-07.
"""

from pulih.common.errors import Message
from pulih.workflow.states import Machine, Move, State

# Keys of `people.Permission`, which this pure table does not import.
PROPOSE, VERIFY, DECIDE, REVIEW, SEE = (
    "propose",
    "verify_proposals",
    "decide_proposals",
    "review_proposals",
    "see_proposals",
)
UNDECIDED = ("draft", "submitted", "returned", "verified", "under_review", "scored")
DECIDED = ("approved", "partly_approved")
UNPAID = ("approved", "partly_approved", "reserved", "scheduled", "running")  # Money may be short.
FUNDED = ("reserved", "scheduled")  # Its money stands in the ledger, and nothing has begun.

STATES = (
    State("draft", Message("draf", "draft")),
    State("submitted", Message("diajukan", "submitted"), tone="info"),
    State("returned", Message("dikembalikan", "returned"), tone="warn"),
    State("verified", Message("diverifikasi", "verified"), tone="info"),
    State("under_review", Message("dinilai", "under review"), tone="info"),
    State("scored", Message("sudah dinilai", "scored"), tone="info"),
    State("approved", Message("disetujui", "approved"), tone="good"),
    State("partly_approved", Message("disetujui sebagian", "partly approved"), tone="good"),
    State("rejected", Message("ditolak", "rejected"), final=True, tone="bad"),
    State("reserved", Message("dana dicadangkan", "money reserved"), tone="good"),
    State("scheduled", Message("dijadwalkan", "scheduled"), tone="good"),
    State("running", Message("berjalan", "running"), tone="good"),
    State("accounted", Message("dipertanggungjawabkan", "accounted for"), final=True, tone="good"),
    State("withdrawn", Message("ditarik", "withdrawn"), final=True),
)
MOVES = (
    Move("submit", Message("Ajukan", "Send"), ("draft", "returned"), "submitted", PROPOSE),
    Move(
        "return",
        Message("Kembalikan untuk diperbaiki", "Return for repair"),
        ("submitted",),
        "returned",
        VERIFY,
        needs_reason=True,
        is_drawn=False,
    ),
    Move(
        "verify",
        Message("Nyatakan terverifikasi", "Declare verified"),
        ("submitted",),
        "verified",
        VERIFY,
        is_drawn=False,
    ),
    Move(
        "assign",
        Message("Tunjuk penilai", "Name reviewers"),
        ("verified",),
        "under_review",
        VERIFY,
        is_drawn=False,
    ),
    Move(
        "score",
        Message("Nilai lengkap", "Scores are in"),
        ("under_review",),
        "scored",
        REVIEW,
        names_person=False,
        is_drawn=False,
    ),
    Move(
        "approve",
        Message("Setujui", "Approve"),
        ("scored",),
        "approved",
        DECIDE,
        needs_reason=True,
        is_drawn=False,
    ),
    Move(
        "approve_partly",
        Message("Setujui sebagian", "Approve in part"),
        ("scored",),
        "partly_approved",
        DECIDE,
        needs_reason=True,
        is_drawn=False,
    ),
    Move(
        "reject",
        Message("Tolak", "Reject"),
        ("scored",),
        "rejected",
        DECIDE,
        needs_reason=True,
        is_drawn=False,
    ),
    Move(
        "reserve",
        Message("Cadangkan dana", "Reserve the money"),
        DECIDED,
        "reserved",
        DECIDE,
        is_drawn=False,
    ),
    # Taken by the ledger, whoever posts there: released money leaves a proposal approved, unfunded.
    Move(
        "release",
        Message("Dana dilepas", "Money released"),
        FUNDED,
        "approved",
        SEE,
        needs_reason=True,
        is_drawn=False,
    ),
    Move(
        "release_partly",
        Message("Dana usulan yang disetujui sebagian dilepas", "Money of a part released"),
        FUNDED,
        "partly_approved",
        SEE,
        needs_reason=True,
        is_drawn=False,
    ),
    Move("schedule", Message("Jadwalkan", "Schedule"), ("reserved",), "scheduled", PROPOSE),
    Move("run", Message("Mulai", "Begin"), ("scheduled",), "running", PROPOSE),
    Move(
        "account",
        Message("Pertanggungjawabkan", "Account for it"),
        ("running",),
        "accounted",
        PROPOSE,
        needs_reason=True,
    ),
    Move(
        "withdraw",
        Message("Tarik usulan", "Withdraw"),
        UNDECIDED,
        "withdrawn",
        PROPOSE,
        needs_reason=True,
    ),
)
PROPOSAL = Machine("proposal", Message("usulan", "proposal"), STATES, MOVES, start="draft")
