"""The register of processing and how long data stays, as the data files say. Pure."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from pulih.common.errors import Message

DATA = Path(__file__).parent / "data"
# Three times 24 hours for a copy, a correction, an end of processing.
# Source: LAW-08 articles 30(1), 32(2) and 40(2).
ANSWER_DAYS = timedelta(days=3)
ERASED = "(dihapus)"


@dataclass(frozen=True)
class Processing:
    """One thing that is done with personal data, with everything that the law wants known of it.

    whose, what, receivers: in words. basis: why it may be done. source: where that was read.
    """

    key: str
    purpose: Message
    whose: Message
    what: Message
    basis: Message
    receivers: Message
    source: str
    verified: bool


@dataclass(frozen=True)
class Keeping:
    """How long something stays. deletes: Pulih does it by itself; else people decide.

    days: counted from what `since` says.
    """

    key: str
    what: Message
    since: Message
    days: int
    deletes: bool
    source: str
    verified: bool

    def cutoff(self, today: date) -> date:
        """Return the day before which things are due."""
        return today - timedelta(days=self.days)


@cache
def processing() -> tuple[Processing, ...]:
    words = ("purpose", "whose", "what", "basis", "receivers")
    return tuple(Processing(**_worded(one, words)) for one in _read("processing.toml"))


@cache
def keeping() -> tuple[Keeping, ...]:
    return tuple(Keeping(**_worded(one, ("what", "since"))) for one in _read("retention.toml"))


def _read(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads((DATA / name).read_text())["row"]
    return rows


def _worded(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {**row, **{name: Message(*row[name]) for name in names}}
