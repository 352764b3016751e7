"""A POK as officers know it: lines under their programme, activity, output and component, each
heading with its subtotal, and the rows that a line is made of below its account.

Source: BUDGET-01.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Literal

from .keys import LineKey

Level = Literal[
    "programme", "activity", "output", "suboutput", "component", "subcomponent", "account", "item"
]
HEADINGS: tuple[Level, ...] = (
    "programme", "activity", "output", "suboutput", "component", "subcomponent",
)  # fmt: skip
ITEM_MARK = "-"  # Stands where other rows have their code, so that no item reads like a total.
UNSAID = "Belum dirinci"  # What the rows of a line leave of its ceiling; no row of the line.


@dataclass(frozen=True)
class PokItem:
    """A row below a line. amount: None where the rows say more than the ceiling holds."""

    text: str
    amount: int | None
    volume: Decimal | None = None
    unit: str = ""
    unit_cost: int | None = None


@dataclass(frozen=True)
class PokLine:
    """A line as a POK prints it. words: what its account is called."""

    key: LineKey
    ceiling: int
    words: str = ""
    programme: str = ""
    fund_source: str = "RM"
    measure: str = ""
    remark: str = ""
    items: tuple[PokItem, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """Return the codes it hangs on, as they are printed: whole down to the suboutput."""
        key = self.key
        output = f"{key.activity}.{key.output}"
        suboutput = f"{output}.{key.suboutput}" if key.suboutput else ""
        return (
            self.programme, key.activity, output, suboutput, key.component, key.subcomponent,
        )  # fmt: skip


@dataclass(frozen=True)
class PokRow:
    """A printed row. line: of an account or an item; item: of an item alone."""

    level: Level
    code: str
    amount: int | None
    line: PokLine | None = None
    item: PokItem | None = None
    path: tuple[str, ...] = ()


def tree(lines: Iterable[PokLine]) -> Iterator[PokRow]:
    """Yield the rows of a POK in the order of their codes; headings carry the sum below them."""
    ordered = sorted(lines, key=lambda one: (one.path, one.key.account, one.fund_source))
    return _below(ordered, 0)


def items_of(rows: Sequence[PokItem], ceiling: int, detail: str) -> tuple[PokItem, ...]:
    """Return what stands below a line, adding up to its ceiling.

    Without rows its description is one. Rows that say less leave an unsaid rest; rows that say
    more than the ceiling, as after a cut that nobody has spread yet, are shown without amounts.
    """
    if not rows:
        return (PokItem(detail, ceiling),) if detail else ()
    rest = ceiling - sum(one.amount or 0 for one in rows)
    if rest < 0:
        return tuple(PokItem(r.text, None, r.volume, r.unit, r.unit_cost) for r in rows)
    return (*rows, PokItem(UNSAID, rest)) if rest else tuple(rows)


def _below(lines: Sequence[PokLine], depth: int) -> Iterator[PokRow]:
    if depth == len(HEADINGS):
        for line in lines:
            yield PokRow("account", line.key.account, line.ceiling, line)
            for item in line.items:
                yield PokRow("item", ITEM_MARK, item.amount, line, item)
        return
    for path, group in groupby(lines, key=lambda one: one.path[: depth + 1]):
        below = list(group)
        if path[-1]:
            yield PokRow(HEADINGS[depth], path[-1], sum(one.ceiling for one in below), path=path)
        yield from _below(below, depth + 1)
