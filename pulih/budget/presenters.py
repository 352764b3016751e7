"""How absorption is drawn and put into words: the S-curve, the lag, the risk of the year's end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.common import periods
from pulih.web import numbers
from pulih.web.charts import Line, LineChart
from pulih.web.words import language

from .reads.absorption import Absorption
from .rules.forecast import FEWEST, MONTHS, Risk

Tone = Literal["", "good", "warn", "bad", "info"]
RISK_TONES: dict[Risk, Tone] = {Risk.NONE: "good", Risk.WATCH: "warn", Risk.HIGH: "bad"}
AHEAD = 0.05  # Points below which a difference is no difference.


@dataclass(frozen=True)
class Curve:
    """The S-curve with its sentences. range: the forecast's ends, written; empty without one."""

    absorption: Absorption
    chart: LineChart
    lag: str
    lag_tone: Tone
    risk: str
    risk_tone: Tone
    range: str
    basis: str
    plan: str


def curve(absorption: Absorption) -> Curve | None:
    """Return what the page shows of absorption; None when there is no ceiling to measure by."""
    if absorption.track.ceiling <= 0:
        return None
    ends = _range(absorption)
    lag, lag_tone = _lag(absorption)
    return Curve(
        absorption,
        _chart(absorption, ends),
        lag,
        lag_tone,
        _risk(absorption.risk),
        RISK_TONES.get(absorption.risk, ""),
        ends,
        _basis(absorption),
        _plan(absorption),
    )


def _chart(absorption: Absorption, ends: str) -> LineChart:
    track, band = absorption.track, absorption.band
    paid = absorption.paid_until
    actual = [_share(rupiah, track.ceiling) for rupiah in paid]
    lines = []
    if band:
        low = [_share(value, track.ceiling) for value in band.low]
        high = [_share(value, track.ceiling) for value in band.high]
        lines.append(Line(_("Forecast"), "band", high, low, end=ends))
    if absorption.stated:
        planned = [_share(value, track.ceiling) for value in absorption.planned_until]
        end = _("plan {share}").format(share=f"{numbers.whole(planned[-1])}%")
        lines.append(Line(_("Plan"), "plan", planned, end=end))
    lines.append(Line(_("Actual"), "actual", [*actual, *([None] * (MONTHS - len(actual)))]))
    months = periods.MONTHS_EN if language() == "en" else periods.MONTHS_ID
    return LineChart(_finding(absorption, ends), months, lines, unit="%", top=100, step=25)


def _share(rupiah: float | None, ceiling: int) -> float | None:
    return None if rupiah is None else round(rupiah / ceiling * 100, 1)


def _finding(absorption: Absorption, ends: str) -> str:
    day = numbers.day(absorption.day)
    paid = numbers.percent(absorption.track.total_paid / absorption.track.ceiling)
    if absorption.lag is None:
        return _("Paid by {day}: {paid} of the ceiling").format(day=day, paid=paid)
    planned = numbers.percent(absorption.lag.planned_share)
    text = _("Planned by {day}: {planned} of the ceiling; paid: {paid}")
    found = text.format(day=day, planned=planned, paid=paid)
    return found + ("; " + _("forecast for the year {ends}").format(ends=ends) if ends else "")


def _range(absorption: Absorption) -> str:
    if absorption.band is None:
        return ""
    ends: Sequence[float | None] = (absorption.band.low[-1], absorption.band.high[-1])
    low, high = (
        numbers.whole(100 * (end or 0.0) / absorption.track.ceiling)  # A band has both its ends.
        for end in ends
    )
    return f"{low}%" if low == high else f"{low}–{high}%"


def _lag(absorption: Absorption) -> tuple[str, Tone]:
    lag = absorption.lag
    if lag is None:
        return "", ""
    points = numbers.decimal(abs(lag.points))
    if lag.points >= AHEAD:
        text = ngettext(
            "behind by {points} points, about {weeks} week",
            "behind by {points} points, about {weeks} weeks",
            max(1, round(lag.weeks)),
        )
        return text.format(points=points, weeks=numbers.whole(max(1, lag.weeks))), "warn"
    if lag.points <= -AHEAD:
        return _("ahead by {points} points").format(points=points), "good"
    return _("as planned"), "good"


def _risk(risk: Risk) -> str:
    return {
        Risk.NONE: _("the year's end looks safe"),
        Risk.WATCH: _("the year's end needs watching"),
        Risk.HIGH: _("money is likely to be left at the year's end"),
    }.get(risk, "")


def _basis(absorption: Absorption) -> str:
    """Say what the forecast rests on, or why there is none."""
    if not absorption.stated:
        return _("Without page III there is nothing to compare with, and no forecast.")
    if absorption.band is None:
        return _(
            "No forecast: it needs {fewest} comparisons with other months or years, and "
            "something planned and paid."
        ).format(fewest=FEWEST)
    count = numbers.whole(absorption.band.based_on)
    if absorption.from_years:
        return _("Forecast from {n} comparisons with finished years.").format(n=count)
    return _("Forecast from {n} comparisons with this year's months of all units.").format(n=count)


def _plan(absorption: Absorption) -> str:
    """Say how much of the plan was stated, where not all of it was."""
    if not absorption.stated or absorption.stated == absorption.units:
        return ""
    return _("{n} of {all} units stated no page III; theirs is spread evenly.").format(
        n=absorption.units - absorption.stated, all=absorption.units
    )
