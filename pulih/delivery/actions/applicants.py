"""Who asks for a place: from the register, from a list; and who withdraws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.areas.models import Area, Level
from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.common.identity_numbers import whole_of
from pulih.measures.eligible import fitting
from pulih.measures.rules.profiles import Profile
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.registry.models import Enterprise
from pulih.web import numbers

from ..clock import province_of
from ..models import Activity, Applicant, Origin, Person, Sex
from ..nik_keys import household_of, key_of
from .activities import place_of
from .rosters import people_of_list, read_entries

MOST_FIRMS = 5_000
BATCH = 1_000


class Added(NamedTuple):
    """How many applied now, how many had applied before, and how many firms name no owner."""

    new: int
    known: int
    left_out: int = 0


@transaction.atomic
def add_list(activity: Activity, *, regency: Area, people: str, by: User, today: date) -> Added:
    """Take a pasted list of a regency's applicants, whole or not at all. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, regency)
    refuse_outside(activity, regency, today)
    _lock(activity)
    entries = read_entries(people)
    persons, _fresh = people_of_list(entries, regency, today)
    known = _known(activity, persons)
    made = [
        _applicant(
            activity, person, Origin.SHEET, today, household_of(entry.household), entry.points
        )
        for entry, person in zip(entries, persons, strict=True)
        if person.pk not in known
    ]
    return _add(activity, made, len(known), 0, by)


@transaction.atomic
def add_from_register(
    activity: Activity, *, profile: Profile, area: Area, by: User, today: date
) -> Added:
    """Let the owners of the firms that fit a profile apply. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, area)
    _lock(activity)
    firms = fitting(profile, area, by).exclude(regency=None).order_by("pk")
    found = firms.count()
    if found > MOST_FIRMS:
        raise Refusal(
            _("%(n)s firms fit, at most %(most)s come at once. Choose a regency or city.")
            % {"n": numbers.whole(found), "most": numbers.whole(MOST_FIRMS)}
        )
    named = [one for one in firms.select_related("regency") if one.owner_name and one.owner_sex]
    persons = _owners(named, today)
    known = _known(activity, persons)
    made = [
        _applicant(activity, person, Origin.REGISTER, today)
        for person in persons
        if person.pk not in known
    ]
    return _add(activity, made, len(known), found - len(named), by)


@transaction.atomic
def withdraw(applicant: Applicant, *, withdrawn_on: date, by: User) -> Applicant:
    """Write down that somebody no longer asks for a place. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, applicant.regency)
    found: Applicant = Applicant.objects.select_for_update(of=("self",)).get(pk=applicant.pk)
    if found.withdrawn_on:
        raise Refusal(
            _("This person withdrew on %(day)s.") % {"day": numbers.day(found.withdrawn_on)}
        )
    found.withdrawn_on = withdrawn_on
    found.save(update_fields=["withdrawn_on"])
    record(by, "delivery.withdraw", found)
    return found


def refuse_outside(activity: Activity, area: Area, today: date) -> None:
    """Refuse an area that does not lie within the activity's."""
    province = area if area.level == Level.PROVINCE else province_of(area, today)
    is_own = activity.regency_id in (None, area.pk)
    if not is_own or province.pk != activity.province_id:
        raise Refusal(
            _("%(regency)s lies outside this activity's area, %(area)s. Choose a place within it.")
            % {"regency": area, "area": place_of(activity)}
        )


def _lock(activity: Activity) -> None:
    # A regency's officer may not lock its province's activity; the constraint then refuses doubles.
    Activity.objects.select_for_update(of=("self",)).filter(pk=activity.pk).first()


def _known(activity: Activity, persons: Sequence[Person]) -> set[int]:
    mine = Applicant.objects.filter(activity=activity, person__in=persons)
    return set(mine.values_list("person", flat=True))


def _applicant(
    activity: Activity, person: Person, origin: str, day: date, household: str = "", points: int = 0
) -> Applicant:
    return Applicant(
        activity=activity, person=person, province_id=person.province_id,
        regency_id=person.regency_id, origin=origin, household=household, points=points,
        applied_on=day,
    )  # fmt: skip


def _add(
    activity: Activity, made: Sequence[Applicant], known: int, left_out: int, by: User
) -> Added:
    Applicant.objects.bulk_create(made, batch_size=BATCH)
    record(by, "delivery.add_applicants", activity, new=len(made), known=known)
    return Added(len(made), known, left_out)


def _owners(firms: Iterable[Enterprise], today: date) -> list[Person]:
    """Return the owner of each firm as a person, made where the regency knows none of that NIK.

    Without a NIK the firm itself says who is who.
    """
    firms = list(firms)
    keys = [key for firm in firms if (key := key_of(firm.nik))]
    of_number = {
        (one.regency_id, one.nik_key): one for one in Person.objects.filter(nik_key__in=keys)
    }
    of_firm = {one.enterprise_id: one for one in Person.objects.filter(enterprise__in=firms)}
    found, fresh = [], []
    provinces: dict[int, Area] = {}
    for firm in firms:
        key = key_of(firm.nik)
        person = of_number.get((firm.regency_id, key)) if key else of_firm.get(firm.pk)
        if person is None:
            person = _owner(firm, provinces, key, today)
            fresh.append(person)
            if key:
                of_number[firm.regency_id, key] = person
        found.append(person)
    Person.objects.bulk_create(fresh, batch_size=BATCH)
    return list({person.pk: person for person in found}.values())


def _owner(firm: Enterprise, provinces: dict[int, Area], key: str, today: date) -> Person:
    """Return a new person; provinces: by regency, those asked for so far."""
    regency = firm.regency
    assert regency is not None  # Firms without one were left out.
    if regency.pk not in provinces:
        provinces[regency.pk] = province_of(regency, today)
    return Person(
        province=provinces[regency.pk], regency=regency, village=(firm.village or "")[:80],
        address=(firm.address or "")[:200], name=(firm.owner_name or "")[:120],
        nik=whole_of(firm.nik), nik_key=key,
        sex=Sex.MAN if firm.owner_sex == "L" else Sex.WOMAN, enterprise=firm,
    )  # fmt: skip
