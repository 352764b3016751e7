"""The lists in `data/`, read once: one small CSV a question, every row with its dates."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Generic, TypeVar

from pulih.places.model import Level, Place, Scheme

Value = TypeVar("Value")

KNOWN_FROM = date(2015, 1, 1)
"""The lists begin here; on an earlier day no place is known."""


@dataclass(frozen=True, slots=True)
class Dated(Generic[Value]):
    """A value with its first day and the first day after its last; None means to this day."""

    value: Value
    valid_from: date
    valid_to: date | None
    verified: bool = True

    def holds(self, on: date) -> bool:
        """Say whether the value holds on that day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


def rows(name: str) -> Iterator[dict[str, str]]:
    """Read one of our own tables, row by row."""
    text = files("pulih.places").joinpath("data", f"{name}.csv").read_text(encoding="utf-8")
    return iter(csv.DictReader(text.splitlines()))


@cache
def places() -> dict[int, Place]:
    """Return every place that ever was, by key."""
    return {
        int(row["key"]): Place(int(row["key"]), Level(row["level"]), row["name"], *_days(row))
        for row in rows("areas")
    }


@cache
def clocks() -> dict[int, str]:
    """Return the clock (WIB, WITA, WIT) of each province, by key."""
    return {int(row["key"]): row["clock"] for row in rows("areas") if row["clock"]}


@cache
def parents() -> dict[int, list[Dated[int]]]:
    """Return the dated parents of each place, by key."""
    found: dict[int, list[Dated[int]]] = defaultdict(list)
    for row in rows("parents"):
        found[int(row["key"])].append(Dated(int(row["parent"]), *_days(row)))
    return dict(found)


@cache
def codes() -> dict[tuple[int, Scheme], list[Dated[str]]]:
    """Return the dated codes of each place, by key and scheme; digits only."""
    found: dict[tuple[int, Scheme], list[Dated[str]]] = defaultdict(list)
    for row in rows("codes"):
        code = Dated(row["code"], *_days(row), row["verified"] == "yes")
        found[int(row["key"]), Scheme(row["scheme"])].append(code)
    return dict(found)


@cache
def owners() -> dict[tuple[Scheme, str], list[Dated[int]]]:
    """Return who held a code when: dated keys by scheme and code."""
    found: dict[tuple[Scheme, str], list[Dated[int]]] = defaultdict(list)
    for (key, scheme), dated in codes().items():
        for code in dated:
            found[scheme, code.value].append(
                Dated(key, code.valid_from, code.valid_to, code.verified)
            )
    return dict(found)


@cache
def former_names() -> dict[int, list[Dated[str]]]:
    """Return earlier names, by key."""
    found: dict[int, list[Dated[str]]] = defaultdict(list)
    for row in rows("former_names"):
        name = Dated(row["name"], *_days(row), row["verified"] == "yes")
        found[int(row["key"])].append(name)
    return dict(found)


def _days(row: dict[str, str]) -> tuple[date, date | None]:
    last = row["valid_to"]
    return date.fromisoformat(row["valid_from"]), date.fromisoformat(last) if last else None
