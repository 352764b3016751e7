"""What planners do to the catalogue; nobody else writes it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from pulih.areas.models import Area
from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.web import numbers

from .models import Measure, MeasureCost, MeasureEffect
from .rules.costs import wrong_shares


@transaction.atomic
def save(measure: Measure, *, by: User, **values: Any) -> Measure:
    """Make or change a measure. May refuse."""
    require(by, Permission.MANAGE_MEASURES, None)
    for name, value in values.items():
        setattr(measure, name, value)
    if wrong := wrong_shares(measure.account_shares, measure.allowed_accounts):
        raise Refusal(wrong)
    is_new = measure.pk is None
    measure.save()
    record(by, "measures.add" if is_new else "measures.change", measure, fields=sorted(values))
    return measure


@transaction.atomic
def set_cost(
    measure: Measure,
    *,
    area: Area | None,
    unit_cost: int,
    source: str,
    verified: bool,
    valid_from: date,
    by: User,
) -> MeasureCost:
    """Say what a unit costs in `area` (None: the country) from a day on. May refuse.

    The cost that held until then ends the day before; nothing is overwritten.
    """
    require(by, Permission.MANAGE_MEASURES, None)
    here = measure.costs.select_for_update().filter(area=area)
    if here.filter(valid_from__gte=valid_from).exists():
        raise Refusal(
            _("A cost from %(day)s or later is there already. Choose a later day.")
            % {"day": numbers.day(valid_from)}
        )
    here.filter(Q(valid_to=None) | Q(valid_to__gt=valid_from)).update(valid_to=valid_from)
    cost = measure.costs.create(
        area=area, unit_cost=unit_cost, source=source, verified=verified, valid_from=valid_from
    )
    record(by, "measures.cost", measure, area=area.pk if area else None, unit_cost=unit_cost)
    return cost


@transaction.atomic
def set_effect(
    measure: Measure, *, need: str, relief: Decimal, source: str, verified: bool, by: User
) -> MeasureEffect:
    """Say how many firms one unit relieves in a need."""
    require(by, Permission.MANAGE_MEASURES, None)
    effect, _is_new = measure.effects.update_or_create(
        need=need, defaults={"relief": relief, "source": source, "verified": verified}
    )
    record(by, "measures.effect", measure, need=need, relief=str(relief))
    return effect
