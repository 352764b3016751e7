"""Adding and correcting people."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.common.identity_numbers import whole_of
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.registry.models import Enterprise
from pulih.web.words import say

from ..clock import province_of
from ..models import Person
from ..nik_keys import key_of
from ..rules import nik as numbers


@transaction.atomic
def save(person: Person, *, nib: str = "", by: User, today: date, **values: Any) -> Person:
    """Add or correct a person. values: the fields of the form; nib: of their firm. May refuse."""
    is_new = person.pk is None
    for name, value in values.items():
        setattr(person, name, value)
    require(by, Permission.RUN_ACTIVITIES, person.regency)
    person.province = province_of(person.regency, today)
    _refuse_impossible_number(person)
    person.nik_key = key_of(person.nik)
    person.enterprise = _firm(nib, by) if nib else None
    _refuse_second_record(person)
    person.save()
    record(by, "delivery.add_person" if is_new else "delivery.change_person", person)
    return person


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
