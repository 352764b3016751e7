"""The tables of a case and of a plan, one declaration each: columns, key, references, row rules."""

from dataclasses import dataclass

from pulih.casefiles.cells import code, flag, maybe_share, maybe_text, maybe_whole, number, whole
from pulih.casefiles.tables import Record, RowFaults, Table, crossed
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
    {"area": code, "parent": maybe_text, "name": maybe_text},
    ("area",),
    {"parent": "province"},
)
LINES = Table(
    "lines",
    LineRow,
    {
        "line": cells.line_code,
        "province": code,
        "measure": code,
        "ceiling": whole,
        "committed": whole,
        "blocked": whole,
        "protected": flag,
    },
    ("line",),
    {"province": "province", "measure": "measure"},
    holds_more_than_it_has,
)
MEASURES = Table(
    "measures",
    MeasureRow,
    {
        "measure": code,
        "name": maybe_text,
        "unit": maybe_text,
        "batch": cells.batch,
        "setup_cost": whole,
    },
    ("measure",),
)
COSTS = Table(
    "costs",
    CostRow,
    {"area": maybe_text, "measure": code, "unit_cost": whole},
    ("area", "measure"),
    {"area": "area", "measure": "measure"},
)
NEEDS = Table(
    "needs",
    NeedRow,
    {
        "regency": code,
        "need": code,
        "firms": whole,
        "severity": cells.severity,
    },
    ("regency", "need"),
    {"regency": "regency"},
)
EFFECTS = Table(
    "effects",
    EffectRow,
    {"measure": code, "need": code, "relief": number},
    ("measure", "need"),
    {"measure": "measure"},
)
LIMITS = Table(
    "limits",
    LimitRow,
    {
        "area": code,
        "measure": code,
        "min_units": maybe_whole,
        "max_units": maybe_whole,
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
        "rule": code,
        "province": maybe_text,
        "measures": cells.measure_list,
        "min_amount": maybe_whole,
        "max_amount": maybe_whole,
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
        "rule": code,
        "province": maybe_text,
        "measures": cells.measure_list,
        "min_share": maybe_share,
        "max_share": maybe_share,
    },
    ("rule",),
    {"province": "province", "measures": "measures"},
    share_of_itself,
    may_be_missing=True,
)
TABLES = (AREAS, LINES, MEASURES, COSTS, NEEDS, EFFECTS, LIMITS, AMOUNTS, SHARES)


@dataclass(frozen=True, slots=True, order=True)
class PlanUnits:
    """A row of `plan.csv`."""

    regency: str
    measure: str
    units: int


@dataclass(frozen=True, slots=True, order=True)
class LineAfter:
    """A row of `lines_after.csv`; the line may be a new one."""

    line: str
    after: int


PLAN_TABLES = (
    Table(
        "plan",
        PlanUnits,
        {"regency": code, "measure": code, "units": whole},
        ("regency", "measure"),
    ),
    Table("lines_after", LineAfter, {"line": code, "after": whole}, ("line",)),
)
