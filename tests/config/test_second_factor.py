"""Who decides or reads everything holds a second factor before anything else is answered."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from tests.people import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asked(settings):
    settings.SECOND_FACTOR_ROLES = ["planner"]


@pytest.fixture
def planner(client):
    person = cast.planner()
    client.force_login(person)
    return person


def test_every_page_leads_to_setting_it_up_and_says_why(client, planner):
    answer = client.get("/enterprises/", follow=True)
    assert answer.redirect_chain[0] == ("/accounts/2fa/", 302)
    assert "memerlukan faktor kedua" in answer.content.decode()
    assert client.post("/enterprises/reviews/").status_code == 302


def test_a_fragment_and_a_program_are_answered_in_their_way(client, planner):
    fragment = client.get("/enterprises/", headers={"HX-Request": "true"})
    assert '"/accounts/2fa/"' in fragment.headers["HX-Location"]
    program = client.get("/api/v1/enterprises")
    assert program.status_code == 403
    assert "faktor kedua" in program.json()["detail"]


def test_who_holds_one_and_who_need_not_go_on(client, planner):
    TOTP.activate(planner, generate_totp_secret())
    assert client.get("/enterprises/").status_code == 200
    Authenticator.objects.all().delete()
    assert client.get("/enterprises/").status_code == 302
    client.force_login(cast.provincial_officer())
    assert client.get("/enterprises/").status_code == 200


def test_signing_out_reading_health_and_changing_language_stay_open(client, planner):
    for address in ("/accounts/logout/", "/health/"):
        assert client.get(address).status_code in (200, 503)
    assert client.post("/language/", {"language": "en"}).headers["Location"] != ("/accounts/2fa/")
