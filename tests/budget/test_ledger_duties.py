"""Who commits does not order the payment: by decree, by day, and by the database itself."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone, translation

from pulih.budget import actions
from pulih.budget.models import Appointment
from pulih.common.errors import Refusal
from pulih.people.scope import speaking_for
from tests.make import budget as make
from tests.make import ledger
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 15)


@made_once
def line():
    return make.line(ceiling=10_000)


def test_three_officers_carry_a_payment_through(line):
    ppk, ppspm = ledger.officer(line, "ppk"), ledger.officer(line, "ppspm")
    with speaking_for(ppk):
        signed = ledger.contract(line, 500, by=ppk)
        request = ledger.asked(line, 500, commitment=signed, by=ppk)
    order = ledger.examined(request, ppspm)
    with speaking_for(ppspm):
        ledger.paid(line, 500, refers_to=order, by=ppspm)
    line.refresh_from_db()
    assert line.realised == 500


@pytest.mark.parametrize("post", ["kpa", "ppspm", "treasurer", None])
def test_only_the_commitment_officer_commits_and_requests(line, post):
    person = ledger.officer(line, post) if post else cast.provincial_officer()
    with speaking_for(person):
        for attempt in (ledger.contract, ledger.asked):
            with pytest.raises(Refusal, match="not recorded as commitment officer"):
                attempt(line, 1, by=person)


def test_an_appointment_holds_from_its_day_until_before_its_end(line):
    person = ledger.officer(line, "ppk", valid_from=date(2020, 3, 1), valid_to=date(2020, 6, 1))
    with speaking_for(person):
        for day in (date(2020, 2, 28), date(2020, 6, 1)):
            with pytest.raises(Refusal, match="not recorded"):
                ledger.contract(line, 1, by=person, effective_on=day)
        ledger.contract(line, 1, by=person, effective_on=date(2020, 5, 31))


def test_whoever_made_the_request_does_not_order_its_payment_even_in_another_post(line):
    person = ledger.officer(line, "ppk", valid_to=date(2020, 6, 1))
    on = date(2020, 5, 4)
    with speaking_for(person):
        signed = ledger.contract(line, 500, by=person, effective_on=on)
        request = ledger.asked(line, 500, by=person, commitment=signed, effective_on=on)
    ledger.appointed(line, person, "ppspm", valid_from=date(2020, 6, 1))
    with speaking_for(person), pytest.raises(Refusal, match="another person must order"):
        ledger.ordered(request, by=person)


def test_what_is_paid_without_an_order_is_paid_by_the_treasurer(line):
    ppk, treasurer = ledger.officer(line, "ppk"), ledger.officer(line, "treasurer")
    with speaking_for(ppk), pytest.raises(Refusal, match="treasurer"):
        ledger.paid(line, 5, by=ppk, method="UP")
    with speaking_for(treasurer):
        ledger.paid(line, 5, by=treasurer, method="UP")


def test_a_correction_is_made_by_whoever_holds_the_post_of_what_it_corrects(line):
    ppk, ppspm = ledger.officer(line, "ppk"), ledger.officer(line, "ppspm")
    with speaking_for(ppk):
        signed = ledger.contract(line, 500, by=ppk)
    with speaking_for(ppspm), pytest.raises(Refusal, match="commitment officer"):
        ledger.reversed_by(signed, by=ppspm)
    with speaking_for(ppk):
        ledger.reversed_by(signed, by=ppk)


@pytest.mark.parametrize(
    ("held", "wanted"), [("ppk", "ppspm"), ("ppspm", "treasurer"), ("treasurer", "ppk")]
)
def test_two_of_the_three_posts_are_never_one_person(line, held, wanted):
    person = ledger.officer(line, held)
    with pytest.raises(Refusal, match="may not be one person"):
        ledger.appointed(line, person, wanted)
    ledger.appointed(line, person, "kpa")  # The head of office may also commit.
    with pytest.raises(DatabaseError, match="already"), transaction.atomic():
        Appointment.objects.create(
            unit=line.unit, province=line.province, person=person, post=wanted, decree="x",
            valid_from=date(2020, 12, 1),
        )  # fmt: skip


def test_a_post_passes_on_when_the_earlier_appointment_ends(line):
    person = ledger.officer(line, "ppk")
    with pytest.raises(Refusal, match="End that first"):
        ledger.appointed(line, person, "ppk")
    actions.end_appointment(Appointment.objects.get(), on=date(2020, 7, 1), by=make.system())
    ledger.appointed(line, person, "ppspm", valid_from=date(2020, 7, 1))
    assert [one.post for one in Appointment.objects.on(date(2020, 7, 1))] == ["ppspm"]
    assert [one.post for one in Appointment.objects.on(date(2020, 6, 30))] == ["ppk"]


def test_a_post_does_not_end_before_what_was_done_in_it(line):
    """Else a document of July would have been made by nobody's right."""
    ppk, kpa = ledger.officer(line, "ppk"), ledger.officer(line, "kpa")
    with speaking_for(ppk):
        ledger.contract(line, 5, by=ppk, effective_on=DAY)
    held = Appointment.objects.get(person=ppk)
    ended = {"by": kpa, "reason": "Mutasi"}
    with translation.override("en"), speaking_for(kpa):
        for on in (date(2020, 2, 1), DAY):
            with pytest.raises(Refusal, match="15 Jun 2020 was made in this post"):
                actions.end_appointment(held, on=on, **ended)
        with pytest.raises(Refusal, match="Say why it ends before today"):
            actions.end_appointment(held, on=date(2020, 7, 1), by=kpa)
        actions.end_appointment(held, on=date(2020, 7, 1), **ended)
        with pytest.raises(Refusal, match="ends earlier already"):
            actions.end_appointment(held, on=date(2020, 8, 1), **ended)


def test_the_database_asks_for_the_post_by_itself(line):
    person = cast.provincial_officer()
    with (
        speaking_for(person),
        pytest.raises(DatabaseError, match="is none of"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT budget_post('commitment','x',%s,2020,'2020-06-15','',NULL,%s,%s,%s)",
            [line.unit_id, [line.pk], ["commitment"], [1]],
        )


def test_nobody_appoints_oneself_nor_ends_that(line):
    person, other = ledger.officer(line, "kpa"), ledger.officer(line, "ppk")
    asked = {"unit": line.unit, "decree": "SK", "valid_from": timezone.localdate()}
    with speaking_for(person):
        with pytest.raises(Refusal, match="neither appoint yourself"):
            actions.appoint(person, post="ppk", by=person, **asked)
        with pytest.raises(Refusal, match="neither appoint yourself"):
            actions.end_appointment(Appointment.objects.get(person=person), on=DAY, by=person)
        with pytest.raises(DatabaseError, match="oneself"), transaction.atomic():
            Appointment.objects.create(
                unit=line.unit, province=line.province, person=person, post="ppk", decree="x",
                valid_from=DAY,
            )  # fmt: skip
        held = Appointment.objects.get(person=other)
        actions.end_appointment(held, on=DAY, by=person, reason="Mutasi")
        actions.appoint(other, post="ppk", by=person, **asked)


@pytest.mark.parametrize(
    ("valid_from", "reason", "words"),
    [
        (date(2019, 12, 31), "SK terlambat", "1 Jan 2020"),
        (date(2020, 1, 1), " ", r"before today|sebelum hari ini"),
        (date(2020, 1, 1), "SK terlambat", None),
    ],
)
def test_an_appointment_reaches_back_to_its_budget_year_with_a_reason(
    line, valid_from, reason, words
):
    kpa, person = ledger.officer(line, "kpa"), cast.provincial_officer()
    asked = {"post": "ppk", "unit": line.unit, "decree": "SK", "valid_from": valid_from}
    with speaking_for(kpa):
        if words is None:
            made = actions.appoint(person, by=kpa, reason=reason, **asked)
            assert made.reason == reason
            return
        with pytest.raises(Refusal, match=words):
            actions.appoint(person, by=kpa, reason=reason, **asked)
    assert not Appointment.objects.filter(person=person).exists()


def test_who_may_not_appoint_appoints_nobody(line):
    for person in (cast.auditor(), cast.provincial_officer("Bali"), cast.regency_officer()):
        with speaking_for(person), pytest.raises(PermissionDenied):
            actions.appoint(
                person, unit=line.unit, post="ppk", decree="SK", valid_from=DAY, by=person
            )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"decree": " "}, "decree"),
        ({"valid_to": date(2020, 1, 2)}, "before it begins"),
        ({"nip": "12 34"}, "18 figures"),
        ({"nik": "3212 34"}, "16 figures"),
        ({"nip": "197001011995032001", "nik": "3212014201700009"}, "different days"),
    ],
)
def test_an_appointment_that_says_too_little_is_refused(line, values, words):
    with translation.override("en"), pytest.raises(Refusal, match=words):
        ledger.appointed(line, cast.provincial_officer(), "ppk", **values)
    with pytest.raises(Refusal):
        ledger.appointed(line, cast.auditor(), "ppk")
