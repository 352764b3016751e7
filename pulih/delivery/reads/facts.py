"""What is known of the people of an activity, as the checks ask it: few queries for all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from pulih.common.identity_numbers import IdentityNumber
from pulih.people.number_cipher import decrypt_all

from ..models import Activity, Applicant, ComparisonList, Participant, Seat
from ..nik_keys import name_key_of
from ..rules import nik as numbers
from ..rules.checks import PAYMENT, Hit, Known, PersonFacts
from ..rules.namesakes import Listed, namesakes

COMPARE = "SELECT applicant, list, status, name_key FROM delivery_compare(%s)"
ELSEWHERE = "SELECT applicant FROM delivery_seated_elsewhere(%s)"


class _Row(NamedTuple):
    """An applicant with what is known of the person."""

    pk: int
    person: int
    province: int
    regency: int
    nik: IdentityNumber
    nik_key: str
    sex: str
    name: str
    village: str
    address: str
    scale: str | None

    @property
    def listed(self) -> Listed:
        return _listed(
            self.pk, self.person, self.nik_key, self.name, self.regency, self.village, self.address
        )


def people_of(activity: Activity, stage: str) -> QuerySet[Applicant]:
    """Return whom a stage asks about: all who applied, or those who sit in a class to be paid."""
    people = Applicant.objects.staying().filter(activity=activity)
    if stage == PAYMENT:
        seated = Participant.objects.seated().filter(activity=activity)
        people = people.filter(person__in=seated.values("person"))
    return people


def facts_of(activity: Activity, stage: str, day: date) -> dict[int, PersonFacts]:
    """Return the facts of each applicant by its key."""
    rows = _rows(activity, stage)
    niks = decrypt_all(one.nik for one in rows)
    faults = numbers.faults(niks, [one.sex for one in rows], numbers.regency_codes())
    lists = lists_by_province({one.province for one in rows}, day)
    hits = _hits(activity, rows)
    elsewhere = _elsewhere(activity)
    often = Counter(one.nik_key for one in rows if one.nik_key)
    doubles = _namesakes(activity, stage, rows)
    decreed = set(
        Seat.objects.held()
        .filter(participant__activity=activity)
        .values_list("participant__person", flat=True)
    )
    return {
        one.pk: PersonFacts(
            nik=nik,
            nik_fault=fault is not None,
            lists=lists[one.province],
            hits=hits.get(one.pk, {}),
            scale=one.scale or "",
            sits_elsewhere=one.pk in elsewhere,
            is_twice=often[one.nik_key] > 1,
            namesake=doubles.get(one.pk, False),
            in_decree=one.person in decreed,
            is_paid_twice=often[one.nik_key] > 1,
        )
        for one, nik, fault in zip(rows, niks, faults, strict=True)
    }


def lists_by_province(provinces: Collection[int], day: date) -> Mapping[int, Mapping[str, Known]]:
    """Return the newest list of each kind that covers a province and speaks of no later day."""
    found: dict[int, dict[str, Known]] = defaultdict(dict)
    for one in ComparisonList.objects.filter(as_of__lte=day).order_by("as_of", "pk"):
        for province in provinces:
            if one.is_of(province):
                found[province][one.kind] = Known(one.pk, one.as_of)
    return found


def _rows(activity: Activity, stage: str) -> list[_Row]:
    people = people_of(activity, stage).annotate(
        scale=Coalesce(F("person__enterprise__merged_into__scale"), F("person__enterprise__scale"))
    )
    values = people.order_by("pk").values_list(
        "pk", "person", "province", "regency", "person__nik", "person__nik_key", "person__sex",
        "person__name", "person__village", "person__address", "scale",
    )  # fmt: skip
    return [_Row(*one) for one in cast(Iterable[Any], values)]


def _hits(activity: Activity, rows: Sequence[_Row]) -> dict[int, dict[int, Hit]]:
    names, counted_as = {one.pk: one.name for one in rows}, _newest_parts()
    found: dict[int, dict[int, Hit]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(COMPARE, [activity.pk])
        for applicant, list_, status, name_key in cursor.fetchall():
            if applicant in names:
                has_name = name_key == name_key_of(names[applicant]) if name_key else None
                found[applicant][counted_as[list_]] = Hit(status, has_name)
    return found


def _newest_parts() -> Mapping[int, int]:
    """Return by list its newest part: what stands in any part counts as standing in that one."""
    first_of = dict(
        ComparisonList.objects.order_by("pk").values_list("pk", Coalesce("part_of", "pk"))
    )
    newest = {first: pk for pk, first in first_of.items()}
    return {pk: newest[first] for pk, first in first_of.items()}


def _elsewhere(activity: Activity) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(ELSEWHERE, [activity.pk])
        return {key for (key,) in cursor.fetchall()}


def _namesakes(activity: Activity, stage: str, rows: Sequence[_Row]) -> dict[int, bool | None]:
    """Compare with all who apply to the measure in that year and live where these do."""
    mine = Q(activity=activity)
    if stage == PAYMENT:  # Then these are not all who applied.
        mine = Q(pk__in=people_of(activity, stage).values("pk"))
    others = Applicant.objects.staying().filter(
        activity__measure=activity.measure_id,
        activity__starts_on__year=activity.starts_on.year,
        regency__in={one.regency for one in rows},
    )
    values = others.exclude(mine).values_list(
        "pk", "person", "person__nik_key", "person__name", "regency", "person__village",
        "person__address",
    )  # fmt: skip
    return namesakes([*(one.listed for one in rows), *(_listed(*one) for one in values)])


def _listed(
    pk: int, person: int, nik_key: str, name: str, regency: int, village: str, address: str
) -> Listed:
    # One record of a person is no double of itself, whatever it applied to.
    return Listed(pk, name, regency, village, address, nik_key or f"person {person}")
