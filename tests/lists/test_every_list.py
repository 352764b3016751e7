"""Every declared list of every room: page, files and API hold the same rows, and none are lost.

A list is found by being declared. Each is asked with filters of its own, page after page of a
third of its rows, in a world that has one of everything.
"""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import openpyxl
import pytest
from django import forms
from django.test import RequestFactory
from django.urls import URLResolver
from django.urls.resolvers import RegexPattern
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ninja import NinjaAPI, Router

import pulih
from pulih.budget.models import BudgetLine
from pulih.config.api_urls import api as real_api
from pulih.lists import pages
from pulih.lists.columns import Place
from pulih.lists.filters import Filter
from pulih.lists.listing import Listing, each
from pulih.lists.programs import serve
from pulih.lists.usual import LARGEST_KEY
from pulih.people.permissions import Permission, holds
from tests.architecture.world import build
from tests.make import inbox, portal
from tests.people import cast

HOUSE = Path(pulih.__file__).parent
# Lists of which the world has no row: what they show comes of steps that it does not take.
EMPTY_IN_THE_WORLD = {
    *("delivery.decisions", "market.unread", "treasury.requests"),
    *("proposals.board", "proposals.earlier", "proposals.earlier_rows"),
    *("registry.identities", "registry.twice"),  # No NIK is odd, no two lists name one firm.
    "budget.standards",  # None are listed for a year as late as today's.
}
# Programs do not ask for these: records of the system, requests of persons, and what an address
# older than declared lists gives.
NOT_FOR_PROGRAMS = {
    *("administration.jobs", "administration.record", "privacy.requests"),
    *(
        "measures.measures",
        "measures.profiles",
        "planning.scenarios",
        "proposals.board",
    ),
}
SENTENCES = {"conditions", "finding", "reason", "text", "why"}
GROWING = {"administration.record"}  # Each file of it is an act that it lists.
PEOPLE = (cast.planner, cast.provincial_officer, cast.administrator, portal.steward)


def name_of(listing: Listing) -> str:
    return f"{listing.room}.{listing.key}"


def every() -> Iterator[Listing]:
    """Every list that a module of a room declares."""
    for path in sorted(HOUSE.glob("*/**/*.py")):
        if "Listing(" in path.read_text() and "lists" not in path.relative_to(HOUSE).parts:
            module = import_module(".".join(path.relative_to(HOUSE.parent).with_suffix("").parts))
            yield from (one for one in vars(module).values() if isinstance(one, Listing))


LISTS = {name_of(one): one for one in every()}
WORDED_ELSEWHERE = {
    *(("inbox.problems", "rule"), ("inbox.problems", "column")),  # By their page, from the file.
    ("registry.twice", "lists"),  # Numbers, and its label says of what.
}


def test_a_chip_never_shows_a_code_in_place_of_its_words() -> None:
    """A filter whose value is a code, and which nobody types, says what the code stands for."""
    bare = {
        (name, one.key)
        for name, listing in LISTS.items()
        for one in listing.filters
        if type(one.make_field()) in (forms.CharField, forms.SlugField)
        if not one.is_typed and one.shown is str
    }
    assert bare == WORDED_ELSEWHERE


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_filter_by_the_key_of_an_object_names_it(name: str) -> None:
    """A chip and a file's note say `Class: Batik`, never `Class: 7`."""
    by_key = [
        one.key
        for one in LISTS[name].filters
        if getattr(one.make_field(), "max_value", None) == LARGEST_KEY and one.shown is str
    ]
    assert by_key == []


@pytest.mark.parametrize("name", sorted(LISTS.keys() - {"delivery.marks"}))  # Its are one word.
def test_sentences_take_the_whole_width_of_a_phone(name: str) -> None:
    """In half of one, a reason of two lines becomes a column of ten."""
    squeezed = [
        one.key
        for one in LISTS[name].columns_on(Place.PAGE)
        if one.key in SENTENCES and not one.hide and not one.link and "full" not in one.look.split()
    ]
    assert squeezed == []


def one_of(values: list[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(values) if values else st.nothing()


def values_of(one: Filter, keys: list[int]) -> st.SearchStrategy[str]:
    """Values that a filter takes, those of the world's objects among them."""
    match one.make_field():
        case forms.ChoiceField() as field:
            return one_of([str(key) for key, _words in field.choices if key != ""])
        case forms.BooleanField():
            return st.just("on")
        case forms.IntegerField() as field:
            # Keys grow with each test before this one; a share of a hundred does not.
            least = field.min_value or 0
            most = keys[-1] if field.max_value is None else field.max_value
            return st.sampled_from([str(min(max(key, least), most)) for key in keys])
        case forms.DateField():
            return st.sampled_from(["2020-04-01", "2030-01-01"])
        case forms.RegexField():  # An object of a kind, as links name it.
            return st.sampled_from([f"people.user-{key}" for key in keys])
        case _:
            return st.sampled_from(["a", "ma", "zzz", "-"])


def queries(listing: Listing, keys: list[int]) -> st.SearchStrategy[dict[str, str]]:
    sorts = [column.key for column in listing.columns if column.order]
    asked = {one.key: values_of(one, keys) for one in listing.filters}
    asked = {key: values for key, values in asked.items() if not values.is_empty}
    if sorts:
        asked["sort"] = st.sampled_from([*sorts, *(f"-{key}" for key in sorts)])
    two = (
        st.lists(st.sampled_from(sorted(asked)), max_size=2, unique=True) if asked else st.just([])
    )
    return two.flatmap(lambda names: st.fixed_dictionaries({n: asked[n] for n in names}))


def request(query, person):
    made = RequestFactory().get("/", query)
    made.user, made.LANGUAGE_CODE = person, "id"
    return made


def page_rows(listing, query, person, size):
    """Walk all pages; return the rows, and the totals of the last page."""
    small, rows, cursor = replace(listing, size=size), [], ""
    while cursor is not None:
        asked = request({**query, "page": cursor}, person)
        shown = pages.show(asked, small, pages.ask(asked, small))
        assert not shown.faults, (query, shown.faults)
        rows += [row for row, _cells in shown.lines]
        cursor = shown.page.next
    return rows, {column.key: total for column, total in shown.sums if total is not None}


def file_rows(listing, query, person, kind):
    answer = pages.answer(request({**query, "format": kind}, person), listing)
    content = b"".join(answer.streaming_content)
    if kind == "csv":
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        lines = [[str(cell or "") for cell in line] for line in sheet.iter_rows(values_only=True)]
    # Four lines of notes, in a workbook an empty one, and the heads; below, the count.
    return lines[5 if kind == "csv" else 6 : -1]


def third_of(listing, query, person) -> int:
    """How many rows a page has so that there are three or four."""
    rows = listing.rows(pages.ask(request(query, person), listing))
    return sum(1 for _row in each(rows)) // 3 + 1


def api_rows(api, listing, query, person, size):
    found = URLResolver(RegexPattern(r"^"), api.urls[0]).resolve(f"{listing.room}/{listing.key}")
    rows, cursor = [], ""
    while cursor is not None:
        answer = found.func(request({**query, "page": cursor, "size": size}, person))
        assert answer.status_code == 200, answer.content
        told = json.loads(answer.content)
        rows += told["rows"]
        cursor = told["next"]
    assert told["total"] == len(rows)
    return rows, told["sums"]


def as_written(value) -> str:
    """A value as CSV has it."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) and not is_number(value) else text


def is_number(value) -> bool:
    return hasattr(value, "as_integer_ratio")


def check(api, listing, query, person) -> int:
    size = third_of(listing, query, person)
    rows, totals = page_rows(listing, query, person, size)
    if not holds(person, Permission.EXPORT) or name_of(listing) in GROWING:
        return len(rows)
    columns = listing.columns_on(Place.FILE)
    from_csv = file_rows(listing, query, person, "csv")
    texts = [column for column in columns if column.kind in ("text", "code")]
    for column in texts:
        at = columns.index(column)
        own = [as_written(column.value(row)) for row in rows]
        assert own == [line[at] for line in from_csv], (name_of(listing), query, column.key)
    assert len(file_rows(listing, query, person, "xlsx")) == len(rows) == len(from_csv)
    if name_of(listing) in NOT_FOR_PROGRAMS:
        return len(rows)
    from_api, sums = api_rows(api, listing, query, person, size)
    assert len(from_api) == len(rows), (name_of(listing), query)
    for column in listing.columns_on(Place.API):
        if column.kind == "whole" and not column.typed:
            own = [column.value(row) for row in rows]
            assert own == [row[column.key] for row in from_api], (name_of(listing), column.key)
    for column in listing.columns:
        if column.sums:
            added = sum(column.value(row) or 0 for row in rows)
            assert added == sums[column.key] == totals.get(column.key, added), column.key
    return len(rows)


@pytest.fixture(scope="module")
def api():
    router = Router()
    for name in LISTS.keys() - NOT_FOR_PROGRAMS:
        listing = LISTS[name]
        serve(router, f"/{listing.room}/{listing.key}", listing)
    api = NinjaAPI(urls_namespace="every-list", docs_url=None)
    api.add_router("", router)
    return api


QUICK = settings(
    max_examples=3,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def check_with_filters(api, listing, keys, person) -> int:
    """Check a list with filters and without; return the number of rows that it has without."""

    @QUICK
    @given(query=queries(listing, keys))
    def agree(query):
        check(api, listing, query, person)

    agree()
    return check(api, listing, {}, person)


@pytest.mark.django_db
def test_page_files_and_api_of_every_list_hold_the_same_rows(api):
    keys = sorted({key for key in build().keys.values() if isinstance(key, int)})
    inbox.read(inbox.firm("UD Maju", nik="3,2121E+15"))  # A file with a problem.
    BudgetLine.objects.update(detail="Honor narasumber Ahmad Fauzi")  # Kept from the public.
    people = [make() for make in PEOPLE]
    found = {}
    for name, listing in LISTS.items():
        may = listing.permission
        person = next(each for each in people if may is None or holds(each, may))
        found[name] = check_with_filters(api, listing, keys, person)
    empty = {name for name, rows in found.items() if not rows}
    assert empty == EMPTY_IN_THE_WORLD


def test_programs_can_ask_for_every_list():
    schemas = set(real_api.get_openapi_schema()["components"]["schemas"])
    served = {
        name
        for name, one in LISTS.items()
        for schema in [f"{one.room}_{one.key}".title().replace("_", "")]
        if {f"{schema}List", f"{schema}Bare"} & schemas
    }
    assert LISTS.keys() - served == NOT_FOR_PROGRAMS
