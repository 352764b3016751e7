"""A case that somebody brings becomes a draft scenario."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from pulih.audit.actions import record
from pulih.measures.models import Measure
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.refocusing import Case

from ..cases import area_codes, material_of
from ..models import Scenario, ScenarioRule
from ..rules import brought
from .scenarios import refuse_below_bound


@dataclass(frozen=True)
class TakenIn:
    """The draft, and how many rows of each table differ from what the house holds."""

    scenario: Scenario
    differing: dict[str, int]


def known(as_of: date) -> brought.Known:
    """Return the codes that a case may name on a day."""
    active = Measure.objects.filter(is_active=True)
    return brought.Known(
        frozenset(area_codes(as_of).values()), frozenset(active.values_list("code", flat=True))
    )


@transaction.atomic
def take_in(case: Case, as_of: date, *, by: User) -> TakenIn:
    """Make a draft of a case without faults. May refuse a ceiling below what is bound."""
    require(by, Permission.PLAN, None)
    settings = case.settings
    refuse_below_bound(settings.fiscal_year, settings.ceiling, as_of, by)
    scenario = Scenario.objects.create(
        title=brought.title_of(case),
        fiscal_year=settings.fiscal_year,
        as_of=as_of,
        ceiling=settings.ceiling,
        measures=brought.measures_of(case),
        coverage=brought.coverage_of(case),
        tolerance_worst=Decimal(str(float(settings.tolerance[0]))),
        tolerance_relief=Decimal(str(float(settings.tolerance[1]))),
        change_cost=settings.change_cost,
        made_by=by,
    )
    areas = {code: area for area, code in area_codes(as_of).items()}
    ScenarioRule.objects.bulk_create(
        ScenarioRule(
            scenario=scenario,
            name=rule.name,
            table=rule.table,
            basis=rule.basis,
            area_id=brought.area_of(rule.area, areas),
            measures=brought.measures_kept(rule.measures),
            minimum=rule.minimum,
            maximum=rule.maximum,
        )
        for rule in brought.rules_of(case)
    )
    record(by, "planning.take_in", scenario, ceiling=scenario.ceiling)
    ours = material_of(scenario, by).case()
    differing = brought.differing(case, ours) if isinstance(ours, Case) else {}
    return TakenIn(scenario, differing)
