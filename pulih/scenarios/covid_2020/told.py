"""What the frame hears of a loaded scenario."""

from datetime import date

from django.http import HttpRequest

from pulih.portal.models import loaded_scenario

ACTIVITIES_STOOD_ON = date(2020, 11, 2)
"""The day that activities have come to; budgets and reports stand on 15 June."""


def activity_day(_request: HttpRequest) -> date | None:
    """Return the day of the activities of a loaded scenario that tells of some."""
    loaded = loaded_scenario()
    return ACTIVITIES_STOOD_ON if loaded and loaded.name == "covid_2020" else None
