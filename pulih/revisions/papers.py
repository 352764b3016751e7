"""The matrix of a revision carries a code that anybody can verify, from its proposal on."""

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from pulih.budget.clock import now
from pulih.documents.actions import end, issue
from pulih.documents.kinds import PaperKind, at
from pulih.documents.models import PaperState
from pulih.people.models import User
from pulih.people.permissions import Permission

from .models import Revision, RevisionState

MATRIX = PaperKind(
    "budget.matrix",
    _("Matrix of a budget revision"),
    Permission.SEE_BUDGET,
    at("revisions:revision"),
)
ISSUED = (RevisionState.PROPOSED, RevisionState.IN_FORCE)
ENDED = {
    RevisionState.RETURNED: PaperState.WITHDRAWN,
    RevisionState.WITHDRAWN: PaperState.WITHDRAWN,
    RevisionState.SUPERSEDED: PaperState.REPLACED,
}


def follow_state(revision: Revision, by: User) -> None:
    """Let the code of the matrix follow the state that the revision has just come to."""
    state, today = RevisionState(revision.state), localtime(now()).date()
    if state in ENDED:
        end(MATRIX, revision.pk, ENDED[state], on=today)
    if state in ISSUED:
        issue(
            MATRIX, revision.pk, office=revision.unit.name, number=_number(revision),
            dated=revision.effective_on or today, province=revision.province, person=by.name,
        )  # fmt: skip


def _number(revision: Revision) -> str:
    """Name the revision without its title, which is free text."""
    order = f" ke-{revision.number}" if revision.number else ""
    year, unit = revision.fiscal_year, revision.unit.code
    return f"Revisi {revision.document}{order} TA {year}, satker {unit}"
