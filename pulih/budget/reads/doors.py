"""Who may post and take back each kind of document: the one table that the database asks too."""

from functools import cache
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from pulih.people.models import User
from pulih.people.permissions import Permission, may
from pulih.workflow import clock

from ..models import Appointment, SpendingUnit

APPROVER = "approver"  # Records what an office above the unit decided.


class Door(NamedTuple):
    """hands, takes_back: posts of the unit, or APPROVER; empty means nobody."""

    hands: tuple[str, ...]
    takes_back: tuple[str, ...]


@cache
def doors() -> dict[str, Door]:
    """Return the door of each kind of document, as `sql/doors.sql` has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, hands, takes_back FROM budget_doors()")
        return {kind: Door(tuple(hands), tuple(back)) for kind, hands, back in cursor.fetchall()}


def has_hand(unit: SpendingUnit, person: User, hands: tuple[str, ...]) -> bool:
    """Tell whether `person` may now do for `unit` what one of `hands` does."""
    if not may(person, Permission.POST_DOCUMENTS, unit.province):
        return False
    if APPROVER in hands and may(person, Permission.APPROVE_REVISIONS, unit.province):
        return True
    today = timezone.localdate(clock.now())
    held = Appointment.objects.on(today).filter(unit=unit, person=person, post__in=hands)
    return held.exists()
