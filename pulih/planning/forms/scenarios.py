"""The form of a scenario: what is given, and how coverage counts."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pulih.measures.models import Measure
from pulih.refocusing.settings import settings_from
from pulih.web.bounds import DayField
from pulih.web.versions import EditForm
from pulih.web.words import say

from ..actions.scenarios import ScenarioInput
from ..models import Scenario
from ..rules.tables import case_settings
from .fields import AmountField, PercentField, offer

STEPS = (1, 2, 3)
TIME_LIMITS = (
    (30, gettext_lazy("30 seconds")),
    (60, gettext_lazy("1 minute")),
    (180, gettext_lazy("3 minutes")),
    (600, gettext_lazy("10 minutes")),
    (1800, gettext_lazy("30 minutes")),
    (3600, gettext_lazy("1 hour")),
)


class ScenarioForm(EditForm, forms.Form):
    """A scenario as its planner gives it; `given()` is what the action takes."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=120,
        help_text=gettext_lazy("What you would call it in the meeting; at most 120 letters."),
    )
    fiscal_year = forms.TypedChoiceField(label=gettext_lazy("Fiscal year"), coerce=int)
    as_of = DayField(
        label=gettext_lazy("Needs as of"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Each firm counts with its latest report up to this day."),
    )
    ceiling = AmountField(label=gettext_lazy("New ceiling, rupiah"), min_value=1)
    floor_percent = PercentField(
        label=gettext_lazy("Floor per province, %"),
        required=False,
        help_text=gettext_lazy(
            "No province keeps less than this share of what it has; empty: none."
        ),
    )
    cap_percent = PercentField(
        label=gettext_lazy("Cap per province, %"),
        required=False,
        help_text=gettext_lazy(
            "No province gets more than this share of what it has; empty: none."
        ),
    )
    measures = forms.MultipleChoiceField(
        label=gettext_lazy("Measures that may run"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        help_text=gettext_lazy(
            "Money of a measure that is not ticked may be taken, but buys nothing."
        ),
    )
    tolerance_worst = PercentField(
        label=gettext_lazy("Give up of the worst-off, %"),
        most=99,
        help_text=gettext_lazy(
            "So much of the lowest coverage may be given up to help more firms in all."
        ),
    )
    tolerance_relief = PercentField(
        label=gettext_lazy("Give up of the relief, %"),
        most=99,
        help_text=gettext_lazy("So much of the relief may be given up to move less money."),
    )
    change_cost = AmountField(
        label=gettext_lazy("Cost of touching a line, rupiah"),
        min_value=0,
        help_text=gettext_lazy(
            "What one more changed line is held to cost; higher: fewer lines change."
        ),
    )
    beyond_worst = forms.BooleanField(
        label=gettext_lazy("Fair beyond the worst province"),
        required=False,
        help_text=gettext_lazy(
            "A province that can rise no further is held, and the others are raised; else it "
            "decides for all."
        ),
    )
    time_limit = forms.TypedChoiceField(
        label=gettext_lazy("Time limit"),
        choices=TIME_LIMITS,
        coerce=int,
        help_text=gettext_lazy("The best plan found by then is kept with its proven gap."),
    )

    def __init__(self, *arguments: Any, years: list[int], **options: Any) -> None:
        super().__init__(*arguments, **options)
        offer(self, "fiscal_year", [(year, str(year)) for year in years])
        offer(self, "measures", [(m.code, m.name) for m in usable_measures()])
        for step in STEPS:
            self.fields[f"width_{step}"] = PercentField(
                label=_("Step %(step)s: share of the need, %%") % {"step": step},
                required=step == 1,
                most=100,
            )
            self.fields[f"weight_{step}"] = PercentField(
                label=_("Step %(step)s: weight") % {"step": step}, required=step == 1
            )

    @property
    def steps(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Width and weight of each step of the curve."""
        return [(self[f"width_{step}"], self[f"weight_{step}"]) for step in STEPS]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        floor, cap = data.get("floor_percent"), data.get("cap_percent")
        if floor is not None and cap is not None and floor > cap:
            self.add_error("cap_percent", _("The cap lies below the floor. Raise it."))
        if not self.errors:
            self._check_curve(data)
        return data

    def _check_curve(self, data: dict[str, Any]) -> None:
        """Ask the core itself whether this curve and these tolerances can be solved."""
        given = self._given(data)
        _settings, faults = settings_from(
            case_settings(
                title=given.title,
                fiscal_year=given.fiscal_year,
                ceiling=given.ceiling,
                coverage=given.coverage,
                tolerance=(given.tolerance_worst, given.tolerance_relief),
                change_cost=given.change_cost,
            )
        )
        for fault in faults:
            self.add_error(
                "width_1" if fault.column == "coverage" else "tolerance_worst",
                ValidationError(say(fault.message)),
            )

    def given(self) -> ScenarioInput:
        return self._given(self.cleaned_data)

    def _given(self, data: dict[str, Any]) -> ScenarioInput:
        plain = ("title", "fiscal_year", "as_of", "ceiling", "measures", "floor_percent")
        rest = ("cap_percent", "change_cost", "beyond_worst", "time_limit")
        curve = [
            [str(data[f"width_{step}"] / 100), str(data[f"weight_{step}"])]
            for step in STEPS
            if data.get(f"width_{step}") is not None and data.get(f"weight_{step}") is not None
        ]
        return ScenarioInput(
            **{name: data[name] for name in (*plain, *rest)},
            coverage=curve,
            tolerance_worst=data["tolerance_worst"] / 100,
            tolerance_relief=data["tolerance_relief"] / 100,
        )


def usable_measures() -> list[Measure]:
    return list(Measure.objects.filter(is_active=True).order_by("code"))


def initial_of(scenario: Scenario) -> dict[str, Any]:
    """Return what the form shows of a scenario, saved or with its defaults."""
    curve = {
        f"{name}_{step}": Decimal(value) * factor
        for step, pair in zip(STEPS, scenario.coverage, strict=False)
        for name, value, factor in (("width", pair[0], 100), ("weight", pair[1], 1))
    }
    same = (
        "title", "fiscal_year", "as_of", "ceiling", "measures", "floor_percent", "cap_percent",
        "change_cost", "beyond_worst", "time_limit",
    )  # fmt: skip
    return curve | {
        **{name: getattr(scenario, name) for name in same},
        "tolerance_worst": scenario.tolerance_worst * 100,
        "tolerance_relief": scenario.tolerance_relief * 100,
    }
