"""Views that people name: kept from what a list was asked, found again above it, one's own."""

import re
from html import unescape

import pytest
from django.core import signing
from django.db import connection
from django.test import Client

from pulih.lists import saved
from pulih.lists.models import SavedView
from pulih.people.scope import speaking_for
from tests.make.saved_views import saved_view
from tests.people import cast

pytestmark = pytest.mark.django_db
LIST, OTHER = "/proposals/", "/proposals/earlier/rows/"
BESIDE = re.compile(r'hx-get="(/views/of/[^"]+)"')
KEPT = re.compile(r'name="kept" value="([^"]+)"')


@pytest.fixture
def site(client) -> Client:
    client.force_login(cast.planner())
    return client


def page(site: Client, address: str, **headers: str) -> str:
    """Return a page with what it asks for beside its rows, as a browser does."""
    answer = site.get(address, headers=headers)
    assert answer.status_code == 200
    shown = answer.content.decode()
    beside = [site.get(unescape(one)) for one in BESIDE.findall(shown)]
    assert all(one.status_code == 200 for one in beside)
    return shown + "".join(one.content.decode() for one in beside)


def save(site: Client, address: str, name: str):
    (kept,) = KEPT.findall(page(site, address))
    return site.post("/views/new/", {"kept": kept, "name": name})


def views() -> list[SavedView]:
    with speaking_for(cast.planner()):
        return list(SavedView.objects.order_by("pk"))


def test_a_view_is_kept_with_filters_and_order_and_stands_above_its_list(site):
    answer = save(site, f"{LIST}?state=draft&sort=-number&page=x", "  Draf   kita ")
    (view,) = views()
    assert (view.name, view.path, view.asked) == (
        "Draf kita", LIST, {"state": "draft", "sort": "-number"},
    )  # fmt: skip
    assert (answer.status_code, answer["Location"]) == (303, view.address)
    opened = page(site, view.address)
    assert re.search(r'class="chip on"\s+href="[^"]+"\s+aria-current="true">Draf kita<', opened)
    assert not KEPT.search(opened)  # What is kept already is not offered again.
    assert "Draf kita" in page(site, LIST)
    assert "Draf kita" not in page(site, OTHER)


def test_the_rows_alone_bring_the_form_of_what_they_are_asked_now(site):
    """HTMX changes nothing but the rows when a filter is turned."""
    (kept,) = KEPT.findall(page(site, f"{LIST}?state=draft", **{"HX-Request": "true"}))
    assert signing.loads(kept, salt=saved.SALT)[:2] == [LIST, "state=draft"]


@pytest.mark.parametrize("query", ["", "?q=3273010101900001", "?per=2020-06-01", "?state=nothing",
                                   "?sort=nothing", "?page=2"])  # fmt: skip
def test_typed_words_days_and_what_the_list_does_not_obey_are_not_kept(site, query):
    assert not KEPT.search(page(site, f"{LIST}{query}"))


def test_a_day_of_the_page_goes_along_with_the_view(site):
    saved_view(cast.planner(), LIST, state="draft")
    shown = page(site, f"{LIST}?per=2020-06-01")
    assert f'href="{LIST}?state=draft&amp;per=2020-06-01"' in shown


def test_a_view_that_asks_what_its_list_no_longer_has_says_so(site):
    saved_view(cast.planner(), LIST, colour="red", state="draft")
    opened = page(site, f"{LIST}?colour=red&state=draft")
    assert "saringan yang tidak ada lagi di daftar ini: colour" in opened
    assert "tidak ada lagi" not in page(site, LIST)


def test_a_value_that_a_filter_no_longer_takes_is_said_by_the_list(site):
    saved_view(cast.planner(), LIST, state="gone")
    opened = page(site, f"{LIST}?state=gone")
    assert "diabaikan: “gone” tidak sesuai." in opened


@pytest.mark.parametrize("kept", ["", "x", [LIST, "a=b", "x", "x"]], ids=["none", "x", "signed"])
def test_what_no_list_asked_is_refused(site, kept):
    kept = kept if isinstance(kept, str) else signing.dumps(kept, salt="another")
    answer = site.post("/views/new/", {"kept": kept, "name": "Draf"})
    assert answer.status_code == 200
    assert 'class="note bad"' in answer.content.decode()
    assert views() == []


@pytest.mark.parametrize("name", ["", " ", "x" * 61])
def test_a_name_that_is_none_keeps_nothing_and_what_was_asked_stays_in_the_form(site, name):
    answer = save(site, f"{LIST}?state=draft", name)
    assert KEPT.search(answer.content.decode())
    assert views() == []


def test_two_views_of_a_list_have_two_names(site):
    saved_view(cast.planner(), LIST, "Draf", state="sent")
    answer = save(site, f"{LIST}?state=draft", "Draf")
    assert "Anda sudah mempunyai tampilan “Draf”" in answer.content.decode()
    assert [one.asked for one in views()] == [{"state": "sent"}]
    saved_view(cast.planner(), OTHER, "Draf")  # Of another list it is another.


def test_a_list_has_thirty_views_of_a_person_and_no_more(site):
    for number in range(saved.MOST):
        saved_view(cast.planner(), LIST, f"{number}", state="sent")
    answer = save(site, f"{LIST}?state=draft", "Satu lagi")
    assert "sudah menyimpan 30 tampilan" in answer.content.decode()
    assert len(views()) == saved.MOST


def test_a_view_is_renamed_and_removed(site):
    view, other = (saved_view(cast.planner(), LIST, name, state="draft") for name in "ab")
    answer = site.post(f"/views/{view.pk}/name/", {"name": "c"})
    assert (answer.status_code, answer["Location"]) == (303, "/views/")
    refused = site.post(f"/views/{view.pk}/name/", {"name": "b"})
    assert "Pilih nama lain" in refused.content.decode()
    assert [one.name for one in views()] == ["c", "b"]
    site.post(f"/views/{other.pk}/remove/")
    assert [one.name for one in views()] == ["c"]
    assert site.post(f"/views/{other.pk}/remove/").status_code == 404


def test_a_view_is_nobody_elses(site):
    view = saved_view(cast.auditor(), LIST, "Rahasia", state="draft")
    assert "Rahasia" not in page(site, LIST) + page(site, "/views/")
    assert site.post(f"/views/{view.pk}/name/", {"name": "x"}).status_code == 404
    assert site.post(f"/views/{view.pk}/remove/").status_code == 404
    with speaking_for(cast.planner()), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM lists_savedview")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("query", ["", "?list=%00&asked=%00&keys=%00", "?list=/x/&asked==&kept=x"])
def test_who_asks_for_views_of_no_list_gets_none(site, query):
    saved_view(cast.planner(), LIST, "Draf", state="draft")
    assert "Draf" not in page(site, f"/views/of/{query}")


@pytest.mark.parametrize("path", ["/scenarios/", "/of/an/earlier/version/"])
def test_a_list_that_is_no_longer_open_is_named_without_a_link(client, path):
    """A role may change, and a page may move; the view can still be removed."""
    reviewer = cast.person("reviewer")
    saved_view(reviewer, path, "Dulu", state="draft")
    client.force_login(reviewer)
    shown = page(client, "/views/")
    assert "Daftar ini tidak lagi terbuka untuk Anda." in shown
    assert f'href="{path}' not in shown


def test_the_page_of_views_speaks_both_languages(site):
    assert "Anda belum menyimpan tampilan." in page(site, "/views/")
    saved_view(cast.planner(), LIST)
    assert "Daftar" in page(site, "/views/")
    site.cookies["pulih_language"] = "en"
    shown = page(site, "/views/")
    assert "List" in shown
    assert "Remove this view" in shown
