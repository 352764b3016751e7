"""Where people are signed in: told to themselves and administrators, ended at once by either."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pulih.audit.models import Event
from pulih.people import actions, jobs, sign_ins
from pulih.people.models import SignIn
from pulih.people.scope import speaking_for
from pulih.people.sessions import show
from tests.people import cast

pytestmark = pytest.mark.django_db
PASSWORD = "Sagu-2020-Ambon"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; SM-A057F) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/128.0.0.0 Mobile Safari/537.36"
)


@pytest.fixture
def officer(settings):
    settings.SECOND_FACTOR_ROLES = []
    person = cast.regency_officer()
    person.set_password(PASSWORD)
    person.save()
    return person


def browser(person, words, address):
    client = Client(headers={"User-Agent": words, "Accept-Language": "en"}, REMOTE_ADDR=address)
    client.cookies["pulih_language"] = "en"
    asked = {"login": person.username, "password": PASSWORD}
    assert client.post(reverse("account_login"), asked).status_code == 302
    return client


def is_signed_in(client):
    return client.get("/people/signed-in/").status_code == 200


def shown(person):
    with speaking_for(person):
        return [(one.device, one.network) for one in sign_ins.of_person(person)]


def test_a_person_sees_every_browser_and_ends_all_but_this_one(officer):
    desk = browser(officer, FIREFOX, "203.0.113.9")
    phone = browser(officer, PHONE, "2001:db8:7:1::5")
    assert set(shown(officer)) == {
        ("Firefox, Windows", "203.0.113.0/24"), ("Chrome, Android", "2001:db8:7::/48"),
    }  # fmt: skip
    page = desk.get("/people/signed-in/").content.decode()
    assert page.count(">this browser<") == 1
    assert "Chrome, Android" in page
    with speaking_for(officer):
        keys = [one.pk for one in sign_ins.of_person(officer)]
    answer = desk.post(reverse("people:end-own"), {"key": keys}, follow=True)
    assert "1 sign-in was ended." in answer.content.decode()
    assert is_signed_in(desk)
    assert not is_signed_in(phone)
    assert Event.objects.filter(verb="people.end_sign_in", person_id=officer.pk).count() == 1
    again = desk.post(reverse("people:end-own"), {"key": keys}, follow=True)
    assert "over already" in again.content.decode()


def test_an_administrator_sees_and_ends_anothers_and_nobody_else_does(officer, client):
    phone = browser(officer, PHONE, "203.0.113.9")
    client.force_login(cast.administrator())
    page = client.get(reverse("people:person", args=[officer.pk])).content.decode()
    assert "Chrome, Android" in page
    with speaking_for(officer):
        keys = [sign_ins.of_person(officer).get().pk]
    for other in (cast.planner(), cast.auditor()):
        with speaking_for(other), pytest.raises(PermissionDenied):
            sign_ins.end(officer, keys, by=other)
        show("")  # As at the beginning of every request.
        with speaking_for(other):
            assert not SignIn.objects.exists()
            assert sign_ins.end(other, keys, by=other) == 0
    assert is_signed_in(phone)
    client.post(reverse("people:end-sign-ins", args=[officer.pk]), {"key": keys})
    assert not is_signed_in(phone)
    assert Event.objects.get(verb="people.end_sign_in").person_id == cast.administrator().pk


def test_a_new_password_ends_the_others_and_keeps_this_one(officer):
    desk = browser(officer, FIREFOX, "203.0.113.9")
    phone = browser(officer, PHONE, "203.0.113.9")
    new = "Kenari-77-Saparua"
    asked = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert desk.post(reverse("account_change_password"), asked).status_code == 302
    assert shown(officer) == [("Firefox, Windows", "203.0.113.0/24")]
    assert (is_signed_in(desk), is_signed_in(phone)) == (True, False)


def test_who_rests_is_signed_in_nowhere_and_who_comes_back_signs_in_anew(officer):
    desk = browser(officer, FIREFOX, "203.0.113.9")
    administrator = cast.administrator()
    show("")  # As at the beginning of every request.
    with speaking_for(administrator):
        actions.set_active(officer, False, by=administrator)
        assert not sign_ins.of_person(officer)
        actions.set_active(officer, True, by=administrator)
    assert not is_signed_in(desk)


def test_what_was_used_is_written_down_once_in_a_while(officer, monkeypatch):
    desk = browser(officer, FIREFOX, "203.0.113.9")
    before = timezone.now() - timedelta(hours=1)
    SignIn.objects.update(seen_at=before)
    sign_ins._seen.clear()
    assert is_signed_in(desk)
    seen = SignIn.objects.get(user=officer).seen_at
    assert seen > before
    assert is_signed_in(desk)
    assert SignIn.objects.get(user=officer).seen_at == seen


def test_sign_ins_that_are_over_are_forgotten_with_their_device_and_network(officer):
    browser(officer, FIREFOX, "203.0.113.9")
    kept = SignIn.objects.get(user=officer).pk
    over = timezone.now() - timedelta(seconds=1)
    SignIn.objects.create(pk="0" * 40, seen_at=over, expire_date=over, user=officer)
    assert len(shown(officer)) == 1
    jobs.clear_sign_ins(0)
    assert [one.pk for one in SignIn.objects.filter(user=officer)] == [kept]


@pytest.mark.parametrize(
    ("words", "device"),
    [
        ("", ""),
        ("curl/8.5.0", ""),
        (PHONE.replace("Chrome", "SamsungBrowser/25.0 Chrome"), "Samsung Internet, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) CriOS/126.0 Safari/604.1",
         "Chrome, iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605.1.15",
         "Safari, macOS"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge, Linux"),
    ],
)  # fmt: skip
def test_a_browser_and_its_system_are_named(words, device):
    assert sign_ins.device_of(words) == device


def test_no_network_is_named_where_there_is_no_address():
    assert sign_ins.network_of("") == sign_ins.network_of("unix:") == ""
