"""The day a page is seen on: `?per=YYYY-MM-DD` in the address of every page."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest

from pulih.common.periods import WIB
from pulih.web import facts


@dataclass(frozen=True)
class AsOf:
    """The day shown, and whether a person chose it over the usual one."""

    day: date
    is_other: bool


def as_of(request: HttpRequest) -> AsOf:
    """Return the day of the address, or the usual one if it names none or none that exists."""
    usual = usual_day(request)
    asked = parse_day(request.GET.get("per", ""))
    return AsOf(asked or usual, is_other=asked is not None and asked != usual)


def usual_day(request: HttpRequest) -> date:
    """Return today in Jakarta, or the day that the loaded scenario plays on."""
    told: date | None = facts.ask("day", request)
    return told or datetime.now(WIB).date()


def parse_day(text: str) -> date | None:
    """Return the day written `YYYY-MM-DD`, or None."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        return None
