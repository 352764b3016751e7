"""The market's acts for programs: the same walls, forms, actions and sentences as its pages."""

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from pulih.market.models import Capacity, Order
from tests.make import market
from tests.people import cast

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/market"


@pytest.fixture
def ask(client):
    def send(path, body=None, by=None, status=200):
        client.force_login(by or cast.regency_officer())
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        address = f"{ROOT}{path}"
        if body is None:
            answer = client.get(address)
        else:
            answer = client.post(address, json.dumps(body), content_type="application/json")
        assert answer.status_code == status, answer.content
        return answer.json()

    return send


def test_a_need_goes_its_whole_way_through_the_api(ask):
    today, firm = timezone.localdate(), market.firm("Konveksi 1")
    area = cast.area("Kab. Indramayu").pk
    said = {"product": "cloth_mask", "words": "100 lembar/hari", "lot": 1, "min_order": 1}
    made = ask(f"/firms/{firm.pk}/capacities", said, status=201)
    assert made["per_week"] == 600
    Capacity.objects.update(confirmed_on=today - timedelta(90))
    assert ask(f"/capacities/{made['id']}/confirm", {})["confirmed_on"] == today.isoformat()
    named = {"name": "RSUD Indramayu", "kind": "health_facility", "regency": area}
    buyer = ask("/buyers", named, status=201)["id"]
    asked = {"product": "cloth_mask", "quantity": 600, "due": str(today + timedelta(14)),
             "regency": area, "min_order": 1, "weight": 1}  # fmt: skip
    need = ask(f"/buyers/{buyer}/needs", asked, status=201)["id"]
    refused = ask(f"/needs/{need}/publish", {}, status=409)
    assert "verify the buyer" in json.dumps(refused)
    assert ask(f"/buyers/{buyer}/verify", {})["is_verified"]
    assert ask(f"/needs/{need}/publish", {})["state"] == "open"
    amended = ask(f"/needs/{need}/amend", asked | {"quantity": 500})
    assert (amended["quantity"], amended["state"]) == (500, "open")
    assert ask(f"/needs/{need}/amend", asked | {"quantity": "6e2"}, status=422)
    assert ask(f"/needs/{need}/amend", asked)["quantity"] == 600
    turned = {"title": "Putaran", "full_weeks": 2, "tolerance": 0, "time_limit": 20}
    planner = cast.planner()
    narrow = turned | {"product": "cloth_mask", "area": area}
    waiting = ask("/runs", narrow, by=planner, status=202)
    elsewhere = turned | {"area": cast.area("Kota Denpasar").pk}
    ask("/runs", elsewhere, by=cast.provincial_officer(), status=422)
    assert ask(f"/runs/{waiting['id']}/stop", {}, by=planner)["state"] == "waiting"
    solved = market.run(as_of=today)
    assert ask(f"/runs/{solved.pk}", by=planner)["consignments"] == 1
    assert ask(f"/runs/{solved.pk}/adopt", {}, by=planner)["state"] == "adopted"
    order = f"/orders/{Order.objects.get().pk}"
    assert ask(order)["waits_for"] == "the supplier"
    assert "Answer" in json.dumps(ask(f"{order}/answer", {}, status=422))
    assert "why not" in json.dumps(ask(f"{order}/answer", {"answer": "decline"}, status=409))
    assert ask(f"{order}/answer", {"answer": "accept"})["state"] == "accepted"
    assert ask(f"{order}/confirm", {})["state"] == "confirmed"
    assert ask(f"{order}/send", {"quantity": 600})["sent"] == 600
    came = {"received_on": str(today), "receiver": "RSUD Indramayu", "good": 600, "refused": 0}
    assert ask(f"{order}/receive", came)["state"] == "received"
    late = ask(f"{order}/cancel", {"reason": "x"}, status=409)
    assert "came already" in json.dumps(late)


def test_a_stranger_may_not_act(ask):
    market.capacity(market.firm("Konveksi 1"))
    need, stranger = market.need(600), cast.regency_officer("Kota Denpasar")
    ask(f"/needs/{need.pk}/withdraw", {"reason": "x"}, by=stranger, status=403)
    ask(f"/needs/{need.pk}/withdraw", {}, status=422)
    assert ask(f"/needs/{need.pk}/withdraw", {"reason": "Cukup"})["state"] == "withdrawn"
    ask("/runs", {"title": "x"}, by=stranger, status=403)


def test_what_is_known_of_makers_goes_through_the_api(ask):
    firm, other = market.firm("Konveksi 1"), market.firm("Konveksi 2", "Kota Bandung")
    today, area = str(timezone.localdate()), cast.area("Kab. Indramayu").pk
    seen = {"kind": "halal", "number": "ID321", "valid_to": "2030-01-01"}
    kept = ask(f"/firms/{firm.pk}/certificates", seen, status=201)
    assert (kept["number"], kept["valid_from"], kept["valid_to"]) == ("ID321", None, "2030-01-01")
    assert "already" in json.dumps(ask(f"/firms/{firm.pk}/certificates", seen, status=409))
    named = {"name": "KUB Maju", "kind": "joint_group", "regency": area, "fee": 0, "min_order": 1}
    group = ask("/groups", named | {"valid_from": "2020-01-01"}, status=201)["id"]
    joins = {"enterprise": firm.pk, "since": "2020-02-01"}
    member = ask(f"/groups/{group}/members", joins, status=201)
    stranger = {"enterprise": other.pk, "since": "2020-02-01"}
    refused = ask(f"/groups/{group}/members", stranger, by=cast.provincial_officer(), status=409)
    assert "members come from its regency" in json.dumps(refused)
    assert ask(f"/members/{member['id']}/end", {"on": "2020-03-01"})["valid_to"] == "2020-03-01"
    said, unknown = {"answers": {"packaging": True}}, {"answers": {"unknown": True}}
    assert ask(f"/firms/{firm.pk}/readiness", said)["answers"] == 1
    ask(f"/firms/{firm.pk}/readiness", unknown, status=409)
    sale = {"sold_on": today, "destination": "JP", "hs": "6307", "value": "1000", "currency": "USD",
            "rate": "14500", "rate_on": today}  # fmt: skip
    assert ask(f"/firms/{firm.pk}/sales", sale, status=201)["rupiah"] == 14_500_000
    ask(f"/firms/{other.pk}/sales", sale, status=404)


def test_a_buyer_is_renamed_through_the_api(ask):
    buyer, today = market.buyer(), timezone.localdate()
    new = {"name": "RSUD Baru", "valid_from": str(today), "until": str(today)}
    assert ask(f"/buyers/{buyer.pk}/name", new)["name"] == "RSUD Baru"
    assert "bore this name" in json.dumps(
        ask(f"/buyers/{buyer.pk}/name", new | {"name": buyer.name}, status=409)
    )
    ask(f"/buyers/{buyer.pk}/name", new, by=cast.regency_officer("Kota Denpasar"), status=403)
