"""A small room, built by the page on building one, works: page, list, files, API, step, paper.

`tests/stalls` has the files that the page names and no others. Here it is taken in as an
installation takes a new room in: its migration and the moves of its machine by the owner of a
database of its own; all the rest by the role that serves.
"""

import csv
import io
import os
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.apps import AppConfig, apps
from django.db import connections
from django.template.utils import get_app_template_dirs
from django.test import Client, override_settings
from django.utils import timezone

from pulih.audit.models import Event
from pulih.config.roles import connect
from pulih.documents import kinds
from pulih.documents.lookups import code_in_force
from pulih.people.scope import speaking_as_system, speaking_for
from pulih.web import navigation
from pulih.workflow import post_kinds, registry
from tests import arrow_list, conftest
from tests.architecture.test_how_to import named
from tests.people import cast

FOLDER = Path(__file__).parents[1] / "stalls"
LABEL, PACKAGE = "stalls", "tests.stalls"
REGISTERED = (kinds._kinds, navigation._items, post_kinds.KINDS, registry._machines)
# `addresses.py` stands for what an installation makes of `ROOMS` itself.
BY_ITSELF = {"__init__.py", "addresses.py"}


@pytest.fixture(scope="module")
def room(django_db_setup, django_db_blocker):
    """The room in a database of its own, until the last test of this file."""
    server, name = django_db_setup, f"pulih_test_{os.getpid()}_room"
    owner, default = {**server.owner, "NAME": name}, connections["default"]
    before, registered = dict(default.settings_dict), [dict(one) for one in REGISTERED]
    config = AppConfig.create(PACKAGE)
    try:
        install(config)
        server.create(name)
        addresses = override_settings(ROOT_URLCONF=f"{PACKAGE}.addresses")
        with django_db_blocker.unblock(), addresses:
            conftest.migrate(owner)
            with connect(owner) as connection:
                connection.execute(arrow_list.rendered())  # What `make schema` writes.
            conftest._use(server.app(name))
            yield config
            connections.close_all()
    finally:
        default.settings_dict.update(before)
        server.drop(name)
        remove(config)
        for one, earlier in zip(REGISTERED, registered, strict=True):
            one.clear()
            one.update(earlier)


def install(config: AppConfig) -> None:
    apps.app_configs[LABEL] = config
    config.apps = apps
    config.import_models()
    apps.clear_cache()
    get_app_template_dirs.cache_clear()
    config.ready()


def remove(config: AppConfig) -> None:
    del apps.app_configs[LABEL]
    apps.all_models.pop(LABEL, None)
    apps.clear_cache()
    get_app_template_dirs.cache_clear()


@pytest.fixture(scope="module")
def officer(room):
    with speaking_as_system():
        return cast.provincial_officer("Jawa Barat")


@pytest.fixture(scope="module")
def visit(officer):
    client = Client()
    client.cookies["pulih_language"] = "en"
    with speaking_as_system():
        client.force_login(officer)
    return client


@pytest.fixture(scope="module")
def stall(room, visit):
    """A stall that was asked for on its page, by the officer of a province."""
    day = timezone.localdate() + timedelta(7)
    typed = {"name": "Batik Rina", "day": day.isoformat(), "metres": "4"}
    sent = visit.post("/stalls/ask/", typed)
    assert sent.status_code in (302, 303), sent.content.decode()
    with speaking_as_system():
        return room.get_model("Stall").objects.get()


def test_the_page_names_each_file_that_a_small_room_has():
    files = {
        str(path.relative_to(FOLDER))
        for path in FOLDER.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.name not in BY_ITSELF
    }
    told = {one.removeprefix("pulih/<room>/").replace("<room>", LABEL) for one in named()}
    folders = tuple(one for one in told if one.endswith("/"))
    assert [one for one in files - told if not one.startswith(folders)] == []


def test_a_page_says_whose_turn_it_is_and_a_form_what_is_wrong(visit, stall):
    page = visit.get(f"/stalls/{stall.pk}/").content.decode()
    assert "Batik Rina" in page
    assert "100,000" in page or "100.000" in page
    assert 'href="/stalls/"' in page  # On the menu.
    typed = {"name": "Late", "day": "2020-01-01", "metres": "4"}
    assert "That day is over." in visit.post("/stalls/ask/", typed).content.decode()


def test_list_files_and_api_hold_its_rows(visit, stall):
    assert "Batik Rina" in visit.get("/stalls/").content.decode()
    text = visit.get("/stalls/?format=csv").getvalue().decode("utf-8-sig")
    assert ["Batik Rina", "100000"] in [line[1:4:2] for line in csv.reader(io.StringIO(text))]
    book = openpyxl.load_workbook(io.BytesIO(visit.get("/stalls/?format=xlsx").getvalue()))
    assert ("Batik Rina", 100_000) in [row[1:4:2] for row in book.active.values]
    told = visit.get("/api/v1/small/stalls/stalls").json()
    assert [(row["name"], row["rent"]) for row in told["rows"]] == [("Batik Rina", 100_000)]
    assert told["sums"] == {"rent": 100_000}
    with speaking_as_system():
        assert Event.objects.filter(verb="stalls.export").count() == 2


def test_another_province_sees_nothing_of_it(room, stall):
    with speaking_as_system():
        stranger = cast.provincial_officer("Bali")
        client = Client()
        client.force_login(stranger)
    assert client.get(f"/stalls/{stall.pk}/").status_code == 404
    assert client.get("/api/v1/small/stalls/stalls").json()["total"] == 0
    with speaking_for(stranger):
        assert room.get_model("Stall").objects.count() == 0


def test_a_step_is_taken_once_and_its_paper_can_be_verified(visit, stall):
    step = {"move": "let", "seen": "1"}
    assert visit.post(f"/stalls/{stall.pk}/move/", step).status_code in (302, 303)
    assert "Meanwhile" in visit.post(f"/stalls/{stall.pk}/move/", step).content.decode()
    assert visit.get(f"/stalls/{stall.pk}/permit/").content.startswith(b"%PDF")
    with speaking_as_system():
        code = code_in_force(kinds.kind_of("stalls.permit"), stall.pk)
    assert f"KIOS-{stall.pk}" in Client().get(f"/verify/{code}").content.decode()


def test_what_a_row_was_is_kept(room, stall):
    with speaking_as_system():
        stall.name = "Batik Rina and Sons"
        stall.save()
        assert list(stall.events.values_list("name", flat=True)) == ["Batik Rina"]
