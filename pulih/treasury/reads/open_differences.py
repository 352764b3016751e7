"""Differences that wait for a person."""

from pulih.people.models import User
from pulih.people.permissions import Permission, holds

from ..models import Difference, DifferenceQuerySet, DifferenceState


def differences_for(person: User) -> DifferenceQuerySet:
    """Return what somebody who posts documents has not settled yet, in the reach of the person."""
    rows: DifferenceQuerySet = Difference.objects.visible_to(person)
    if not holds(person, Permission.POST_DOCUMENTS):
        return rows.none()
    return rows.filter(state=DifferenceState.OPEN)
