"""What rooms further down say in the final report of an activity: each registers its part.

Papers are in Indonesian, so are these sentences.
"""

from collections.abc import Callable, Sequence

from pulih.people.models import User

from .models import Activity

# Returns sentences about an activity that the person may read; none where there is nothing.
Maker = Callable[[Activity, User], Sequence[str]]

_makers: dict[str, Maker] = {}


def register(room: str, maker: Maker) -> None:
    _makers[room] = maker


def sentences_of(activity: Activity, person: User) -> list[str]:
    return [one for maker in _makers.values() for one in maker(activity, person)]
