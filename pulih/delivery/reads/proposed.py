"""The places of a proposal, how many may come from there, and which activity has each already."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pulih.proposals.models import DecidedPlace, Place, Proposal

from ..models import Activity, Site


@dataclass(frozen=True)
class ProposedPlace:
    """A place, the name that its site gets, and the first activity that has such a site.

    people: participants that are approved, or asked for where nothing is decided.
    """

    place: Place
    name: str
    people: int
    taken_by: Activity | None


def places_of(proposal: Proposal) -> list[ProposedPlace]:
    """Return the places of a proposal in their order, without those that nobody may come from.

    A site of its activities has the place of its name in its regency; one under another name has
    the first place there that is left.
    """
    names: dict[int, list[str]] = defaultdict(list)
    approved = {one.position: one.people for one in DecidedPlace.objects.in_force(proposal.pk)}
    asked = proposal.places.select_related("regency").order_by("position", "pk")
    people = {one.pk: approved.get(one.position, one.people) for one in asked}
    places = [one for one in asked if people[one.pk]]
    named = [
        (one, unused(one.site[:110] or one.regency.name, names[one.regency_id])) for one in places
    ]
    sites: dict[int, dict[str, Activity]] = defaultdict(dict)
    there = Site.objects.filter(activity__proposal=proposal).select_related("activity")
    for site in there.order_by("pk"):
        sites[site.regency_id].setdefault(site.name.casefold(), site.activity)
    taken = {
        one.pk: sites[one.regency_id].pop(name.casefold())
        for one, name in named
        if name.casefold() in sites[one.regency_id]
    }
    for one, _name in named:
        others = sites[one.regency_id]
        if one.pk not in taken and others:
            taken[one.pk] = others.pop(next(iter(others)))
    return [ProposedPlace(one, name, people[one.pk], taken.get(one.pk)) for one, name in named]


def unused(name: str, names: list[str]) -> str:
    """Return the name, with a number where it is used already; and remember it."""
    number, found = 1, name
    while found.casefold() in names:
        number += 1
        found = f"{name} ({number})"
    names.append(found.casefold())
    return found
