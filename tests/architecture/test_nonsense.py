"""Nonsense in every parameter of every address and every field of every form: never our fault.

What a view reads is learned by watching it read, so that a new parameter is tried by itself. The
same pages are asked for what columns keep of a number of a person that is typed among words.
"""

import json
import os
import re
import time
import zlib
from collections import Counter
from contextlib import contextmanager
from html.parser import HTMLParser
from itertools import product

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from pulih.config.api_urls import api
from pulih.people.scope import speaking_as_system
from pulih.web import versions
from pulih.workflow import sending
from tests.architecture.test_access import rows
from tests.architecture.test_form_keys import FORM
from tests.architecture.test_identity_numbers import columns_with
from tests.architecture.watched import watched
from tests.architecture.world import build
from tests.people import cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,  # Some thousand requests: every parameter with every kind of nonsense.
]
NONSENSE = (
    "9" * 40,
    "9" * 5_000,  # More than Python reads into a number.
    "-1",
    "9223372036854775808",
    "0001-01-01",
    "9999-12-31",
    "2020-02-31",
    "NaN",
    "1e400",
    "x" * 10_240,
    "👩🏽\u200d🏭 \u202e",
    "a\0b",
    "%s' OR 1=1 --",
    "²",
    "٣",
)
NIK = "3212154505790088"
TYPED = f"Catatan {NIK} lama"
SLOWEST_SECONDS = 10
EACH = 1  # Kinds of nonsense that one parameter gets; all with PULIH_ALL_NONSENSE=1.
AROUND = (sending.FIELD, versions.FIELD)
SHARED, EVERY = 12, 3  # What so many pages read is read by shared code: every third page will do.


def nonsense_for(*where):
    """Some of the kinds for each place, others for the next, so that all are tried everywhere."""
    if os.environ.get("PULIH_ALL_NONSENSE"):
        return NONSENSE
    start = zlib.crc32(repr(where).encode()) % len(NONSENSE)
    return [NONSENSE[(start + 5 * step) % len(NONSENSE)] for step in range(EACH)]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Build one world for all, in a transaction that the module forgets."""
    with django_db_blocker.unblock(), transaction.atomic():
        with speaking_as_system():
            made = build()
        yield made
        transaction.set_rollback(True)


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def addresses(method, world):
    for row in rows():
        if row.method == method and "o" in row.expected:
            yield row.name, reverse(row.name, args=[world.keys[word] for word in row.words])


def visitor(person):
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def answer(client, method, address, values):
    """Return a sentence when the answer is our fault or takes too long, else nothing."""
    begun = time.perf_counter()
    with undone():
        response = getattr(client, method)(address, values)
        if response.streaming:
            b"".join(response.streaming_content)
    seconds = time.perf_counter() - begun
    if response.status_code >= 500 or seconds > SLOWEST_SECONDS:
        shown = {name: value[:40] for name, value in values.items()}
        return f"{method} {address} {shown}: {response.status_code} in {seconds:.1f} s"
    return ""


def read(client, address):
    """Return the names that an address reads, and its page; nothing for a file or a refusal."""
    with undone(), watched() as names:
        response = client.get(address)
        page = b"".join(response.streaming_content) if response.streaming else response.content
    is_page = response.status_code == 200 and not response.streaming
    return names - {"csrfmiddlewaretoken"}, page.decode(errors="replace") if is_page else ""


@pytest.fixture(scope="module")
def kept():
    return []


@pytest.fixture
def pages(world, kept):
    """Every address as a planner gets it, asked once: name, address, names that it reads, page."""
    if not kept:
        client = visitor(cast.planner())
        kept += [(*one, *read(client, one[1])) for one in addresses("GET", world)]
    return kept


@pytest.fixture(scope="module")
def kept_of_officer():
    return {}


@pytest.fixture
def of_officer(world, kept_of_officer):
    """Every address as a provincial officer gets it, asked once: the page by its address."""
    if not kept_of_officer:
        client = visitor(cast.provincial_officer())
        for _name, address in addresses("GET", world):
            kept_of_officer[address] = read(client, address)[1]
    return kept_of_officer


def is_tried(page, name, readers):
    """Say whether a page is asked with nonsense in a name that so many pages read."""
    chosen = zlib.crc32(f"{page} {name}".encode()) % EVERY == 0
    return chosen or readers < SHARED or bool(os.environ.get("PULIH_ALL_NONSENSE"))


def test_no_parameter_of_a_page_takes_nonsense_for_an_answer(pages):
    faults = []
    client = visitor(cast.planner())
    readers = Counter(name for _page, _address, names, _text in pages for name in names)
    for page, address, names, _text in pages:
        for name in sorted(one for one in names if is_tried(page, one, readers[one])):
            for text in nonsense_for(page, name):
                faults.append(answer(client, "get", address, {name: text}))
    assert not list(filter(None, faults)), "\n".join(filter(None, faults))


def test_no_parameter_of_the_api_takes_nonsense_for_an_answer(world):
    faults = []
    client = visitor(cast.planner())
    for path, methods in api.get_openapi_schema()["paths"].items():
        for parameter in methods.get("get", {}).get("parameters", ()):
            known = re.sub(r"\{[^}]*\}", "1", path)
            for text in nonsense_for(path, parameter["name"]):
                if parameter["in"] == "query":
                    faults.append(answer(client, "get", known, {parameter["name"]: text}))
                elif "\0" not in text:
                    address = path.replace(f"{{{parameter['name']}}}", text[:200])
                    address = re.sub(r"\{[^}]*\}", "1", address)
                    faults.append(answer(client, "get", address, {}))
    assert world.keys
    assert not list(filter(None, faults)), "\n".join(filter(None, faults))


class FormsOf(HTMLParser):
    """The forms of a page that are sent by POST: address, and a usual value of every field."""

    USUAL = {"date": "2020-06-15", "number": "1", "month": "2020-06", "email": "a@b.invalid"}

    def __init__(self, page):
        super().__init__()
        self.forms, self.select = [], None
        self.inside = False
        self.feed("".join(FORM.findall(page)))  # To read the rest would take most of the time.

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag == "form":
            self.inside = named.get("method") == "post"
            if self.inside:
                self.forms.append((named.get("action") or "", {}))
        elif self.inside and tag in ("input", "textarea", "select") and named.get("name"):
            self.keep(tag, named)
        elif self.inside and tag == "option" and self.select and named.get("value"):
            fields = self.forms[-1][1]
            fields[self.select] = fields[self.select] or named["value"]

    def keep(self, tag, named):
        kind = named.get("type", "text")
        if kind == "file":
            return
        self.select = named["name"] if tag == "select" else None
        usual = "" if tag == "select" else self.USUAL.get(kind, "1")
        self.forms[-1][1][named["name"]] = named.get("value") or usual

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = None


def alike(name):
    """Return a name without the number of its row: a grid reads every row in one way."""
    return re.sub(r"\d+", "N", name)


def tried(target, fields):
    """Return one field of each name that a form has, whatever its row.

    The key and the version of a form are read around all views: every third form will do.
    """
    names = sorted(fields.keys() - {"csrfmiddlewaretoken"})
    if os.environ.get("PULIH_ALL_NONSENSE"):
        return names
    return [
        name
        for name in {alike(name): name for name in names}.values()
        if is_tried(alike(target), name, SHARED if name.endswith(AROUND) else 1)
    ]


TYPED_IN = re.compile(r"""<(?:input|textarea)\b(?:[^<>"']|"[^"]*"|'[^']*')*>""")


class WordsOf(HTMLParser):
    """The fields of a page in which words are typed."""

    def __init__(self, page):
        super().__init__()
        self.names = set()
        self.feed("".join(TYPED_IN.findall(page)))  # The rest would take most of the time.

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        is_words = tag == "textarea" or (tag == "input" and named.get("type", "text") == "text")
        if is_words and named.get("inputmode") not in ("numeric", "decimal"):
            self.names.add(named.get("name"))


def test_no_field_of_a_form_takes_nonsense_for_an_answer(pages, of_officer):
    faults, seen = [], set()
    planner, officer = (visitor(make()) for make in (cast.planner, cast.provincial_officer))
    for _name, address, _names, page in pages:
        for client, text in ((planner, page), (officer, of_officer[address])):
            for action, fields in FormsOf(text).forms:
                target = action or address
                key = (alike(target), tuple(sorted({alike(name) for name in fields})))
                if key in seen or "/accounts/" in target:
                    continue
                seen.add(key)
                for name in tried(target, fields):
                    faults += [
                        answer(client, "post", target, {**fields, name: text})
                        for text in nonsense_for(key, name)
                    ]
    assert len(seen) > 50
    assert not list(filter(None, faults)), "\n".join(filter(None, faults))


def test_no_column_keeps_a_number_of_a_person_that_is_typed_among_words(pages, of_officer):
    """Each form of each page gets one, until it takes it."""
    sent, taken = 0, set()
    planner, officer = (visitor(make()) for make in (cast.planner, cast.provincial_officer))

    def wanted(address, page):
        words = WordsOf(page).names
        for action, fields in FormsOf(page).forms:
            target = action or address
            kind = re.sub(r"\d+", "N", target), *sorted(fields)
            if kind not in taken and "/accounts/" not in target and words & fields.keys():
                yield kind, target, {**fields, **dict.fromkeys(words & fields.keys(), TYPED)}

    for _name, address, _names, page in pages:
        for client, kept_page in ((planner, page), (officer, of_officer[address])):
            is_fresh = client is planner or not any(wanted(address, kept_page))
            # What was sent before may have changed the page.
            text = kept_page if is_fresh else read(officer, address)[1]
            for kind, target, fields in wanted(address, text):
                sent += 1
                with transaction.atomic():
                    answer = client.post(target, {**fields, "form_key": f"{sent}"})
                taken |= {kind} if answer.status_code in (302, 303) else set()
    assert len(taken) > 30, sent
    assert columns_with(NIK) == []


WRONG = ("x", -1, None)  # What a program sends in every field of a body; None: no field at all.


def posts():
    """Every address of the API that takes a body, and the names of the body's fields."""
    schema = api.get_openapi_schema()
    for path, methods in schema["paths"].items():
        bodies = methods.get("post", {}).get("requestBody", {}).get("content", {})
        if "application/json" in bodies:
            reference = bodies["application/json"]["schema"]["$ref"].rpartition("/")[2]
            yield path, sorted(schema["components"]["schemas"][reference].get("properties", ()))


def told(client, addresses, body, language):
    """Return the first answer that is about a row which is there.

    addresses: one for each known key; that of such a row comes first from then on.
    """
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for address in addresses:
        with undone():
            response = client.post(address, body, content_type="application/json")
        if response.status_code != 404:
            addresses.remove(address)
            addresses.insert(0, address)
            break
    return response


def test_what_a_program_sends_wrong_is_told_in_its_language(world):
    faults, met = [], Counter()
    values = sorted({str(value) for value in world.keys.values()})
    clients = [visitor(make()) for make in (cast.planner, cast.provincial_officer)]
    for path, fields in posts():
        bodies = ["[", *(json.dumps({name: wrong for name in fields if wrong}) for wrong in WRONG)]
        addresses = list(dict.fromkeys(re.sub(r"\{[^}]*\}", one, path) for one in values))
        for client, body in product(clients, bodies):
            first, second = (told(client, addresses, body, one) for one in ("id", "en"))
            if first.status_code not in (400, 403, 409, 422):
                continue
            met[first.status_code] += 1
            word = "refused" if first.status_code == 409 else "detail"
            one, other = first.json()[word], second.json()[word]
            if not isinstance(one, str) or one.startswith("{") or one == other:
                faults.append(f"{path} {body}: {one}")
    assert not faults, "\n".join(faults)
    assert met[403] > 20
    assert met[422] > 50
