"""Dated lists of codes: what a code was called on a day, where that is said, and how surely."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources import files
from typing import Any, Generic, TypeVar

Row = dict[str, str]


@dataclass(frozen=True)
class Entry:
    """A code with its names, its first day and the first day after its last (None: none yet).

    source: id in `docs/sources.md`. verified: read in a source, not entered from memory.
    """

    code: str
    name_indonesian: str
    name_en: str
    valid_from: date
    valid_to: date | None
    source: str
    verified: bool

    def holds(self, on: date) -> bool:
        """Say whether the entry holds on that day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    def name(self, language: str = "id") -> str:
        """Return the name in Indonesian or English."""
        return self.name_en if language.startswith("en") else self.name_indonesian


AnyEntry = TypeVar("AnyEntry", bound=Entry)


class CodeList(Generic[AnyEntry]):
    """One dated list, read from `data/<name>.csv` when it is first asked."""

    def __init__(self, name: str, entry: Callable[[Row], AnyEntry]) -> None:
        self.name = name
        self._entry = entry

    @cached_property
    def entries(self) -> Sequence[AnyEntry]:
        """Every entry that ever held, in the order of the list."""
        return tuple(self._entry(row) for row in rows(self.name))

    @cached_property
    def _by_code(self) -> dict[str, list[AnyEntry]]:
        found: dict[str, list[AnyEntry]] = {}
        for one in self.entries:
            found.setdefault(one.code, []).append(one)
        return found

    def on(self, day: date) -> list[AnyEntry]:
        """Return the entries of a day."""
        return [entry for entry in self.entries if entry.holds(day)]

    def find(self, code: str, on: date | None = None) -> AnyEntry | None:
        """Return the entry of a code on a day (None: its latest), or None if there is none."""
        found = [one for one in self._by_code.get(code, ()) if not on or one.holds(on)]
        return found[-1] if found else None


def rows(name: str) -> Iterator[Row]:
    """Read one of our own tables, row by row."""
    text = files("pulih.classifications").joinpath("data", f"{name}.csv").read_text("utf-8")
    return iter(csv.DictReader(text.splitlines()))


def common(row: Row) -> dict[str, Any]:
    """Return the fields that every entry has."""
    return {
        "code": row["code"],
        "name_indonesian": row["name_indonesian"],
        "name_en": row["name_en"],
        "valid_from": date.fromisoformat(row["valid_from"]),
        "valid_to": date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        "source": row["source"],
        "verified": row["verified"] == "yes",
    }


def plain(row: Row) -> Entry:
    """Make an entry that has the common fields only."""
    return Entry(**common(row))
