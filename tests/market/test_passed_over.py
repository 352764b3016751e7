"""Why a match chose its makers: read back from the frozen case, by need and by firm."""

import pytest
from django.urls import reverse

from pulih.market.frozen_match import case_of, parts_of
from pulih.market.models import Run
from pulih.market.rules.passed_over import judged
from tests.make import impact, market
from tests.people import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Six makers of masks, each at another end; the need takes what two of them make."""
    firms = {name: market.firm(name) for name in ("Parah", "Biasa", "Mahal", "Ringan", "Kecil")}
    firms["Jauh"] = market.firm("Jauh", "Kota Denpasar", "Bali")
    for name, firm in firms.items():
        market.capacity(
            firm,
            per_week={"Kecil": 10}.get(name, 600),
            price={"Mahal": 9_000, "Ringan": 4_000}.get(name, 5_000),
        )
    left = {"Parah": 500_000, "Biasa": 4_000_000, "Jauh": 4_000_000, "Ringan": 9_500_000}
    for name, turnover in left.items():  # Of ten million before.
        impact.report(firms[name], turnover=turnover)
    need = market.need(2_400, min_order=100, max_price=7_000)
    return firms, need, market.run()


def reasons(run, need):
    case = case_of(run)
    found = judged(case, parts_of(run), case.need[f"n{need.pk}"])
    return {int(one.firm[1:]): one for one in found}


def test_each_maker_is_told_why(world):
    firms, need, run = world
    found = reasons(run, need)
    told = {name: found[firm.pk].reason for name, firm in firms.items()}
    assert told == {
        "Parah": "given", "Biasa": "given", "Jauh": "cheaper", "Mahal": "dear", "Kecil": "small",
        "Ringan": "harder_hit",
    }  # fmt: skip
    assert found[firms["Parah"].pk].units == 1_200
    assert found[firms["Parah"].pk].unit_cost > 5_000  # With transport.


def test_what_is_left_unfilled_is_said_of_who_is_able():
    for name in ("Satu", "Dua"):
        market.capacity(market.firm(name))
    need = market.need(2_400, max_suppliers=1)
    told = [one.reason for one in reasons(market.run(), need).values()]
    assert sorted(told) == ["given", "suppliers"]


def test_pages_say_why_by_need_and_by_firm(world, client):
    firms, need, run = world
    client.force_login(cast.planner())
    page = client.get(reverse("market:run-need", args=[run.pk, need.pk])).content.decode()
    for words in ("mendapat pekerjaan", "lebih terdampak", "terlalu mahal", "Ringan", "pulau lain"):
        assert words in page
    assert reverse("market:run-need", args=[run.pk, need.pk]) in client.get(
        reverse("market:run", args=[run.pk])
    ).content.decode()  # fmt: skip
    own = client.get(reverse("market:firm-matches", args=[firms["Ringan"].pk])).content.decode()
    assert "lebih terdampak" in own
    assert run.title in own
    silent = market.firm("Tanpa kapasitas")
    own = client.get(reverse("market:firm-matches", args=[silent.pk])).content.decode()
    assert "tidak mengenal usaha ini" in own
    other = market.need(100, of=market.buyer(name="Dinas"))
    assert client.get(reverse("market:run-need", args=[run.pk, other.pk])).status_code == 404
    Run.objects.filter(pk=run.pk).update(state="failed")
    assert run.title not in client.get(
        reverse("market:firm-matches", args=[firms["Ringan"].pk])
    ).content.decode()  # fmt: skip
