"""What waits for a person: duties, and what else rooms count. Badge, board and mail ask here.

Every page counts it all. To state the rows of ten rooms took a fifth of a page's processor time, so
the statements are kept for a person as she is on a day; the rows are counted each time.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from pulih.people.models import User
from pulih.people.permissions import ROLES
from pulih.web.addresses import with_query
from pulih.web.counting import Rows, count_each, count_sums, stated
from pulih.web.navigation import Text

from . import reads


@dataclass(frozen=True)
class Tasks:
    """Work of a room that is no duty, such as files to fix.

    rows: what of them waits for a person; url_name: the page that lists them; asks: what it must be
    asked so that it lists those alone. is_kept: whether the person (role, permissions, areas) and
    the day alone say which rows they are. What reads anything else to state them is stated anew
    for each page.
    """

    key: str
    label: Text
    rows: Callable[[User], Rows]
    url_name: str
    icon: str = "list-details"
    asks: Mapping[str, str] = field(default_factory=dict)
    is_kept: bool = True


@dataclass(frozen=True)
class Counted:
    tasks: Tasks
    count: int

    @property
    def url(self) -> str:
        return with_query(reverse(self.tasks.url_name), self.tasks.asks)


_rooms: dict[str, Tasks] = {}
DUTIES = ""  # Kept beside the keys of rooms.
PEOPLE = 256  # Of so many the statements are kept, some 30 kB each.
_kept: dict[Hashable, dict[str, Rows]] = {}
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
    return [*_of_page(request, request.user).values()]


def in_menu(key: str) -> Callable[[HttpRequest], Iterable[Rows]]:
    """Return what a room's own line of the menu counts: its tasks under `key`."""

    def count(request: HttpRequest) -> Iterable[Rows]:
        return [_of_page(request, request.user)[key]] if isinstance(request.user, User) else ()

    return count


def _of_page(request: HttpRequest, person: User) -> dict[str, Rows]:
    """Return what each room counts, stated once for a page: its line and the badge share it."""
    if request not in _stated:
        anew = {key: one.rows(person) for key, one in _rooms.items() if not one.is_kept}
        _stated[request] = {**_kept_for(person), **anew}
    return _stated[request]


def _kept_for(person: User) -> dict[str, Rows]:
    """Return the statements that follow from what a person is; made where she is another now."""
    known = _as_today(person)
    if known not in _kept:
        if len(_kept) >= PEOPLE:
            _kept.clear()
        kept = {key: one.rows(person) for key, one in _rooms.items() if one.is_kept}
        kept = {DUTIES: reads.waiting_for(person), **kept}
        _kept[known] = {key: stated(rows) for key, rows in kept.items()}
    return _kept[known]


def _as_today(person: User) -> Hashable:
    """Return all that statements follow from which are kept."""
    areas = tuple(area.pk for area in person.areas)
    permissions = frozenset(ROLES.get(person.role, ()))
    who = person.pk, person.role, person.is_active
    return who, permissions, areas, person.sight, timezone.localdate()


def _waiting(person: User) -> list[Rows]:
    return [reads.waiting_for(person), *(one.rows(person) for one in _rooms.values())]
