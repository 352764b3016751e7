"""Is absorption behind its plan, and where does it end? Plain arithmetic, open about its doubt.

A unit's pace is what it paid by a day over what page III planned by then. The forecast carries that
pace through the rest of the plan. How far such forecasts go wrong is not assumed but looked up: in
finished years, or in this year's earlier months of every unit, the pace before some month is set
beside the pace after it. The middle 80% of those ratios is the band. With fewer than `FEWEST` of
them there is no band, and the page says so.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MONTHS = 12
FEWEST = 12  # Ratios that a band must rest on.
EARLIEST = 0.05  # Share of the plan that must lie before and after the month of a comparison.
BAND_QUANTILES = (0.1, 0.9)
LEAST_SHARE_SPENT = 0.95  # Of the ceiling, by the end of the year; our own choice.


@dataclass(frozen=True)
class Track:
    """A year of one unit, or of many: rupiah by month, planned and paid.

    planned: twelve months of page III. paid: the months so far, the last one perhaps unfinished.
    reachable: the ceiling less what is blocked; no more can be paid.
    """

    planned: tuple[int, ...]
    paid: tuple[int, ...]
    ceiling: int
    reachable: int

    @property
    def has_plan(self) -> bool:
        return sum(self.planned) > 0

    @property
    def total_paid(self) -> int:
        return sum(self.paid)


class Risk(StrEnum):
    """What the year's end looks like."""

    NONE = "none"  # Even the low end reaches the target.
    WATCH = "watch"  # The target lies within the band.
    HIGH = "high"  # Even the high end misses it.
    UNKNOWN = "unknown"  # Too little to say.


@dataclass(frozen=True)
class Band:
    """Cumulative rupiah at the end of each month; None before the day of the forecast."""

    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    based_on: int  # Comparisons it rests on.


@dataclass(frozen=True)
class Lag:
    """How far behind its plan absorption is. points: of the ceiling; negative is ahead."""

    planned_share: float
    paid_share: float
    weeks: float

    @property
    def points(self) -> float:
        return (self.planned_share - self.paid_share) * 100


def planned_by(planned: Sequence[int], day: date) -> float:
    """Return what was planned to be paid by the end of `day`; days of a month count alike."""
    share = day.day / monthrange(day.year, day.month)[1]
    return sum(planned[: day.month - 1]) + planned[day.month - 1] * share


def lag(track: Track, day: date) -> Lag | None:
    """Return how far `track` is behind on `day`; None without a plan or a ceiling."""
    if not track.has_plan or track.ceiling <= 0:
        return None
    planned, paid = planned_by(track.planned, day), track.total_paid
    then = _day_of(track.planned, paid, day)
    weeks = (day - then).days / 7 if planned > paid else 0.0
    return Lag(planned / track.ceiling, paid / track.ceiling, weeks)


def errors(tracks: Iterable[Track], split: int | None = None) -> list[float]:
    """Return pace after over pace before a month, for every track and month that can tell.

    split: only this month (1 to 11), for finished years; else every month that has enough of the
    plan on both sides.
    """
    found = []
    for track in tracks:
        whole, last = sum(track.planned), len(track.paid)
        for month in range(1, last) if split is None else [split]:
            plan_before = sum(track.planned[:month])
            plan_after = sum(track.planned[month:last])
            paid_before = sum(track.paid[:month])
            if min(plan_before, plan_after) <= EARLIEST * whole or paid_before <= 0:
                continue
            after = sum(track.paid[month:last]) / plan_after
            found.append(after / (paid_before / plan_before))
    return found


def forecast(track: Track, day: date, ratios: Sequence[float]) -> Band | None:
    """Return the band from `day` to the year's end; None when there is too little to say.

    ratios: how paces changed elsewhere, from `errors`. The band never falls, starts at what is
    paid, and never passes what is reachable.
    """
    planned, paid = planned_by(track.planned, day), track.total_paid
    if len(ratios) < FEWEST or planned <= EARLIEST * sum(track.planned) or paid <= 0:
        return None
    pace = paid / planned
    low, high = (pace * quantile(ratios, share) for share in BAND_QUANTILES)
    return Band(_carried(track, day, low), _carried(track, day, high), len(ratios))


def risk(band: Band | None, ceiling: int) -> Risk:
    """Judge the year's end by the share of the ceiling that the band ends at."""
    if band is None or ceiling <= 0:
        return Risk.UNKNOWN
    low, high = band.low[-1], band.high[-1]
    assert low is not None
    assert high is not None
    if high < LEAST_SHARE_SPENT * ceiling:
        return Risk.HIGH
    return Risk.WATCH if low < LEAST_SHARE_SPENT * ceiling else Risk.NONE


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` of `values` lie, between two of them in proportion."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _carried(track: Track, day: date, pace: float) -> tuple[float | None, ...]:
    paid, then = float(track.total_paid), planned_by(track.planned, day)
    top = max(float(track.reachable), paid)
    ends = [sum(track.planned[: month + 1]) for month in range(MONTHS)]
    later = [min(top, paid + pace * max(0.0, end - then)) for end in ends]
    # The month of the day itself starts the band, at what is paid.
    return (*([None] * (day.month - 1)), paid, *later[day.month :])


def _day_of(planned: Sequence[int], paid: int, day: date) -> date:
    """Return the last day by which no more than `paid` was planned; at the latest `day`."""
    one = date(day.year, 1, 1) - timedelta(days=1)
    while one < day and planned_by(planned, one + timedelta(days=1)) <= paid:
        one += timedelta(days=1)
    return one
