"""The search over all rooms: the first rows of each list that the typed words are found in.

A room says in its `searched.py` which of its lists take part; what a person may not see of them
stays unseen here, too, for the lists themselves find the rows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.urls import reverse

from pulih.people.access import PersonRequest
from pulih.people.permissions import holds

from . import near, pages
from .listing import Listing

FIRST = 5  # Rows of each list; the list itself has the others.
SHORTEST, LONGEST = 2, 200  # Signs.


@dataclass(frozen=True)
class Searched:
    """A list with a filter of words, and the name of its page."""

    listing: Listing
    url_name: str


@dataclass(frozen=True)
class Part:
    """What was found in one list. url: the list with the same words."""

    shown: pages.ShownList
    url: str


_searched: dict[str, Searched] = {}


def register(listing: Listing, url_name: str) -> None:
    """Let a list take part, after those of the rooms before."""
    assert any(one.key == "q" for one in listing.filters), listing.key
    bare = tuple(replace(one, order="", sums=False) for one in listing.columns)
    _searched[url_name] = Searched(replace(listing, columns=bare), url_name)


def address(request: HttpRequest) -> str:
    """Return where a search goes; blank for who may see none of the lists."""
    return reverse("lists:find") if _of(request) else ""


def parts(request: PersonRequest, words: str) -> list[Part]:
    """Return every list in which the words are found, in the order of the rooms."""
    found = []
    for one in _of(request):
        whole = reverse(one.url_name)
        shown = pages.part(request, one.listing, whole, size=FIRST, q=words)
        if shown.lines:
            found.append(Part(shown, shown.whole_url))
    return found


def suggestions(request: PersonRequest, words: str) -> list[str]:
    """Return what a person may have meant whose words are in none of their lists."""
    return near.suggestions(request, [one.listing for one in _of(request)], words)


def titles(request: PersonRequest) -> list[str]:
    """Return the lists that a person's search looks through."""
    return [str(one.listing.title) for one in _of(request)]


def _of(request: HttpRequest) -> list[Searched]:
    person = request.user
    if not person.is_authenticated:
        return []
    return [
        one
        for one in _searched.values()
        if one.listing.permission is None or holds(person, one.listing.permission)
    ]
