"""The questionnaire of readiness for export, and what destinations ask: `data/export.toml`.

Source: EXPORT-01, EXPORT-02, EXPORT-03, EXPORT-04.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from .rules.readiness import Term


@dataclass(frozen=True)
class Condition:
    """What a destination asks of goods of some HS chapters; “*” is every destination."""

    chapters: tuple[str, ...]
    destination: str
    text_id: str
    text_en: str
    certificate: str
    valid_from: date
    source: str
    valid_to: date | None = None
    verified: bool = False

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@cache
def _data() -> dict[str, Any]:
    text = files("pulih.market").joinpath("data", "export.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def terms() -> tuple[Term, ...]:
    return tuple(Term(**{**row, "chapters": tuple(row["chapters"])}) for row in _data()["term"])


def smallest_order(product: str) -> int:
    """Units of a product that an exporter usually orders at the least; assumed."""
    smallest = _data()["smallest"]
    return int(smallest.get(product, smallest["usual"]))


def chapters_of(kbli: str) -> frozenset[str]:
    """The HS chapters that a KBLI class may fall into; of no class known: none."""
    return frozenset(hs[:2] for code, hs in pairs() if code == kbli)


def may_be_of(kbli: str, hs: str) -> bool:
    """Say whether goods of an HS code may be made by firms of a KBLI class.

    A heading without groups is not known, and allowed. Source: EXPORT-04.
    """
    groups = _data()["groups"].get(hs[:4])
    return groups is None or kbli[:3] in groups


def pairs() -> Sequence[tuple[str, str]]:
    """KBLI class and HS heading, many to many."""
    return [(kbli, hs) for kbli, hs in _data()["correspondence"]["pairs"]]


def edition() -> str:
    return str(_data()["correspondence"]["edition"])


def is_correspondence_verified() -> bool:
    return bool(_data()["correspondence"]["verified"])


@cache
def every_condition() -> tuple[Condition, ...]:
    rows = _data()["condition"]
    return tuple(Condition(**{**row, "chapters": tuple(row["chapters"])}) for row in rows)


def conditions(chapters: frozenset[str], on: date) -> Sequence[Condition]:
    return [one for one in every_condition() if one.holds(on) and chapters & {*one.chapters}]
