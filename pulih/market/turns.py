"""Which orders wait for a person's own office, as its tasks and the list of orders ask."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pulih.people.models import Reach, Role, User
from pulih.people.permissions import Permission, holds
from pulih.web import keyset
from pulih.workflow import calendars, clock

from .models import Order
from .models.orders import OrderQuerySet
from .rules.turns import SIDE_OF, Days, Side, waits_until

MOVED_BY = {Side.SUPPLIER: Permission.KEEP_CAPACITIES, Side.BUYER: Permission.KEEP_NEEDS}
PLACE_OF = {Side.SUPPLIER: "regency", Side.BUYER: "to_regency"}


SIDE_WORDS = {Side.SUPPLIER: _("the supplier"), Side.BUYER: _("the buyer")}


def waiting_for(person: User) -> OrderQuerySet:
    """Return the orders of which the next move is the person's own office's.

    That is the regency of the supplier or of the buyer, and its province while nobody there works
    for the regency. The country watches by the list; its planners have no orders of their own.
    """
    rows = Order.objects.visible_to(person)
    waits = Q(pk__in=[])
    if not person.sight.country:
        for side, permission in MOVED_BY.items():
            if holds(person, permission):
                waits |= _at(person, side)
    return rows.filter(waits)


def counted_for(person: User) -> OrderQuerySet:
    """Return the orders that every page's menu counts: no more than a list counts exactly."""
    return waiting_for(person).order_by()[: keyset.COUNTED + 1]


def _at(person: User, side: Side) -> Q:
    place = PLACE_OF[side]
    own = [area.pk for area in person.areas if area.level == "regency"]
    at_home = Q(**{f"{place}_id__in": own})
    if provinces := person.sight.provinces:
        officers = Reach.objects.valid_on(timezone.localdate()).filter(
            user__is_active=True, user__role=Role.REGENCY_OFFICER, area=OuterRef(place)
        )
        within = Q(**{f"{place.replace('regency', 'province')}_id__in": provinces})
        at_home = at_home | (within & Q(~Exists(officers)))
    return at_home & Q(state__in=[state for state, one in SIDE_OF.items() if one == side])


def clock_of(order: Order, state: str) -> dict[str, datetime | None]:
    """Return since when and until when an order waits once it comes into `state` now."""
    side, since = SIDE_OF.get(state), clock.now()
    zone = calendars.zone_of(getattr(order, f"{PLACE_OF[side]}_id") if side else None)
    days = Days(order.answer_until, order.ready_by, order.terms.due)
    until = waits_until(state, since, days, zone, calendars.calendar())
    return {"waits_since": since, "waits_until": until}


def waits_for(order: Order) -> str:
    """Return who has to make the next move, in words; empty once nobody has."""
    side = SIDE_OF.get(order.state)
    return str(SIDE_WORDS[side]) if side and order.waits_until else ""


def waits_at(order: Order) -> int:
    """Return the regency by whose clock an order waits."""
    is_buyer = SIDE_OF.get(order.state) == Side.BUYER
    return order.to_regency_id if is_buyer else order.regency_id


def is_late(order: Order) -> bool:
    return order.waits_until is not None and order.waits_until <= clock.now()
