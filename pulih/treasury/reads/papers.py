"""Which papers an SPP has by now: the SPM, its receipt, the SPTJB and the list of its taxes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pulih.budget.models import DocumentKind, Posting
from pulih.documents.kinds import PaperKind
from pulih.documents.models import PaperCode, PaperState

from ..models import Withholding
from ..papers import KINDS
from . import GIVEN, taxes


@dataclass(frozen=True)
class RequestPaper:
    """One paper of an SPP. key: of `papers.KINDS`; of: the posting that its code names.

    withheld: the taxes that it states; paper: the version that holds.
    """

    key: str
    request: Posting
    of: Posting
    withheld: Withholding | None
    paper: PaperCode | None = None

    @property
    def kind(self) -> PaperKind:
        return KINDS[self.key]

    @property
    def number(self) -> str:
        """The number of the document, and which statement of its taxes it prints."""
        edition = self.withheld.edition if self.withheld else 0
        number = f"{self.of.get_document_kind_display()} {self.of.document_number}"
        return number if edition < 2 else f"{number} ({edition})"

    @property
    def is_current(self) -> bool:
        """Whether its code was given for the taxes that stand: others are not printed with it."""
        return self.paper is not None and self.paper.number == self.number[:160]


def papers_of(request: Posting) -> list[RequestPaper]:
    """Return the papers that can be printed of an SPP, each with the code that holds."""
    if hasattr(request, "reversed_by"):
        return []
    withheld = taxes.newest(request)
    orders = request.followed_by.filter(document_kind=DocumentKind.ORDER, reversed_by=None)
    found = [RequestPaper("order", request, one, withheld) for one in orders.order_by("pk")]
    if request.method not in GIVEN:
        found += [RequestPaper(key, request, request, withheld) for key in ("receipt", "statement")]
    if withheld and withheld.withheld:
        found.append(RequestPaper("taxes", request, request, withheld))
    return _with_codes(found)


def _with_codes(papers: list[RequestPaper]) -> list[RequestPaper]:
    held = PaperCode.objects.filter(
        state=PaperState.VALID,
        kind__in={one.kind.key for one in papers},
        subject__in={str(one.of.pk) for one in papers},
    )
    codes = {(one.kind, one.subject): one for one in held}
    return [replace(one, paper=codes.get((one.kind.key, str(one.of.pk)))) for one in papers]
