"""A passkey is the second factor of who added it, at the address where it was added."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.urls import reverse

from pulih.audit.models import Event
from pulih.config import passkeys
from pulih.people import actions
from pulih.people.models import User
from tests.make.passkeys import SecurityKey
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
PASSWORD = "Sagu-2020-Ambon"
NOT_ADDED = "Kunci sandi tidak ditambahkan"
NOT_USED = "jawaban perangkat tidak cocok dengan akun"


@made_once
def officer():
    person = cast.provincial_officer()
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture(autouse=True)
def _behind_a_proxy(client, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    cache.clear()  # Else tests before this one count among the tries.
    client.defaults |= {"HTTP_HOST": "testserver", "HTTP_X_FORWARDED_PROTO": "https"}


def give_password(client, person):
    return client.post(reverse("account_login"), {"login": person.username, "password": PASSWORD})


def sign_in(client, person):
    give_password(client, person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def asked(client, name="mfa_add_webauthn"):
    """Return what a page asks of a device."""
    options = client.get(reverse(name)).context["js_data"]
    return json.loads(json.dumps(next(iter(options.values()))))


def add(client, key, name="Laptop kantor"):
    answer = {"credential": key.added(asked(client)), "name": name}
    return client.post(reverse("mfa_add_webauthn"), answer)


def use(client, credential):
    return client.post(reverse("mfa_authenticate"), {"credential": credential})


def half_in(client, person):
    """Give the password and return what the next page asks of a device."""
    assert give_password(client, person).headers["Location"] == reverse("mfa_authenticate")
    return asked(client, "mfa_authenticate")


def names():
    return [one.data["name"] for one in Authenticator.objects.filter(type="webauthn")]


def verbs():
    rows = Event.objects.filter(verb__startswith="people.").order_by("pk")
    return [row.verb.removeprefix("people.") for row in rows]


def is_in(client):
    return "_auth_user_id" in client.session


@pytest.fixture
def key(client, officer):
    """A security key that the officer has added; nobody is signed in."""
    key = SecurityKey()
    sign_in(client, officer)
    assert add(client, key).status_code == 302
    client.post(reverse("account_logout"))
    return key


def test_a_passkey_is_added_with_recovery_codes_and_signs_in(
    client, officer, django_capture_on_commit_callbacks
):
    key = SecurityKey()
    sign_in(client, officer)
    with django_capture_on_commit_callbacks(execute=True):
        answer = add(client, key)
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    client.post(reverse("account_logout"))
    assert names() == ["Laptop kantor"]
    assert Authenticator.objects.filter(type="recovery_codes").count() == 1
    options = half_in(client, officer)
    assert not is_in(client)
    assert use(client, key.used(options)).status_code == 302
    assert client.session["_auth_user_id"] == str(officer.pk)
    assert verbs() == [
        "sign_in", "add_factor", "add_factor", "sign_out", "use_factor", "sign_in",
    ]  # fmt: skip
    assert Event.objects.filter(verb="people.sign_in").latest("pk").detail == {
        "steps": ["password", "webauthn"]
    }
    [passkey] = Authenticator.objects.filter(type="webauthn")
    assert passkey.data["count"] == key.count == 2
    assert passkey.last_used_at is not None


def test_a_device_that_never_counts_signs_in_each_time(client, officer):
    key = SecurityKey(counting=False)
    sign_in(client, officer)
    add(client, key)
    for _ in range(2):
        client.post(reverse("account_logout"))
        use(client, key.used(half_in(client, officer)))
        assert is_in(client)


def test_a_recovery_code_stands_in_for_a_lost_device(client, officer, key):
    half_in(client, officer)
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    assert is_in(client)


def test_it_is_renamed_and_removed_by_its_person_alone(client, officer, key):
    use(client, key.used(half_in(client, officer)))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    mine = Authenticator.objects.get(type="webauthn")
    rename, remove = (reverse(f"mfa_{do}_webauthn", args=[mine.pk]) for do in ("edit", "remove"))
    too_long = client.post(rename, {"name": "x" * (passkeys.LONGEST_NAME + 1)})
    assert too_long.status_code == 200
    client.post(rename, {"name": "Ponsel"})
    assert names() == ["Ponsel"]

    client.force_login(planner := cast.planner())
    planner.set_password(PASSWORD)
    planner.save()
    client.force_login(planner)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for address in (rename, remove):
        assert client.post(address, {"name": "Milik orang"}).status_code == 404
    assert names() == ["Ponsel"]

    client.post(reverse("account_logout"))
    use(client, key.used(half_in(client, officer)))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(remove)
    assert not Authenticator.objects.exists()  # The recovery codes go with the last factor.
    assert verbs()[-2:] == ["remove_factor", "remove_factor"]
    assert "rename_passkey" in verbs()
    client.post(reverse("account_logout"))
    assert give_password(client, officer).headers["Location"] == "/desk/"


def test_it_meets_what_a_role_must_hold(client, officer, key, settings):
    settings.SECOND_FACTOR_ROLES = [officer.role]
    use(client, key.used(half_in(client, officer)))
    assert client.get("/enterprises/").status_code == 200


def test_an_administrator_who_resets_a_sign_in_removes_it(client, officer, key):
    actions.reset_sign_in(User.objects.get(pk=officer.pk), by=cast.administrator())
    assert not Authenticator.objects.exists()


def test_adding_asks_for_the_password_again(client, officer):
    give_password(client, officer)
    answer = client.get(reverse("mfa_add_webauthn"))
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    client.post(reverse("mfa_add_webauthn"), {"credential": "{}"})
    assert names() == []


def test_a_passkey_opens_no_page_that_asks_again_who_it_is(client, officer, key):
    use(client, key.used(half_in(client, officer)))
    again = reverse("mfa_reauthenticate_webauthn")
    assert client.get(again).headers["Location"] == reverse("account_reauthenticate")
    credential = key.used({"publicKey": {"rpId": "testserver", "challenge": "YWJj"}})
    client.post(again, {"credential": credential})
    assert client.get(reverse("mfa_add_webauthn")).status_code == 302


def said(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_another_page_asked_for_is_not_added(client, officer):
    sign_in(client, officer)
    key = SecurityKey()
    earlier = key.added(asked(client))
    wrong = [
        key.added(asked(client), "https://testserver.example.org"),
        key.added(asked(client), "https://other.testserver"),
        key.added(asked(client), "https://testserver:8443"),
        key.added(asked(client), "http://testserver"),
        earlier,
    ]
    for credential in wrong:
        asked(client)
        answer = client.post(reverse("mfa_add_webauthn"), {"credential": credential})
        assert NOT_ADDED in said(answer)
    assert names() == []


def test_a_challenge_is_good_for_one_try(client, officer):
    sign_in(client, officer)
    options = asked(client)
    add_page = reverse("mfa_add_webauthn")
    client.post(add_page, {"credential": SecurityKey().added(options, "https://other.invalid")})
    late = client.post(add_page, {"credential": SecurityKey().added(options)})
    assert NOT_ADDED in said(late)
    options = asked(client)
    assert client.post(add_page, {"credential": SecurityKey().added(options)}).status_code == 302
    again = client.post(add_page, {"credential": SecurityKey().added(options)})
    assert NOT_ADDED in said(again)
    assert len(names()) == 1


def test_a_known_passkey_and_one_too_many_are_refused(client, officer, monkeypatch):
    monkeypatch.setattr(passkeys, "MOST_PASSKEYS", 2)
    sign_in(client, officer)
    key = SecurityKey()
    add(client, key)
    assert "sudah ada di akun Anda" in said(add(client, key))
    add(client, SecurityKey(), name="")
    assert names() == ["Laptop kantor", "Kunci sandi 2"]
    assert "sudah memiliki" in said(add(client, SecurityKey()))
    assert len(names()) == 2


def test_what_is_kept_is_what_was_checked(client, officer):
    sign_in(client, officer)
    answer = json.loads(SecurityKey().added(asked(client))) | {"more": "x" * 1000}
    client.post(reverse("mfa_add_webauthn"), {"credential": json.dumps(answer)})
    [passkey] = Authenticator.objects.filter(type="webauthn")
    assert "more" not in passkey.data["credential"]


def test_nobody_signs_in_with_a_passkey_of_somebody_else(client, officer, key):
    planner = cast.planner()
    planner.set_password(PASSWORD)
    planner.save()
    sign_in(client, planner)
    other = SecurityKey()
    add(client, other)
    client.post(reverse("account_logout"))
    for credential in (
        other.used(half_in(client, officer)),
        SecurityKey(id=key.id).used(half_in(client, officer)),
    ):
        assert NOT_USED in said(use(client, credential))
        assert not is_in(client)
    assert verbs()[-2:] == ["fail_passkey", "fail_passkey"]


def test_an_answer_for_another_page_or_of_before_signs_nobody_in(client, officer, key):
    earlier = key.used(half_in(client, officer))
    client.get(reverse("mfa_authenticate"))
    assert NOT_USED in said(use(client, earlier))
    for origin in ("https://testserver.example.org", "https://a.testserver", "http://testserver"):
        options = asked(client, "mfa_authenticate")
        assert NOT_USED in said(use(client, key.used(options, origin)))
    options = asked(client, "mfa_authenticate")
    credential = key.used(options)
    assert use(client, credential).status_code == 302
    client.post(reverse("account_logout"))
    half_in(client, officer)
    assert NOT_USED in said(use(client, credential))
    assert not is_in(client)


def test_a_count_that_goes_back_is_refused_and_said(client, officer, key):
    copy = SecurityKey(id=key.id, private=key.private, count=key.count)
    for _ in range(3):
        use(client, key.used(half_in(client, officer)))
        client.post(reverse("account_logout"))
    assert "hitungannya mundur" in said(use(client, copy.used(half_in(client, officer))))
    assert not is_in(client)
    assert verbs()[-1] == "fail_passkey"
    [passkey] = Authenticator.objects.filter(type="webauthn")
    assert passkey.data["count"] == key.count


def test_tries_are_counted_as_those_of_codes(client, officer, key, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/m/ip"}
    half_in(client, officer)
    for _ in range(2):
        assert NOT_USED in said(use(client, "[1]"))
    options = asked(client, "mfa_authenticate")
    assert "Terlalu banyak" in said(use(client, key.used(options)))
    assert not is_in(client)


def test_what_is_no_answer_of_a_device_signs_nobody_in(client, officer, key):
    options = half_in(client, officer)
    device = json.loads(key.used(options))
    for part, value in (
        ("rawId", 4_000_000_000),  # fido2 would ask for that many bytes.
        ("response", {}),
        ("response", device["response"] | {"authenticatorData": "AA"}),
        ("response", device["response"] | {"signature": "A" * passkeys.LONGEST_ANSWER}),
        ("response", device["response"] | {"clientDataJSON": "gYGB" * 4000}),
    ):
        assert NOT_USED in said(use(client, json.dumps(device | {part: value})))
    assert not is_in(client)
    assert verbs()[-5:] == ["fail_passkey"] * 5
