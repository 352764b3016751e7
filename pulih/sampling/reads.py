"""What the visits of a check found, stratum by stratum, and what that says of all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from pulih.areas.models import Area
from pulih.measures.models import Measure

from .models import Outcome, SampleCheck, SampleUnit, Visit
from .rules.estimate import Estimate, Stratum, estimate


@dataclass(frozen=True)
class StratumRow:
    """A province and measure: in the list, drawn, visited, and visits by what they found."""

    province: Area
    measure: Measure
    population: int
    drawn: int
    outcomes: Mapping[str, int]

    @property
    def visited(self) -> int:
        return sum(self.outcomes.values())

    @property
    def counts(self) -> list[tuple[Any, int]]:
        return [(one.label, self.outcomes.get(one, 0)) for one in Outcome]


@dataclass(frozen=True)
class Results:
    """estimates: by outcome, over those visited; None while nobody was."""

    rows: Sequence[StratumRow]
    estimates: Mapping[str, Estimate | None]

    @property
    def drawn(self) -> int:
        return sum(row.drawn for row in self.rows)

    @property
    def visited(self) -> int:
        return sum(row.visited for row in self.rows)

    @property
    def wrong(self) -> int:
        """Visits that did not find what was recorded."""
        return sum(row.visited - row.outcomes.get(Outcome.RECEIVED, 0) for row in self.rows)

    @property
    def is_whole(self) -> bool:
        return self.drawn > 0 and self.visited == self.drawn


def results(sample: SampleCheck) -> Results:
    """Count the visits that stand."""
    units = list(SampleUnit.objects.filter(sample=sample).select_related("measure", "province"))
    drawn = set(sample.drawn.values_list("unit", flat=True))
    said = dict(
        Visit.objects.filter(unit__sample=sample, corrected_by=None).values_list("unit", "outcome")
    )
    groups: dict[str, list[SampleUnit]] = defaultdict(list)
    for one in units:
        groups[one.stratum].append(one)
    rows = [
        StratumRow(
            group[0].province, group[0].measure, len(group), sum(one.pk in drawn for one in group),
            Counter(said[one.pk] for one in group if one.pk in said),
        )
        for _name, group in sorted(groups.items())
    ]  # fmt: skip
    return Results(rows, _estimates(rows, sample.confidence))


def _estimates(rows: Sequence[StratumRow], confidence: int) -> dict[str, Estimate | None]:
    return {
        outcome: estimate(
            [Stratum(row.population, row.visited, row.outcomes.get(outcome, 0)) for row in rows],
            confidence,
        )
        for outcome in Outcome.values
    }


def drawn_units(sample: SampleCheck) -> QuerySet[SampleUnit]:
    """The lines to visit, in the order of the list."""
    rows = SampleUnit.objects.filter(sample=sample, drawn__isnull=False)
    return rows.select_related("province", "regency", "measure").order_by("number")


def standing_visits(units: Collection[int]) -> dict[int, Visit]:
    """The visit of each line that nobody has corrected."""
    rows = Visit.objects.filter(unit__in=units, corrected_by=None).select_related("by", "link")
    return {one.unit_id: one for one in rows}
