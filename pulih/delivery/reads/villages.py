"""Helped, known and affected by village: how far an activity reaches where its applicants live."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pulih.impact.models import ImpactReport
from pulih.people.models import User
from pulih.registry.models import Enterprise

from ..models import Activity, Applicant, Seat
from ..rules.namesakes import plain_address

MOST_SHOWN = 30


@dataclass(frozen=True)
class Village:
    """One village. known, affected: firms of the register; helped: seats of the measure's year."""

    name: str
    applied: int
    known: int
    affected: int
    helped: int


def villages(activity: Activity, by: User) -> list[Village]:
    """Return the villages with the most applicants, each with what is known of it."""
    people = Applicant.objects.staying().filter(activity=activity)
    regencies = set(people.values_list("regency", flat=True))
    applied = _counted(people.values_list("person__village", flat=True))
    known = _counted(
        Enterprise.objects.visible_to(by)
        .listed()
        .filter(regency__in=regencies)
        .values_list("village", flat=True)
    )
    affected = _counted(
        ImpactReport.objects.visible_to(by)
        .newest()
        .filter(regency__in=regencies, is_affected=True)
        .values_list("enterprise__village", flat=True)
    )
    helped = _counted(
        Seat.objects.held()
        .filter(measure=activity.measure_id, year=activity.starts_on.year, regency__in=regencies)
        .values_list("participant__person__village", flat=True)
    )
    found = [
        Village(name.title() or "–", n, known[name], affected[name], helped[name])
        for name, n in applied.most_common(MOST_SHOWN)
    ]
    return sorted(found, key=lambda one: (-one.applied, one.name))


def _counted(names: Iterable[str | None]) -> Counter[str]:
    return Counter(plain_address(name or "") for name in names)
