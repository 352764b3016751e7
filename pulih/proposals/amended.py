"""A proposal as it is approved, and as an amendment would make it: contents into parts and back."""

from collections.abc import Mapping
from copy import copy, deepcopy
from datetime import date
from typing import Any

from pulih.areas.models import Area

from .contents import SECTIONS, content_of
from .models import CostRow, DecidedPlace, DecidedRow, Place, Proposal, ProposedGood
from .reads import Parts
from .rules.factors import Factor, amount

DAYS = ("starts_on", "ends_on")
Content = dict[str, Any]


def approved_content(proposal: Proposal) -> Content:
    """Return what stands approved: the newest version, rows and places as they were decided."""
    content = deepcopy(content_of(proposal))
    decided = {row.position: row for row in DecidedRow.objects.in_force(proposal.pk)}
    rows = []
    for row in content["rows"]:
        one = decided[row["position"]]
        values = {"counts": one.counts, "unit_cost": one.unit_cost, "rupiah": one.rupiah}
        if one.rupiah:
            rows.append({**row, **values})
    places = [
        {"regency": one.regency.name, "site": one.site, "people": one.people}
        for one in DecidedPlace.objects.in_force(proposal.pk)
        if one.people
    ]
    return {**content, "rows": rows, "places": places}


def as_amended(proposal: Proposal, content: Mapping[str, Any]) -> tuple[Proposal, Parts]:
    """Return the proposal and its parts as a content says, none of them stored."""
    changed = copy(proposal)
    for name in SECTIONS:
        value = content["sections"][name]
        setattr(changed, name, date.fromisoformat(value) if name in DAYS and value else value)
    papers = {one.sha256: one for one in proposal.attachments.all()}
    regencies = {one["regency"] for one in content["places"]}
    on = date(proposal.round.fiscal_year, 12, 31)
    inside = Area.objects.within(proposal.province, on).filter(level="regency")
    areas = {area.name: area for area in inside.filter(name__in=regencies)}
    return changed, Parts(
        [
            CostRow(
                proposal=changed,
                survey=papers.get(row["survey"]),
                **{name: value for name, value in row.items() if name != "survey"},
            )
            for row in content["rows"]
        ],
        [
            Place(proposal=changed, position=n, **{**place, "regency": areas[place["regency"]]})
            for n, place in enumerate(content["places"], start=1)
        ],
        [
            ProposedGood(proposal=changed, position=n, **good)
            for n, good in enumerate(content["goods"], start=1)
        ],
    )


def row_content(row: Mapping[str, Any], factors: tuple[Factor, ...], unit_cost: int) -> Content:
    """Return a row with other factors and unit cost, its amount the exact product."""
    return {
        **row,
        "counts": [one.count for one in factors],
        "units": [one.unit for one in factors],
        "unit_cost": unit_cost,
        "rupiah": amount(factors, unit_cost),
    }


def rupiah_of(content: Mapping[str, Any]) -> int:
    return sum(row["rupiah"] for row in content["rows"])


def people_of(content: Mapping[str, Any]) -> int:
    return sum(place["people"] for place in content["places"])
