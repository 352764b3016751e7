"""Appointing people to the posts of a unit, by decree; PPK, PPSPM and treasurer are kept apart."""

import json
from datetime import date
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Message, Refusal
from pulih.common.periods import day
from pulih.people.models import Role, User
from pulih.people.permissions import Permission, holds, require

from .. import followers
from ..models import Appointment, Post, SpendingUnit
from ..rules.documents import broken_duties
from ..rules.officers import wrong_numbers


@transaction.atomic
def appoint(
    person: User,
    *,
    unit: SpendingUnit,
    post: str,
    decree: str,
    valid_from: date,
    by: User,
    valid_to: date | None = None,
    reason: str = "",
    nip: str = "",
    nik: str = "",
) -> Appointment:
    """Appoint `person` to a post of `unit`, from a day until before another. May refuse.

    Nobody appoints oneself. One that begins before today says why, and begins no earlier than the
    newest year that the unit has a budget of: decrees appoint for a year (assumed). Blanks within
    numbers are left out. nip: 18 figures; papers that the person signs carry it. nik: 16 figures;
    it is compared with the people whom a list pays.
    """
    require(by, Permission.APPOINT, unit.province)
    _refuse_oneself(person, by)
    if not decree.strip():
        raise Refusal(_("Give the number of the decree that appoints."))
    if valid_to is not None and valid_to <= valid_from:
        raise Refusal(_("The appointment ends before it begins. Check both days."))
    if not (holds(person, Permission.POST_DOCUMENTS) and person.covers(unit.province)):
        raise Refusal(_("This person has no part in the unit's documents. Choose another."))
    if by.role != Role.SYSTEM:
        _refuse_back_dated(unit, valid_from, reason)
    nip, nik = "".join(nip.split()), "".join(nik.split())
    if wrong := wrong_numbers(nip, nik):
        raise Refusal(wrong)
    appointment = Appointment(
        nip=nip or None,
        nik=nik or None,
        unit=unit,
        province_id=unit.province_id,
        person=person,
        post=Post(post),
        decree=" ".join(decree.split()),
        valid_from=valid_from,
        valid_to=valid_to,
        reason=" ".join(reason.split()),
    )
    _save(appointment)
    followers.officers_changed(unit, by)
    record(by, "budget.appoint", appointment, post=str(post), person=person.pk, reason=reason)
    return appointment


@transaction.atomic
def end_appointment(appointment: Appointment, *, on: date, by: User) -> None:
    """End an appointment: `on` is the first day on which it no longer holds. May refuse."""
    require(by, Permission.APPOINT, appointment.province)
    _refuse_oneself(appointment.person, by)
    if on <= appointment.valid_from:
        raise Refusal(_("The appointment ends before it begins. Check both days."))
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    appointment.valid_to = on
    _save(appointment)
    followers.officers_changed(appointment.unit, by)
    record(by, "budget.end_appointment", appointment, on=on.isoformat())


def _refuse_oneself(person: User, by: User) -> None:
    if person.pk == by.pk and by.role != Role.SYSTEM:
        raise Refusal(broken_duties({"rule": "appoints_oneself"}))


def _refuse_back_dated(unit: SpendingUnit, valid_from: date, reason: str) -> None:
    today = timezone.localdate()
    newest = unit.lines.aggregate(year=Max("fiscal_year"))["year"] or today.year
    earliest = date(min(newest, today.year), 1, 1)
    if valid_from < earliest:
        raise Refusal(
            Message(
                f"Penunjukan berlaku paling awal {day(earliest)}, awal tahun anggaran terbaru "
                "satker ini. Periksa tanggalnya.",
                f"An appointment begins on {day(earliest, 'en')} at the earliest, the start of the "
                "newest budget year of this unit. Check the day.",
            )
        )
    if valid_from < today and not reason.strip():
        raise Refusal(_("Say why it begins before today; the reason is kept."))


def _save(appointment: Appointment) -> None:
    try:
        with transaction.atomic():
            appointment.save()
    except DatabaseError as error:
        cause: Any = error.__cause__
        if getattr(cause, "sqlstate", None) != "PU007":
            raise
        raise Refusal(broken_duties(json.loads(cause.diag.message_detail))) from error
