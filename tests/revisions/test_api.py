"""Revisions for programs: the same walls, rules and words as the pages."""

import json

import pytest

from pulih.budget.models import BudgetLine
from pulih.revisions.models import Revision
from tests.make import revisions as make
from tests.people import cast

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/budget/revisions"


@pytest.fixture
def ask(client):
    def send(path="", body=None, by=None):
        client.force_login(by or cast.provincial_officer())
        if body is None:
            return client.get(f"{ROOT}{path}")
        return client.post(f"{ROOT}{path}", json.dumps(body), content_type="application/json")

    return send


def test_a_revision_goes_its_whole_way_through_the_api(ask):
    one, other = make.two_lines()
    planner = cast.planner()
    body = {
        "unit": one.unit.code, "fiscal_year": 2020, "title": "Geser", "declared_total": 0,
        "judged_on": "2020-06-15", "token": "t-1",
        "lines": [{"line": one.pk, "after": 900}, {"line": other.pk, "after": 600}],
    }  # fmt: skip
    made = ask("", body)
    assert made.status_code == 201, made.content
    assert ask("", body).json()["id"] == made.json()["id"]
    pk = made.json()["id"]
    assert made.json()["office"] == "KPA"
    assert {m["office"] for m in made.json()["movements"]} == {"KPA"}
    assert ask(f"/{pk}/propose", {}).json()["state"] == "proposed"
    letter = {"office": "KPA", "letter_number": "S-1", "letter_date": "2020-06-18"}
    assert ask(f"/{pk}/approve", letter).status_code == 403
    assert ask(f"/{pk}/approve", letter, by=planner).json()["state"] == "approved"
    force = {"effective_on": "2020-06-20"}
    assert ask(f"/{pk}/force", force, by=planner).json()["number"] == 1
    assert ask(f"/{pk}/force", force, by=planner).json()["number"] == 1
    assert BudgetLine.objects.get(pk=one.pk).ceiling == 900
    assert [row["state"] for row in ask("?state=in_force").json()] == ["in_force"]


def test_what_the_rules_refuse_is_said_and_strangers_see_nothing(ask):
    one, other = make.two_lines()
    stranger, auditor = cast.provincial_officer("Bali"), cast.auditor()
    body = {
        "unit": one.unit.code, "fiscal_year": 2020, "title": "Geser", "declared_total": 5,
        "judged_on": "2020-06-15", "token": "t-2", "lines": [{"line": one.pk, "after": 900}],
    }  # fmt: skip
    assert ask("", body).status_code == 409
    assert not Revision.objects.exists()
    made = ask("", {**body, "declared_total": -100})
    pk = made.json()["id"]
    assert made.json()["office"] == "DJA"
    assert ask(f"/{pk}", by=stranger).status_code == 404
    assert ask("", body, by=auditor).status_code == 403
    assert ask(f"/{pk}/withdraw", {"reason": "Batal"}).json()["state"] == "withdrawn"
    assert other.ceiling == 500


def test_texts_that_no_column_holds_are_refused_and_a_new_line_says_its_fund(ask):
    one, _other = make.two_lines()
    body = {
        "unit": one.unit.code, "fiscal_year": 2020, "title": "Geser", "declared_total": 0,
        "judged_on": "2020-06-15", "token": "t-3", "volume": "kept",
        "lines": [
            {"line": one.pk, "after": 900},
            {"key": "3038.001.051.A.521241", "after": 100, "fund_source": "PLN"},
        ],
    }  # fmt: skip
    for broken in ({"token": "x" * 100}, {"title": "a\x00b"}, {"title": "x" * 300},
                   {"fiscal_year": 10**9}):  # fmt: skip
        assert ask("", body | broken).status_code == 422
    assert not Revision.objects.exists()
    made = ask("", body).json()
    assert made["office"] == "DJA"
    assert {(m["fund_source"], m["source"]) for m in made["movements"]} == {
        ("RM", "REV-07"), ("PLN", "REV-07"),
    }  # fmt: skip
