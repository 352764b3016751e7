"""What waits for a person: duties, and what else rooms count. Badge, board and mail ask here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from pulih.people.models import User
from pulih.web.navigation import Text

from . import reads


@dataclass(frozen=True)
class Tasks:
    """Work of a room that is no duty, such as files to mend.

    count: how many of them wait for a person; url_name: the page that lists them.
    """

    key: str
    label: Text
    count: Callable[[User], int]
    url_name: str
    icon: str = "list-details"


@dataclass(frozen=True)
class Counted:
    tasks: Tasks
    count: int

    @property
    def url(self) -> str:
        return reverse(self.tasks.url_name)


_rooms: dict[str, Tasks] = {}


def register(tasks: Tasks) -> None:
    """Let a room's work count among the tasks of a person, at start."""
    _rooms[tasks.key] = tasks


def of_rooms(person: User) -> list[Counted]:
    """Return what waits in rooms beside the duties; what is empty is left out."""
    counted = (Counted(one, one.count(person)) for one in _rooms.values())
    return [one for one in counted if one.count]


def total(person: User) -> int:
    return reads.waiting_for(person).count() + sum(one.count for one in of_rooms(person))


def badge(request: HttpRequest) -> int | None:
    """Return the number on the menu; None shows nothing."""
    return (total(request.user) or None) if isinstance(request.user, User) else None
