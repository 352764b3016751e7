"""What a dataset declares: measures with their meaning, and how rows are collected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, NamedTuple

from django.utils import timezone

from pulih.common.errors import Message
from pulih.common.periods import WIB
from pulih.portal.areas import Areas
from pulih.portal.fewest import FEWEST

ALL = "all"
Kind = Literal["count", "sum", "money", "number"]


@dataclass(frozen=True)
class Moment:
    """What a release is of. period: the fiscal year, since all of its figures run up to as_of."""

    as_of: date
    known_at: datetime
    areas: Areas

    @property
    def period(self) -> str:
        return str(self.as_of.year)

    @property
    def known(self) -> date:
        return timezone.localtime(self.known_at, WIB).date()

    @property
    def end(self) -> datetime:
        return end_of(self.as_of, self.known_at)


def end_of(as_of: date, known_at: datetime) -> datetime:
    """The first moment after the day, in Jakarta, and not after what was known."""
    return min(datetime.combine(as_of + timedelta(days=1), time(), WIB), known_at)


class Raw(NamedTuple):
    """One number before it is protected. value: None where only a marker stands."""

    measure: str
    area: str
    dimension: str
    category: str
    value: int | None
    marker: str = ""
    contributors: int | None = None
    largest: int | None = None
    second: int | None = None


def provisional(moment: Moment, rows: Iterable[Raw]) -> Iterator[Raw]:
    """Mark what is stated of the month of the day, unless that month is over on it."""
    # A month that has begun and goes on after the day.
    begun = {f"{moment.as_of:%Y-%m}"} & {f"{moment.as_of + timedelta(days=1):%Y-%m}"}
    for row in rows:
        is_open = row.dimension == "month" and row.category in begun
        yield row._replace(marker="[p]") if is_open else row


@dataclass(frozen=True)
class Measure:
    """One figure. kind: count and sum are of people or firms, and protected; money and number not.

    parts: dimensions whose categories add up; answers: several may be given. belongs_to: the count
    of a sum. differs: what the figure is often taken for. stock: whether the firms or people of one
    year are still there in the next, so that their releases are compared; a year's alone are not.
    within: counts of which this one counts a part; where that holds for an area, all must agree.
    rest: whether those few are protected who are in such a larger count and not in this one.
    counts: whom, as `web.published` says it, who may then open the row that they are counted in.
    """

    key: str
    label: Message
    definition: Message
    unit: Message
    kind: Kind
    parts: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    belongs_to: str = ""
    differs: Message | None = None
    stock: bool = True
    within: tuple[str, ...] = ()
    rest: bool = False
    counts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for words in (self.label, self.definition, self.unit, self.differs):
            if words is not None and not (words.id.strip() and words.en.strip()):
                raise ValueError(f"Measure {self.key}: a text is in one language only: {words}.")

    @property
    def is_protected(self) -> bool:
        return self.kind in ("count", "sum")

    @property
    def rule(self) -> dict[str, Any]:
        """The entry of the measure in the rules of `pulih protect`."""
        rule: dict[str, Any] = {"kind": self.kind, "k": FEWEST}
        rule |= {"parts": list(self.parts), "answers": list(self.answers), "stock": self.stock}
        rule |= {"within": list(self.within), "rest": self.rest}
        return rule | ({"with": self.belongs_to} if self.belongs_to else {})


@dataclass(frozen=True)
class Dataset:
    """A group of measures with one source. coverage: of which part of the country it speaks.

    words: what a category of a dimension is called; the category itself where it says nothing.
    """

    key: str
    title: Message
    source: Message
    coverage: Message
    measures: tuple[Measure, ...]
    collect: Callable[[Moment], Iterable[Raw]]
    words: Callable[[str, str], Message | None] = lambda dimension, category: None


def frozen(datasets: Sequence[Dataset]) -> dict[str, dict[str, Any]]:
    """What each measure means as a release keeps it: plain values, in both languages, by key."""
    return {
        measure.key: {
            "dataset": dataset.key,
            "kind": measure.kind,
            **_both("title", dataset.title),
            **_both("label", measure.label),
            **_both("definition", measure.definition),
            **_both("unit", measure.unit),
            **_both("source", dataset.source),
            **_both("coverage", dataset.coverage),
            **_both("differs", measure.differs or Message("", "")),
            "dimensions": [*measure.parts, *measure.answers],
            "within": list(measure.within),
        }
        for dataset in datasets
        for measure in dataset.measures
    }


def _both(name: str, words: Message) -> dict[str, str]:
    return {f"{name}_id": words.id, f"{name}_en": words.en}


def measure_named(datasets: Sequence[Dataset], key: str) -> Measure | None:
    return next((one for each in datasets for one in each.measures if one.key == key), None)


class Table(NamedTuple):
    """What a release may publish or leave out: a figure by one dimension; `all` is the whole."""

    measure: str
    dimension: str

    @property
    def key(self) -> str:
        return f"{self.measure}|{self.dimension}"


def tables_of(datasets: Sequence[Dataset]) -> list[Table]:
    """The tables of the measures that are protected."""
    return [
        Table(one.key, dimension)
        for each in datasets
        for one in each.measures
        if one.is_protected
        for dimension in (ALL, *one.parts, *one.answers)
    ]


def rules_of(datasets: Sequence[Dataset]) -> dict[str, Any]:
    """The rules of `pulih protect` for the measures that it protects."""
    protected = (one for each in datasets for one in each.measures if one.is_protected)
    rules = {measure.key: measure.rule for measure in protected}
    for rule in rules.values():
        rule["within"] = [key for key in rule["within"] if key in rules]
        rule["rest"] = rule["rest"] and bool(rule["within"])
    return {"measures": rules}


def not_recorded(measures: Iterable[Measure], areas: Iterable[str]) -> Iterator[Raw]:
    """Say that a room holds no record: never 0."""
    places = list(areas)
    for measure in measures:
        for area in places:
            yield Raw(measure.key, area, ALL, "", None, "[x]")


def summed(
    measure: str, areas: Areas, values: Mapping[tuple[str, str, str], int], every: Iterable[str]
) -> Iterator[Raw]:
    """Rows of sums by (area, dimension, category), each added to all areas above it.

    every: areas that have a whole even where it is 0.
    """
    found: dict[tuple[str, str, str], int] = {(area, ALL, ""): 0 for area in every}
    for (area, dimension, category), value in values.items():
        for above in areas.upwards(area):
            key = (above, dimension, category)
            found[key] = found.get(key, 0) + value
    for (area, dimension, category), value in sorted(found.items()):
        yield Raw(measure, area, dimension, category, value)
