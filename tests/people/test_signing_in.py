"""Who can run SQL as the serving role rewrites no person, factor, session or job of others."""

import re
import time
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.urls import reverse

from pulih.people import actions
from pulih.people.models import Role, SignIn, User
from pulih.people.scope import NOBODY, SAY, speaking_for, spoken_for
from pulih.people.sessions import SessionStore, hash_of, show
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def say_nobody():
    run(SAY, *NOBODY)


@made_once
def officer():
    person = cast.provincial_officer()
    person.set_password("Sagu-2020-Ambon")
    person.save()
    return person


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE people_user SET password = 'x'",
        "UPDATE people_user SET role = 'administrator'",
        "DELETE FROM people_user",
        "DELETE FROM mfa_authenticator",
        "UPDATE mfa_authenticator SET data = '{}'",
        "UPDATE account_emailaddress SET email = 'x'",
        "DELETE FROM people_signin",
        "UPDATE people_signin SET expire_date = now()",
    ],
)
def test_nobody_changes_no_row(officer, statement):
    Authenticator.objects.create(user=officer, type="totp", data={"secret": "x"})
    SessionStore().create()
    show("")
    say_nobody()
    assert run(statement) == 0
    assert User.objects.get(pk=officer.pk).check_password("Sagu-2020-Ambon")


def test_nobody_adds_a_person_or_a_factor(officer):
    say_nobody()
    for make in (
        lambda: User.objects.create(username="tamu", role=Role.ADMINISTRATOR),
        lambda: Authenticator.objects.create(user=officer, type="totp", data={}),
    ):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            make()


def test_a_person_changes_her_own_row_and_not_what_she_is(officer):
    planner = cast.planner()
    with speaking_for(officer):
        assert run("UPDATE people_user SET password = 'x' WHERE id = %s", planner.pk) == 0
        assert run("UPDATE people_user SET email = 'y@x.invalid' WHERE id = %s", officer.pk) == 1
        for column in ("role = 'administrator'", "is_superuser = true", "username = 'pulih2'"):
            with pytest.raises(DatabaseError, match="Only an administrator"), transaction.atomic():
                run(f"UPDATE people_user SET {column} WHERE id = %s", officer.pk)


def test_a_factor_is_seen_by_its_person_and_administrators(officer):
    Authenticator.objects.create(user=officer, type="totp", data={"secret": "x"})
    seen = {}
    for person in (officer, cast.planner(), cast.auditor(), cast.administrator()):
        with speaking_for(person):
            seen[person.role] = Authenticator.objects.count()
    assert seen == {"provincial_officer": 1, "planner": 0, "auditor": 0, "administrator": 1}


def test_a_session_is_shown_to_who_knows_its_key_alone(officer):
    one, other = SessionStore(), SessionStore()
    for store in (one, other):
        store["by"] = "x"
        store.create()
    say_nobody()
    show("")
    assert SignIn.objects.count() == 0
    show(one.session_key)
    assert [each.pk for each in SignIn.objects.all()] == [hash_of(one.session_key)]
    assert SessionStore(other.session_key).load() == {"by": "x"}
    one.delete()
    assert SessionStore(one.session_key).load() == {}


@pytest.mark.parametrize("person", ["planner", None])
def test_a_job_is_queued_in_nobody_elses_name(officer, person):
    queued = (
        "INSERT INTO procrastinate_jobs (task_name, args, queue_name, attempts, status)"
        " VALUES ('budget.post_missing', jsonb_build_object('person_id', %s::int), 'default', 0,"
        " 'todo')"
    )
    with speaking_for(officer):
        assert run(queued, officer.pk) == 1
        with pytest.raises(DatabaseError, match="stays what it is"), transaction.atomic():
            run("UPDATE procrastinate_jobs SET args = '{}'")
        assert run("UPDATE procrastinate_jobs SET attempts = attempts") >= 1
    planner = cast.planner()
    say_nobody()
    if person:
        run(SAY, *spoken_for(planner))
    with pytest.raises(DatabaseError, match="Only person"), transaction.atomic():
        run(queued, officer.pk)


def sign_in(client, officer):
    asked = {"login": officer.username, "password": "Sagu-2020-Ambon"}
    return client.post(reverse("account_login"), asked)


def test_signing_in_dates_the_person_and_writes_an_old_hash_anew(client, officer):
    old = PBKDF2PasswordHasher().encode("Sagu-2020-Ambon", "salt", iterations=1_000)
    User.objects.filter(pk=officer.pk).update(password=old)
    assert sign_in(client, officer).status_code == 302
    assert client.session["_auth_user_id"] == str(officer.pk)
    now = User.objects.get(pk=officer.pk)
    assert now.last_login is not None
    assert now.password != old
    assert now.check_password("Sagu-2020-Ambon")


def two_who_read_an_old_hash(officer):
    """Return what two requests hold of a person whose hash is of too few rounds."""
    old = PBKDF2PasswordHasher().encode("Sagu-2020-Ambon", "salt", iterations=1_000)
    User.objects.filter(pk=officer.pk).update(password=old)
    both = [User.objects.get(pk=officer.pk) for _ in range(2)]
    assert [one.password for one in both] == [old, old]
    return both


def test_two_browsers_that_sign_in_at_once_both_stay_signed_in(officer):
    """A session is worth nothing once the hash that it was opened with is written over."""
    first, second = two_who_read_an_old_hash(officer)
    assert first.check_password("Sagu-2020-Ambon")
    assert second.check_password("Sagu-2020-Ambon")
    assert first.password == second.password == User.objects.get(pk=officer.pk).password


def test_a_password_that_was_changed_meanwhile_signs_nobody_in(officer):
    first, second = two_who_read_an_old_hash(officer)
    first.set_password("Gaharu-2020-Tual")
    with speaking_for(officer):
        first.save(update_fields=["password"])
    assert not second.check_password("Sagu-2020-Ambon")


def test_a_second_factor_is_used_before_anybody_is_signed_in(client, officer):
    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    assert sign_in(client, officer).headers["Location"] == reverse("mfa_authenticate")
    assert client.get("/enterprises/").status_code == 302
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    assert client.session["_auth_user_id"] == str(officer.pk)
    assert Authenticator.objects.get().last_used_at is not None


def test_a_recovery_code_is_used_up(client, officer):
    TOTP.activate(officer, generate_totp_secret())
    code = RecoveryCodes.activate(officer).get_unused_codes()[0]
    for expected in (302, 200):
        sign_in(client, officer)
        answer = client.post(reverse("mfa_authenticate"), {"code": code})
        assert answer.status_code == expected
        client.logout()


def test_a_mailed_address_sets_a_new_password(client, officer, mailoutbox):
    User.objects.filter(pk=officer.pk).update(email="petugas@x.invalid")
    client.post(reverse("account_reset_password"), {"email": "petugas@x.invalid"})
    address = re.search(r"/accounts/password/reset/key/\S+", mailoutbox[0].body)[0]
    form = client.get(address, follow=True).redirect_chain[-1][0]
    wanted = "Papeda-2020-Ternate"
    answer = client.post(form, {"password1": wanted, "password2": wanted})
    assert answer.status_code == 302
    assert User.objects.get(pk=officer.pk).check_password(wanted)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("Disperindag2020", "little is in it but the name of your office or of Pulih, a year."),
        ("jawabarat123456", "the name of your office or of Pulih, letters or numbers in a row."),
        ("Qwertyuiop#1", "letters or numbers in a row."),
        ("iloveyou2020", "words from lists of leaked passwords, a year."),
        ("x7$Kp2w", "This password is too short."),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused_with_what_is_wrong(
    client, officer, wanted, said
):
    client.force_login(officer)
    client.cookies["pulih_language"] = "en"
    asked = {"oldpassword": "Sagu-2020-Ambon", "password1": wanted, "password2": wanted}
    answer = client.post(reverse("account_change_password"), asked)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert said in text
    assert "Take four words that have nothing to do with each other or with you." in text
    assert User.objects.get(pk=officer.pk).check_password("Sagu-2020-Ambon")


def test_a_password_that_an_administrator_made_is_changed_before_anything_else(client):
    person, first = actions.add_person(
        username="sari", name="Sari", email="sari@x.invalid", role="auditor", area=None,
        by=cast.administrator(), today=date(2020, 6, 15),
    )  # fmt: skip
    client.post(reverse("account_login"), {"login": "sari", "password": first})
    answer = client.get("/enterprises/", follow=True)
    assert answer.redirect_chain[0][0] == reverse("account_change_password")
    assert "dibuat oleh administrator" in answer.content.decode()
    assert client.get("/api/v1/enterprises").status_code == 403
    same = {"oldpassword": first, "password1": first, "password2": first}
    answer = client.post(reverse("account_change_password"), same)
    assert "Kata sandi ini dibuat oleh administrator" in answer.content.decode()
    assert client.get("/enterprises/").status_code == 302
    wanted = "Papeda-2020-Ternate"
    asked = {"oldpassword": first, "password1": wanted, "password2": wanted}
    client.post(reverse("account_change_password"), asked)
    assert client.get("/enterprises/").status_code == 200
    assert not User.objects.get(pk=person.pk).password_is_first
