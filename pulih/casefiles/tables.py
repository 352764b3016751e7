"""One table of a case as a declaration: columns, key, references, rules of a row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from pulih.casefiles.cells import Reader
from pulih.common.errors import Message

Record = Mapping[str, Any]
RowFaults = list[tuple[str, Message]]  # The column at fault and what is wrong.


def nothing_wrong(record: Record) -> RowFaults:
    return []


@dataclass(frozen=True)
class Table:
    """columns: reader by name; key: columns that name a row; refers: kind of code by column.

    Where key is empty, rows may repeat.
    A column of `optional` may be missing from the file; its cells are then blank.
    """

    name: str
    value: Callable[..., Any]
    columns: Mapping[str, Reader]
    key: tuple[str, ...]
    refers: Mapping[str, str] = field(default_factory=dict)
    wrongs: Callable[[Record], RowFaults] = nothing_wrong
    may_be_missing: bool = False
    optional: frozenset[str] = frozenset()


def crossed(least: str, most: str) -> Callable[[Record], RowFaults]:
    """Return the rule that the least is not above the most."""

    def wrongs(record: Record) -> RowFaults:
        low, high = record.get(least), record.get(most)
        if low is None or high is None or low <= high:
            return []
        return [(least, _above(_plain(low), _plain(high)))]

    return wrongs


def _above(low: str, high: str) -> Message:
    return Message(
        f"Batas bawah {low} melebihi batas atas {high}.",
        f"The minimum {low} exceeds the maximum {high}.",
    )


def _plain(number: int | Fraction) -> str:
    return str(number) if isinstance(number, int) else format(float(number), "g")
