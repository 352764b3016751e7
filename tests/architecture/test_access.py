"""The table in access.txt, every address × every person; test_walk.py asks them all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.test import Client
from django.urls import Resolver404, URLResolver, get_resolver, resolve

from pulih.config.rooms import ROOMS
from pulih.people.models import User
from tests.make import portal as make_portal
from tests.make import proposals as make_proposals
from tests.people import cast

TABLE = Path(__file__).with_name("access.txt")
# An application may hold a second space of names, as people does for links.
LINK = re.compile(r'<(?:a|form)\b[^>]*?\s(?:href|action)="(/[^"#?]*)')
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
    "reviewer": make_proposals.reviewer,  # Named for a proposal that waits, and for others.
    "steward": lambda: make_portal.steward("walidata_b"),
}
MAY_MOST = ("planner", "jabar", "indramayu", "administrator", "steward")


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


def named(links: list[str]) -> set[str]:
    return {name for link in set(links) if (name := name_of(link))}


@cache  # The menu leads from every page to the same ones.
def name_of(link: str) -> str:
    try:
        return resolve(link).view_name
    except Resolver404:
        return ""


def shut() -> dict[str, set[str]]:
    """Return the pages whose every line in the table is x, by person: not her role's."""
    return {
        person: {name for name, found in marks.items() if found == {"x"}}
        for person, marks in marks_of().items()
    }


def doubtful() -> dict[str, set[str]]:
    """Return the pages of which some are another's, by person: a link to one is followed."""
    return {
        person: {name for name, found in marks.items() if "-" in found}
        for person, marks in marks_of().items()
    }


def marks_of() -> dict[str, dict[str, set[str]]]:
    marks: dict[str, dict[str, set[str]]] = {person: {} for person in PERSONS}
    for row in rows():
        for person, one in zip(PERSONS, row.expected, strict=True):
            marks[person].setdefault(row.name, set()).add(one)
    return marks


def test_the_table_names_every_address():
    assert {row.name for row in rows()} == set(addresses(get_resolver()))
