"""Rooms that go along with the payment chain: told of each document that was posted by hand.

They are told in the transaction of the posting, so a document and what follows from it stand or
fall together. A room that refuses takes the document back with it.
"""

from collections.abc import Callable

from django.db import transaction

from pulih.people.models import User

from .actions.calls import Posted
from .models import Posting, SpendingUnit
from .retrying import until_done

Follower = Callable[[Posting, User], None]
OfficersChanged = Callable[[SpendingUnit, User], None]

_followers: dict[str, tuple[Follower, OfficersChanged]] = {}


def register(room: str, follow: Follower, officers_changed: OfficersChanged) -> None:
    """follow: gets a new document and who posted it. officers_changed: gets a unit. May refuse."""
    _followers[room] = follow, officers_changed


def told(act: Callable[[], Posted], by: User) -> Posted:
    """Post by `act` and tell the rooms; all of it again where writers crossed. May refuse."""
    return until_done(lambda: _told(act, by))


@transaction.atomic
def _told(act: Callable[[], Posted], by: User) -> Posted:
    posted = act()
    if posted.is_new:
        tell(posted.posting_id, by)
    return posted


def tell(posting_id: int, by: User) -> None:
    """Tell the rooms of one document, in the caller's transaction. May refuse."""
    related = ("unit__province", "refers_to", "reverses")
    posting = Posting.objects.select_related(*related).get(pk=posting_id)
    for follow, _changed in _followers.values():
        follow(posting, by)


def officers_changed(unit: SpendingUnit, by: User) -> None:
    """Tell the rooms that a unit's posts changed hands."""
    for _follow, changed in _followers.values():
        changed(unit, by)
