"""Preparing a sheet that people sign by hand: it gets its code before it is printed."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.documents.actions import issue
from pulih.documents.lookups import in_force
from pulih.documents.models import PaperCode
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..reads.sheets import Sheet


@transaction.atomic
def prepare(sheet: Sheet, *, by: User, today: date) -> PaperCode:
    """Give a sheet its code, or keep the one that holds. May refuse.

    A decree of another number or day is another version; scans of the former still find it.
    """
    require(by, Permission.RUN_ACTIVITIES, sheet.place)
    locked = sheet.cohort or sheet.activity  # A regency may change its classes, not the activity.
    type(locked)._default_manager.select_for_update(of=("self",)).get(pk=locked.pk)
    if not sheet.number:
        raise Refusal(
            _("Write the number and the day of the decree first, under Change on this page.")
        )
    if not sheet.people.exists():
        raise Refusal(_("Nobody sits here yet. Paste the list of people first."))
    held = in_force(sheet.kind, sheet.subject)
    dated = sheet.dated or (held.dated if held else today)
    if held and (held.number, held.dated) == (sheet.number[:160], dated):
        return held
    made = issue(
        sheet.kind, sheet.subject, office=str(sheet.place), number=sheet.number, dated=dated,
        province=sheet.activity.province, regency=sheet.cohort.regency if sheet.cohort else None,
        person=by.name,
    )  # fmt: skip
    record(by, "delivery.prepare_sheet", sheet.cohort or sheet.activity, paper=made.kind)
    return made
