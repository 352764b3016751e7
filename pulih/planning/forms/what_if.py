"""The form of “what if?”: a few numbers to move, each empty as long as it stays."""

from operator import itemgetter
from typing import Any

from django import forms
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pulih.measures.models import Measure
from pulih.refocusing.case import Amount, Case
from pulih.web import numbers

from ..models import Scenario
from ..rules.what_if import Moved, crosses, earmarks_of, tidy
from .fields import AmountField, PercentField, offer

MOST_LINES = 100


class WhatIfForm(forms.Form):
    """What a planner moves; `moved()` is what the rules take."""

    ceiling = AmountField(label=gettext_lazy("New ceiling, rupiah"), min_value=1, required=False)
    floor_percent = PercentField(label=gettext_lazy("Floor per province, %"), required=False)
    cap_percent = PercentField(label=gettext_lazy("Cap per province, %"), required=False)
    given_up_percent = PercentField(
        label=gettext_lazy("Give up of the worst-off, %"), required=False, most=99
    )
    rule = forms.ChoiceField(label=gettext_lazy("Earmark"), required=False)
    rupiah = AmountField(label=gettext_lazy("At least, rupiah"), min_value=0, required=False)
    measure = forms.ChoiceField(
        label=gettext_lazy("Measure that costs more or less"), required=False
    )
    cost_percent = PercentField(
        label=gettext_lazy("Its unit cost, % of today"), required=False, least=1, most=1_000
    )
    province = forms.ChoiceField(label=gettext_lazy("One province"), required=False)
    of = forms.ChoiceField(label=gettext_lazy("Its money for"), required=False)
    least = AmountField(label=gettext_lazy("At least, rupiah"), min_value=0, required=False)
    most = AmountField(label=gettext_lazy("At most, rupiah"), min_value=0, required=False)
    line = forms.ChoiceField(label=gettext_lazy("Line that may not be touched"), required=False)

    def __init__(self, *arguments: Any, scenario: Scenario, case: Case, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.scenario, self.case = scenario, case
        names = {measure.code: measure.name for measure in Measure.objects.all()}
        offer(self, "measure", [("", _("none")), *_measures(case, names)])
        offer(self, "rule", [("", _("none")), *_earmarks(case, names)])
        offer(self, "province", [("", _("none")), *_provinces(case)])
        offer(self, "of", [("", _("all measures")), *_named(case, names)])
        offer(self, "line", [("", _("none")), *_lines(scenario)])

    @property
    def has_earmarks(self) -> bool:
        return bool(earmarks_of(self.case))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        floor, cap = data.get("floor_percent"), data.get("cap_percent")
        floor = self.scenario.floor_percent if floor is None else floor
        cap = self.scenario.cap_percent if cap is None else cap
        if floor is not None and cap is not None and floor > cap:
            self.add_error("cap_percent", _("The cap lies below the floor. Raise it."))
        if not self.errors:
            self._check_province(data)
        return data

    def _check_province(self, data: dict[str, Any]) -> None:
        given = data.get("least") is not None or data.get("most") is not None
        if given and not data.get("province"):
            self.add_error("province", _("Name the province."))
        elif given and (amount := crosses(self.moved(), self.case)):
            self.add_error(
                "most" if data.get("least") is None else "least",
                _(
                    "Together with its other bound the province would have at least %(least)s and "
                    "at most %(most)s. Give both."
                )
                % {
                    "least": numbers.rupiah(amount.min_amount),
                    "most": numbers.rupiah(amount.max_amount),
                },
            )

    def moved(self) -> Moved:
        now = {
            "floor_percent": self.scenario.floor_percent,
            "cap_percent": self.scenario.cap_percent,
            "given_up_percent": self.scenario.tolerance_worst * 100,
        }
        given = {
            name: value
            for name, value in self.cleaned_data.items()
            if value not in (None, "") and value != now.get(name)
        }
        return tidy(Moved(**given), self.case)


def _measures(case: Case, names: dict[str, str]) -> list[tuple[str, str]]:
    costed = {cost.measure for cost in case.costs}
    return [(code, names.get(code, code)) for code in sorted(costed)]


def _provinces(case: Case) -> list[tuple[str, str]]:
    return sorted(((code, case.name_of[code]) for code in case.provinces), key=itemgetter(1))


def _named(case: Case, names: dict[str, str]) -> list[tuple[str, str]]:
    return [(code, names[code]) for code in sorted(case.measure) if code in names]


def _earmarks(case: Case, names: dict[str, str]) -> list[tuple[str, str]]:
    return [(amount.rule, _earmark(case, amount, names)) for amount in earmarks_of(case)]


def _earmark(case: Case, amount: Amount, names: dict[str, str]) -> str:
    place = case.name_of.get(amount.province, "Indonesia")
    what = ", ".join(names.get(code, code) for code in amount.measures if code != "*")
    return f"{place}: {what}" if what else place


def _lines(scenario: Scenario) -> list[tuple[str, str]]:
    """Return the lines with most money that may move: those that protection would change."""
    spare = F("before") - F("committed") - F("blocked")
    rows = (
        scenario.solution.line_rows.filter(line__isnull=False, is_protected=False)
        .annotate(spare=spare)
        .filter(spare__gt=0)
        .select_related("line", "province")
        .order_by("-spare", "code")[:MOST_LINES]
    )
    return [
        (row.code, f"{row.province.name} · {row.line.line_key} · {numbers.rupiah(row.before)}")
        for row in rows
    ]
