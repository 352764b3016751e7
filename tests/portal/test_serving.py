"""The published folder is served before sessions and database, the same to everybody."""

import asyncio
import json
import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pyarrow
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from pulih.config.rooms import ROOMS, prefix_of
from pulih.portal import actions, site
from pulih.portal.pages.writing import write_around
from pulih.portal.remembered import FrontDoor, Memory, Remembering
from pulih.portal.serving import type_of
from tests.people import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(shown, settings):
    settings.PUBLIC_FOLDER = shown.folder
    return shown.release


def test_a_page_is_the_same_bytes_for_everybody_without_cookie_or_sql(
    release, client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        answer = client.get("/places/32/")
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer["Vary"] == "Accept-Encoding"
    assert answer["Cache-Control"] == "public, max-age=300"
    client.force_login(cast.planner())
    assert client.get("/places/32/").content == answer.content
    assert 'lang="en"' in client.get("/en/places/32/").content.decode()


def test_no_public_page_lies_over_the_pages_of_a_room(shown):
    rooms = {prefix_of(f"pulih.{room}").partition("/")[0] for room in ROOMS} - {""}
    pages = [one for one in shown.folder.rglob("index.html") if one.parent.name == "asked"]
    public = {one.name for one in min(pages).parents[1].iterdir()}
    assert "money" in public
    assert not rooms & public


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_stranger_who_asks_for_proposals_is_led_to_what_is_published(release, client, language):
    answer = client.get(f"{language}/proposals/")
    assert answer.status_code == 302
    assert answer["Location"] == f"{language}/asked/"
    assert client.get(answer["Location"]).status_code == 200
    assert not answer.cookies


def test_whoever_signed_in_or_filters_is_led_to_the_room_of_proposals(release, client):
    assert "/accounts/login/" in client.get("/proposals/?state=approved")["Location"]
    client.force_login(cast.planner())
    assert client.get("/proposals/").status_code == 200
    assert client.get("/en/proposals/")["Location"] == "/en/asked/"  # No room has that address.


def test_who_has_it_already_is_told_so(release, client):
    address = f"/data/r/{release.number}/cells.csv"
    answer = client.get(address)
    assert "immutable" in answer["Cache-Control"]
    assert answer["ETag"].startswith('"')  # A strong one.
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    pressed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert pressed["Content-Encoding"] == "gzip"
    assert pressed["ETag"] != answer["ETag"]
    assert len(pressed.content) < len(answer.content)
    assert client.head("/").status_code == 200


def test_a_first_visit_is_light_and_loads_nothing_from_elsewhere(release, client):
    page = client.get("/").content.decode()
    taken = {"/", "/assets/letters.woff2", *re.findall(r'(?:href|src)="(/assets/[^"]+)"', page)}
    assert len(taken) == 6
    for encoding in ("gzip", "gzip, deflate, br"):
        answers = [client.get(path, headers={"Accept-Encoding": encoding}) for path in taken]
        assert sum(len(one.content) for one in answers if one.status_code == 200) < 150_000
    assert "http" not in client.get("/assets/public.css").content.decode()


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("br ; q=0.0, gzip", "gzip"),
        ("Br, GZIP;Q=0.5", "br"),
        ("brotli", None),
        ("", None),
    ],
)
def test_what_is_sent_is_pressed_as_the_visitor_takes_it(release, client, accepted, encoding):
    plain = client.get("/money/")
    answer = client.get("/money/", headers={"Accept-Encoding": accepted})
    assert answer.get("Content-Encoding") == encoding
    assert (answer["ETag"] == plain["ETag"]) is (encoding is None)
    if encoding == "br":
        codec = pyarrow.Codec("brotli")
        content = codec.decompress(answer.content, len(plain.content), asbytes=True)
        assert content == plain.content


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/places/32", 301),
        ("/places/99/", 404),
        ("/places/../secrets.toml", 404),
        ("/data/r/2020-06-15.9/cells.csv", 404),
        ("/%00", 404),
        ("/index.json", 404),
    ],
)
def test_nonsense_in_an_address_finds_nothing(release, client, address, status):
    assert client.get(address).status_code == status


@pytest.mark.parametrize(
    ("address", "words", "leads_to"),
    [
        ("/places/99/", "Halaman ini tidak ada", "/places/"),
        ("/en/figures/nope/", "There is no such page", "/en/places/"),
        ("/data/r/2020-06-15.9/<script>.csv", "Halaman ini tidak ada", "/releases/"),
    ],
)
def test_a_public_page_that_is_not_there_says_so_without_cookie_or_sql(
    release, client, django_assert_num_queries, address, words, leads_to
):
    with django_assert_num_queries(0):
        answer = client.get(address)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert words in page
    assert f'href="{leads_to}"' in page
    assert "script" not in page
    assert not answer.cookies
    assert client.get("/sources/").status_code == 200  # Pages of rooms are asked as before.


def test_before_any_release_the_first_page_says_so_and_where_to_sign_in(client, settings, tmp_path):
    settings.PUBLIC_FOLDER = tmp_path / "none"
    answer = client.get("/")
    assert "Belum ada rilis yang terbit" in answer.content.decode()
    assert 'href="/desk/"' in answer.content.decode()
    assert not answer.cookies
    assert "No release is published" in client.get("/en/").content.decode()
    assert b"--nila-600" in client.get("/assets/public.css").content
    assert client.get("/data/latest/cells.csv").status_code == 404


def test_the_api_gives_the_same_cells_page_by_page(release, client, django_assert_num_queries):
    address = "/api/open/v1/cells?measure=proposals_asked&limit=10"
    found: list[str] = []
    with django_assert_num_queries(0):
        following = ""
        while True:
            answer = client.get(address + following)
            page = json.loads(answer.content)
            found += [one["cell"] for one in page["cells"]]
            if page["next_after"] is None:
                break
            assert 'rel="next"' in answer["Link"]
            following = f"&after={page['next_after']}"
    assert len(found) == len(set(found)) == 35
    assert found == sorted(found)
    assert not answer.cookies
    assert answer["Access-Control-Allow-Origin"] == "*"
    again = client.get(address + following, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    table = client.get("/api/open/v1/cells?area=ID&dimension=all&format=csv")
    assert table.content.decode().splitlines()[0].startswith("cell,measure,period,area")


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("limit=0", 422, "limit must be"),
        ("limit=9999999", 422, "limit must be"),
        ("limit=٣", 422, "limit must be"),
        ("format=xml", 422, "json or csv"),
        ("firm=3", 422, "Unknown parameter firm"),
        ("area=%00", 422, "null character"),
        ("release=2019-01-01.1", 404, "no release"),
        ("release=../../etc", 404, "no release"),
        ("measure=nope", 404, "no cell with the measure nope"),
        ("measure=proposals_asked&area=99", 404, "no cell with the area 99"),
        ("marker=c", 404, "no cell with the marker c"),
    ],
)
def test_a_wrong_question_is_answered_by_one_sentence(release, client, query, status, words):
    answer = client.get(f"/api/open/v1/cells?{query}")
    assert answer.status_code == status
    assert words in answer.json()["error"]


def test_the_api_ends_too_many_questions_of_one_address(release, client, monkeypatch):
    monkeypatch.setattr("pulih.portal.open_api.AN_ADDRESS", 2)
    asked = [
        client.get("/api/open/v1/cells?limit=1", REMOTE_ADDR="203.0.113.77").status_code
        for _ in range(4)
    ]
    assert asked[:1] == [200]
    assert asked[-1] == 429
    assert client.get("/api/open/v1/cells?limit=1", REMOTE_ADDR="203.0.113.78").status_code == 200


def test_the_description_of_the_api_names_what_it_takes(client):
    described = client.get("/api/open/v1/openapi.json").json()
    parameters = described["paths"]["/api/open/v1/cells"]["get"]["parameters"]
    names = {one["name"] for one in parameters}
    assert {"measure", "area", "after", "limit", "format"} <= names
    # What is refused whatever else is asked is described, so that programs do not ask it.
    patterns = {one["schema"].get("pattern") for one in parameters if one["name"] == "area"}
    assert patterns == {r"^[^\u0000]*$"}


def test_search_engines_are_told_every_page_by_its_whole_address(settings, tmp_path):
    settings.SITE_ADDRESS = "https://pulih.example"
    write_around(tmp_path, ["", "places/32/"])
    robots = (tmp_path / "robots.txt").read_text()
    assert robots.startswith("User-agent: *\nDisallow: /desk/\nDisallow: /accounts/\n")
    assert "Sitemap: https://pulih.example/sitemap.xml\n" in robots
    root = ElementTree.fromstring((tmp_path / "sitemap.xml").read_text())
    assert [one.text for one in root.iter() if one.tag.endswith("loc")] == [
        f"https://pulih.example/{path}" for path in ("", "en/", "places/32/", "en/places/32/")
    ]
    settings.SITE_ADDRESS, other = "", tmp_path / "unknown"
    other.mkdir()
    write_around(other, [""])
    assert "Sitemap" not in (other / "robots.txt").read_text()
    assert not (other / "sitemap.xml").exists()


def test_who_finds_a_hole_is_told_where_to_write_to(settings, tmp_path):
    write_around(tmp_path, [])
    assert not (tmp_path / ".well-known").exists()
    settings.SECURITY_CONTACT = "mailto:keamanan@pulih.example"
    write_around(tmp_path, [])
    text = (tmp_path / ".well-known" / "security.txt").read_text()
    told = dict(line.split(": ", 1) for line in text.splitlines())
    assert told["Contact"] == "mailto:keamanan@pulih.example"
    assert datetime.fromisoformat(told["Expires"]) > datetime.now(UTC)
    assert type_of("/.well-known/security.txt") == "text/plain; charset=utf-8"


def test_every_page_names_itself_in_the_other_language(release):
    root = site.current() / "site"
    every = sorted(path.parent.relative_to(root) for path in root.rglob("index.html"))
    # The list of a release's files is one page in both.
    pages = [page for page in every if not page.as_posix().startswith(("data/r/", "data/latest"))]
    assert len(pages) > 20
    for page in pages:
        text = (root / page / "index.html").read_text()
        own = re.findall(r'<link rel="alternate" hreflang="(..)" href="([^"]+)"', text)
        path = page.as_posix().removeprefix("en").strip("/.")
        ending = f"{path}/" if path else ""
        assert dict(own) == {"id": f"/{ending}", "en": f"/en/{ending}"}
        assert all(
            (root / address.strip("/") / "index.html").exists() for _language, address in own
        )
        assert re.search(r'<html lang="(..)"', text)[1] == own[0][0]


@pytest.mark.parametrize("kind", ["*.html", "*.csv", "*.json", "*.css", "*.txt", "*.woff2"])
def test_every_kind_of_file_has_a_strong_tag_and_no_cookie(release, client, kind):
    root = site.current() / "site"
    file = min(root.rglob(kind))
    address = "/" + file.relative_to(root).as_posix().removesuffix("index.html")
    answer = client.get(address)
    assert answer.status_code == 200
    assert re.fullmatch(r'"[0-9a-f]{32}"', answer["ETag"])
    assert answer["Cache-Control"].startswith("public, max-age=")
    assert "Cookie" not in answer["Vary"]
    assert not answer.cookies
    known = client.get(address, headers={"If-None-Match": f'W/"x", {answer["ETag"]}'})
    assert (known.status_code, known.content, known["ETag"]) == (304, b"", answer["ETag"])
    assert not known.cookies
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.fixture
def one_connection():
    """Let no request close the connection of the test's transaction, as Django's client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def test_memory_asks_the_disk_once_in_a_while_and_forgets_the_site_before(settings, tmp_path):
    settings.PUBLIC_FOLDER = tmp_path
    (tmp_path / "current").symlink_to("first")
    always, seldom = Memory(), Memory(looks_every=3_600)
    before = always.of_now(), seldom.of_now()
    (tmp_path / "current").unlink()
    (tmp_path / "current").symlink_to("second")
    assert always.of_now() is not before[0]
    assert seldom.of_now() is before[1]
    seldom.next_look = 0.0
    assert seldom.of_now() is not before[1]


def test_what_is_kept_in_memory_is_what_django_answers(release, one_connection):
    django = WSGIHandler()
    asked: list[str] = []

    def counted(environ, start_response):
        asked.append(environ["PATH_INFO"])
        return django(environ, start_response)

    memory = Memory()
    remembering = Remembering(counted, memory)

    async def behind(scope, receive, send):
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        environ = RequestFactory().get(scope["path"], headers=headers).environ
        start: list[dict] = []

        def said(status, headers):
            pairs = [(name.lower().encode(), value.encode()) for name, value in headers]
            start.append({"status": int(status[:3]), "headers": pairs})

        body = b"".join(remembering(environ, said))
        await send({"type": "http.response.start", **start[0]})
        await send({"type": "http.response.body", "body": body})

    door = FrontDoor(behind, memory)

    def get(path, **headers):
        pairs = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
        scope = {"type": "http", "method": "GET", "path": path, "scheme": "http", "headers": pairs}
        told: list[dict] = []

        async def send(event):
            told.append(event)

        asyncio.run(door(scope, None, send))
        start, body = told
        said = {name.decode(): value.decode() for name, value in start["headers"]}
        return start["status"], said, body["body"]

    first = get("/places/32/", accept_encoding="br")
    again = get("/places/32/", accept_encoding="br")
    assert again == first
    assert first[1]["content-encoding"] == "br"
    assert asked == ["/places/32/"]
    status, headers, body = get("/places/32/", accept_encoding="br", if_none_match=first[1]["etag"])
    assert (status, body, headers["etag"]) == (304, b"", first[1]["etag"])
    assert "content-length" not in headers
    assert get("/places/32/", accept_encoding="br", if_none_match="*")[0] == 304
    plain = get("/places/32/")
    assert plain[2] != first[2]
    asked.clear()
    assert get("/accounts/login/")[0] == get("/accounts/login/")[0] == 200
    assert get("/none/")[0] == 404
    assert len(asked) == 3  # What is no published file is never kept.
    actions.publish_again()
    asked.clear()
    get("/places/32/", accept_encoding="br")
    assert asked == ["/places/32/"]
