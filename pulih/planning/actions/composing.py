"""Writing why a plan breaks a rule of what plans are made of."""

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..composition import broken_rules
from ..models import CompositionReason, Scenario, State

MOST_LETTERS = 1_000


@transaction.atomic
def explain_composition(
    scenario: Scenario, rule: str, measure: str, reason: str, *, by: User
) -> CompositionReason:
    """Keep why a plan breaks a rule; a later reason replaces it and the earlier stays. May refuse.

    measure: the code of the measure that breaks it; empty: the plan as a whole.
    """
    require(by, Permission.PLAN, None)
    scenario = Scenario.objects.select_for_update().get(pk=scenario.pk)
    if scenario.state != State.SOLVED:
        raise Refusal(_("Reasons are written for a solved plan that is not adopted yet."))
    reason = reason.strip()
    if not reason:
        raise Refusal(_("Write why the plan breaks this rule. Nothing was saved."))
    if len(reason) > MOST_LETTERS:
        raise Refusal(_("The reason has more than 1,000 letters. Shorten it. Nothing was saved."))
    breaks = {(one.broken.rule.key, one.broken.measure) for one in broken_rules(scenario, by)}
    if (rule, measure) not in breaks:
        raise Refusal(_("The plan does not break this rule, so it needs no reason."))
    written = CompositionReason.objects.create(
        solution=scenario.solution, rule=rule, measure=measure, reason=reason, written_by=by
    )
    record(by, "planning.explain", scenario, rule=rule, measure=measure)
    return written
