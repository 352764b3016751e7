"""A poster with the square code of an application form; it says that applying costs nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pulih.common.periods import day
from pulih.documents.seals import drawn
from pulih.documents.typesetting import typeset
from pulih.people.links.models import Link

from ..actions.activities import place_of
from ..models import Activity

TEMPLATE = Path(__file__).with_name("poster.typ")


def pdf(activity: Activity, link: Link, address: str, last_day: date) -> bytes:
    """Return the poster; address: whole, as it is kept nowhere else."""
    values = {
        "activity": activity.title,
        "days": f"{day(activity.starts_on)} sampai {day(activity.ends_on)}",
        "place": str(place_of(activity)),
        "holder": link.holder,
        "until": day(last_day),
        "address": address,
        "drawing": drawn(address),
    }
    return typeset(TEMPLATE, values)
