"""Delivered rows of firms become capacities and certificates; what cannot be read says why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pulih.common.errors import Message

from .capacity import UNREADABLE, Made, weekly
from .products import Vocabulary

LONGEST = 200


@dataclass(frozen=True)
class Listed:
    """A product as the reading needs it: its key in the database and how it is counted."""

    id: int
    made: Made


@dataclass(frozen=True)
class Statement:
    """A firm's capacity of one product as a row states it. guesses: pairs of rule and words."""

    source_id: int
    enterprise_id: int
    product_id: int
    per_week: int
    said: str
    guesses: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Unread:
    """A capacity that stands in a row and cannot be used, with the reason."""

    source_id: int
    enterprise_id: int
    product_id: int
    said: str
    reason: Message


def statements(
    rows: Iterable[Mapping[str, Any]],
    words: Vocabulary,
    listed: Mapping[str, Listed],
    heading: str,
) -> Iterator[Statement | Unread]:
    """Read each row that states a capacity of a listed product.

    rows: source_id, enterprise_id, product, capacity, capacity_unit, workers; each may be missing.
    heading: of the capacity's column, which may name the period.
    """
    for row in rows:
        code = words.find(str(row.get("product") or ""))
        if code is None or row.get("capacity") is None:
            continue
        yield _statement(row, listed[code], heading)


def _statement(row: Mapping[str, Any], product: Listed, heading: str) -> Statement | Unread:
    value, unit = float(row["capacity"]), str(row.get("capacity_unit") or "")
    workers = row.get("workers")
    found = weekly(value, unit, product.made, heading=heading, workers=workers or None)
    source, firm = int(row["source_id"]), int(row["enterprise_id"])
    said = f"{value:g} {unit}".strip()[:LONGEST]
    if found.per_week is None:
        return Unread(source, firm, product.id, said, found.wrong or UNREADABLE)
    guesses = tuple((guess.rule, guess.words[:LONGEST]) for guess in found.guesses)
    return Statement(source, firm, product.id, found.per_week, said, guesses)


def newest(read: Iterable[Statement]) -> dict[tuple[int, int], Statement]:
    """Keep the last statement of each firm and product, by the id of its row."""
    found: dict[tuple[int, int], Statement] = {}
    for one in read:
        key = (one.enterprise_id, one.product_id)
        if key not in found or found[key].source_id < one.source_id:
            found[key] = one
    return found


def certificates_of(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, int, str]]:
    """Yield (source_id, enterprise_id, kind) of every certificate that a row names."""
    for row in rows:
        said = row.get("certificates")
        kinds = said.split(";") if isinstance(said, str) else list(said or ())
        for kind in kinds:
            if kind.strip():
                yield int(row["source_id"]), int(row["enterprise_id"]), kind.strip()
