"""Adding and correcting people."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pulih.audit.actions import record
from pulih.common.database_errors import rule_of, state_of
from pulih.common.errors import Refusal
from pulih.common.identity_numbers import whole_of
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.registry.models import Enterprise
from pulih.web.words import say

from ..clock import province_of
from ..models import NumberCorrection, Person
from ..nik_keys import key_of
from ..reads.numbers import holds_a_seat, waiting_correction
from ..rules import nik as numbers

HOLDS_A_SEAT = "PU031"  # As delivery_number_stays says it.
ONE_SEAT = "delivery_seat_once_a_programme_and_year"
HELD = gettext_lazy(
    "This person holds a seat by the NIK that is stored. Write why it is wrong, and let another "
    "officer write the right one, too; or let the person give the place up first. Nothing was "
    "saved."
)


@transaction.atomic
def save(
    person: Person, *, nib: str = "", why: str = "", by: User, today: date, **values: Any
) -> Person:
    """Add or correct a person. May refuse.

    values: the fields of the form; nib: of their firm. why: the NIK by which somebody holds a seat
    is wrong; it changes once a second officer writes the same number, and all else at once.
    """
    is_new = person.pk is None
    before = (person.nik, person.nik_key)
    for name, value in values.items():
        setattr(person, name, value)
    require(by, Permission.RUN_ACTIVITIES, person.regency)
    person.province = province_of(person.regency, today)
    _refuse_impossible_number(person)
    person.nik_key = key_of(person.nik)
    person.enterprise = _firm(nib, by) if nib else None
    _refuse_second_record(person)
    if before[1] not in ("", person.nik_key) and not _may_change(person, before[1], why, by):
        person.nik, person.nik_key = before
    _save(person)
    record(by, "delivery.add_person" if is_new else "delivery.change_person", person)
    return person


def _may_change(person: Person, key_before: str, why: str, by: User) -> bool:
    """Tell whether the number may change now; if somebody must agree first, keep what is said.

    May refuse: whoever holds a seat has no other number without a reason.
    """
    if not holds_a_seat(person):
        return True
    if not why.strip():
        raise Refusal(str(HELD))
    asked = waiting_correction(person, key_before)
    NumberCorrection.objects.create(
        person=person, key_before=key_before, nik_key=person.nik_key, why=why.strip(), by=by
    )
    record(by, "delivery.correct_number", person)
    return asked is not None and asked.by_id != by.pk and asked.nik_key == person.nik_key


def _save(person: Person) -> None:
    try:
        with transaction.atomic():
            person.save()
    except DatabaseError as error:
        if state_of(error) == HOLDS_A_SEAT:
            raise Refusal(str(HELD)) from error
        if rule_of(error) == ONE_SEAT:
            raise Refusal(
                _(
                    "Somebody with this NIK has a seat of the same measure and year already. Find "
                    "out which of the two is right. Nothing was saved."
                )
            ) from error
        raise


def _refuse_impossible_number(person: Person) -> None:
    wrong = numbers.faults([whole_of(person.nik)], [person.sex], numbers.regency_codes())[0]
    if wrong:
        raise Refusal(
            _(
                "This NIK cannot be right: %(why)s. Correct it, or leave it blank; a place without "
                "a NIK is provisional."
            )
            % {"why": say(wrong)}
        )


def _refuse_second_record(person: Person) -> None:
    same = Person.objects.filter(nik_key=person.nik_key, regency=person.regency)
    if person.nik_key and same.exclude(pk=person.pk).exists():
        raise Refusal(
            _("%(regency)s already has a person with this NIK. Find that person in the list.")
            % {"regency": person.regency}
        )


def _firm(nib: str, by: User) -> Enterprise:
    firms = Enterprise.objects.visible_to(by).filter(nib=nib, merged_into=None)
    firm: Enterprise | None = firms.first()
    if firm is None:
        raise Refusal(
            _("No firm of your area has the NIB %(nib)s. Correct it, or leave it blank.")
            % {"nib": nib}
        )
    return firm
