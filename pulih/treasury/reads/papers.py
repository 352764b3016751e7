"""Which papers an SPP has by now: the SPM, its receipt, the SPTJB, the list of its taxes, and
the checklist of its supporting papers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pulih.budget.models import DocumentKind, Posting
from pulih.documents.kinds import PaperKind
from pulih.documents.models import PaperCode, PaperState

from ..models import Withholding
from ..papers import KINDS
from . import GIVEN, taxes
from .supporting import checklist_of, edition_of


@dataclass(frozen=True)
class RequestPaper:
    """One paper of an SPP. key: of `papers.KINDS`; of: the posting that its code names.

    withheld: the taxes that it states; edition: which statement of them, or of the supporting
    papers; paper: the version that holds.
    """

    key: str
    request: Posting
    of: Posting
    withheld: Withholding | None
    edition: int
    paper: PaperCode | None = None

    @property
    def kind(self) -> PaperKind:
        return KINDS[self.key]

    @property
    def number(self) -> str:
        """The number of the document, and which statement it prints."""
        number = f"{self.of.get_document_kind_display()} {self.of.document_number}"
        return number if self.edition < 2 else f"{number} ({self.edition})"

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
    edition = withheld.edition if withheld else 0
    keys = [] if request.method in GIVEN else ["receipt", "statement"]
    keys += ["taxes"] if withheld and withheld.withheld else []
    found = [
        RequestPaper("order", request, one, withheld, edition) for one in orders.order_by("pk")
    ]
    found += [RequestPaper(key, request, request, withheld, edition) for key in keys]
    if checklist_of(request):
        named = edition_of(request)
        found.append(RequestPaper("supporting", request, request, withheld, named))
    return _with_codes(found)


def _with_codes(papers: list[RequestPaper]) -> list[RequestPaper]:
    held = PaperCode.objects.filter(
        state=PaperState.VALID,
        kind__in={one.kind.key for one in papers},
        subject__in={str(one.of.pk) for one in papers},
    )
    codes = {(one.kind, one.subject): one for one in held}
    return [replace(one, paper=codes.get((one.kind.key, str(one.of.pk)))) for one in papers]
