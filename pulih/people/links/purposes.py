"""What links are for: each room declares its own, as it declares its menu."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from pulih.people.permissions import Permission

LONGEST_DAYS = 92


@dataclass(frozen=True)
class LinkPurpose:
    """One thing that the holder of a link may do.

    key: `room.purpose`, as row policies name it. label: completes “Link for …”. landing: the name
    of the view that opens, which takes the link's key and stands behind `by_link`. permission: who
    may give and end such links. longest_days: how long one may last. requests: in a minute, by one
    link that many people share; None for the usual number.
    """

    key: str
    label: str | Promise
    landing: str
    permission: Permission
    longest_days: int = LONGEST_DAYS
    requests: int | None = None


_purposes: dict[str, LinkPurpose] = {}


def register(purpose: LinkPurpose) -> LinkPurpose:
    """Declare a purpose; the same key again takes the place of the first."""
    _purposes[purpose.key] = purpose
    return purpose


def find(key: str) -> LinkPurpose | None:
    return _purposes.get(key)
