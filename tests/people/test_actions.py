from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.exceptions import PermissionDenied
from django.test import Client

from pulih.audit.models import Event
from pulih.common.errors import Refusal
from pulih.people import actions
from pulih.people.models import Reach, Role, User
from tests.people import cast

pytestmark = pytest.mark.django_db
TODAY = date(2020, 6, 15)


def add(**changes):
    given = {
        "username": "dewi",
        "name": "Dewi Contoh",
        "email": "dewi@contoh.invalid",
        "role": Role.PROVINCIAL_OFFICER,
        "area": cast.area("Bali"),
        "by": cast.administrator(),
        "today": TODAY,
    }
    return actions.add_person(**{**given, **changes})


def test_a_new_officer_has_a_password_shown_once_and_one_reach():
    person, password = add()
    assert person.check_password(password)
    assert [reach.area.name for reach in person.reaches.all()] == ["Bali"]
    assert Event.objects.filter(verb="people.add", subject_id=str(person.pk)).exists()


def test_a_planner_sees_the_country_without_choosing_an_area():
    person, _password = add(role=Role.PLANNER, area=None)
    assert person.sight.country


def test_an_officer_without_an_area_is_refused_and_nobody_is_added():
    with pytest.raises(Refusal):
        add(area=None)
    assert not User.objects.filter(username="dewi").exists()


def test_a_regency_officer_of_a_province_is_refused():
    with pytest.raises(Refusal):
        add(role=Role.REGENCY_OFFICER)


def test_a_user_name_is_given_once_whatever_its_case():
    add()
    with pytest.raises(Refusal):
        add(username="DEWI")


@pytest.mark.parametrize("make", [cast.planner, cast.auditor, cast.provincial_officer])
def test_only_administrators_add_people(make):
    with pytest.raises(PermissionDenied):
        add(by=make())


def test_the_same_reach_is_not_given_twice():
    person, _password = add()
    with pytest.raises(Refusal):
        actions.give_reach(person, area=cast.area("Bali"), by=cast.administrator(), today=TODAY)


def test_a_reach_that_ends_is_kept_with_its_days():
    person, _password = add(today=TODAY - timedelta(days=30))
    actions.end_reach(person.reaches.get(), by=cast.administrator(), today=TODAY)
    assert person.reaches.get().valid_to == TODAY
    assert not User.objects.get(pk=person.pk).sight.provinces


def test_a_reach_given_by_mistake_today_is_taken_back_whole():
    person, _password = add()
    assert actions.end_reach(person.reaches.get(), by=cast.administrator(), today=TODAY) is None
    assert not Reach.objects.filter(user=person).exists()


def test_nobody_switches_off_her_own_account():
    administrator = cast.administrator()
    with pytest.raises(Refusal):
        actions.set_active(administrator, False, by=administrator)


def test_a_resting_person_can_come_back():
    person, _password = add()
    actions.set_active(person, False, by=cast.administrator())
    assert actions.set_active(person, True, by=cast.administrator()).is_active


def test_a_reset_voids_password_sessions_and_second_factor_and_mails_a_link(client, mailoutbox):
    person, _password = add()
    TOTP.activate(person, generate_totp_secret())
    other = Client()
    other.force_login(person)
    client.force_login(cast.administrator())
    client.post(f"/people/{person.pk}/sign-in/")
    person.refresh_from_db()
    assert not person.has_usable_password()
    assert not Authenticator.objects.filter(user=person).exists()
    assert other.get("/enterprises/").headers["Location"].startswith("/accounts/login/")
    (mail,) = mailoutbox
    assert mail.to == [person.email]
    assert "/accounts/password/reset/key/" in mail.body
    assert Event.objects.filter(verb="people.reset_sign_in", subject_id=str(person.pk)).exists()


def test_a_sign_in_is_not_reset_for_oneself_nor_where_no_mail_arrives():
    by, person = cast.administrator(), add()[0]
    with pytest.raises(Refusal, match="administrator lain"):
        actions.reset_sign_in(by, by=by)
    actions.set_active(person, False, by=by)
    with pytest.raises(Refusal, match="sandi baru tidak dapat"):
        actions.reset_sign_in(person, by=by)
    with pytest.raises(PermissionDenied):
        actions.reset_sign_in(person, by=cast.planner())
