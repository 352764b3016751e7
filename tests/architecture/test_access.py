"""Every address × every person: the table in access.txt is the policy as it is answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from pulih.config.rooms import ROOMS
from pulih.people.models import User
from tests.architecture.world import World, build
from tests.people import cast

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("access.txt")
# An application may hold a second space of names, as people does for links.
SPACES = {*ROOMS, "links"}
PERSONS = {
    "nobody": lambda: None,
    "planner": cast.planner,
    "jabar": cast.provincial_officer,
    "bali": lambda: cast.provincial_officer("Bali"),
    "indramayu": cast.regency_officer,
    "denpasar": lambda: cast.regency_officer("Kota Denpasar"),
    "auditor": cast.auditor,
    "administrator": cast.administrator,
}


@dataclass(frozen=True)
class Row:
    """One line of the table. expected: one mark a person, in the order of PERSONS."""

    method: str
    name: str
    words: tuple[str, ...]
    expected: tuple[str, ...]


def rows() -> Iterator[Row]:
    for line in TABLE.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            words = line.split()
            method = "POST" if words[0] == "POST" else "GET"
            words = words[1:] if method == "POST" else words
            cut = len(words) - len(PERSONS)
            yield Row(method, words[0], tuple(words[1:cut]), tuple(words[cut:]))


def addresses(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, pattern.namespace or space)
        elif space in SPACES:
            yield f"{space}:{pattern.name}"


def mark(status: int, address: str) -> str:
    if status == 302 and address.startswith("/accounts/login"):
        return "s"
    if status in (403, 404):
        return {403: "x", 404: "-"}[status]
    # A form that is wrong, or a rule that refuses, is an answer too.
    return "o" if status < 400 or status in (400, 409, 422) else str(status)


def visitor(person: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person)
    return client


def ask(row: Row, client: Client, world: World) -> str:
    address = reverse(row.name, args=[world.keys[word] for word in row.words])
    response = client.post(address) if row.method == "POST" else client.get(address)
    if response.streaming:
        b"".join(response.streaming_content)
    return mark(response.status_code, response.headers.get("Location", ""))


def test_the_table_names_every_address():
    assert {row.name for row in rows()} == set(addresses(get_resolver()))


def test_every_address_answers_every_person_as_the_table_says(settings, tmp_path):
    settings.HELP_ROOT = tmp_path
    (tmp_path / "index.html").write_text("<h1>Pulih</h1>")
    world = build()
    visitors = {name: visitor(make()) for name, make in PERSONS.items()}
    wrong = []
    # Who may least asks first, so that nothing is gone before the others ask.
    order = sorted(
        PERSONS, key=lambda name: name in ("planner", "jabar", "indramayu", "administrator")
    )
    for row in rows():
        found = {name: ask(row, visitors[name], world) for name in order}
        answered = tuple(found[name] for name in PERSONS)
        if answered != row.expected:
            wrong.append(
                f"{row.method} {row.name}: {' '.join(answered)}, not {' '.join(row.expected)}"
            )
    assert not wrong, "\n".join(wrong)
