"""Helped, known and affected by village: how far an activity reaches where its applicants live."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pulih.areas.models import Area
from pulih.impact.models import ImpactReport
from pulih.people.models import User
from pulih.registry.models import Enterprise

from ..models import Activity, Applicant, Seat
from ..rules.namesakes import plain_address

MOST_SHOWN = 30


@dataclass(frozen=True)
class Village:
    """One village; regency: None of an area that has none.

    known, affected: firms of the register; helped: seats of the measure's year.
    """

    name: str
    regency: Area | None
    applied: int
    known: int
    affected: int
    helped: int


def villages(activity: Activity, by: User) -> list[Village]:
    """Return the villages with the most applicants, each with what is known of it.

    A village is its name within a regency: the same name stands in many.
    """
    people = Applicant.objects.staying().filter(activity=activity)
    regencies = set(people.values_list("regency", flat=True))
    applied = _counted(people.values_list("regency", "person__village"))
    known = _counted(
        Enterprise.objects.visible_to(by)
        .listed()
        .filter(regency__in=regencies)
        .values_list("regency", "village")
    )
    affected = _counted(
        ImpactReport.objects.visible_to(by)
        .newest()
        .filter(regency__in=regencies, is_affected=True)
        .values_list("regency", "enterprise__village")
    )
    helped = _counted(
        Seat.objects.held()
        .filter(measure=activity.measure_id, year=activity.starts_on.year, regency__in=regencies)
        .values_list("participant__person__regency", "participant__person__village")
    )
    areas = Area.objects.in_bulk(regencies)
    found = [
        Village(one[1].title() or "–", areas.get(one[0]), n, known[one], affected[one], helped[one])
        for one, n in applied.most_common(MOST_SHOWN)
    ]
    return sorted(found, key=lambda one: (-one.applied, one.name, str(one.regency)))


def _counted(places: Iterable[tuple[int, str | None]]) -> Counter[tuple[int, str]]:
    return Counter((regency, plain_address(name or "")) for regency, name in places)
