"""The list of areas and the picker find an area by half a name, on the day that is shown."""

from datetime import date

import pytest

from pulih.areas.models import Area
from pulih.audit.models import Event
from pulih.places import Level
from tests.html import squeezed
from tests.make import areas as make
from tests.people import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(client):
    client.force_login(cast.regency_officer(), "django.contrib.auth.backends.ModelBackend")
    return client


def names(text, on=make.DAY):
    return [area.name for area in Area.objects.named_like(text, on)]


def test_half_a_word_of_a_name_finds_it():
    assert names("bandu") == ["Kab. Bandung", "Kota Bandung", "Kab. Bandung Barat"]
    assert names("kota bandu") == names("bandu")
    assert "Kab. Ogan Komering Ilir" in names("komer")


def test_usual_spellings_find_it_too():
    assert names("jabar") == ["Jawa Barat"]


def test_nothing_typed_finds_everything_and_nonsense_nothing():
    assert len(names("")) == 1 + 34 + 514
    assert names("zzz") == []


def test_the_list_shows_codes_of_each_scheme_and_says_what_is_unverified(visitor):
    answer = visitor.get("/areas/?q=merauke&per=2025-06-01").content.decode()
    assert "Kab. Merauke" in answer
    assert "9301" in answer
    assert "9501" in answer
    assert "Papua Selatan" in answer
    assert "tag warn" in answer or "tg warn" in answer


def test_the_list_of_a_province_holds_its_regencies_of_that_day(visitor):
    papua = make.province("Papua").pk
    before = visitor.get(f"/areas/?within={papua}&level=regency&per=2020-05-01").context["page"]
    after = visitor.get(f"/areas/?within={papua}&level=regency&per=2023-05-01").context["page"]
    assert (before.total, after.total) == (29, 9)


def test_the_picker_answers_options_only(visitor):
    answer = visitor.get("/areas/search/?of=x_q&x_q=indramay&level=regency&per=2020-05-01")
    text = squeezed(answer.content.decode())
    assert f'<option value="{make.regency().pk}">Kab. Indramayu, Jawa Barat</option>' in text
    assert "<html" not in text


def test_the_picker_says_when_nothing_is_called_so(visitor):
    text = visitor.get("/areas/search/?q=<b>zzz").content.decode()
    assert "disabled" in text
    assert "<b>" not in text


def test_a_filter_that_is_not_understood_is_no_filter(visitor):
    assert visitor.get("/areas/?level=moon&within=999999&page=!!!").status_code == 200


def test_the_export_holds_what_is_filtered_and_its_record_leaves_out_what_was_typed(visitor):
    asked = {"q": "indramayu", "level": "regency", "per": "2020-05-01"}
    answer = visitor.get("/references/areas/export/", asked)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "Kab. Indramayu,regency,Jawa Barat,3212,3212," in text
    event = Event.objects.get(verb="areas.export")
    assert event.detail["asked"] == {"q": "…", "level": "regency"}
    assert event.detail["rows"] == 1


def test_strangers_are_sent_to_sign_in(client):
    assert client.get("/areas/").status_code == 302
    assert client.get("/areas/search/?q=b").status_code == 302
    assert client.get("/references/areas/export/").status_code == 302


def test_programs_get_the_areas_of_a_day_with_their_codes(visitor):
    found = visitor.get("/api/v1/areas/", {"on": "2023-05-01"}).json()
    assert sum(area["level"] == Level.PROVINCE for area in found) == 38
    assert {area["id"] for area in found} == set(
        Area.objects.valid_on(date(2023, 5, 1)).values_list("pk", flat=True)
    )


def test_programs_are_told_nothing_by_a_bare_number(visitor):
    ask = {"text": "9101", "on": "2020-05-01"}
    assert visitor.get("/api/v1/areas/resolve", ask).json() == []
    by_bps = visitor.get("/api/v1/areas/resolve", {**ask, "scheme": "bps"}).json()
    assert [area["name"] for area in by_bps] == ["Kab. Fakfak"]
