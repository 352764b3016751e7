"""Making and changing scenarios and their rules, while nothing is solved."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.areas.models import Area
from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.refocusing.case import Amount

from ..cases import area_codes, bound_lines, case_of
from ..models import Scenario, ScenarioRule, State
from ..models.scenarios import USUAL_SECONDS, standard_coverage
from ..rules.bounds import likeliest, shortfall
from ..rules.what_if import Moved, of_province
from ..wording import refuse_short_ceiling

COPIED = (
    "title", "fiscal_year", "as_of", "ceiling", "measures", "floor_percent", "cap_percent",
    "coverage", "tolerance_worst", "tolerance_relief", "change_cost", "beyond_worst",
    "time_limit",
)  # fmt: skip


@dataclass(frozen=True)
class ScenarioInput:
    """What a planner gives a scenario. Money in whole rupiah, tolerances as shares."""

    title: str
    fiscal_year: int
    as_of: date
    ceiling: int
    measures: list[str] = field(default_factory=list)
    floor_percent: Decimal | None = None
    cap_percent: Decimal | None = None
    coverage: list[list[str]] = field(default_factory=standard_coverage)
    tolerance_worst: Decimal = Decimal("0.01")
    tolerance_relief: Decimal = Decimal("0.01")
    change_cost: int = 1_000_000
    beyond_worst: bool = False
    time_limit: int = USUAL_SECONDS

    def values(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True)
class GivenRule:
    """A floor, cap, earmark or limit as a planner gives it."""

    table: str
    basis: str
    area: Area | None
    measures: list[str]
    minimum: Decimal | None
    maximum: Decimal | None
    reason: str = ""


@transaction.atomic
def make(given: ScenarioInput, *, by: User) -> Scenario:
    """Save a new draft. May refuse a ceiling below what is bound."""
    require(by, Permission.PLAN, None)
    refuse_below_bound(given.fiscal_year, given.ceiling, given.as_of, by)
    scenario = Scenario.objects.create(**given.values(), made_by=by)
    record(by, "planning.make", scenario, ceiling=scenario.ceiling)
    return scenario


@transaction.atomic
def change(scenario: Scenario, given: ScenarioInput, *, by: User) -> Scenario:
    """Change a draft. May refuse: solved scenarios never change."""
    require(by, Permission.PLAN, None)
    scenario = editable(scenario)
    refuse_below_bound(given.fiscal_year, given.ceiling, given.as_of, by)
    for name, value in given.values().items():
        setattr(scenario, name, value)
    scenario.problem = {}
    scenario.save()
    record(by, "planning.change", scenario, ceiling=scenario.ceiling)
    return scenario


@transaction.atomic
def add_rule(scenario: Scenario, given: GivenRule, *, by: User) -> ScenarioRule:
    """Add a rule to a draft under the next free name. May refuse."""
    require(by, Permission.PLAN, None)
    scenario = editable(scenario)
    _refuse_second_limit(scenario, given)
    rule = ScenarioRule.objects.create(
        scenario=scenario,
        name=_free_name(scenario, given.table),
        table=given.table,
        basis=given.basis,
        area=given.area,
        measures=given.measures,
        minimum=given.minimum,
        maximum=given.maximum,
        reason=given.reason,
    )
    record(by, "planning.add_rule", scenario, rule=rule.name)
    return rule


@transaction.atomic
def remove_rule(rule: ScenarioRule, *, by: User) -> None:
    """Take a rule off a draft. May refuse."""
    require(by, Permission.PLAN, None)
    scenario = editable(rule.scenario)
    record(by, "planning.remove_rule", scenario, rule=rule.name)
    rule.delete()


@transaction.atomic
def new_version(scenario: Scenario, *, by: User) -> Scenario:
    """Copy a scenario with its rules into a new draft, so that the solved one stays as it is."""
    require(by, Permission.PLAN, None)
    newest = (
        Scenario.objects.select_for_update()
        .filter(fiscal_year=scenario.fiscal_year, title=scenario.title)
        .order_by("-version")
        .first()
    )
    version = (newest.version if newest else scenario.version) + 1
    copied = {name: getattr(scenario, name) for name in COPIED}
    copy = Scenario.objects.create(**copied, version=version, previous=scenario, made_by=by)
    ScenarioRule.objects.bulk_create(_copy_of(rule, copy) for rule in scenario.rules.all())
    record(by, "planning.new_version", copy, of=scenario.pk)
    return copy


def is_copy(scenario: Scenario, of: Scenario) -> bool:
    """Tell whether a version still asks what the one before asked; its time may differ."""
    asked = [name for name in COPIED if name != "time_limit"]
    if any(getattr(scenario, name) != getattr(of, name) for name in asked):
        return False
    return [rule.as_given() for rule in scenario.rules.order_by("name")] == [
        rule.as_given() for rule in of.rules.order_by("name")
    ]


@transaction.atomic
def with_changes(scenario: Scenario, moved: Moved, *, by: User) -> Scenario:
    """Make a new draft of a scenario with what was moved in a “what if”. May refuse.

    Costs and lines belong to other rooms: a question about them makes no scenario.
    """
    require(by, Permission.PLAN, None)
    if not moved.is_of_scenario:
        raise Refusal(
            _(
                "Unit costs are changed at the measures and lines are protected in the budget; "
                "a new version then takes them. Nothing was saved."
            )
        )
    ceiling = scenario.ceiling if moved.ceiling is None else moved.ceiling
    refuse_below_bound(scenario.fiscal_year, ceiling, scenario.as_of, by)
    copy = new_version(scenario, by=by)
    copy.ceiling = ceiling
    if moved.floor_percent is not None:
        copy.floor_percent = moved.floor_percent
    if moved.cap_percent is not None:
        copy.cap_percent = moved.cap_percent
    if moved.given_up_percent is not None:
        copy.tolerance_worst = moved.given_up_percent / 100
    copy.save()
    _move_earmark(copy, moved)
    _move_province(copy, of_province(moved, case_of(scenario.solution)))
    return copy


def _move_earmark(scenario: Scenario, moved: Moved) -> None:
    """Give a rule another least amount in rupiah. May refuse one whose most is a share."""
    if moved.rupiah is None:
        return
    rule = scenario.rules.get(name=moved.rule)
    if rule.maximum is not None and rule.basis != "rupiah":
        raise Refusal(
            _("This rule also has a cap in percent. Change it in the new version by hand.")
        )
    rule.basis, rule.minimum = "rupiah", Decimal(moved.rupiah)
    rule.save()


def _move_province(scenario: Scenario, amounts: Sequence[Amount]) -> None:
    """Give a scenario the floors, caps and earmarks of a province that a question asked for."""
    rules = {rule.name: rule for rule in scenario.rules.all()}
    for amount in amounts:
        rule = rules.get(amount.rule) or ScenarioRule(
            scenario=scenario,
            name=_free_name(scenario, "amounts"),
            table="amounts",
            area_id=_area_of(scenario, amount.province),
            measures=list(amount.measures),
        )
        rule.basis = "rupiah"
        rule.minimum, rule.maximum = _decimal(amount.min_amount), _decimal(amount.max_amount)
        rule.save()


def _area_of(scenario: Scenario, code: str) -> int:
    return next(key for key, own in area_codes(scenario.as_of).items() if own == code)


def _decimal(rupiah: int | None) -> Decimal | None:
    return None if rupiah is None else Decimal(rupiah)


def _copy_of(rule: ScenarioRule, scenario: Scenario) -> ScenarioRule:
    return ScenarioRule(scenario=scenario, **rule.as_given())


def refuse_below_bound(fiscal_year: int, ceiling: int, as_of: date, by: User) -> None:
    """Raise a Refusal if `ceiling` cannot hold what is committed, blocked or protected."""
    lines = bound_lines(fiscal_year, by, as_of)
    short = shortfall(lines, ceiling)
    if short is not None:
        now = sum(line.ceiling for line in lines)
        raise refuse_short_ceiling(short, ceiling, likeliest(ceiling, short.bound, now))


def editable(scenario: Scenario) -> Scenario:
    """Return the scenario, locked, if it may still change. May refuse."""
    locked = Scenario.objects.select_for_update().get(pk=scenario.pk)
    if locked.is_running:
        raise Refusal(_("This scenario is being solved. Cancel the calculation first."))
    if locked.state != State.DRAFT:
        raise Refusal(
            _(
                "A solved scenario never changes, so that its plan can be traced. "
                "Make a new version."
            )
        )
    return locked


def _free_name(scenario: Scenario, table: str) -> str:
    taken = set(scenario.rules.values_list("name", flat=True))
    word = {"amounts": "uang", "shares": "porsi", "limits": "satuan"}[table]
    return next(
        name
        for name in (f"{word}-{number}" for number in range(1, len(taken) + 2))
        if name not in taken
    )


def _refuse_second_limit(scenario: Scenario, given: GivenRule) -> None:
    # The case holds one row of limits per area and measure.
    if given.table != "limits":
        return
    same = scenario.rules.filter(table="limits", area=given.area)
    taken = {measure for rule in same for measure in rule.measures}
    if taken & set(given.measures):
        raise Refusal(
            _("There is already a limit of units for this measure in %(area)s. Remove it first.")
            % {"area": given.area}
        )
