"""The places that a proposal asks for, and which activity has each of them already."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pulih.proposals.models import Place, Proposal

from ..models import Activity, Site


@dataclass(frozen=True)
class ProposedPlace:
    """A place, the name that its site gets, and the first activity that has such a site."""

    place: Place
    name: str
    taken_by: Activity | None


def places_of(proposal: Proposal) -> list[ProposedPlace]:
    """Return the places of a proposal in their order. A place is known by regency and name."""
    sites = Site.objects.filter(activity__proposal=proposal).select_related("activity")
    taken: dict[tuple[int, str], Activity] = {}
    for site in sites.order_by("pk"):
        taken.setdefault((site.regency_id, site.name.casefold()), site.activity)
    names: dict[int, list[str]] = defaultdict(list)
    found = []
    for place in proposal.places.select_related("regency").order_by("position", "pk"):
        name = unused(place.site[:110] or place.regency.name, names[place.regency_id])
        found.append(ProposedPlace(place, name, taken.get((place.regency_id, name.casefold()))))
    return found


def unused(name: str, names: list[str]) -> str:
    """Return the name, with a number where it is used already; and remember it."""
    number, found = 1, name
    while found.casefold() in names:
        number += 1
        found = f"{name} ({number})"
    names.append(found.casefold())
    return found
