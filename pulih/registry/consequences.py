"""What an answer would do to the register, for the person who is about to give it."""

from dataclasses import dataclass

from . import merge_hooks
from .models import Enterprise, Review


@dataclass(frozen=True)
class ObjectionText:
    """What a room objects to a joining, in the page's language."""

    refuses: bool
    sentence: str


@dataclass(frozen=True)
class Consequences:
    """kept: the firm whose number stays. rows: source rows that would speak of it."""

    kept: Enterprise
    rows: int
    objections: list[ObjectionText]

    @property
    def refusals(self) -> list[ObjectionText]:
        """Return why the two cannot be joined."""
        return [one for one in self.objections if one.refuses]

    @property
    def flags(self) -> list[ObjectionText]:
        """Return what to know before joining them."""
        return [one for one in self.objections if not one.refuses]


def of(review: Review, rows: int, language: str) -> Consequences:
    """Return what joining the two of a review would do; nothing is changed.

    rows: how many speak of either now, those of what was merged into them included.
    """
    told = objections(review.first, review.second, language)
    return Consequences(review.first, rows, told)


def objections(first: Enterprise, second: Enterprise, language: str) -> list[ObjectionText]:
    """Return what speaks against joining two enterprises; nothing of two that are one."""
    said = merge_hooks.objections_to(first, second)
    return [ObjectionText(one.refuses, one.message.in_language(language)) for one in said]
