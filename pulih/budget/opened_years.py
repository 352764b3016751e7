"""A POK file of a year that is open already moves no ceiling and no block: who says what it does.

Only a revision may move them, so the room of revisions registers how a file becomes a draft.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from pulih.inbox.models import ImportBatch
from pulih.people.models import Role, User

from .models import BudgetLine, SpendingUnit
from .rules.amounts import Amounts
from .rules.opening import Opening, OpeningLine, Warned

UnitYear = tuple[str, int]  # A unit's code and a fiscal year.


class Held(NamedTuple):
    """What a file may post at once, and what waits for a revision.

    years: units and years whose ceilings the file states otherwise than the ledger.
    """

    wanted: dict[int, Amounts]
    years: set[UnitYear]
    warned: list[Warned]


class Holder(Protocol):
    """Leaves ceilings and blocks of open years as they are, and drafts what would move them.

    wanted: amounts by line, as the file states them; unopened: its lines that the ledger has not.
    """

    def __call__(
        self,
        batch: ImportBatch,
        lines: Iterable[BudgetLine],
        wanted: Mapping[int, Amounts],
        unopened: Iterable[OpeningLine],
        opened: set[UnitYear],
        *,
        units: Mapping[str, SpendingUnit],
        by: User,
    ) -> Held: ...


_holders: list[Holder] = []


def register(holder: Holder) -> None:
    """Let one room say what becomes of files of open years."""
    _holders[:] = [holder]


def holder() -> Holder:
    (one,) = _holders
    return one


def open_years(read: Opening, units: Mapping[str, SpendingUnit], by: User) -> set[UnitYear]:
    """Return the units and years of a file that have a ceiling already. None for Pulih itself."""
    if by.role == Role.SYSTEM:
        return set()
    asked = {(one.place.unit_code, one.place.fiscal_year) for one in read.lines}
    return {
        (code, year)
        for code, year in asked
        if BudgetLine.objects.filter(unit=units[code], fiscal_year=year, ceiling__gt=0).exists()
    }
