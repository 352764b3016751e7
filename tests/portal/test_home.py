"""The officers' first page: where the country stands, and what waits for who signed in."""

import csv
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connections
from django.utils import timezone

from pulih.areas.models import COUNTRY, Area
from pulih.impact.models import Dimension
from pulih.portal.models import Scenario
from tests.html import words
from tests.make import budget
from tests.make.ledger import owner_database
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 15)


@pytest.fixture(autouse=True)
def story(client):
    """The day of the reference scenario, so that the page shows 34 provinces."""
    cache.clear()
    Scenario.objects.create(name="covid_2020", day=DAY)
    client.force_login(cast.auditor())
    yield
    cache.clear()


@pytest.fixture
def count():
    """Count firms of an area, as only the owner's own function may."""
    beside = connections["default"].copy()
    beside.settings_dict = {**beside.settings_dict, **owner_database()}

    def counted(area: Area, firms: int, severity: int = 60) -> None:
        row = {
            "area_id": area.pk,
            "as_of": DAY,
            "dimension": Dimension.ALL,
            "code": "",
            "firms": firms,
            "workers": 0,
            "severity_sum": firms * severity,
            "severity_known": firms,
            "reporting": firms,
            "registered": firms,
            "definition_version": "1",
            "refreshed_at": timezone.now(),
        }
        places = ", ".join(["%s"] * len(row))
        with beside.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO impact_affectedcount ({', '.join(row)}) VALUES ({places})",
                list(row.values()),
            )

    yield counted
    with beside.cursor() as cursor:
        cursor.execute("DELETE FROM impact_affectedcount")
    beside.close()


def total(area: Area, ceiling: int) -> None:
    """Give a province one line, a tenth of it blocked and a fifth committed."""
    unit = budget.unit(area, f"02{area.pk:04}")
    tenth = ceiling // 10
    budget.line(unit, ceiling=ceiling, blocked=tenth, committed=2 * tenth, realised=tenth)


def page(client, **query) -> str:
    answer = client.get("/desk/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_house_says_what_is_missing(client):
    assert "Belum ada daftar IKM terdampak yang diterima" in page(client)


def test_the_country_and_its_provinces_stand_in_the_answer_and_the_table(client, count):
    count(Area.objects.get(pk=COUNTRY), 1_250)
    count(cast.area("Jawa Barat"), 1_000)
    total(cast.area("Jawa Barat"), 1_000_000_000)
    shown = page(client)
    assert "1.250 IKM terdampak terdaftar menurut nama" in words(shown)
    assert "700,0" in shown  # Million rupiah that may still be moved.


def test_money_is_of_the_days_in_the_address_and_as_new_as_the_ledger(client):
    total(cast.area("Jawa Barat"), 1_000_000_000)
    assert "700,0" in page(client)
    total(cast.area("Bali"), 500_000_000)
    assert "1.050,0" in page(client)  # At once, not after the next run of a job.
    assert "700,0" not in page(client, per="2020-01-01")  # The DIPA is of the second.


def test_english_by_a_switch(client, count):
    client.cookies["pulih_language"] = "en"
    count(Area.objects.get(pk=COUNTRY), 1_250)
    assert "1,250 affected firms are registered by name" in words(page(client))


@pytest.mark.parametrize("by", ["affected", "severity", "free", "nonsense"])
def test_every_colouring_of_the_map_has_its_page(client, count, by):
    count(cast.area("Bali"), 20)
    assert "<svg" in page(client, map=by, p="51")


def test_the_table_can_be_downloaded_and_holds_all_provinces(client):
    total(cast.area("Bali"), 500_000_000)
    answer = client.get("/desk/", {"format": "csv"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    provinces = [row for row in csv.reader(lines) if row and row[0].isdigit()]
    assert len(provinces) == 34
    assert ["51", "Bali"] in [row[:2] for row in provinces]


def test_who_signed_in_gets_a_board_and_the_others_a_door(client):
    client.logout()
    answer = client.get("/desk/")
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]
    client.force_login(cast.planner())
    shown = page(client)
    assert "Perlu perhatian Anda" in shown
    assert "Buat skenario" in shown


def test_only_planners_are_offered_a_scenario(client):
    client.force_login(cast.provincial_officer())
    assert "Buat skenario" not in page(client)


def test_the_sources_page_is_public(client):
    client.logout()
    assert client.get("/sources/").status_code == 200


def test_reports_that_are_late_wait_for_those_who_file_them(client):
    budget.line(ceiling=1_000_000_000)
    client.force_login(cast.provincial_officer())
    shown = client.get("/desk/").content.decode()
    assert "Formulir C triwulan I terlambat 43 hari kerja: 0 dari 1 dilaporkan" in shown
    assert "chain=dk_c" in shown
    client.force_login(cast.auditor())
    assert "Formulir C triwulan I terlambat" not in client.get("/desk/").content.decode()
