"""Free places of an activity by regency, and its classes that still have one."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Count, F, Q

from ..models import Activity, Cohort


def open_cohorts(activity: Activity) -> list[tuple[Cohort, int]]:
    """Return the classes with free places, and how many, in the order of their names."""
    seated = Count("participants", filter=Q(participants__left_on=None))
    cohorts = Cohort.objects.filter(activity=activity).annotate(free=F("places") - seated)
    found: list[Any] = list(cohorts.filter(free__gt=0).order_by("regency", "name", "pk"))
    return [(one, one.free) for one in found]


def free_places(activity: Activity) -> dict[str, int]:
    """Return how many places are free, by the key of a regency as text."""
    free: dict[str, int] = defaultdict(int)
    for cohort, places in open_cohorts(activity):
        free[str(cohort.regency_id)] += places
    return dict(free)
