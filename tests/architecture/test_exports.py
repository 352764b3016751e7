"""Every address that answers with a file when it is asked for one: who gets it, what is recorded.

Which addresses read `format` is learned by watching them, so that a new one is tried by itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager

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


def is_file(client: Client, address: str, kind: str) -> bool:
    response = client.get(address, {"format": kind, "q": TYPED})
    b"".join(response) if response.streaming else response.content
    return response.headers.get("Content-Disposition", "").startswith("attachment")


def faults_of(client: Client, row: Row, address: str, kind: str) -> Iterator[str]:
    """Yield what is not as it should be with a file that somebody gets who may."""
    newest = max(Event.objects.values_list("pk", flat=True), default=0)
    if not is_file(client, address, kind):
        return
    made = list(Event.objects.filter(pk__gt=newest).values_list("verb", "detail"))
    verb = OWN_VERB.get(row.name, ".export")
    if not any(one.endswith(verb) for one, _detail in made):
        yield f"{row.name} {kind}: not recorded"
    if any(TYPED in str(detail) for _verb, detail in made):
        yield f"{row.name} {kind}: what was typed is recorded"


def refused(client: Client, row: Row, address: str, kind: str) -> Iterator[str]:
    response = client.get(address, {"format": kind})
    if response.status_code != 403:
        yield f"{row.name} {kind}: {response.status_code} without the right to export"


def readers(clients: dict[str, Client], world: World) -> Iterator[tuple[Row, str, str, str]]:
    """Every address that gives a file, with the person and format that got it."""
    for row, address in asked(world):
        if person := first_who_may(row):
            with undone(), watched() as names:
                is_file(clients[person], address, "csv")
            for kind in FORMATS if "format" in names else ():
                yield row, address, person, kind


def test_every_file_is_recorded_and_asks_for_the_right_to_export(world, monkeypatch):
    people: dict[str, User | None] = {name: make() for name, make in PERSONS.items()}
    clients = {name: visitor(person) for name, person in people.items()}
    faults, files = [], []
    for row, address, person, kind in readers(clients, world):
        with undone():
            found = is_file(clients[person], address, kind)
        if found:
            files.append((row, address, person, kind))
            with undone():
                faults += faults_of(clients[person], row, address, kind)
    for role in list(ROLES):
        monkeypatch.setitem(ROLES, role, ROLES[role] - {Permission.EXPORT})
    for row, address, person, kind in files:
        with undone():
            faults += refused(clients[person], row, address, kind)
    assert len({row.name for row, *_rest in files}) > 40
    assert faults == []
