"""A list of six columns with three filters costs one short declaration: page, files and API."""

import csv
import io
import json

import openpyxl
import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import URLResolver
from django.urls.resolvers import RegexPattern
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ninja import NinjaAPI, Router

from pulih.areas.models import Area
from pulih.audit.models import Event
from pulih.lists import pages
from pulih.lists.columns import NOT_ON_PAGE, Column, Kind
from pulih.lists.filters import Filter
from pulih.lists.listing import Listing
from pulih.lists.programs import serve
from pulih.lists.usual import choices, flag, number, words
from pulih.people.models import Role
from tests.examples import examples
from tests.people import cast

pytestmark = pytest.mark.django_db

LEVELS = [("province", "Province"), ("regency", "Regency")]
# The declaration: from here …
AREAS = Listing(
    room="areas",
    key="areas",
    title="Areas",
    file_name="wilayah",
    permission=None,
    source=lambda asked: Area.objects.all(),
    columns=(
        Column("id", "Id", lambda area: area.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column("name", "Name", lambda area: area.name, order="name"),
        Column("level", "Level", lambda area: area.level),
        Column("valid_from", "From", lambda area: area.valid_from, Kind.DAY, order="valid_from"),
        Column("is_city", "City", lambda area: area.name.startswith("Kota "), Kind.YES_NO),
        Column("weight", "Weight", lambda area: area.pk, Kind.RUPIAH, order="id", sums=True),
    ),
    filters=(
        choices("level", "Level", LEVELS, lambda rows, value: rows.filter(level=value)),
        flag("city", "Cities", lambda rows, _on: rows.filter(name__startswith="Kota ")),
        words(["name"]),
        Filter("least", "Least id", number(1, 10_000), lambda rows, n: rows.filter(pk__gte=n)),
    ),
    order=("sort_key", "pk"),
)
# … to here: 25 lines, and one for each address.


def request(query, person=None):
    made = RequestFactory().get("/areas/", query)
    made.user = person or cast.planner()
    made.LANGUAGE_CODE = "en"
    return made


def csv_rows(query):
    answer = pages.answer(request({**query, "format": "csv"}), AREAS)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    start = next(i for i, line in enumerate(lines) if line[:2] == ["Id", "Name"])
    return [line[1] for line in lines[start + 1 : -1]], lines[-1][0], lines[start + 1 : -1]


def xlsx_rows(query):
    answer = pages.answer(request({**query, "format": "xlsx"}), AREAS)
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    lines = list(sheet.iter_rows(values_only=True))
    start = next(i for i, line in enumerate(lines) if line[:2] == ("Id", "Name"))
    return [line[1] for line in lines[start + 1 : -1]]


def page_rows(query):
    """Walk all pages by their cursors."""
    names, cursor = [], ""
    while cursor is not None:
        asked = request({**query, "page": cursor})
        shown = pages.show(asked, AREAS, pages.ask(asked, AREAS))
        names += [row.name for row, _cells in shown.lines]
        cursor = shown.page.next
    return names, shown


@pytest.fixture(scope="module")
def api():
    router = Router()
    serve(router, "/areas", AREAS)
    api = NinjaAPI(urls_namespace="new-list", docs_url=None)
    api.add_router("", router)
    return api


def api_rows(api, query):
    addresses = URLResolver(RegexPattern(r"^"), api.urls[0])
    found = addresses.resolve("areas")
    rows, cursor = [], ""
    while cursor is not None:
        answer = found.func(request({**query, "page": cursor, "size": 70}))
        assert answer.status_code == 200, answer.content
        told = json.loads(answer.content)
        rows += told["rows"]
        cursor = told["next"]
    return rows, told


filters = st.fixed_dictionaries(
    {},
    optional={
        "level": st.sampled_from(["province", "regency"]),
        "city": st.just("on"),
        "q": st.sampled_from(["ja", "Kota", "kep ri", "zzz", "a"]),
        "least": st.integers(1, 600).map(str),
        "sort": st.sampled_from(["name", "-name", "valid_from", "-weight"]),
    },
)


@settings(max_examples=examples(12), deadline=None, suppress_health_check=list(HealthCheck))
@given(query=filters)
def test_page_files_and_api_hold_the_same_rows_and_the_total_is_their_sum(api, query):
    names, shown = page_rows(query)
    from_csv, count, lines = csv_rows(query)
    from_api, told = api_rows(api, query)
    assert names == from_csv == [row["name"] for row in from_api] == xlsx_rows(query)
    assert count.endswith(f" {len(names):,}".replace(",", "."))
    total = {column.key: value for column, value in shown.sums}["weight"]
    assert total == told["sums"]["weight"] == sum(int(line[5]) for line in lines)
    assert told["total"] == len(names)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"level": "village"}, "Level"),
        ({"least": "0"}, "Least id"),
        ({"least": "9" * 300}, "200"),
        ({"least": "x"}, "Least id"),
        ({"q": "a" * 10_000}, "200"),
        ({"q": "a\0b"}, "“ab”"),
        ({"sort": "password"}, "password"),
    ],
)
def test_what_an_address_cannot_ask_is_one_sentence_everywhere(api, query, sentence):
    asked = request(query)
    shown = pages.show(asked, AREAS, pages.ask(asked, AREAS))
    assert len(shown.faults) == 1
    assert sentence in shown.faults[0]
    assert shown.page.total == Area.objects.count()


def test_an_endless_page_shows_the_first():
    for cursor in ("x" * 10_000, "W10", "-1", "9" * 50):
        asked = request({"page": cursor})
        assert pages.show(asked, AREAS, pages.ask(asked, AREAS)).page.first == 1


def test_a_file_with_an_unread_filter_is_refused_and_nothing_is_recorded():
    before = Event.objects.count()
    with pytest.raises(BadRequest, match="Level"):
        pages.answer(request({"level": "village", "format": "csv"}), AREAS)
    assert Event.objects.count() == before


def test_an_export_is_recorded_by_its_room_without_typed_words():
    pages.answer(request({"q": "Budi", "level": "regency", "format": "csv"}), AREAS)
    event = Event.objects.latest("pk")
    assert (event.verb, event.detail["what"]) == ("areas.export", "areas")
    assert event.detail["asked"] == {"level": "regency", "q": "…"}


def test_a_role_without_the_right_gets_no_file():
    with pytest.raises(PermissionDenied):
        pages.answer(request({"format": "csv"}, cast.person(Role.STEWARD)), AREAS)


def test_a_list_inside_another_page_says_what_it_leaves_out():
    asks = request({"per": "2020-05-01"})
    shown = pages.part(asks, AREAS, "/areas/", size=3, level="province")
    every = Area.objects.filter(level="province").count()
    with translation.override("en"):
        drawn = render_to_string("lists/_table.html", {"list": shown, "request": asks})
    assert f"Only the first 3 of {every} rows stand here." in drawn
    assert "/areas/?per=2020-05-01&amp;level=province" in drawn
    assert pages.part(asks, AREAS, "/areas/", size=every, level="province").left_out == 0


def test_only_a_short_number_stays_in_one_line():
    number = Column("number", "BAST", lambda text: text, Kind.CODE)
    looks = [
        pages.Cell(number, text, "").looks for text in ("BAST-13/HAZMAT/2020", "S-1 a", "9" * 25)
    ]
    assert looks == ["nw", "", ""]
