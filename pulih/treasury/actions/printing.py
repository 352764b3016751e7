"""Papers of an SPP get their code before they are printed; what is reversed ends them."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.budget.models import AmountKind, Posting
from pulih.common.errors import Refusal
from pulih.documents.actions import end, issue
from pulih.documents.models import PaperCode, PaperState
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..papers import KINDS
from ..reads.papers import RequestPaper, papers_of
from ..reads.taxes import today
from .taxes import one_at_a_time


@transaction.atomic
def prepare_paper(request: Posting, key: str, of: int, *, by: User) -> PaperCode:
    """Give a paper of an SPP its code, or keep the one that holds. May refuse.

    of: the SPM, or the SPP itself. Taxes that were stated again make another version.
    """
    require(by, Permission.POST_DOCUMENTS, request.unit.province)
    one_at_a_time(request)
    found = [one for one in papers_of(request) if (one.key, one.of.pk) == (key, of)]
    if not found:
        raise Refusal(
            _(
                "This SPP has no such paper now: it was reversed, has no SPM, or nothing is "
                "withheld."
            )
        )
    (one,) = found
    _refuse_part(one)
    if one.paper and one.is_current:
        return one.paper
    made = issue(
        one.kind, of, office=str(request.unit), number=one.number, dated=one.of.effective_on,
        province=request.unit.province, person=one.of.posted_by.name,
    )  # fmt: skip
    record(by, "treasury.prepare_paper", request, paper=made.kind)
    return made


def end_papers(document: Posting) -> None:
    """Withdraw the papers of an SPP or SPM that was reversed."""
    for kind in KINDS.values():
        end(kind, document.pk, PaperState.WITHDRAWN, on=today())


def _refuse_part(one: RequestPaper) -> None:
    """Refuse an SPM of a part: the taxes are stated of the whole SPP."""
    if one.key != "order" or one.withheld is None or not one.withheld.withheld:
        return
    ordered = one.of.entries.filter(amount_kind=AmountKind.ORDER).values_list("rupiah", flat=True)
    if sum(ordered) != one.withheld.gross:
        raise Refusal(
            _(
                "This SPM orders a part of its SPP, while the taxes are stated of the whole. "
                "Reverse it and order the whole, or print it elsewhere."
            )
        )
