"""The proposals of a province: what each was promised, and how the promise stands."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..datasets.proposals import PROPOSAL, REASON
from .book import Book, Number
from .rows import IN_TABLES, bars_of


@dataclass(frozen=True)
class Promise:
    """One proposal. numbers: asked, promised, funded, paid out. bars: those, one scale for all.

    waited: working days until the answer, or up to now where it is not answered. reason: of the
    answer, in Indonesian; blank where there is none or it is not public.
    """

    number: str
    name: str
    numbers: list[Number]
    bars: list[tuple[Number, int]]
    state: str
    is_answered: bool
    waited: Number
    reason: str


def promises_of(book: Book, province: str) -> list[Promise]:
    """Return the proposals of a province, the largest first, as this release states them."""
    found, every = [], book.categories("help_asked", province, PROPOSAL)
    asked = (book.number("help_asked", province, PROPOSAL, number).value for number in every)
    most = max((value or 0 for value in asked), default=0)
    for number in every:
        numbers = [book.number(key, province, PROPOSAL, number) for key in IN_TABLES]
        answered = bool(book.number("proposals_answered", province, PROPOSAL, number).value)
        waited = book.number("proposals_waited", province, PROPOSAL, number)
        state = state_of(answered, *(one.value or 0 for one in numbers[1:]))
        name, bars = book.word(PROPOSAL, number), bars_of(numbers, most)
        reason = book.release.words.get(REASON, {}).get(number, {}).get("id", "")
        found.append(Promise(number, name, numbers, bars, state, answered, waited, reason))
    return sorted(found, key=lambda one: (-(one.numbers[0].value or 0), one.number))


def state_of(answered: bool, promised: int, funded: int, paid: int) -> str:
    """Return how a proposal stands, in words. promised, funded, paid: in rupiah."""
    if not answered:
        return _("waits for an answer")
    if not promised:
        return _("rejected")
    if not funded:
        return _("promised, no money yet")
    if paid >= promised:
        return _("paid out")
    return _("paid in part") if paid else _("funded, nothing paid yet")
