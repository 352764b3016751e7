"""An activity as its proposal has it: places, classes and goods, typed once."""

from __future__ import annotations

from collections.abc import Collection
from math import ceil
from typing import Any, NamedTuple

from django.db import transaction

from pulih.people.models import User
from pulih.proposals.models import Proposal

from ..models import Activity
from ..models.activities import MOST_PLACES
from ..reads.proposed import ProposedPlace, places_of, unused
from .activities import add_cohort, add_site, save_activity
from .goods import add_item


class Opened(NamedTuple):
    """A new activity, and how many places, classes and goods its proposal gave it."""

    activity: Activity
    sites: int = 0
    cohorts: int = 0
    items: int = 0


@transaction.atomic
def open_activity(
    *, as_proposed: bool = False, places: Collection[int] | None = None, by: User, **values: Any
) -> Opened:
    """Make an activity. as_proposed: with what the proposal that funds it asks for. May refuse.

    places: keys of the proposal's places that it takes; None: those that no activity has yet.
    """
    activity = save_activity(Activity(), by=by, **values)
    if not as_proposed or activity.proposal is None:
        return Opened(activity)
    wanted = [
        one
        for one in places_of(activity.proposal)
        if activity.regency_id in (None, one.place.regency_id)
        and (one.taken_by is None if places is None else one.place.pk in places)
    ]
    cohorts = _add_places(activity, wanted, activity.proposal.class_size, by)
    return Opened(activity, len(wanted), cohorts, _add_goods(activity, activity.proposal, by))


def _add_places(activity: Activity, wanted: list[ProposedPlace], class_size: int, by: User) -> int:
    """Add a site for each place, and classes named after its regency."""
    names, places = {one.place.pk: one.name for one in wanted}, [one.place for one in wanted]
    sizes = {one.place.pk: class_sizes(one.people, class_size) for one in wanted}
    for place in places:
        there = [one for one in places if one.regency_id == place.regency_id]
        site = add_site(activity, regency=place.regency, by=by, address="", name=names[place.pk])
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
            activity, name=unused(good.text[:110], names), unit=good.unit[:20],
            standard=good.standard[:80], by=by,
        )  # fmt: skip
    return len(names)


def class_sizes(people: int, most: int) -> list[int]:
    """Share people out over classes of at most so many, as evenly as can be."""
    most = min(most or people, MOST_PLACES)
    number = ceil(people / most) if people else 0
    return [people // number + (n < people % number) for n in range(number)]
