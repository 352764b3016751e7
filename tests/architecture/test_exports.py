"""Every address that answers with a file when it is asked for one: who gets it, what is recorded.

Which addresses read `format` is learned by watching them, so that a new one is tried by itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from pulih.audit.models import Event
from pulih.people.models import User
from pulih.people.permissions import ROLES, Permission
from pulih.people.scope import speaking_as_system
from tests.architecture.test_access import PERSONS, Row, rows, visitor
from tests.architecture.watched import watched
from tests.architecture.world import World, build

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # Some thousand requests.
FORMATS = ("csv", "xlsx", "pdf")
TYPED = "Siti Aminah"
# Public figures of a release; anybody gets them, without a sign-in and a record.
PUBLIC = {"portal:open-cells"}
# The paper that was filed, byte for byte: its act says which.
OWN_VERB = {"monitoring:filing": "monitoring.paper"}


@pytest.fixture
def world():
    with speaking_as_system():
        return build()


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def asked(world: World) -> Iterator[tuple[Row, str]]:
    for row in rows():
        is_tried = row.method == "GET" and "o" in row.expected[1:] and row.name not in PUBLIC
        if is_tried:
            yield row, reverse(row.name, args=[world.keys[word] for word in row.words])


def first_who_may(row: Row) -> str:
    """The first person who exports and gets the page: the planner for most."""
    may = (name for name, mark in zip(PERSONS, row.expected, strict=True) if mark == "o")
    return next((name for name in may if name not in ("nobody", "reviewer", "steward")), "")


@dataclass(frozen=True)
class File:
    """A file that somebody got who may. made: what was recorded of it, as verb and detail."""

    row: Row
    address: str
    person: str
    kind: str
    made: list[tuple[str, object]]

    def faults(self) -> Iterator[str]:
        """Yield what is not recorded as it should be."""
        verb = OWN_VERB.get(self.row.name, ".export")
        if not any(one.endswith(verb) for one, _detail in self.made):
            yield f"{self.row.name} {self.kind}: not recorded"
        if any(TYPED in str(detail) for _verb, detail in self.made):
            yield f"{self.row.name} {self.kind}: what was typed is recorded"


def is_file(client: Client, address: str, kind: str) -> bool:
    response = client.get(address, {"format": kind, "q": TYPED})
    b"".join(response) if response.streaming else response.content
    return response.headers.get("Content-Disposition", "").startswith("attachment")


def got(client: Client, row: Row, address: str, person: str, kind: str) -> File | None:
    """Ask for a file and undo it; return what came, with what was recorded of it."""
    with undone():
        newest = max(Event.objects.values_list("pk", flat=True), default=0)
        if not is_file(client, address, kind):
            return None
        made = Event.objects.filter(pk__gt=newest).values_list("verb", "detail")
        return File(row, address, person, kind, list(made))


def refused(client: Client, file: File) -> Iterator[str]:
    response = client.get(file.address, {"format": file.kind})
    if response.status_code != 403:
        yield f"{file.row.name} {file.kind}: {response.status_code} without the right to export"


def files_of(clients: dict[str, Client], world: World) -> Iterator[File]:
    """Every file that an address gives to the first person who may have it."""
    for row, address in asked(world):
        if person := first_who_may(row):
            with watched() as names:
                first = got(clients[person], row, address, person, FORMATS[0])
            others = FORMATS[1:] if "format" in names else ()
            found = [got(clients[person], row, address, person, kind) for kind in others]
            yield from (one for one in (first, *found) if one and "format" in names)


def test_every_file_is_recorded_and_asks_for_the_right_to_export(world, monkeypatch):
    people: dict[str, User | None] = {name: make() for name, make in PERSONS.items()}
    clients = {name: visitor(person) for name, person in people.items()}
    files = list(files_of(clients, world))
    faults = [fault for file in files for fault in file.faults()]
    for role in list(ROLES):
        monkeypatch.setitem(ROLES, role, ROLES[role] - {Permission.EXPORT})
    for file in files:
        with undone():
            faults += refused(clients[file.person], file)
    assert len({file.row.name for file in files}) > 40
    assert faults == []
