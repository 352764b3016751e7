"""From the rooms to the protected cells of a release: collected, hidden where small, kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from pulih.common.errors import Message, Refusal
from pulih.disclosure import Case, Protected, case_from_tables, explanation, protect

from .areas import areas_on
from .datasets import ALL, DATASETS, Dataset, Measure, Moment, Raw, Table, frozen, rules_of
from .models import Cell, Marker, Release, Scope
from .plain_cells import PlainCell, plain
from .progress import OnProgress, unheard
from .restating import stated_before

COMPARED = "compared"  # Of the same: numbers of the releases that were on show then.
WITHHELD = "withheld"  # Of the account of a protection: pairs of measure and level.
TOP = "country"
KEYS = ("measure", "period", "area", "parent", "dimension", "category")
NUMBERS = ("value", "contributors", "largest", "second")


def collect(
    moment: Moment, datasets: Sequence[Dataset] = DATASETS, on_progress: OnProgress = unheard
) -> dict[str, list[Raw]]:
    """Rows of every dataset, by its key."""
    found = {}
    for done, each in enumerate(datasets):
        on_progress("counting", done, len(datasets))
        found[each.key] = list(each.collect(moment))
    return found


def count(
    release: Release, on_show: Sequence[Release], on_progress: OnProgress = unheard
) -> tuple[list[PlainCell], dict[str, Any]]:
    """The cells of a release: what its scope counts again, protected, and what it carries over."""
    moment = Moment(release.as_of, release.known_at, areas_on(release.as_of))
    gone = left_out(release)
    collected = anew(release, moment, collect(moment, _counted(release), on_progress))
    rows = without(collected, gone)
    on_progress("protecting", 0, 0)
    # Money alone shows of people only what the release that it carries shows already.
    compared = [each for each in on_show if each.scope != Scope.MONEY]
    cells, account = protected_cells(moment, rows, [shown(each) for each in compared])
    account[COMPARED] = [each.number for each in compared]
    kept = [each for each in carried(release, moment) if not gone.holds(each)]
    return revised([*cells, *kept], release.restates or stated_before(release, on_show)), account


@dataclass(frozen=True)
class Gone:
    """What a release leaves out. measures: as wholes, with the sums that belong to them."""

    measures: frozenset[str]
    tables: frozenset[Table]

    def holds(self, one: Raw | PlainCell) -> bool:
        return one.measure in self.measures or Table(one.measure, one.dimension) in self.tables


def left_out(release: Release) -> Gone:
    tables = frozenset(
        Table(*pair) for pair in release.left_out.values_list("measure", "dimension")
    )
    wholes = {table.measure for table in tables if table.dimension == ALL}
    sums = {
        one.key for each in DATASETS for one in each.measures if one.belongs_to in wholes
    }  # Without its count nobody knows how few a sum is of.
    return Gone(frozenset(wholes | sums), tables)


def without(rows: Mapping[str, list[Raw]], gone: Gone) -> dict[str, list[Raw]]:
    """Rows of a release without its tables left out; the whole of a figure left out is hidden."""
    return {
        dataset: [
            row._replace(value=None, marker=row.marker or Marker.HIDDEN.value)
            if gone.holds(row)
            else row
            for row in found
            if row.dimension == ALL or not gone.holds(row)
        ]
        for dataset, found in rows.items()
    }


def revised(cells: list[PlainCell], before: Release | None) -> list[PlainCell]:
    """Mark what is stated otherwise than by the release before it of the same day."""
    if before is not None:
        corrected = Cell.objects.filter(release=before, value__isnull=False)
        old = {cell.cell: cell.value for cell in plain(corrected)}
        for cell in cells:
            if cell.value is not None and old.get(cell.cell, cell.value) != cell.value:
                cell.marker = Marker.REVISED.value
    return cells


def _counted(release: Release) -> list[Dataset]:
    if release.scope != Scope.MONEY:
        return list(DATASETS)
    return [each for each in DATASETS if any(not one.is_protected for one in each.measures)]


def anew(release: Release, moment: Moment, rows: Mapping[str, list[Raw]]) -> dict[str, list[Raw]]:
    """What a release of this scope states itself."""
    measures = {one.key: one for each in DATASETS for one in each.measures}
    level_of = {code: place.level for code, place in moment.areas.places.items()}
    return {
        dataset: [
            row
            for row in found
            if is_anew(release, measures[row.measure].is_protected, level_of[row.area])
        ]
        for dataset, found in rows.items()
    }


def is_anew(release: Release, is_protected: bool, level: str) -> bool:
    if not is_protected or release.scope == Scope.REGENCIES:
        return True
    return release.scope == Scope.PROVINCES and level != "regency"


def carried(release: Release, moment: Moment) -> list[PlainCell]:
    """The cells that the release does not count itself, as they were shown before."""
    if release.carries is None:
        return []
    kept = {one.key for each in DATASETS for one in each.measures if one.is_protected}
    cells = Cell.objects.filter(release=release.carries, measure__in=kept).order_by("pk")
    return [
        cell
        for cell in plain(cells)
        if not is_anew(release, True, cell.area_level) and cell.area in moment.areas.places
    ]


def meanings(release: Release) -> dict[str, dict[str, Any]]:
    """What each measure means, and of which day it is, where it was carried over."""
    found, kept = frozen(DATASETS), {one.key: one for each in DATASETS for one in each.measures}
    for key, means in found.items():
        is_protected = kept[key].is_protected
        for name, level in (("as_of", "province"), ("as_of_regency", "regency")):
            before = None if is_anew(release, is_protected, level) else release.carries
            day = before.day_of(key, level) if before else release.as_of
            means[name] = day.isoformat()
    return found


def protected_cells(
    moment: Moment,
    rows: Mapping[str, list[Raw]],
    earlier: Sequence[pl.DataFrame],
    datasets: Sequence[Dataset] = DATASETS,
) -> tuple[list[PlainCell], dict[str, Any]]:
    """The cells of a release, hidden where they must be, and the account of the protection.

    earlier: the frame of each release on show, as `shown`. May refuse: a total that is not its sum.
    """
    measures = {one.key: one for each in datasets for one in each.measures}
    counted = [
        row
        for found in rows.values()
        for row in found
        if measures[row.measure].is_protected and row.value is not None
    ]
    level_of = {code: place.level for code, place in moment.areas.places.items()}
    withheld = too_sparse(counted, level_of, measures)
    small = [row for row in counted if (row.measure, level_of[row.area]) not in withheld]
    done = _protect(small, moment, rules_of(datasets), earlier) if small else None
    hidden = {tuple(key) for key in done.audits} if done else set()
    hidden |= {
        (row.measure, moment.period, row.area, row.dimension, row.category)
        for row in counted
        if (row.measure, level_of[row.area]) in withheld
    }
    cells = [
        _cell(dataset, row, moment, hidden) for dataset, found in rows.items() for row in found
    ]
    account = explanation(done) if done else {}
    return cells, account | {WITHHELD: sorted(map(list, withheld))}


def too_sparse(
    rows: Iterable[Raw], level_of: Mapping[str, str], measures: Mapping[str, Measure]
) -> set[tuple[str, str]]:
    """Levels of area of which nothing is shown: over half of a count's numbers there are small.

    Hiding company for each of so many would leave nothing to read, and take hours to find. A sum
    goes with the count that it belongs to.
    """
    numbers: Counter[tuple[str, str]] = Counter()
    few: Counter[tuple[str, str]] = Counter()
    for row in rows:
        measure, level = measures[row.measure], level_of[row.area]
        if measure.kind == "count" and row.value and level != TOP:
            numbers[row.measure, level] += 1
            few[row.measure, level] += row.value < measure.rule["k"]
    sparse = {key for key, number in few.items() if number * 2 > numbers[key]}
    levels = {level for _, level in sparse}
    return sparse | {
        (one.key, level)
        for one in measures.values()
        for level in levels
        if (one.belongs_to, level) in sparse
    }


def shown(release: Release, datasets: Sequence[Dataset] = DATASETS) -> pl.DataFrame:
    """What a release on show tells of protected measures, as `protected.csv` would say it."""
    names = [one.key for each in datasets for one in each.measures if one.is_protected]
    cells = Cell.objects.filter(release=release, measure__in=names)
    cells = cells.exclude(marker__in=(Marker.NOT_RECORDED, Marker.NOT_APPLICABLE))
    cells = cells.exclude(measure__in=left_out(release).measures)
    for measure, level in release.explanation.get(WITHHELD, []):
        cells = cells.exclude(measure=measure, area_level=level)
    if release.scope == Scope.PROVINCES:  # Its regencies are those of an earlier release.
        cells = cells.exclude(area_level="regency")
    rows = cells.order_by("pk").values_list(*KEYS, "value", "marker")
    texts = [
        (*key, "" if value is None else str(value), mark if value is None else "")
        for *key, value, mark in rows
    ]
    return pl.DataFrame(texts, schema=dict.fromkeys((*KEYS, "value", "marker"), pl.String),
                        orient="row")  # fmt: skip


def _protect(
    rows: Iterable[Raw], moment: Moment, rules: Mapping[str, Any], earlier: Sequence[pl.DataFrame]
) -> Protected:
    records = [
        (row.measure, moment.period, row.area, moment.areas.places[row.area].parent, row.dimension,
         row.category, *(_text(getattr(row, name)) for name in NUMBERS))
        for row in rows
    ]  # fmt: skip
    frame = pl.DataFrame(records, schema=dict.fromkeys((*KEYS, *NUMBERS), pl.String), orient="row")
    # A measure without a row has no rule either, or its sums would have nothing to belong to.
    case = case_from_tables(rules, frame, [each for each in earlier if each.height])
    if not isinstance(case, Case):
        fault = case[0]
        where = f"{fault.table}, {fault.column or ''} {fault.value or ''}".strip()
        raise Refusal(
            Message(
                f"Rilis tidak dapat disamarkan ({where}): {fault.message.id} Perbaiki datanya, "
                "lalu buat rilis lagi.",
                f"The release cannot be protected ({where}): {fault.message.en} Mend the data, "
                "then make the release again.",
            )
        )
    return protect(case)


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _cell(dataset: str, row: Raw, moment: Moment, hidden: set[tuple[str, ...]]) -> PlainCell:
    place = moment.areas.places[row.area]
    key = (row.measure, moment.period, row.area, row.dimension, row.category)
    is_hidden = key in hidden
    return PlainCell(
        dataset=dataset,
        measure=row.measure,
        period=moment.period,
        area=row.area,
        parent=place.parent,
        area_level=place.level,
        dimension=row.dimension,
        category=row.category,
        value=None if is_hidden else row.value,
        marker=Marker.HIDDEN.value if is_hidden else row.marker,
    )
