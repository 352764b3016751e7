"""The catalogue's pages: read by all who see firms, changed by planners alone."""

import pytest
from django.urls import reverse

from pulih.measures.models import Measure
from tests.make import areas
from tests.people import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(client):
    def get(name, *arguments, by=None):
        client.force_login(by or cast.planner())
        return client.get(reverse(f"measures:{name}", args=arguments))

    return get


def test_every_measure_shows_its_sources_and_what_is_not_confirmed(visit):
    assert "Bimtek masker kain" in visit("list").content.decode()
    page = visit("measure", "mask_training").content.decode()
    assert "assumed" in page
    assert "belum dikonfirmasi" in page
    assert "uang harian diklat" in page
    assert "style=" not in page


def test_officers_read_and_do_not_change(visit, client):
    officer = cast.regency_officer()
    assert visit("measure", "mask_training", by=officer).status_code == 200
    assert visit("edit", "mask_training", by=officer).status_code == 403
    for name in ("set-cost", "set-effect"):
        assert client.post(reverse(f"measures:{name}", args=["mask_training"])).status_code == 403


def test_a_planner_changes_a_measure_through_its_form(visit, client):
    form = visit("edit", "mask_training").context["form"]
    typed = {bound.name: bound.value() for bound in form if bound.value() not in (None, False)}
    url = reverse("measures:edit", args=["mask_training"])
    assert client.post(url, {**typed, "batch": "25"}).status_code == 303
    assert Measure.objects.get(code="mask_training").batch == 25
    refused = client.post(url, {**typed, "account_shares": "521211 90"})
    assert "90%" in refused.content.decode()


def test_needs_are_chosen_in_the_language_of_the_page(visit, client):
    visit("list")
    for language, wanted in (("id", "Bantuan pemasaran"), ("en", "Help with marketing")):
        client.cookies["pulih_language"] = language
        page = visit("measure", "mask_training")
        assert f">{wanted}</option>" in page.content.decode()


def test_a_new_measure_is_made(visit, client):
    form = visit("edit", "mask_training").context["form"]
    typed = {bound.name: bound.value() for bound in form if bound.value() not in (None, False)}
    url = reverse("measures:new")
    assert "riwayat" not in client.get(url).content.decode()  # Nothing was said before.
    assert client.post(url, {**typed, "code": "solar_dryers"}).status_code == 303
    assert Measure.objects.filter(code="solar_dryers").exists()
    assert client.post(url, {**typed, "code": "solar_dryers"}).status_code == 200


def test_a_cost_and_an_effect_are_added(visit, client):
    visit("measure", "mask_training")
    cost = {"area": areas.province("Bali").pk, "unit_cost": "2.500.000", "source": "survei"}
    url = reverse("measures:set-cost", args=["mask_training"])
    assert client.post(url, {**cost, "valid_from": "2020-07-01"}).status_code == 303
    assert client.post(url, {**cost, "valid_from": "2020-01-01"}).status_code == 200
    effect = {"need": "marketing", "relief": "0.3", "source": "assumed"}
    url = reverse("measures:set-effect", args=["mask_training"])
    assert client.post(url, effect).status_code == 303
    assert Measure.objects.get(code="mask_training").effects.count() == 3
