"""The catalogue for programs."""

import json

import pytest

from tests.people import cast

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/measures/"


def test_the_catalogue_is_read_by_all_and_changed_by_planners(client):
    client.force_login(cast.regency_officer())
    assert len(client.get(ROOT).json()) == 16
    shown = client.get(f"{ROOT}mask_training?per=2020-06-15").json()
    assert len(shown["costs"]) == 35
    cost = {"unit_cost": 2_000_000, "valid_from": "2020-07-01", "source": "survei"}
    url = f"{ROOT}mask_training/costs"
    assert client.post(url, json.dumps(cost), "application/json").status_code == 403
    client.force_login(cast.planner())
    assert client.post(url, json.dumps(cost), "application/json").status_code == 200
    assert client.post(url, json.dumps(cost), "application/json").status_code == 409
    effect = {"need": "marketing", "relief": 0.3, "source": "assumed"}
    url = f"{ROOT}mask_training/effects"
    assert client.post(url, json.dumps(effect), "application/json").status_code == 200
    effect["relief"] = -1
    assert client.post(url, json.dumps(effect), "application/json").status_code == 422
