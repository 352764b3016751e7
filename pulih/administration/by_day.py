"""How many people signed in on each of the last days, as bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncDate

from pulih.audit.models import Event

from .lists import KINDS, SIGNED_IN

STEP, BAR, HEIGHT = 12, 9, 56  # SVG units: from bar to bar, a bar's width, the highest bar.
LEAST = 2  # A day on which anybody signed in is seen beside a day of hundreds.


@dataclass(frozen=True)
class DayBar:
    """One day. people: who signed in, each once; left, top, height: SVG units."""

    day: date
    people: int
    left: int
    top: float
    height: float


def people_by_day(since: date) -> dict[date, int]:
    """Return how many people signed in on each day from `since`; days without any are absent."""
    events = Event.objects.filter(at__date__gte=since, verb__in=KINDS[SIGNED_IN])
    found = events.annotate(day=TruncDate("at")).order_by("day").values("day")
    return {
        one["day"]: one["people"]
        for one in found.annotate(people=Count("person_id", distinct=True))
    }


def bars(people: Mapping[date, int], since: date, until: date) -> Sequence[DayBar]:
    """Return a bar for every day from `since` to `until`, also for those without anybody."""
    most = max(people.values(), default=0) or 1
    found = []
    for place in range((until - since).days + 1):
        day = since + timedelta(days=place)
        count = people.get(day, 0)
        height = max(count / most * HEIGHT, LEAST) if count else 0.0
        found.append(DayBar(day, count, place * STEP, round(HEIGHT - height, 1), round(height, 1)))
    return found


def chart(since: date, until: date) -> dict[str, Any]:
    """Return what `administration/_by_day.html` needs."""
    days = bars(people_by_day(since), since, until)
    most = max(days, key=lambda one: one.people)
    size = {"width": len(days) * STEP, "height": HEIGHT, "bar": BAR, "base": HEIGHT - 1}
    return {"bars": days, "most": most, "until": until, "chart": size}
