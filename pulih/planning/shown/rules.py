"""A scenario's rules in words."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from pulih.measures.models import Measure
from pulih.web import numbers

from ..models import Scenario, ScenarioRule
from ..wording import units_words


@dataclass(frozen=True)
class RuleRow:
    """One rule as its row reads."""

    rule: ScenarioRule
    title: str
    place: str
    bounds: str


def rule_rows(scenario: Scenario) -> list[RuleRow]:
    names = {measure.code: measure.name for measure in Measure.objects.all()}
    return [
        RuleRow(
            rule,
            _title(rule, names),
            rule.area.name if rule.area else "Indonesia",
            " · ".join(bounds_of(rule)),
        )
        for rule in scenario.rules.select_related("area")
    ]


def _title(rule: ScenarioRule, names: dict[str, str]) -> str:
    if rule.measures == ["*"]:
        return _("All money of the province")
    return ", ".join(names.get(code, code) for code in rule.measures)


def bounds_of(rule: ScenarioRule) -> list[str]:
    """Return what a rule asks at least and at most, in words."""
    found = []
    if rule.minimum is not None:
        found.append(_("at least %(amount)s") % {"amount": _amount(rule, rule.minimum)})
    if rule.maximum is not None:
        found.append(_("at most %(amount)s") % {"amount": _amount(rule, rule.maximum)})
    return found


def _amount(rule: ScenarioRule, number: Decimal) -> str:
    if rule.basis == "rupiah":
        return numbers.rupiah(int(number))
    if rule.basis == "units":
        return units_words(int(number))
    percent = f"{numbers.decimal(number, 1)}%"
    if rule.basis == "percent_before":
        return _("%(percent)s of what it has") % {"percent": percent}
    return _("%(percent)s of the money") % {"percent": percent}
