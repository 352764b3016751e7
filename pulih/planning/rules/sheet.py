"""A plan before and after in sums, beside what one even cut would leave, with what looks odd."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

TRAVEL = "524"  # Accounts of travel and meeting packages begin with it.
FAR = 2  # How many times more or less than an even cut leaves is worth a look.


class Odd(Enum):
    """What of a row a reader should ask about before the plan is adopted."""

    EMPTIED = "emptied"
    OPENED = "opened"
    TRAVEL_RISES = "travel_rises"
    FAR_BELOW = "far_below"
    FAR_ABOVE = "far_above"


@dataclass(frozen=True)
class Sum:
    """What a plan's lines of one code hold, in whole rupiah."""

    code: str
    before: int
    after: int


@dataclass(frozen=True)
class SheetRow:
    """even: whole rupiah that the code would keep if every line were cut by the same share."""

    code: str
    before: int
    after: int
    even: int
    odd: tuple[Odd, ...]

    @property
    def change(self) -> int:
        return self.after - self.before

    @property
    def share(self) -> float | None:
        """The change as a share of what was there before; None of nothing."""
        return self.change / self.before if self.before else None


def sums_of(parts: Iterable[Sum]) -> list[Sum]:
    """Add up what is of one code, in the order of the codes."""
    found: dict[str, tuple[int, int]] = {}
    for part in parts:
        before, after = found.get(part.code, (0, 0))
        found[part.code] = before + part.before, after + part.after
    return [Sum(code, *amounts) for code, amounts in sorted(found.items())]


def sheet(sums: Iterable[Sum], *, are_accounts: bool = False) -> list[SheetRow]:
    """Set each sum beside an even cut of all, and mark what looks odd.

    are_accounts: whether the codes are accounts, of which travel may not rise unseen.
    """
    rows = list(sums)
    before = sum(row.before for row in rows)
    kept = Fraction(sum(row.after for row in rows), before) if before else Fraction(0)
    return [_row(one, round(one.before * kept), are_accounts=are_accounts) for one in rows]


def _row(one: Sum, even: int, *, are_accounts: bool) -> SheetRow:
    odd = []
    if one.before and not one.after:
        odd.append(Odd.EMPTIED)
    elif one.after and not one.before:
        odd.append(Odd.OPENED)
    elif one.after * FAR < even:
        odd.append(Odd.FAR_BELOW)
    elif one.after > even * FAR:
        odd.append(Odd.FAR_ABOVE)
    if are_accounts and one.code.startswith(TRAVEL) and one.after > one.before:
        odd.append(Odd.TRAVEL_RISES)
    return SheetRow(one.code, one.before, one.after, even, tuple(odd))
