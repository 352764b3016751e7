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
from pulih.web import numbers

from ..reads.sheets import OF_PEOPLE, OF_SESSIONS, Sheet


@transaction.atomic
def prepare(sheet: Sheet, *, by: User, today: date) -> PaperCode:
    """Give a sheet its code, or keep the one that holds. May refuse.

    One of another number or day is another version; scans of the former still find it.
    """
    require(by, Permission.RUN_ACTIVITIES, sheet.place)
    locked = sheet.cohort or sheet.activity  # A regency may change its classes, not the activity.
    type(locked)._default_manager.select_for_update(of=("self",)).get(pk=locked.pk)
    _refuse_empty(sheet)
    _refuse_early_report(sheet, today)
    held = in_force(sheet.kind, sheet.subject)
    if held and held.number == sheet.number[:160] and sheet.dated in (None, held.dated):
        return held
    made = issue(
        sheet.kind, sheet.subject, office=str(sheet.place), number=sheet.number,
        dated=sheet.dated or today, province=sheet.activity.province,
        regency=sheet.place if sheet.place.level == "regency" else None, person=by.name,
    )  # fmt: skip
    record(by, "delivery.prepare_sheet", sheet.cohort or sheet.activity, paper=made.kind)
    return made


def _refuse_empty(sheet: Sheet) -> None:
    if not sheet.number:
        raise Refusal(
            _("Write the number and the day of the decree first, under Change on this page.")
        )
    if sheet.key in OF_PEOPLE and not sheet.people.exists():
        raise Refusal(_("Nobody sits here yet. Paste the list of people first."))
    if sheet.key in OF_SESSIONS and sheet.cohort and not sheet.cohort.sessions.exists():
        raise Refusal(_("No session is planned yet. Add the sessions of the class first."))
    if sheet.item and not sheet.moves.exists():
        raise Refusal(_("Nothing of it has moved yet. Enter the first move, then print this."))


def _refuse_early_report(sheet: Sheet, today: date) -> None:
    if sheet.report and today < sheet.activity.ends_on:
        raise Refusal(
            _("The activity runs until %(day)s. Its final report is printed from that day on.")
            % {"day": numbers.day(sheet.activity.ends_on)}
        )
