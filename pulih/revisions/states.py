"""The way of a revision: drafted, proposed, approved, in force, until another supersedes it."""

from pulih.common.errors import Message
from pulih.people.permissions import Permission
from pulih.workflow.columns import states_of
from pulih.workflow.states import Machine, Move

from .models import RevisionState as S

REVISE, APPROVE = Permission.REVISE_BUDGET.value, Permission.APPROVE_REVISIONS.value
CHANGEABLE = (S.DRAFT, S.RETURNED)
DECIDED_ON = (S.PROPOSED, S.APPROVED)

REVISION = Machine(
    "revision",
    Message("revisi", "revision"),
    states=states_of(
        S,
        final=(S.SUPERSEDED, S.WITHDRAWN),
        tones={S.IN_FORCE: "good", S.RETURNED: "bad", S.PROPOSED: "warn", S.APPROVED: "info"},
    ),
    moves=(
        Move("change", Message("Ubah", "Change"), CHANGEABLE, S.DRAFT, REVISE),
        Move("propose", Message("Ajukan", "Propose"), CHANGEABLE, S.PROPOSED, REVISE),
        Move("return", Message("Kembalikan", "Return"), DECIDED_ON, S.RETURNED, APPROVE, True),
        Move("approve", Message("Setujui", "Approve"), (S.PROPOSED,), S.APPROVED, APPROVE),
        Move(
            "withdraw", Message("Tarik", "Withdraw"), (*CHANGEABLE, *DECIDED_ON), S.WITHDRAWN,
            REVISE, True,
        ),
        Move("enact", Message("Berlakukan", "Put in force"), (S.APPROVED,), S.IN_FORCE, APPROVE),
        Move(
            "supersede", Message("Gantikan", "Supersede"), (S.IN_FORCE,), S.SUPERSEDED, APPROVE,
            follows=True,
        ),
    ),
    start=S.DRAFT,
)  # fmt: skip
