"""Who sits in a class: whole lists, or one clear sentence and nothing written."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from pulih.audit.models import Event
from pulih.common.errors import Refusal
from pulih.delivery.actions import activities, persons, rosters
from pulih.delivery.models import Activity, Participant, Person
from pulih.people.scope import speaking_for
from tests.make import areas
from tests.make import delivery as make
from tests.meanwhile import begun
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 20)


def paste(cohort, text, by=None):
    return rosters.seat_list(cohort, text, by=by or cast.provincial_officer(), today=DAY)


def test_a_pasted_list_takes_the_first_places_in_its_order():
    cohort = make.cohort()
    seated = make.seated(cohort, 3)
    assert [one.number for one in seated] == [1, 2, 3]
    assert [one.person.name for one in seated] == ["Peserta 1", "Peserta 2", "Peserta 3"]
    assert make.seated(cohort, 2, first=4)[0].number == 4
    person = Person.objects.get(name="Peserta 1")
    assert (person.province.name, len(person.nik_key)) == ("Jawa Barat", 64)
    assert person.nik.whole not in person.nik_key
    assert Event.objects.filter(verb="delivery.seat_list").count() == 2


def test_41_people_do_not_fit_a_class_of_25_and_none_is_written():
    cohort = make.cohort(places=25)
    with pytest.raises(Refusal, match=r"41 .* 25.* 16\b"):
        make.seated(cohort, 41)
    assert not Person.objects.exists()


def test_a_wrong_line_keeps_the_whole_list_out():
    cohort = make.cohort()
    with pytest.raises(Refusal, match="Baris 2: NIK harus 16 angka"):
        paste(cohort, f"Siti\t{make.nik(1)}\tP\nBudi\t321\tL")
    assert not Person.objects.exists()


def test_an_empty_list_is_refused():
    with pytest.raises(Refusal):
        paste(make.cohort(), " \n ")


def test_twenty_faults_are_shown_and_the_rest_counted():
    with pytest.raises(Refusal) as refused:
        paste(make.cohort(), "Siti\t1\tP\n" * 30)
    assert refused.value.message.id.count("Baris") == 20
    # Each of 30 lines has a wrong number, and 29 repeat the first.
    assert "39" in refused.value.message.id


def test_the_same_number_twice_in_an_activity_is_refused_across_its_classes():
    activity = make.activity()
    first = make.cohort(of=activity)
    second = make.cohort(of=activity, regency="Kab. Cirebon")
    make.seated(first, 1)
    with pytest.raises(Refusal, match="Peserta 1"):
        make.seated(second, 1)
    assert second.participants.count() == 0


def test_another_activity_finds_the_same_person_again():
    make.seated(make.cohort(), 2)
    again = make.seated(make.cohort(name="Lagi"), 3)
    assert Person.objects.count() == 3
    assert [one.number for one in again] == [1, 2, 3]


@pytest.mark.django_db(transaction=True)
def test_of_two_lists_at_this_moment_the_second_finds_whom_the_first_has_made():
    first, second = make.cohort(), make.cohort(name="Lagi")

    def seat_three():
        with speaking_for(cast.provincial_officer()):
            return make.seated(second, 3)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            make.seated(first, 2)
            answer = begun(pool, seat_three)
        seated = answer.result(60)
    assert [one.number for one in seated] == [1, 2, 3]
    assert Person.objects.count() == 3


def test_without_a_number_people_are_never_joined():
    cohort = make.cohort()
    paste(cohort, "Siti\t\tP\nSiti\t\tP")
    assert Person.objects.filter(nik="").count() == 2


def test_who_leaves_makes_room_and_keeps_the_number():
    cohort = make.cohort(places=2)
    make.seated(cohort, 2)
    officer = cast.provincial_officer()
    rosters.leave(cohort, number=1, left_on=DAY, reason="Sakit", by=officer)
    assert make.seated(cohort, 1, first=3)[0].number == 3
    for number in (1, 9):
        with pytest.raises(Refusal):
            rosters.leave(cohort, number=number, left_on=DAY, reason="Sakit", by=officer)


def test_the_database_itself_refuses_a_person_twice_in_an_activity():
    cohort = make.cohort()
    one = make.seated(cohort, 1)[0]
    copy = Participant(
        activity_id=one.activity_id, cohort=cohort, person_id=one.person_id,
        province_id=one.province_id, regency_id=one.regency_id, number=9,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


def test_an_office_elsewhere_may_not_seat_and_an_auditor_may_not_write():
    cohort = make.cohort()
    for stranger in (
        cast.regency_officer("Kab. Cirebon"), cast.provincial_officer("Bali"), cast.auditor(),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            paste(cohort, make.roster(1), by=stranger)


def test_whoever_runs_the_class_sees_who_lives_elsewhere_and_strangers_do_not():
    regency = cast.regency_officer("Kab. Cirebon")
    cohort = make.cohort(regency="Kab. Cirebon")
    guest = persons.save(
        Person(), name="Tamu", regency=areas.regency(), sex="P", nik=make.nik(7),
        by=cast.provincial_officer(), today=DAY,
    )  # fmt: skip
    Participant.objects.create(
        activity_id=cohort.activity_id, cohort=cohort, person=guest, number=1,
        province_id=cohort.province_id, regency_id=cohort.regency_id,
    )  # fmt: skip
    for person, sees in (
        (regency, True),
        (cast.regency_officer(), True),  # She lives there.
        (cast.regency_officer("Kota Bandung"), False),
        (cast.provincial_officer("Bali"), False),
        (cast.auditor(), True),
    ):
        with speaking_for(person):
            assert Person.objects.filter(pk=guest.pk).exists() is sees
            assert Person.objects.visible_to(person).filter(pk=guest.pk).exists() is sees


def test_a_regency_sees_the_provinces_activity_only_where_it_has_a_site():
    cohort = make.cohort(regency="Kab. Cirebon")
    for name, sees in (("Kab. Cirebon", True), ("Kab. Indramayu", False)):
        person = cast.regency_officer(name)
        with speaking_for(person):
            assert Activity.objects.filter(pk=cohort.activity_id).exists() is sees
            seen = Activity.objects.visible_to(person).filter(pk=cohort.activity_id)
            assert seen.exists() is sees


def test_a_class_is_not_made_smaller_than_those_in_it():
    cohort = make.cohort()
    make.seated(cohort, 3)
    officer = cast.provincial_officer()
    with pytest.raises(Refusal, match="3"):
        activities.change_cohort(cohort, name="A", places=2, by=officer)
    assert activities.change_cohort(cohort, name="A", places=3, by=officer).places == 3
