"""Figures for programs, and the page that says what each means."""

import pytest

from pulih.lists import figures
from tests.figure_list import PAGE, reference
from tests.make import budget
from tests.people import cast

ROOT = "/api/v1/lists/figures"


def test_the_reference_page_is_current():
    assert PAGE.read_text("utf-8") == reference()


@pytest.mark.django_db
def test_a_figure_is_computed_within_ones_reach(client):
    line = budget.line(ceiling=1_000, committed=300)
    budget.line(budget.unit("Bali", "220001"), ceiling=500)
    found = {}
    for name, person in {"planner": cast.planner(), "jabar": cast.provincial_officer()}.items():
        client.force_login(person)
        found[name] = client.get(f"{ROOT}/budget.free?year=2020").json()
    assert (found["planner"]["value"], found["jabar"]["value"]) == (1_200, 700)
    assert found["jabar"]["rows_url"].startswith("/budget/lines/?year=2020")
    one = client.get(f"{ROOT}/budget.ceiling?year=2020&province={line.province_id}").json()
    assert (one["value"], one["unit"]) == (1_000, "rupiah")


@pytest.mark.django_db
def test_who_may_not_see_a_figure_gets_neither_its_value_nor_its_name(client):
    client.force_login(cast.regency_officer())
    assert client.get(f"{ROOT}/budget.free").status_code == 403
    assert "budget.free" not in {one["key"] for one in client.get(ROOT).json()}
    assert client.get(f"{ROOT}/no.such").status_code == 404


@pytest.mark.django_db
def test_a_filter_that_cannot_be_read_is_refused_with_a_sentence(client):
    client.force_login(cast.planner())
    answer = client.get(f"{ROOT}/budget.free?year={'9' * 40}")
    assert answer.status_code == 422
    assert "9999" in answer.json()["detail"]


@pytest.mark.django_db
def test_a_figure_beyond_ones_reach_is_no_link():
    from datetime import date

    from pulih.budget.figures import FREE
    from pulih.web.as_of import AsOf

    seen = AsOf(date(2020, 6, 15), False)
    shown = figures.as_read(FREE, 5, cast.planner(), seen, is_beyond=True)
    assert shown.written() == '<span data-figure="budget.free" data-value="5">5</span>'
