"""What time it is for deadlines: now, or the day in the address, or that of a loaded scenario."""

from datetime import date, datetime, time

from django.http import HttpRequest
from django.utils import timezone

from pulih.areas.models import Area
from pulih.common.periods import WIB
from pulih.common.working_days import local_day
from pulih.web.as_of import as_of, usual_day
from pulih.workflow.calendars import zone_of

from .rules import quarters

NOON = time(12)  # At noon in Jakarta it is the same day on all three clocks.


def shown_moment(request: HttpRequest) -> datetime:
    """Return the moment at which a page is seen: now, unless its address names another day."""
    day = as_of(request).day
    return now(request) if day == usual_day(request) else noon(day)


def now(request: HttpRequest) -> datetime:
    """Return the moment at which a person acts; a loaded scenario plays on a day of its own."""
    day, moment = usual_day(request), timezone.now()
    if day == moment.astimezone(WIB).date():
        return moment
    return datetime.combine(day, moment.astimezone(WIB).timetz())


def noon(day: date) -> datetime:
    return datetime.combine(day, NOON, WIB)


def signing_day(request: HttpRequest, province: Area) -> date:
    """Return the day on the clock of `province` on which a report seen now would be signed."""
    return local_day(shown_moment(request), zone_of(province.pk))


def has_ended(request: HttpRequest, province: Area, fiscal_year: int, quarter: int) -> bool:
    """Tell whether a quarter is over on the clock of `province`, so that it can be filed."""
    today = local_day(now(request), zone_of(province.pk))
    return today > quarters.last_day(fiscal_year, quarter)
