"""What waits for a person: duties, and what else rooms count. Badge, board and mail ask here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from django.http import HttpRequest
from django.urls import reverse

from pulih.people.models import User
from pulih.web.addresses import with_query
from pulih.web.counting import Rows, count_each, count_sums
from pulih.web.navigation import Text

from . import reads


@dataclass(frozen=True)
class Tasks:
    """Work of a room that is no duty, such as files to fix.

    rows: what of them waits for a person; url_name: the page that lists them; asks: what it must be
    asked so that it lists those alone.
    """

    key: str
    label: Text
    rows: Callable[[User], Rows]
    url_name: str
    icon: str = "list-details"
    asks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Counted:
    tasks: Tasks
    count: int

    @property
    def url(self) -> str:
        return with_query(reverse(self.tasks.url_name), self.tasks.asks)


_rooms: dict[str, Tasks] = {}
_stated: WeakKeyDictionary[HttpRequest, dict[str, Rows]] = WeakKeyDictionary()


def register(tasks: Tasks) -> None:
    """Let a room's work count among the tasks of a person, at start."""
    _rooms[tasks.key] = tasks


def of_rooms(person: User) -> list[Counted]:
    """Return what waits in rooms beside the duties; what is empty is left out."""
    rooms = list(_rooms.values())
    counts = count_each([one.rows(person) for one in rooms])
    return [Counted(one, n) for one, n in zip(rooms, counts, strict=True) if n]


def total(person: User) -> int:
    return count_sums([_waiting(person)])[0]


def badge(request: HttpRequest) -> Iterable[Rows]:
    """Return what the menu counts."""
    if not isinstance(request.user, User):
        return ()
    return [reads.waiting_for(request.user), *_of_page(request, request.user).values()]


def in_menu(key: str) -> Callable[[HttpRequest], Iterable[Rows]]:
    """Return what a room's own line of the menu counts: its tasks under `key`."""

    def count(request: HttpRequest) -> Iterable[Rows]:
        return [_of_page(request, request.user)[key]] if isinstance(request.user, User) else ()

    return count


def _of_page(request: HttpRequest, person: User) -> dict[str, Rows]:
    """Return what each room counts, stated once for a page: its line and the badge share it."""
    if request not in _stated:
        _stated[request] = {key: one.rows(person) for key, one in _rooms.items()}
    return _stated[request]


def _waiting(person: User) -> list[Rows]:
    return [reads.waiting_for(person), *(one.rows(person) for one in _rooms.values())]
