"""A revision beside the rules: all is read first, and then judged in `rules/assessing.py`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pulih.common.periods import WIB

from .described import facts_of
from .models import Revision, RevisionMovement
from .rules.assessing import Judgement, judgement_of


@dataclass(frozen=True)
class Assessed(Judgement):
    """What is said of a revision. movements: in the order of keys; stale: of other ceilings."""

    movements: tuple[RevisionMovement, ...]
    stale: tuple[RevisionMovement, ...]


def day_of(revision: Revision) -> date:
    """Return the day whose rules count: that of its effect, as it is or as it is planned."""
    planned = revision.judged_on or revision.made_at.astimezone(WIB).date()
    return revision.effective_on or planned


def assess(
    revision: Revision,
    unsaved: Sequence[RevisionMovement] | None = None,
    on: date | None = None,
) -> Assessed:
    """Judge a revision as its movements stand now.

    unsaved: the movements of a draft being typed. on: another day than that of its planned effect.
    """
    movements = tuple(movements_of(revision) if unsaved is None else unsaved)
    judgement = judgement_of(facts_of(revision, movements, on or day_of(revision)))
    stale = tuple(one for one in movements if revision.is_open and _is_stale(one))
    return Assessed(**vars(judgement), movements=movements, stale=stale)


def movements_of(revision: Revision) -> Iterable[RevisionMovement]:
    """Return the movements of a revision by key, with their lines."""
    return revision.movements.select_related("line", "measure").order_by("line_key", "id")


def _is_stale(movement: RevisionMovement) -> bool:
    line = movement.line
    return line is not None and line.ceiling != movement.ceiling_before
