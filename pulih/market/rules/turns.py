"""Whose turn it is with an order, and until when. Plain values, no database."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from pulih.common.working_days import Calendar
from pulih.workflow import clocks

BUYER_DAYS = 2  # Working days for the buyer to confirm, or to count what arrived.


class Side(StrEnum):
    SUPPLIER = "supplier"
    BUYER = "buyer"


SIDE_OF = {
    "offered": Side.SUPPLIER,
    "accepted": Side.BUYER,
    "confirmed": Side.SUPPLIER,
    "sent": Side.BUYER,
    "partly": Side.BUYER,
}


@dataclass(frozen=True)
class Days:
    """What decides the clock of an order; ready_by and due are days in their own place."""

    answer_until: datetime
    ready_by: date
    due: date


def waits_until(
    state: str, since: datetime, days: Days, zone: ZoneInfo, calendar: Calendar
) -> datetime | None:
    """Return the first moment at which the next move is late; None once nobody has to move.

    zone: the clock of the side whose turn it is. A buyer always has two working days, also for
    goods that arrive after the day on which they were due.
    """
    if state == "offered":
        return days.answer_until
    if state == "confirmed":
        return _end_of(days.ready_by, zone)
    if state not in SIDE_OF:
        return None
    late = clocks.until(since, BUYER_DAYS, zone, calendar)
    return late if state == "accepted" else max(late, _end_of(days.due, zone))


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(0), zone)
