"""The first page begins with the area that its reader works for; the country is a click away."""

from datetime import date

import pytest
from django.urls import reverse

from pulih.people import actions
from tests.html import words
from tests.make import budget
from tests.make import impact as make
from tests.people import cast

pytestmark = pytest.mark.django_db
TODAY = date(2020, 6, 15)


def desk(client, person, **query) -> str:
    client.force_login(person)
    answer = client.get(reverse("portal:home"), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def firms():
    """Three affected firms in Kab. Indramayu."""
    for number in range(3):
        make.report(make.enterprise(f"Konveksi {number}"))


def test_a_provincial_officer_begins_with_the_province_and_its_regencies(client, firms):
    unit = budget.unit(cast.area("Jawa Barat"), "029001")
    budget.line(unit, ceiling=1_000_000_000)
    shown = desk(client, cast.provincial_officer(), per="2020-06-15")
    assert "3 IKM terdampak di wilayah ini terdaftar menurut nama" in words(shown)
    assert "27 kabupaten dan kota" in words(shown)
    assert "masih dapat digeser" in words(shown)
    assert "Kab. Indramayu" in shown
    assert "Papua Barat" not in shown
    assert reverse("portal:country") in shown


def test_a_regency_officer_begins_with_the_regency_without_money(client, firms):
    shown = desk(client, cast.regency_officer())
    assert "3 IKM terdampak di wilayah ini terdaftar menurut nama" in words(shown)
    assert 'id="money"' not in shown
    assert 'id="regencies"' not in shown
    assert "Jawa Tengah" not in shown


@pytest.mark.parametrize("make_person", [cast.planner, cast.auditor, cast.administrator])
def test_who_works_for_the_country_or_no_area_begins_with_the_country(client, make_person):
    assert "Ringkasan nasional" in desk(client, make_person())


def test_the_country_is_a_page_of_its_own_for_everybody(client):
    client.force_login(cast.regency_officer())
    assert "Ringkasan nasional" in client.get(reverse("portal:country")).content.decode()


def test_an_area_without_a_list_says_so(client):
    shown = desk(client, cast.regency_officer("Kota Denpasar"))
    assert "Belum ada daftar IKM terdampak dari wilayah ini" in words(shown)


def test_who_works_for_two_areas_chooses_and_nobody_chooses_anothers(client, firms):
    person = cast.regency_officer("Kota Denpasar")
    actions.give_reach(
        person, area=cast.area("Kab. Indramayu"), by=cast.administrator(), today=TODAY
    )
    asked = cast.area("Kab. Indramayu").pk
    assert "3 IKM terdampak" in words(desk(client, person, area=asked))
    assert "3 IKM terdampak" not in words(
        desk(client, cast.regency_officer("Kab. Cirebon"), area=asked)
    )


def test_the_file_holds_the_regencies_that_the_page_shows(client, firms):
    client.force_login(cast.provincial_officer())
    answer = client.get(reverse("portal:home"), {"format": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "Kab. Indramayu,3," in text
    assert "Jawa Barat,3," in text
