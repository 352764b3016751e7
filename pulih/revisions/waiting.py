"""Which revisions wait for a person: drafts for their office, proposed ones for who decides."""

from typing import Any

from django.db.models import Q

from pulih.people.models import User
from pulih.people.permissions import Permission, may

from .models import Revision, RevisionState
from .states import CHANGEABLE


def waiting_for(person: User) -> Any:
    """Return what the person may take a step with now. Nobody decides on an own proposal."""
    rows = Revision.objects.visible_to(person)
    if may(person, Permission.APPROVE_REVISIONS, None):
        proposed = Q(state=RevisionState.PROPOSED) & ~Q(proposed_by=person)
        return rows.filter(proposed | Q(state=RevisionState.APPROVED))
    if may(person, Permission.REVISE_BUDGET, person.home):
        return rows.filter(state__in=CHANGEABLE)
    return rows.none()
