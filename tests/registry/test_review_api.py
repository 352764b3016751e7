"""Doubtful pairs for programs: what waits, the evidence, answering and taking back."""

import pytest

from pulih.registry.models import Merge
from tests.make import inbox as make_inbox
from tests.make import registry as make_registry
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/registry/reviews"


@made_once(language="en")
def pair():
    return make_registry.review(*make_registry.firms(2, **make_registry.indramayu()))


def get(client, person, path=""):
    client.force_login(person)
    return client.get(f"{ROOT}{path}")


def post(client, person, path, **said):
    client.force_login(person)
    return client.post(f"{ROOT}/{path}", said, content_type="application/json")


def test_a_program_reads_what_waits_and_why(client, pair):
    (waiting,) = get(client, cast.regency_officer()).json()["rows"]
    assert waiting["id"] == pair.pk
    told = get(client, cast.regency_officer(), f"/{pair.pk}").json()
    assert 0 < told["probability"] < 1
    assert make_inbox.nik(1) not in str(told)


def test_a_program_answers_and_takes_back(client, pair):
    officer = cast.regency_officer()
    assert post(client, officer, f"{pair.pk}/answer", answer="same").json()["state"] == "same"
    assert Merge.objects.in_force().count() == 1
    assert post(client, officer, f"{pair.pk}/undo").json()["state"] == "waiting"
    assert not Merge.objects.in_force().exists()


def test_what_is_no_answer_is_refused(client, pair):
    assert post(client, cast.regency_officer(), f"{pair.pk}/answer", answer="x").status_code == 422


def test_a_second_answer_conflicts(client, pair):
    officer = cast.regency_officer()
    post(client, officer, f"{pair.pk}/answer", answer="unsure")
    assert post(client, officer, f"{pair.pk}/answer", answer="same").status_code == 409


def test_strangers_find_nothing_and_auditors_answer_nothing(client, pair):
    stranger = cast.regency_officer("Kota Bandung")
    assert get(client, stranger, f"/{pair.pk}").status_code == 404
    assert post(client, stranger, f"{pair.pk}/answer", answer="same").status_code == 404
    assert post(client, cast.auditor(), f"{pair.pk}/answer", answer="same").status_code == 403
