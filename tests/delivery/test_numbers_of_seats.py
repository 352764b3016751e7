"""A NIK by which somebody holds a seat changes by two officers, or not at all."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from pulih.common.errors import Refusal
from pulih.delivery import reconcile
from pulih.delivery.actions import persons, rosters, seats
from pulih.delivery.models import NumberCorrection, Participant, Person, Seat
from pulih.delivery.nik_keys import key_of
from pulih.delivery.reads.payments import owed, rows_of
from pulih.people.models import Role
from pulih.people.scope import speaking_for
from tests.make import areas
from tests.make import delivery as make
from tests.people import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DAY = date(2020, 6, 20)
HELD = "holds a seat by the NIK that is stored"


def seated(number=1, **values):
    """Seat so many people by a decree; return the first one."""
    activity = make.activity(decree_number="SK-7", decree_on=DAY, **values)
    cohort = make.cohort(5, of=activity)
    make.seated(cohort, number)
    seats.claim(activity, by=cast.provincial_officer(), today=DAY)
    return Participant.objects.get(cohort=cohort, number=1)


def second():
    return cast.person(Role.PROVINCIAL_OFFICER, areas.province(), "second officer")


def correct(person, nik, by=None, why="salah ketik dari KTP"):
    stored = Person.objects.get(pk=person.pk)
    return persons.save(
        stored, nik=make.nik(nik), why=why, by=by or cast.provincial_officer(), today=DAY
    )


def key(person):
    return Person.objects.get(pk=person.pk).nik_key


def test_without_a_reason_the_number_of_a_seat_stays():
    person = seated().person
    for why in ("", "  "):
        with pytest.raises(Refusal, match=HELD):
            correct(person, 40, why=why)
    assert key(person) == key_of(make.nik(1))


def test_one_officer_asks_and_a_second_one_writes_the_same_number():
    place = seated()
    for _again in range(2):
        assert correct(place.person, 40).nik_key == key_of(make.nik(1))
    assert correct(place.person, 41, second()).nik_key == key_of(make.nik(1))
    assert correct(place.person, 41).nik_key == key_of(make.nik(41))
    assert key(place.person) == key_of(make.nik(41))
    assert Seat.objects.get(participant=place).nik_key == key_of(make.nik(41))
    assert list(reconcile.differences()) == []
    assert NumberCorrection.objects.count() == 4


def test_what_two_agreed_on_before_changes_nothing_later():
    person = seated().person
    for number in (40, 1):
        correct(person, number)
        correct(person, number, second())
    assert key(person) == key_of(make.nik(1))
    with pytest.raises(DatabaseError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(nik=make.nik(40), nik_key=key_of(make.nik(40)))


def test_postgresql_holds_the_number_whatever_a_program_forgets():
    person = seated().person
    for values in ({"nik": make.nik(40), "nik_key": key_of(make.nik(40))},
                   {"nik": "", "nik_key": ""}):  # fmt: skip
        with pytest.raises(DatabaseError, match="holds a seat"), transaction.atomic():
            Person.objects.filter(pk=person.pk).update(**values)


def test_two_seats_do_not_become_one_persons():
    first = seated(2)
    correct(first.person, 2 + 40)
    other = make.activity(cast.planner(), areas.province("Bali"), decree_number="SK-8",
                          decree_on=DAY)  # fmt: skip
    make.seated(make.cohort(5, "Kota Denpasar", other, cast.planner()), 1, first=40,
                by=cast.planner())  # fmt: skip
    seats.claim(other, by=cast.planner(), today=DAY)
    correct(first.person, 40)
    with pytest.raises(Refusal, match="has a seat of the same measure and year already"):
        correct(first.person, 40, second())
    assert key(first.person) == key_of(make.nik(1))


def test_who_gave_the_seat_up_and_who_has_none_is_corrected_at_once():
    place = seated()
    rosters.leave(
        place.cohort, number=1, left_on=DAY, reason="pindah", by=cast.provincial_officer()
    )
    assert correct(place.person, 40, why="").nik_key == key_of(make.nik(40))


def test_an_office_that_does_not_see_the_seat_is_held_too():
    person = seated().person
    Person.objects.filter(pk=person.pk).update(
        province=areas.province("Bali"), regency=areas.regency("Kota Denpasar")
    )
    bali = cast.person(Role.PROVINCIAL_OFFICER, areas.province("Bali"), "Bali")
    with speaking_for(bali):
        assert not Seat.objects.exists()
        with pytest.raises(Refusal, match=HELD):
            correct(person, 40, bali, why="")
        assert correct(person, 40, bali).nik_key == key_of(make.nik(1))


def test_what_the_checks_said_of_the_wrong_number_pays_nobody():
    activity = make.payable(2)
    person = Participant.objects.get(activity=activity, number=1).person
    correct(person, 40)
    correct(person, 40, second())
    (row, pay), *_rest = rows_of(activity)
    held = {str(one.participant.person): list(one.obstacles) for one in owed(activity, row, pay)}
    assert held == {"Peserta 1": ["not_checked"], "Peserta 2": []}


def test_the_page_asks_why_and_says_what_waits(client):
    person = seated().person
    client.force_login(cast.provincial_officer())
    address = f"/delivery/people/{person.pk}/"
    typed = {"name": person.name, "regency": person.regency_id, "sex": "P", "nik": make.nik(40)}
    page = client.post(address, typed).content.decode()
    assert "memegang kursi dengan NIK yang tersimpan" in page
    client.post(address, typed | {"why": "salah ketik"})
    page = client.get(address).content.decode()
    assert "NIK menunggu petugas kedua." in page
    assert "salah ketik" in page
    assert make.nik(40) not in page
    client.force_login(second())
    client.post(address, typed | {"why": "sesuai KTP"})
    assert key(person) == key_of(make.nik(40))
    assert "NIK menunggu petugas kedua." not in client.get(address).content.decode()
