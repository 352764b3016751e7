"""What day it is where something is delivered: now, or the day that a loaded scenario plays on."""

from datetime import date, datetime, time, timedelta

from django.http import HttpRequest
from django.utils import timezone

from pulih import places
from pulih.areas.models import Area
from pulih.common.periods import WIB
from pulih.web import facts
from pulih.web.as_of import usual_day


def now(request: HttpRequest) -> datetime:
    """Return the moment at which a person acts; a loaded scenario plays on a day of its own."""
    day, moment = facts.ask("activity_day", request) or usual_day(request), timezone.now()
    if day == moment.astimezone(WIB).date():
        return moment
    return datetime.combine(day, moment.astimezone(WIB).timetz())


def day_in(area_id: int, moment: datetime) -> date:
    """Return the day on the clock of a place: WIB, WITA or WIT."""
    return moment.astimezone(places.time_zone(places.place(area_id))).date()


def day_after(day: date, area_id: int) -> datetime:
    """Return the moment at which a day ends on the clock of a place."""
    return datetime.combine(day + timedelta(1), time(), places.time_zone(places.place(area_id)))


def province_of(regency: Area, on: date) -> Area:
    """Return the province that a regency lies in; before its birth, the one it was born into."""
    held = places.parent_of(places.place(regency.pk), on)
    key = held.key if held else places.dated_parents(places.place(regency.pk))[-1].value
    return Area.objects.get(pk=key)
