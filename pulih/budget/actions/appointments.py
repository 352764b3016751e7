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
from ..models import Appointment, Post, Posting, SpendingUnit
from ..reads.doors import doors
from ..rules.documents import broken_duties, named
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
def end_appointment(appointment: Appointment, *, on: date, by: User, reason: str = "") -> None:
    """End an appointment: `on` is the first day on which it no longer holds. May refuse.

    One that ends before today says why, and not before what the person did in the post: documents
    do not lose their maker. One that ended stays ended.
    """
    require(by, Permission.APPOINT, appointment.province)
    _refuse_oneself(appointment.person, by)
    if on <= appointment.valid_from:
        raise Refusal(_("The appointment ends before it begins. Check both days."))
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if appointment.valid_to is not None and on > appointment.valid_to:
        raise Refusal(_("The appointment ends earlier already. Appoint the person anew by decree."))
    _refuse_orphans(appointment, on)
    if by.role != Role.SYSTEM and on < timezone.localdate() and not reason.strip():
        raise Refusal(_("Say why it ends before today; the reason is kept."))
    appointment.valid_to = on
    _save(appointment)
    followers.officers_changed(appointment.unit, by)
    record(by, "budget.end_appointment", appointment, on=on.isoformat(), reason=reason)


def _refuse_orphans(appointment: Appointment, on: date) -> None:
    """Raise Refusal if the person made a document on a day that would no longer be covered."""
    kinds = [kind for kind, door in doors().items() if appointment.post in door.hands]
    made = Posting.objects.filter(
        unit=appointment.unit_id, posted_by=appointment.person_id, document_kind__in=kinds,
        effective_on__gte=on,
    )  # fmt: skip
    if appointment.valid_to is not None:
        made = made.filter(effective_on__lt=appointment.valid_to)
    if last := made.order_by("effective_on", "id").last():
        document = named(last.document_kind, last.document_number)
        raise Refusal(
            Message(
                f"{document.id} tanggal {day(last.effective_on)} dibuat dalam jabatan ini; "
                "jabatannya berakhir paling awal sehari sesudahnya.",
                f"{document.en} of {day(last.effective_on, 'en')} was made in this post; it ends "
                "on the day after that at the earliest.",
            )
        )


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
