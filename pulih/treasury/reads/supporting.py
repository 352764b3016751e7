"""Which papers an SPP needs by its accounts, and which of them are there.

Source: DOC-01, DOC-02, DOC-03, DOC-04.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from pulih.budget.models import Posting
from pulih.common.errors import Message
from pulih.measures.documents import RequiredDocument, documents_for

from ..models import SupportingPaper
from . import GIVEN
from .taxes import amounts_of


@dataclass(frozen=True)
class PaperLine:
    """One paper of a checklist. number, dated: of the paper; reason: why it is not there.

    code: empty where another room's list holds it, so that nobody names it here.
    """

    code: str
    words: Message
    is_verified: bool
    is_there: bool
    number: str = ""
    dated: date | None = None
    reason: str = ""

    @property
    def is_missing(self) -> bool:
        return not self.is_there and not self.reason


Provider = Callable[[Posting], Sequence[PaperLine] | None]
_providers: dict[str, Provider] = {}


def register(room: str, provider: Provider) -> None:
    """provider: gets an SPP; answers the papers of the room's own list, None if it has none."""
    _providers[room] = provider


def checklist_of(request: Posting) -> list[PaperLine]:
    """Return the papers of an SPP in the order of the checklist; cash that is handed out has none.

    An SPP of a room's own list has the papers of that list.
    """
    if request.method in GIVEN:
        return []
    for provider in _providers.values():
        if (found := provider(request)) is not None:
            return list(found)
    named = {one.code: one for one in request.supporting_papers.order_by("edition")}
    return [_line(one, named.get(one.code)) for one in documents_for(amounts_of(request))]


def missing_of(request: Posting) -> list[PaperLine]:
    return [one for one in checklist_of(request) if one.is_missing]


def edition_of(request: Posting) -> int:
    """Return how often papers of an SPP were named."""
    newest = request.supporting_papers.order_by("-edition").values_list("edition", flat=True)
    return newest.first() or 0


def _line(rule: RequiredDocument, named: SupportingPaper | None) -> PaperLine:
    if named is None:
        return PaperLine(rule.code, rule.name, rule.verified, is_there=False)
    return PaperLine(
        rule.code, rule.name, rule.verified, bool(named.number), named.number, named.dated,
        named.reason,
    )  # fmt: skip
