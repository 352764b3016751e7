"""An officer fixes a value that the sources have wrong, with a reason, until they end it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.areas.rows import area_of
from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.registry import delivered_attributes, pins
from pulih.registry.actions.one_at_a_time import group_of, hold, settle
from pulih.registry.models import Enterprise, Pin
from pulih.registry.models.pins import PinQuerySet
from pulih.registry.sources import pins_of


@transaction.atomic
def pin(enterprise: Enterprise, attribute: str, value: str, *, reason: str, by: User) -> Pin:
    """Let an attribute have this value whatever files say, blank for none. May refuse.

    A pin on the same attribute that stands is ended by it.
    """
    require(by, Permission.CURATE_ENTERPRISES, area_of(enterprise))
    assert attribute in delivered_attributes.TAKEN, attribute
    if not reason.strip():
        raise Refusal(_("Say why this value is the right one: others must be able to follow you."))
    read = pins.read(attribute, value)
    hold()
    group_of(enterprise.pk)
    _standing(enterprise, attribute).update(ended_at=timezone.now())
    made = Pin.objects.create(
        enterprise=enterprise,
        attribute=attribute,
        value=read,
        reason=reason.strip(),
        province_id=enterprise.province_id,
        regency_id=enterprise.regency_id,
        by=by,
    )
    settle([enterprise.pk])
    record(by, "registry.pin", enterprise, attribute=attribute)
    return made


@transaction.atomic
def unpin(enterprise: Enterprise, attribute: str, *, by: User) -> None:
    """End the pin that holds, its own or one of a firm merged into it. May refuse.

    The next pin speaks, or the sources do.
    """
    require(by, Permission.CURATE_ENTERPRISES, area_of(enterprise))
    hold()
    group_of(enterprise.pk)
    held = pins_of(enterprise, by).get(attribute)
    if held is None:
        raise Refusal(_("Nothing is pinned here, or the pin was ended already."))
    Pin.objects.filter(pk=held.pk).update(ended_at=timezone.now())
    settle([enterprise.pk, held.enterprise_id])
    record(by, "registry.unpin", enterprise, attribute=attribute)


def _standing(enterprise: Enterprise, attribute: str) -> PinQuerySet:
    return Pin.objects.in_force().filter(enterprise=enterprise, attribute=attribute)
