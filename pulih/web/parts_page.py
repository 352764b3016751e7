"""Invented values for the page that shows every part once."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from pulih.web import keyset, maps, numbers
from pulih.web.bars import axis_for
from pulih.web.charts import Line, LineChart
from pulih.web.figures import (
    Amounts,
    Chip,
    Counts,
    Figure,
    Happening,
    Progress,
    Step,
    Tab,
    Term,
)
from pulih.web.money_field import MoneyField
from pulih.web.samples import AFFECTED, BEFORE_AFTER, FALLS, PLAN
from pulih.web.tables import Head

DAY = date(2020, 6, 15)
MOMENT = datetime(2020, 6, 15, 2, 18, tzinfo=UTC)
MILLION = 1_000_000


class SampleForm(forms.Form):
    """A field in every state."""

    ceiling = MoneyField()
    title = forms.CharField(required=False)
    year = forms.ChoiceField(choices=[("2020", "2020"), ("2021", "2021")])
    is_kept = forms.BooleanField(required=False)

    def clean_ceiling(self) -> int:
        amount: int = self.cleaned_data["ceiling"]
        if amount < 10_553_100_000:
            short = numbers.rupiah(10_553_100_000 - amount)
            sentence = _("{amount} less than what is committed. Did you mean 16,900,000,000?")
            raise forms.ValidationError(sentence.format(amount=short))
        return amount


def samples(request: HttpRequest) -> dict[str, Any]:
    """Return the values of the parts page."""
    form = SampleForm({"ceiling": "6.900.000.000", "year": "2020"})
    form.fields["ceiling"].label = _("Ceiling afterwards (Rp)")
    form.fields["title"].label = _("Title")
    form.fields["year"].label = _("Fiscal year")
    form.fields["is_kept"].label = _("Remember for the next file of this office")
    axis = axis_for([value for row in BEFORE_AFTER for value in row[1:]])
    return {
        "figures": _figures(),
        "amounts": Amounts(1_042_400_000, 73_600_000, 333_400_000, 204_800_000),
        "counts": Counts(2_196, 171, 51),
        "progress": Progress(128_440, 200_000, _("rows"), seconds_left=40),
        "tabs": _tabs(),
        "chips": [Chip(_("Regency"), "Indramayu", "?"), Chip("KBLI", "14")],
        "terms": _terms(),
        "falls": FALLS,
        "steps": _steps(),
        "happenings": _happenings(),
        "map": _map(maps.country_map),
        "tiles": _map(maps.tile_grid),
        "heads": _heads(),
        "provinces": sorted(AFFECTED, key=lambda row: -row[2])[:8],
        "total": sum(row[2] for row in AFFECTED),
        "page": keyset.Page(list(range(8)), 1, 34, "next", None),
        "axis": axis,
        "before_after": BEFORE_AFTER,
        "chart": _chart(),
        "form": form,
        "moment": MOMENT,
    }


def _figures() -> list[Figure]:
    public = Figure(
        label=_("Affected firms"),
        value=numbers.whole(1_008_677),
        definition=_("Reported as affected, mostly by falling turnover."),
        full_definition=_("Firms reported as affected; the source does not give its criteria."),
        as_of=date(2020, 5, 1),
        source=_("Ministry of Industry, quoted by the press on 23 June 2020"),
        coverage=_("coverage not stated"),
        kind="public",
        url="#",
        differs=[_("16,620 (9 provinces, March 2020)"), _("4.6 million (all firms, 2019)")],
    )
    own = Figure(
        label=_("May still be moved"),
        value=f"Rp{numbers.billions(14_346_900_000, bare=True)}",
        unit=_("billion"),
        definition=_("Ceiling less what is blocked or committed. Signed contracts stay."),
        as_of=DAY,
        source=_("Budget lines of 34 spending units"),
        coverage=_("34 of 34 provinces"),
        kind="demo",
        url="#",
        download_url="#",
    )
    return [public, own, public, own]


def _tabs() -> list[Tab]:
    return [
        Tab(_("Overview"), "#", is_on=True),
        Tab(_("Source rows"), "#", count=4),
        Tab(_("History"), "#", count=9),
    ]


def _terms() -> list[Term]:
    return [
        Term(_("Turnover fell by 77.3%"), 30.9, 40, "Rp11.000.000 → Rp2.500.000", "#"),
        Term(_("4 of 6 workers affected"), 16.7, 25, _("3 sent home, 1 laid off"), "#"),
        Term(_("Changed its product"), 10.0, 20, _("half of “stopped for now”"), "#"),
        Term(_("3 of 7 obstacles"), 6.4, 15, _("sales, raw material, marketing"), "#"),
    ]


def _steps() -> list[Step]:
    return [
        Step(_("Draft"), "done", numbers.day(date(2020, 5, 25)), _("office")),
        Step(_("Sent back"), "returned", numbers.day(date(2020, 6, 2)), _("verifier")),
        Step(_("Approved in part"), "done", numbers.day(date(2020, 6, 12)), _("planner")),
        Step(_("Scheduled"), "now", numbers.day(date(2020, 6, 19)), _("with the office")),
        Step(_("Running"), "ahead"),
    ]


def _happenings() -> list[Happening]:
    return [
        Happening(DAY, _("Turnover and workers renewed from row 52 of a file"), "#"),
        Happening(date(2020, 4, 2), _("Reported as affected for the first time")),
    ]


def _heads() -> list[Head]:
    return [
        Head(_("Province"), key="name"),
        Head(_("Firms"), unit=_("affected"), key="hit", is_number=True, starts_down=True),
        Head(_("Severity"), unit="0–100", is_number=True, hide=True),
    ]


def _map(draw: Any) -> maps.Map:
    provinces = [
        maps.Province(code, name, number, numbers.whole(number))
        for code, name, number, _s in AFFECTED
    ]
    title = _("34 provinces by affected firms; their numbers stand in the table beside it")
    more = {"named": ("32", "33", "35", "51")} if draw is maps.country_map else {}
    breaks = (3_000, 7_000, 15_000, 30_000, 100_000)
    marks = ["0"] + [numbers.whole(value // 1000) + " " + _("k") for value in breaks]
    drawn: maps.Map = draw(title, provinces, breaks, marks, selected="32", **more)
    return drawn


def _chart() -> LineChart:
    months = [
        _(name)
        for name in [
            "Jan",
            "Feb",
            "Mar",
            "Apr",
            "May",
            "Jun",
            "Jul",
            "Aug",
            "Sep",
            "Oct",
            "Nov",
            "Dec",
        ]
    ]
    actual = [0.5, 2, 5, 9.5, 15.0, 19.6] + [None] * 6
    high = [None] * 5 + [19.6, 32, 47, 60.5, 73, 84, 93]
    low = [None] * 5 + [19.6, 28, 40, 51, 61, 70, 78]
    finding = _("Plan for June 31%, actual 19.6%; forecast for the year 78–93%")
    lines = [
        Line(_("Forecast"), "band", high, low, end="78–93%"),
        Line(_("Plan"), "plan", PLAN, end=_("plan {share}").format(share="99%")),
        Line(_("Actual"), "actual", actual),
    ]
    return LineChart(finding, months, lines, unit="%", top=100, step=25)
