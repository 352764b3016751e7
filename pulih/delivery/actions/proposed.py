"""An activity as its proposal has it: places, classes and goods, typed once."""

from __future__ import annotations

from math import ceil
from typing import Any, NamedTuple

from django.db import transaction

from pulih.people.models import User
from pulih.proposals.models import Place, Proposal

from ..models import Activity
from ..models.activities import MOST_PLACES
from .activities import add_cohort, add_site, save_activity
from .goods import add_item


class Opened(NamedTuple):
    """A new activity, and how many places, classes and goods its proposal gave it."""

    activity: Activity
    sites: int = 0
    cohorts: int = 0
    items: int = 0


@transaction.atomic
def open_activity(*, as_proposed: bool = False, by: User, **values: Any) -> Opened:
    """Make an activity. as_proposed: with what the proposal that funds it asks for. May refuse."""
    activity = save_activity(Activity(), by=by, **values)
    if not as_proposed or activity.proposal is None:
        return Opened(activity)
    places = list(activity.proposal.places.select_related("regency").order_by("position", "pk"))
    places = [one for one in places if activity.regency_id in (None, one.regency_id)]
    cohorts = _add_places(activity, places, activity.proposal.class_size, by)
    return Opened(activity, len(places), cohorts, _add_goods(activity, activity.proposal, by))


def _add_places(activity: Activity, places: list[Place], class_size: int, by: User) -> int:
    """Add a site for each place, and classes named after its regency."""
    names: list[str] = []
    sizes = {place.pk: class_sizes(place.people, class_size) for place in places}
    for place in places:
        there = [one for one in places if one.regency_id == place.regency_id]
        site = add_site(
            activity, regency=place.regency, by=by, address="",
            name=_unused(place.site[:110] or place.regency.name, names),
        )  # fmt: skip
        is_only = sum(len(sizes[one.pk]) for one in there) == 1
        before = sum(len(sizes[one.pk]) for one in there[: there.index(place)])
        for number, size in enumerate(sizes[place.pk], start=before + 1):
            name = place.regency.name if is_only else f"{place.regency.name} {number}"
            add_cohort(site, name=name[:80], places=size, by=by)
    return sum(len(one) for one in sizes.values())


def _add_goods(activity: Activity, proposal: Proposal, by: User) -> int:
    names: list[str] = []
    for good in proposal.goods.order_by("position", "pk"):
        add_item(
            activity, name=_unused(good.text[:110], names), unit=good.unit[:20],
            standard=good.standard[:80], by=by,
        )  # fmt: skip
    return len(names)


def class_sizes(people: int, most: int) -> list[int]:
    """Share people out over classes of at most so many, as evenly as can be."""
    most = min(most or people, MOST_PLACES)
    number = ceil(people / most) if people else 0
    return [people // number + (n < people % number) for n in range(number)]


def _unused(name: str, names: list[str]) -> str:
    """Return the name, with a number where it is used already; and remember it."""
    number, found = 1, name
    while found.casefold() in names:
        number += 1
        found = f"{name} ({number})"
    names.append(found.casefold())
    return found
