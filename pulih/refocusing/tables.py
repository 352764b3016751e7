"""The nine tables of a case, one declaration each: columns, key, references, row rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from pulih.common.errors import Message
from pulih.refocusing import cells
from pulih.refocusing.case import COUNTRY, EVERY_MEASURE
from pulih.refocusing.case import Amount as AmountRow
from pulih.refocusing.case import Area as AreaRow
from pulih.refocusing.case import Cost as CostRow
from pulih.refocusing.case import Effect as EffectRow
from pulih.refocusing.case import Limit as LimitRow
from pulih.refocusing.case import Line as LineRow
from pulih.refocusing.case import Measure as MeasureRow
from pulih.refocusing.case import Need as NeedRow
from pulih.refocusing.case import Share as ShareRow

Record = Mapping[str, Any]
Kind = Literal["province", "regency", "area", "measure", "measures"]
RowFaults = list[tuple[str, Message]]  # The column at fault and what is wrong.


def nothing_wrong(record: Record) -> RowFaults:
    return []


@dataclass(frozen=True)
class Table:
    """columns: reader by name; key: columns that name a row; refers: kind of code by column."""

    name: str
    value: type
    columns: Mapping[str, cells.Reader]
    key: tuple[str, ...]
    refers: Mapping[str, Kind] = field(default_factory=dict)
    wrongs: Callable[[Record], RowFaults] = nothing_wrong
    may_be_missing: bool = False


def holds_more_than_it_has(record: Record) -> RowFaults:
    if {"committed", "blocked", "ceiling"} <= record.keys():
        taken = record["committed"] + record["blocked"]
        if taken > record["ceiling"]:
            return [("committed", _over_its_ceiling(taken, record["ceiling"]))]
    return []


def _over_its_ceiling(taken: int, ceiling: int) -> Message:
    return Message(
        f"Komitmen dan blokir ({taken}) melebihi pagu baris ({ceiling}).",
        f"Committed and blocked money ({taken}) exceeds the line's ceiling ({ceiling}).",
    )


def crossed(least: str, most: str) -> Callable[[Record], RowFaults]:
    """Return the rule that the least is not above the most."""

    def wrongs(record: Record) -> RowFaults:
        low, high = record.get(least), record.get(most)
        if low is None or high is None or low <= high:
            return []
        return [(least, _above(_plain(low), _plain(high)))]

    return wrongs


def _above(low: str, high: str) -> Message:
    return Message(
        f"Batas bawah {low} melebihi batas atas {high}.",
        f"The minimum {low} exceeds the maximum {high}.",
    )


def _plain(number: int | Fraction) -> str:
    return str(number) if isinstance(number, int) else format(float(number), "g")


def share_of_itself(record: Record) -> RowFaults:
    found = crossed("min_share", "max_share")(record)
    if record.get("province") == COUNTRY and record.get("measures") == (EVERY_MEASURE,):
        found.append(("measures", ALL_OF_ALL))
    return found


ALL_OF_ALL = Message(
    "Semua langkah di semua provinsi selalu 100 %: sebut provinsi atau langkahnya.",
    "Every measure of every province is always 100 %: name a province or measures.",
)

AREAS = Table(
    "areas",
    AreaRow,
    {"area": cells.code, "parent": cells.maybe_text, "name": cells.maybe_text},
    ("area",),
    {"parent": "province"},
)
LINES = Table(
    "lines",
    LineRow,
    {
        "line": cells.line_code,
        "province": cells.code,
        "measure": cells.code,
        "ceiling": cells.whole,
        "committed": cells.whole,
        "blocked": cells.whole,
        "protected": cells.flag,
    },
    ("line",),
    {"province": "province", "measure": "measure"},
    holds_more_than_it_has,
)
MEASURES = Table(
    "measures",
    MeasureRow,
    {
        "measure": cells.code,
        "name": cells.maybe_text,
        "unit": cells.maybe_text,
        "batch": cells.batch,
        "setup_cost": cells.whole,
    },
    ("measure",),
)
COSTS = Table(
    "costs",
    CostRow,
    {"area": cells.maybe_text, "measure": cells.code, "unit_cost": cells.whole},
    ("area", "measure"),
    {"area": "area", "measure": "measure"},
)
NEEDS = Table(
    "needs",
    NeedRow,
    {
        "regency": cells.code,
        "need": cells.code,
        "firms": cells.whole,
        "severity": cells.severity,
    },
    ("regency", "need"),
    {"regency": "regency"},
)
EFFECTS = Table(
    "effects",
    EffectRow,
    {"measure": cells.code, "need": cells.code, "relief": cells.number},
    ("measure", "need"),
    {"measure": "measure"},
)
LIMITS = Table(
    "limits",
    LimitRow,
    {
        "area": cells.code,
        "measure": cells.code,
        "min_units": cells.maybe_whole,
        "max_units": cells.maybe_whole,
    },
    ("area", "measure"),
    {"area": "area", "measure": "measure"},
    crossed("min_units", "max_units"),
    may_be_missing=True,
)
AMOUNTS = Table(
    "amounts",
    AmountRow,
    {
        "rule": cells.code,
        "province": cells.maybe_text,
        "measures": cells.measure_list,
        "min_amount": cells.maybe_whole,
        "max_amount": cells.maybe_whole,
    },
    ("rule",),
    {"province": "province", "measures": "measures"},
    crossed("min_amount", "max_amount"),
    may_be_missing=True,
)
SHARES = Table(
    "shares",
    ShareRow,
    {
        "rule": cells.code,
        "province": cells.maybe_text,
        "measures": cells.measure_list,
        "min_share": cells.maybe_share,
        "max_share": cells.maybe_share,
    },
    ("rule",),
    {"province": "province", "measures": "measures"},
    share_of_itself,
    may_be_missing=True,
)
TABLES = (AREAS, LINES, MEASURES, COSTS, NEEDS, EFFECTS, LIMITS, AMOUNTS, SHARES)
