"""Every address × every person, asked once in one world: several judges hear each answer."""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from django.db import connection
from django.http import Http404, HttpResponse
from django.urls import reverse

from pulih.lists import figures
from pulih.lists.background import file_of
from pulih.people.scope import speaking_for
from tests.architecture.figures_followed import PUBLIC, WHO_FOLLOW, Followed, earlier, odd_money
from tests.architecture.test_access import (
    LINK,
    MAY_MOST,
    PERSONS,
    Row,
    doubtful,
    mark,
    name_of,
    named,
    rows,
    shut,
    visitor,
)
from tests.architecture.test_form_keys import keyless
from tests.architecture.test_identity_numbers import (
    ANSWERED,
    FILE,
    leaks,
    numbers,
    plant,
    records,
    stray,
    told,
)
from tests.architecture.watched import watched
from tests.architecture.world import World, build

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,  # Some five thousand requests.
]

HREF = re.compile(r'<a\b[^>]*?\shref="(/[^"#]*)')
SEVERAL = re.compile(r"%s(?:, %s)+")
MADE = re.compile(r"Diunduh .*")  # When a file was made.
WRITES = re.compile(r'INSERT INTO "?audit_event\b')
ID = re.compile(r'(?<=\sid=")[^"]+')
OFTEN = 10  # A page may ask for each of four quarters, or speak for somebody five times.


@dataclass(frozen=True)
class Answer:
    """What a person got.

    page: as it was sent, blank where it is none; files: the first files that the page offers.
    """

    method: str
    address: str
    status: int
    location: str
    text: str
    page: str
    asked: Counter[str]  # What the database was asked, and how often.
    read: set[str]  # The names that were read out of what was sent.

    @property
    def is_page(self) -> bool:
        return self.status == 200 and self.method == "GET"

    @property
    def files(self) -> list[str]:
        if self.method != "GET" or "format" in self.address:
            return []
        found = sorted({html.unescape(one) for one in FILE.findall(self.text)})[:4]
        return [one if one.startswith("/") else f"{self.address}{one}" for one in found]


class Visitor:
    """A person who walks, and what is known of her so far."""

    def __init__(self, name: str) -> None:
        self.name, self.person = name, PERSONS[name]()
        self.client = visitor(self.person)
        self.records = records(self.person)

    def ask(self, method: str, address: str, **fields: str) -> Answer:
        ask = self.client.post if method == "POST" else self.client.get
        asked: Counter[str] = Counter()
        with connection.execute_wrapper(counting(asked)), watched() as read:
            response = ask(address, fields)
            content = content_of(response)
        location = response.headers.get("Location", "")
        # A paper's bytes are no page, though some look like a tag.
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        page = content.decode(errors="replace") if is_page else ""
        status, text = response.status_code, told(content)
        return Answer(method, address, status, location, text, page, asked, read)

    def wrote_records(self, asked: Iterable[str]) -> bool:
        """Tell whether she was written down by these statements, and still is.

        What wrote no event at all, as most, need not be looked for.
        """
        if not any(WRITES.search(sql) for sql in asked):
            return False
        before, self.records = self.records, records(self.person)
        return self.records > before


def counting(asked: Counter[str]) -> Callable[..., object]:
    """Count what is asked of the database, whatever the values and however many."""

    def count(execute, sql, params, many, context):
        asked[SEVERAL.sub("%s", str(sql))] += 1
        return execute(sql, params, many, context)

    return count


def content_of(response: HttpResponse) -> bytes:
    return b"".join(response) if response.streaming else response.content


@dataclass
class Findings:
    """What the judges found. opened: how often somebody got a whole number."""

    marks: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    keyless: list[str] = field(default_factory=list)
    ids_twice: list[str] = field(default_factory=list)
    asks_again: list[str] = field(default_factory=list)
    opened: int = 0
    stray: list[str] = field(default_factory=list)
    other_files: list[str] = field(default_factory=list)
    made_later: int = 0
    figures: Followed = field(default_factory=Followed)


class Walk:
    """Asks each row of the table as everybody, and lets each judge hear the answer."""

    def __init__(self, world: World) -> None:
        self.world, self.found, self.asked_for_files = world, Findings(), 0
        self.known, self.not_theirs, self.doubtful = numbers(), shut(), doubtful()
        self.followed: set[tuple[str, str]] = set()
        self.without_reason: list[tuple[Visitor, Answer]] = []
        # Who may least asks first, so that nothing is gone before the others ask.
        self.visitors = [Visitor(one) for one in sorted(PERSONS, key=lambda one: one in MAY_MOST)]

    def go(self) -> Findings:
        for one in self.visitors:
            if one.name in WHO_FOLLOW:
                for address, page in earlier(one.client, self.world):
                    self.follow(one, address, page)
        for row in rows():
            marks = {one.name: self.asked(row, one) for one in self.visitors}
            answered = tuple(marks[name] for name in PERSONS)
            if answered != row.expected:
                wanted = " ".join(row.expected)
                self.found.marks.append(
                    f"{row.method} {row.name}: {' '.join(answered)}, not {wanted}"
                )
        self.give_reasons()
        self.found.stray = stray()
        return self.found

    def give_reasons(self) -> None:
        """Ask once more what opens no number without a reason, when nothing else is to be asked.

        Who never looked for a reason would say the same again.
        """
        for one, answer in self.without_reason:
            again = one.ask("POST", answer.address, reason="inspection")
            self.found.told += self.tells(one, again)

    def address(self, row: Row) -> str:
        return reverse(row.name, args=[self.world.keys[word] for word in row.words])

    def asked(self, row: Row, visitor: Visitor) -> str:
        address = self.address(row)
        answer = visitor.ask(row.method, address)
        self.found.closed += self.leads_astray(row, visitor, answer)
        self.found.told += self.tells(visitor, answer)
        self.found.keyless += [f"{visitor.name} {address}: {one}" for one in keyless(answer.page)]
        self.found.ids_twice += [
            f"{visitor.name} {address}: {one}"
            for one, times in Counter(ID.findall(answer.page)).items()
            if times > 1
        ]
        if answer.is_page:
            self.found.asks_again += [
                f"{visitor.name} {address}: {times} times {sql[:200]}"
                for sql, times in answer.asked.items()
                if times > OFTEN
            ]
        if answer.files:
            self.asked_for_files += 1  # Each kind of file by other people, row after row.
            file = answer.files[self.asked_for_files % len(answer.files)]
            made = visitor.ask("GET", file)
            self.found.told += self.tells(visitor, made)
            self.found.other_files += self.made_otherwise(visitor, made)
        if answer.is_page and visitor.name in WHO_FOLLOW and row.name not in PUBLIC:
            self.follow(visitor, address, answer.page)
        marked = mark(answer.status, answer.location)
        if row.method == "POST" and marked == ANSWERED and "reason" in answer.read:
            self.without_reason.append((visitor, answer))
        return marked

    def follow(self, visitor: Visitor, address: str, page: str) -> None:
        self.found.figures.follow(visitor.name, visitor.person, visitor.client, address, page)
        visitor.records = records(visitor.person)

    def made_otherwise(self, visitor: Visitor, answer: Answer) -> Iterator[str]:
        """Have a worker make the same file, as it does where a list is large."""
        is_file = answer.status == 200 and not answer.page and "format=csv" in answer.address
        if not is_file or answer.address.startswith(reverse("administration:record")):
            return  # The record holds one row more once it was taken out.
        with speaking_for(visitor.person), suppress(Http404):  # Of what is no declared list.
            later = file_of(visitor.person, answer.address, hear=lambda _rows: None)
            text = told(content_of(later))
            self.found.made_later += 1
            if MADE.sub("", text) != MADE.sub("", answer.text):
                yield f"{visitor.name} {answer.address}: {text[:300]}"
        visitor.records = records(visitor.person)

    def leads_astray(self, row: Row, visitor: Visitor, answer: Answer) -> Iterator[str]:
        links = named(LINK.findall(answer.text)) if answer.is_page else set()
        for link in sorted(links & self.not_theirs[visitor.name]):
            yield f"{visitor.name}: {row.name} leads to {link}, which is not for her"
        for link in sorted(set(HREF.findall(answer.text)) if answer.is_page else ()):
            is_new = (visitor.name, link) not in self.followed
            if is_new and name_of(link.partition("?")[0]) in self.doubtful[visitor.name]:
                self.followed.add((visitor.name, link))
                opened = visitor.ask("GET", html.unescape(link))
                if mark(opened.status, opened.location) != ANSWERED:
                    yield f"{visitor.name}: {row.name} leads to {link}: {opened.status}"

    def tells(self, visitor: Visitor, answer: Answer) -> Iterator[str]:
        recorded, shown = visitor.wrote_records(answer.asked), leaks(answer.text, self.known)
        self.found.opened += bool(shown)
        if shown and not recorded:
            yield f"{visitor.name} {answer.method} {answer.address}: {sorted(shown)}"


@pytest.fixture(scope="module")
def walks() -> list[Findings]:
    return []


@pytest.fixture
def found(walks, settings, tmp_path, refuse_undefined_variables) -> Findings:
    """Walk for the first of these tests; the others hear what came of it.

    A page that prints what it was not given is a fault of the server.
    """
    if not walks:
        settings.HELP_ROOT = tmp_path
        (tmp_path / "index.html").write_text("<h1>Pulih</h1>")
        world = build()
        plant(world)
        odd_money()
        walks.append(Walk(world).go())
    return walks[0]


def test_every_address_answers_every_person_as_the_table_says(found):
    assert not found.marks, "\n".join(found.marks)


def test_no_page_leads_where_the_table_lets_its_reader_never(found):
    assert not found.closed, "\n".join(found.closed)


def test_every_form_that_is_drawn_carries_a_key_of_its_own(found):
    assert not found.keyless, "\n".join(found.keyless)


def test_no_page_names_two_of_its_parts_alike(found):
    """A label belongs to the first part of its name: another field would have none."""
    assert not found.ids_twice, "\n".join(found.ids_twice)


def test_no_page_asks_the_database_the_same_for_row_after_row(found):
    assert not found.asks_again, "\n".join(found.asks_again)


def test_nobody_gets_a_whole_number_anywhere_without_a_record(found):
    assert not found.told, "\n".join(found.told)
    assert found.opened >= 4  # Both doors were opened by both who may.


def test_a_worker_makes_the_file_that_is_made_at_once(found):
    assert not found.other_files, "\n".join(found.other_files)
    assert found.made_later > 40


def test_no_column_holds_a_whole_number_where_none_belongs(found):
    assert found.stray == []


def test_every_figure_is_the_same_behind_its_link_in_its_file_and_in_the_api(found):
    assert not found.figures.wrong, "\n".join(found.figures.wrong)
    assert found.figures.keys() == {one.key for one in figures.every()}
