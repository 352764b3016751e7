"""Taking what offices asked for into a scenario: no more than that, no less than was approved."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from pulih.audit.actions import record
from pulih.common.money import grouped
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..models import Scenario, ScenarioRule
from ..rules.wishes import Wish
from ..wishes import wishes
from .scenarios import editable

NAME = "usulan"
LONGEST_REASON = 200


@dataclass(frozen=True)
class Taken:
    """limits: rules made. by_hand: wishes left to a limit that a planner gave before."""

    limits: int
    by_hand: int


@transaction.atomic
def take_wishes(scenario: Scenario, *, by: User) -> Taken:
    """Make a limit of units of each wish that fills a batch, in place of those taken before.

    A limit that a planner gave by hand stays. May refuse a scenario that is no draft.
    """
    require(by, Permission.PLAN, None)
    scenario = editable(scenario)
    scenario.rules.filter(name__startswith=f"{NAME}-").delete()
    given = {
        (area, measure)
        for area, measures in scenario.rules.filter(table="limits").values_list("area", "measures")
        for measure in measures
    }
    found = [
        one
        for one in wishes(scenario.fiscal_year, scenario.measures, by)
        if not one.is_below_a_batch
    ]
    taken = [one for one in found if (one.regency, one.measure) not in given]
    ScenarioRule.objects.bulk_create(
        ScenarioRule(
            scenario=scenario,
            name=f"{NAME}-{place}",
            table="limits",
            basis="units",
            area_id=one.regency,
            measures=[one.measure],
            minimum=Decimal(one.least) if one.least else None,
            maximum=Decimal(one.most),
            reason=_reason(one),
        )
        for place, one in enumerate(taken, start=1)
    )
    record(by, "planning.take_wishes", scenario, limits=len(taken))
    return Taken(len(taken), len(found) - len(taken))


def _reason(wish: Wish) -> str:
    """Say where a limit is from, as documents and exports say it."""
    said = f"Diminta {grouped(wish.asked)}, disetujui {grouped(wish.approved)}: "
    return (said + ", ".join(wish.numbers))[:LONGEST_REASON]
