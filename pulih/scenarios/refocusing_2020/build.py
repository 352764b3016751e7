"""Putting the story into an installation of its own: `pulih demo --story`."""

from datetime import date

from django.core.cache import cache

from pulih.common.errors import Message, Refusal
from pulih.people.models import User
from pulih.portal.models import LOADED, Scenario

from ..covid_2020.people import add_people
from .story import tell

NAME = "refocusing_2020"
DAY = date(2020, 4, 29)
NOT_BOTH = Message(
    "Instalasi ini sudah memuat skenario lain, dan kedua anggaran akan terjumlah. Pakai folder "
    "data sendiri (PULIH_DATA) untuk cerita refocusing.",
    "This installation holds another scenario, and the two budgets would add up. Use a data folder "
    "of its own (PULIH_DATA) for the refocusing story.",
)


def build(passwords: dict[str, str], *, by: User) -> None:
    """Tell the story as `by`, who is Pulih itself. May refuse: never beside another scenario."""
    if Scenario.objects.exclude(name=NAME).exists():
        raise Refusal(NOT_BOTH)
    add_people(passwords)
    tell(by=by)
    Scenario.objects.update_or_create(name=NAME, defaults={"day": DAY, "is_complete": True})
    cache.delete(LOADED)
