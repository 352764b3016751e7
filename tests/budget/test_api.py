"""The budget for programs: the same walls and the same words as the pages."""

import json

import pytest

from pulih.budget.models import Posting
from tests.make import budget as make
from tests.make import measures as make_measures
from tests.people import cast

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/budget/lines"


@pytest.fixture
def ask(client):
    def send(path="", body=None, by=None):
        client.force_login(by or cast.planner())
        if body is None:
            return client.get(f"{ROOT}{path}")
        return client.post(f"{ROOT}{path}", json.dumps(body), content_type="application/json")

    return send


def test_lines_are_listed_with_the_amounts_of_the_day(ask):
    line = make.line(ceiling=1_000, committed=300)
    (shown,) = ask("?per=2020-06-15").json()
    assert (shown["id"], shown["ceiling"], shown["free"]) == (line.pk, 1_000, 700)
    assert ask("?per=2019-12-01&year=2020").json() == []  # No document had opened it yet.


def test_another_provinces_line_does_not_exist(ask):
    line = make.line(ceiling=1_000)
    stranger = cast.provincial_officer("Bali")
    assert ask(by=stranger).json() == []
    assert ask(f"/{line.pk}", by=stranger).status_code == 404
    assert ask(f"/{line.pk}/tag", {"measure": None}, by=stranger).status_code == 404
    assert ask(by=cast.regency_officer()).status_code == 403
    assert ask(f"/{line.pk}/tag", {"measure": None}, by=cast.auditor()).status_code == 403


def test_letters_on_fund_sources_are_recorded_and_listed_as_on_the_page(client):
    line = make.line(ceiling=1_000, fund_source="PNP")
    address = f"/api/v1/budget/units/{line.unit_id}/funds/2020"

    def send(by=None, **changes):
        client.force_login(by or cast.planner())
        usual = {"fund_source": "PNP", "letter": "S-1", "office": "Kanwil DJPb",
                 "effective_on": "2020-06-15", "deposited": 900, "maximum": 500}  # fmt: skip
        return client.post(address, json.dumps(usual | changes), content_type="application/json")

    made = send()
    assert (made.status_code, made.json()["maximum"], made.json()["fiscal_year"]) == (
        200,
        500,
        2020,
    )
    loan = send(fund_source="PLN", currency="USD", rate="14250.5", register_number="21234501")
    assert (loan.json()["register_number"], loan.json()["maximum"]) == ("21234501", None)
    assert send(maximum=901).status_code == 409
    assert send(effective_on="2020-13-01").status_code == 422
    assert send(by=cast.provincial_officer()).status_code == 403
    listed = client.get("/api/v1/budget/fund-terms?year=2020&source=PNP").json()
    assert [(one["id"], one["letter"], one["deposited"]) for one in listed["rows"]] == [
        (made.json()["id"], "S-1", 900)
    ]
    client.force_login(cast.provincial_officer("Bali"))
    assert client.get("/api/v1/budget/fund-terms").json()["rows"] == []
    client.force_login(cast.planner())
    page = client.get("/budget/funds/?source=PNP").content.decode()
    assert "S-1" in page
    assert f"/budget/units/{line.unit_id}/funds/2020/" in page


def test_a_line_is_tagged_and_held_as_on_the_page(ask):
    line, measure = make.line(ceiling=1_000), make_measures.measure()
    assert ask(f"/{line.pk}/tag", {"measure": measure.code}).json()["measure"] == measure.code
    assert ask(f"/{line.pk}/tag", {"measure": "no such"}).status_code == 422
    held = {"kind": "block", "rupiah": 400, "number": "S-1", "reason": "telaah"}
    held |= {"effective_on": "2020-06-15", "office": "DJA"}
    assert ask(f"/{line.pk}/hold", held).json()["is_new"]
    assert not ask(f"/{line.pk}/hold", held).json()["is_new"]
    assert ask(f"/{line.pk}/hold", {**held, "number": "S-2", "rupiah": 700}).status_code == 409
    back = {**held, "kind": "release", "number": "S-3", "rupiah": 150}
    assert ask(f"/{line.pk}/hold", back).status_code == 422  # It names no block.
    blocked = Posting.objects.get(document_number="S-1")
    assert ask(f"/{line.pk}/hold", back | {"blocked_by": blocked.pk}).json()["is_new"]
    line.refresh_from_db()
    assert line.blocked == 250
