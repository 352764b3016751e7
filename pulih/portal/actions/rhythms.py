"""How often figures come out, as data stewards set it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..models import Cadence, Every, Scope

LAST_DAY = 28  # The last that every month has.


@transaction.atomic
def set_rhythm(scope: Scope, every: str, day: int, *, by: User) -> Cadence | None:
    """Let the figures of a scope come out so often; every: "" lets them wait for a person.

    May refuse. What is published already stays; the public calendar follows with the next site.
    """
    require(by, Permission.PUBLISH_RELEASES, None)
    if scope != Scope.MONEY and every == Every.DAY:
        raise Refusal(_("Only money may come out every day: those of people would show too much."))
    if not 1 <= day <= LAST_DAY:
        raise Refusal(_("Choose a day from 1 to 28, which every month has."))
    record(by, "portal.set_rhythm", by, scope=str(scope), every=every, day=day)
    if not every:
        Cadence.objects.filter(scope=scope).delete()
        return None
    # Two stewards who set one scope for the first time meet here; the later one is kept.
    said = {"every": every, "day": day}
    return Cadence.objects.update_or_create(scope=scope, defaults=said)[0]
