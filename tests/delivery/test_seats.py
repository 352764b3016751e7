"""One seat a person, measure and year in the whole country, whoever asks first and from where."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.common.errors import Refusal
from pulih.delivery import reconcile
from pulih.delivery.actions import persons, rosters, seats
from pulih.delivery.models import Activity, Participant, Person, Seat
from pulih.people.scope import speaking_as_system, speaking_for
from pulih.registry import actions as registry_actions
from tests.examples import examples
from tests.make import areas, ledger, registry
from tests.make import delivery as make
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 20)
PLACES = (("Jawa Barat", "Kab. Indramayu"), ("Bali", "Kota Denpasar"))


def decreed(at=0, **values):
    """Return a class of a decreed activity of one of two provinces."""
    province, regency = PLACES[at]
    usual = {"decree_number": "SK-7", "decree_on": DAY, "title": f"Bimtek {province}"}
    by = cast.planner()
    activity = make.activity(by, areas.province(province), **{**usual, **values})
    return make.cohort(50, regency, activity, by)


def claim(cohort, by=None):
    return seats.claim(cohort.activity, by=by or cast.planner(), today=DAY)


def test_the_decree_claims_all_seats_and_asked_again_only_the_new():
    cohort = decreed()
    make.seated(cohort, 3, by=cast.planner())
    assert claim(cohort)[:2] == (3, 0)
    assert claim(cohort)[:2] == (0, 0)
    make.seated(cohort, 2, first=4, by=cast.planner())
    assert claim(cohort).seats == 2
    assert Seat.objects.held().count() == 5


@pytest.mark.django_db(transaction=True)
def test_the_check_finds_seats_of_another_number_or_year():
    cohort = decreed()
    make.seated(cohort, 2, by=cast.planner())
    claim(cohort)
    assert list(reconcile.differences()) == []
    one = Participant.objects.get(number=1)
    with ledger.as_owner():  # Whom no guard stops.
        Seat.objects.filter(participant=one).update(nik_key="0" * 64)
    with speaking_as_system():
        told = f"participant {one.pk}: the seat is of another NIK"
        assert list(reconcile.differences()) == [told]
        Activity.objects.update(starts_on=date(2021, 6, 22), ends_on=date(2021, 6, 25))
        wrong = [one for one in reconcile.differences() if one.endswith("programme or year")]
    assert len(wrong) == 2


def test_without_a_decree_nothing_is_claimed():
    cohort = decreed(decree_number="", decree_on=None)
    make.seated(cohort, 1, by=cast.planner())
    with pytest.raises(Refusal, match="surat keputusan"):
        claim(cohort)
    assert not Seat.objects.exists()


def test_who_sits_in_another_province_yields_and_only_province_and_activity_are_told():
    first, other = decreed(0), decreed(1)
    make.seated(first, 3, by=cast.planner())
    make.seated(other, 2, first=3, by=cast.planner())
    claim(first)
    bali = cast.provincial_officer("Bali")
    with speaking_for(bali):
        claimed = claim(other, by=bali)
        (gone,) = claimed.yielded
        assert (claimed.seats, str(gone.province), gone.title) == (
            1,
            "Jawa Barat",
            "Bimtek Jawa Barat",
        )
        assert not Seat.objects.filter(province__name="Jawa Barat").exists()  # The wall stands.
    gone.participant.refresh_from_db()
    assert gone.participant.left_on == DAY
    assert "Jawa Barat: Bimtek Jawa Barat" in gone.participant.left_because


def test_who_leaves_gives_the_seat_up_for_another_office():
    first, other = decreed(0), decreed(1)
    make.seated(first, 1, by=cast.planner())
    make.seated(other, 1, by=cast.planner())
    claim(first)
    rosters.leave(first, number=1, left_on=DAY, reason="pindah", by=cast.planner())
    assert claim(other)[:2] == (1, 0)
    assert Seat.objects.held().count() == 1


def test_another_year_or_measure_is_another_seat():
    first = decreed(0)
    later = decreed(1, starts_on=date(2021, 6, 22), ends_on=date(2021, 6, 25))
    for cohort in (first, later):
        make.seated(cohort, 1, by=cast.planner())
        assert claim(cohort).seats == 1


def test_a_seat_without_a_nik_is_provisional_until_the_number_comes():
    first, other = decreed(0), decreed(1)
    by = cast.planner()
    (one,) = rosters.seat_list(first, "Siti\t\tP\tEretan", by=by, today=DAY)
    assert claim(first)[:2] == (1, 1)
    assert Seat.objects.get().is_provisional
    make.seated(other, 1, by=by)
    claim(other)
    person = one.person
    person.nik = make.nik(1)  # The same person, as it turns out.
    persons.save(person, by=by, today=DAY)
    (gone,) = claim(first).yielded
    assert (gone.participant, str(gone.province)) == (one, "Bali")
    assert Seat.objects.held().count() == 1


def test_nobody_claims_beyond_the_own_reach_nor_writes_a_seat_by_hand():
    cohort = decreed()
    make.seated(cohort, 1, by=cast.planner())
    with pytest.raises(PermissionDenied):
        claim(cohort, by=cast.provincial_officer("Bali"))
    with (
        speaking_for(cast.provincial_officer("Bali")),
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="out of reach"),
        transaction.atomic(),
    ):
        cursor.execute("SELECT * FROM delivery_claim_seats(%s)", [cohort.activity_id])
    claim(cohort)
    with pytest.raises(DatabaseError, match="Only delivery_claim_seats"), transaction.atomic():
        Seat.objects.update(year=2021)


steps = st.lists(
    st.tuples(st.sampled_from(("claim", "leave", "join")), st.integers(0, 1), st.integers(0, 5)),
    min_size=1, max_size=14,
)  # fmt: skip


@settings(max_examples=examples(20), deadline=None, suppress_health_check=list(HealthCheck))
@given(steps)
def test_in_any_order_of_acts_nobody_sits_twice_and_nobody_is_lost(listed):
    with transaction.atomic():
        cohorts, by = [decreed(0), decreed(1)], cast.planner()
        seated, held = [set(), set()], {}  # The plain reference: lists, and who sits where.
        for act, at, number in listed:
            if act == "join" and number not in seated[at]:
                make.seated(cohorts[at], 1, first=number + 1, by=by)
                seated[at].add(number)
            elif act == "leave" and number in seated[at]:
                place = of(cohorts[at], number)
                rosters.leave(cohorts[at], number=place.number, left_on=DAY, reason="pindah", by=by)
                seated[at].discard(number)
                if held.get(number) == at:
                    del held[number]
            elif act == "claim":
                gone = {n for n in seated[at] if held.get(n, at) != at}
                assert len(claim(cohorts[at]).yielded) == len(gone)
                seated[at] -= gone
                held |= dict.fromkeys(seated[at], at)
        found = Seat.objects.held().values_list("participant__cohort", "participant__person__nik")
        assert sorted(found) == sorted(
            (cohorts[at].pk, make.nik(number + 1)) for number, at in held.items()
        )
        transaction.set_rollback(True)


def of(cohort, number):
    return Participant.objects.seated().get(cohort=cohort, person__nik=make.nik(number + 1))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_many_offices_at_once_seat_nobody_twice_and_lose_nobody():
    by = cast.planner()
    cohorts = [decreed(n % 2, title=f"Bimtek {n}") for n in range(8)]
    chance = random.Random(4)
    wanted = set()
    for cohort in cohorts:
        people = sorted(chance.sample(range(1, 31), 18))
        wanted |= {make.nik(n) for n in people}
        for number in people:
            make.seated(cohort, 1, first=number, by=by)
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(claim_alone, [one.activity_id for one in cohorts] * 2))
    held = list(Seat.objects.held().values_list("participant__person__nik", flat=True))
    assert len(held) == len(set(held))
    assert set(held) == wanted
    assert sum(one.seats for one in answers) == len(held)


def claim_alone(activity):
    try:
        with speaking_as_system() as system:
            found = Activity.objects.select_related("province", "regency").get(pk=activity)
            return seats.claim(found, by=system, today=DAY)
    finally:
        connection.close()


def test_the_page_claims_and_says_who_yielded(client):
    first, other = decreed(0), decreed(1)
    make.seated(first, 1, by=cast.planner())
    make.seated(other, 2, by=cast.planner())
    claim(first)
    passed(other.activity, by=cast.provincial_officer("Bali"))
    client.force_login(cast.planner())
    url = reverse("delivery:claim-seats", args=[other.activity_id])
    page = client.post(url, follow=True).content.decode()
    assert "1 kursi" in page
    assert "Jawa Barat: Bimtek Jawa Barat" in page
    listed = client.get(reverse("delivery:participants")).content.decode()
    assert "ditetapkan" in listed


def passed(activity, by=None):
    make.all_lists([make.nik(1), make.nik(2)])
    make.checked(activity, by=by)
    make.waived(activity, stage="selection")


def claim_listed(cohort):
    return seats.claim_listed(cohort.activity, by=cast.planner(), today=DAY)


def test_nobody_on_an_offices_list_gets_a_seat_unchecked():
    cohort = decreed(0)
    make.seated(cohort, 2, by=cast.planner())
    with pytest.raises(Refusal, match="0 orang tidak lolos, 0 menunggu keputusan, dan 2 belum"):
        claim_listed(cohort)
    make.checked(cohort.activity)
    with pytest.raises(Refusal, match="0 orang tidak lolos, 2 menunggu keputusan, dan 0 belum"):
        claim_listed(cohort)
    passed(cohort.activity)
    assert claim_listed(cohort).seats == 2
    make.seated(cohort, 1, by=cast.planner(), first=3)
    with pytest.raises(Refusal, match="dan 1 belum diperiksa"):
        claim_listed(cohort)
    assert Seat.objects.count() == 2


def test_who_fails_a_check_gets_no_seat():
    cohort = decreed(0)
    make.seated(cohort, 2, by=cast.planner())
    make.all_lists([make.nik(1)])
    make.listed("deceased", [make.nik(2)])
    make.checked(cohort.activity)
    make.waived(cohort.activity, stage="selection")
    with pytest.raises(Refusal, match="1 orang tidak lolos"):
        claim_listed(cohort)
    assert not Seat.objects.exists()


def test_without_a_nik_a_seat_is_provisional_whatever_the_checks_say():
    cohort = decreed(0)
    rosters.seat_list(cohort, "Siti Aminah\t\tP\tEretan", by=cast.planner(), today=DAY)
    assert claim_listed(cohort).provisional == 1


def test_firms_whose_person_would_then_sit_twice_are_not_merged():
    """Two records of one owner, of which one has no NIK, that no key finds."""
    first, other = decreed(0), decreed(1)
    firms = registry.firms(2)
    for cohort, firm, nik in ((first, firms[0], make.nik(1)), (other, firms[1], "")):
        (seat,) = rosters.seat_list(
            cohort, f"Siti Aminah\t{nik}\tP\tEretan", by=cast.planner(), today=DAY
        )
        Person.objects.filter(pk=seat.person_id).update(enterprise=firm)
        claim(cohort)
    with pytest.raises(Refusal, match="two seats"):
        registry_actions.merge(*firms, by=cast.planner(), reason="kembar")
    rosters.leave(other, number=1, left_on=DAY, reason="kembar", by=cast.planner())
    registry_actions.merge(*firms, by=cast.planner(), reason="kembar")
