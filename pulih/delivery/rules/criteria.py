"""How applicants are scored, and what the chosen must fulfil together, as published. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

import polars as pl

MOST_POINTS = 100
LEAST_SCORE = Decimal("0.001")
"""Of whoever passes: the core fills places with scores above 0 only, and none may stay empty."""
ATTRIBUTES = ("regency", "sex", "disability", "laid_off", "household")
PLACES = "places_"
LEAST = {"women": "sex=P", "disability": "disability=1", "laid_off": "laid_off=1"}


@dataclass(frozen=True)
class Criteria:
    """One published version. severity_percent, office_percent: of 0 to 100 points each.

    least_…: how many of the chosen at least; one_a_household: at most one of its members.
    """

    severity_percent: int
    laid_off_points: int
    disability_points: int
    office_percent: int
    least_women: int = 0
    least_disability: int = 0
    least_laid_off: int = 0
    one_a_household: bool = True

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def least(self, what: str) -> int:
        found: int = getattr(self, f"least_{what}")
        return found


@dataclass(frozen=True)
class Scored:
    """What is known of an applicant when the list is frozen. severity: 0 where no report says."""

    severity: Decimal
    is_laid_off: bool
    has_disability: bool
    points: int


def score(of: Scored, criteria: Criteria) -> Decimal:
    """Return the points of an applicant, at most 400, with three decimals at most."""
    points = (
        of.severity * criteria.severity_percent / 100
        + criteria.laid_off_points * of.is_laid_off
        + criteria.disability_points * of.has_disability
        + Decimal(of.points * criteria.office_percent) / 100
    )
    return max(points, LEAST_SCORE)


def settings(title: str, year: int, seed: str, criteria: Criteria) -> dict[str, Any]:
    """Return what `case.toml` says."""
    exclusive = ["household"] if criteria.one_a_household else []
    return {"title": title, "year": year, "seed": seed, "exclusive": exclusive}


def tables(
    entries: Sequence[Mapping[str, Any]], places: Mapping[str, int], criteria: Criteria
) -> dict[str, pl.DataFrame]:
    """Return the tables of a case.

    entries: application, score and the attributes as text; places: free ones by regency.
    """
    names = ("application", "score", *ATTRIBUTES)
    applications = pl.DataFrame(
        {name: [str(one[name]) for one in entries] for name in names},
        schema=dict.fromkeys(names, pl.String),
    )
    asked = sorted({str(one["regency"]) for one in entries} | set(places))
    rows = [
        {"quota": f"{PLACES}{key}", "where": f"regency={key}", "min": "", "max": places.get(key, 0)}
        for key in asked
    ]
    rows += [
        {"quota": what, "where": where, "min": criteria.least(what), "max": ""}
        for what, where in LEAST.items()
        if criteria.least(what)
    ]
    text = [{name: str(value) for name, value in row.items()} | {"unit": "people"} for row in rows]
    columns = ("quota", "where", "unit", "min", "max")
    quotas = pl.DataFrame(text, schema=dict.fromkeys(columns, pl.String))
    return {"applications": applications, "quotas": quotas}
