"""Links by which participants read what is recorded of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.links import actions as links
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..models import Cohort, Participant
from ..purposes import OWN_PAGE


@transaction.atomic
def give_links(cohort: Cohort, *, by: User, moment: datetime) -> list[tuple[Participant, str]]:
    """Give everybody of a class a link to the own page; return them with addresses. May refuse.

    moment: the true one, by which links open. Links given before stay open.
    """
    require(by, Permission.RUN_ACTIVITIES, cohort.regency)
    people = cohort.participants.seated().select_related("person").order_by("number")
    found = []
    for one in people:
        _link, address = links.give(
            OWN_PAGE, holder=one.person.name, subjects=[one.pk], area=cohort.regency,
            valid_from=moment, valid_to=moment + timedelta(OWN_PAGE.longest_days), by=by,
            now=moment,
        )  # fmt: skip
        found.append((one, address))
    if not found:
        raise Refusal(_("Nobody is in this class yet."))
    record(by, "delivery.give_own_pages", cohort, people=len(found))
    return found
