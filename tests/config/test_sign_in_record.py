"""An inspector reads who came in, who failed and whose password or factor changed."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.urls import reverse

from pulih.audit.models import Event
from pulih.people.models import User
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
PASSWORD, WANTED = "Sagu-2020-Ambon", "Papeda-2020-Ternate"
NIK = "3204110507900002"


@made_once
def officer():
    person = cast.provincial_officer()
    person.set_password(PASSWORD)
    person.email = "petugas@x.invalid"
    person.save()
    return person


def sign_in(client, name, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": name, "password": password})


def acts():
    rows = Event.objects.filter(verb__startswith="people.").order_by("pk")
    return [(row.verb.removeprefix("people."), row.detail) for row in rows]


def verbs():
    return [verb for verb, _detail in acts()]


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_who_came_in_and_left_stands_in_the_record(client, officer):
    sign_in(client, officer.username)
    client.post(reverse("account_logout"))
    assert acts() == [("sign_in", {"steps": ["password"]}), ("sign_out", {})]
    assert {row.person_id for row in Event.objects.all()} == {officer.pk}
    client.force_login(cast.auditor())
    page = client.get(reverse("administration:record"), {"room": "people"}).content.decode()
    assert officer.name in page
    assert "masuk" in page


@pytest.mark.parametrize("is_known", [True, False])
def test_a_failed_sign_in_is_kept_without_what_was_typed(client, officer, is_known):
    name = officer.username if is_known else NIK
    sign_in(client, name, "rahasia-yang-salah")
    [row] = Event.objects.all()
    system = User.objects.get(username="pulih")
    assert row.verb == "people.fail_sign_in"
    assert row.person_id == system.pk
    assert row.subject_id == str((officer if is_known else system).pk)
    assert row.detail["is_known"] is is_known
    assert re.fullmatch("[0-9a-f]{64}", row.detail["tried"])
    assert name not in str(row.detail)
    assert "rahasia" not in str(row.detail)


def test_a_factor_that_is_added_mistyped_and_removed_is_kept(
    client, officer, django_capture_on_commit_callbacks
):
    sign_in(client, officer.username)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    client.post(reverse("account_logout"))
    sign_in(client, officer.username)
    client.post(reverse("mfa_authenticate"), {"code": "000000x"})
    client.post(reverse("mfa_authenticate"), {"code": "111111x"})
    recovery = RecoveryCodes(Authenticator.objects.get(type="recovery_codes"))
    client.post(reverse("mfa_authenticate"), {"code": recovery.get_unused_codes()[0]})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    assert verbs() == [
        "sign_in", "add_factor", "add_factor", "sign_out",
        "fail_second_factor", "fail_second_factor", "use_recovery_code", "sign_in",
        "remove_factor", "remove_factor",
    ]  # fmt: skip
    assert acts()[-3] == ("sign_in", {"steps": ["password", "recovery_codes"]})


def test_a_code_of_the_authenticator_is_kept_as_used(client, officer):
    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    sign_in(client, officer.username)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert acts() == [
        ("use_factor", {"kind": "totp"}),
        ("sign_in", {"steps": ["password", "totp"]}),
    ]
    assert secret not in str(acts())


def test_a_password_that_is_changed_or_set_by_mail_is_kept(client, officer, mailoutbox):
    sign_in(client, officer.username)
    asked = {"oldpassword": PASSWORD, "password1": WANTED, "password2": WANTED}
    client.post(reverse("account_change_password"), asked)
    client.post(reverse("account_logout"))
    client.post(reverse("account_reset_password"), {"email": officer.email})
    address = re.search(r"/accounts/password/reset/key/\S+", mailoutbox[-1].body)[0]
    form = client.get(address, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    assert verbs() == ["sign_in", "change_password", "sign_out", "set_password_by_mail"]
    assert PASSWORD not in str(acts())
    assert WANTED not in str(acts())
