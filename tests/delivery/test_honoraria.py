"""Paying who taught: from the sessions that were held over a fixed list to the SP2D, and back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from pulih.budget.models import Appointment, Post, Posting
from pulih.common.errors import Refusal
from pulih.delivery.actions import activities, attendance, honoraria, payments, teachers
from pulih.delivery.models import Activity, PaidSession, PaymentList, Teaching
from pulih.delivery.reads.honoraria import hours_taught, lines_of, offers_of, owed_to_teachers
from pulih.delivery.reads.packs import missing_papers
from pulih.delivery.reads.payments import claims, rows_of, state_of, with_money
from pulih.delivery.reconcile import differences
from pulih.delivery.teaching_forms import alike
from pulih.people.scope import speaking_as_system
from tests.delivery.paying import (
    DAY,
    committed,
    hand,
    ordered,
    paid,
    requested,
)
from tests.make import delivery as make
from tests.make import ledger
from tests.make import teaching as make_teaching
from tests.people import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
GROSS = 2 * 6 * 900_000  # 8 JP of 45 minutes are 6 hours.


@pytest.fixture(scope="module")
def made_taught(django_db_setup, django_db_blocker):
    """Make a class that two trainers taught and an assistant helped in, once for the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        with speaking_as_system():
            activity = make.payable(2, more=[make.TEACHING, make.HELPING])
            make_teaching.taught(activity)
        yield activity.pk
        transaction.set_rollback(True)


@pytest.fixture
def taught(made_taught, db):
    return Activity.objects.get(pk=made_taught)


def state(given):
    return state_of(with_money(PaymentList.objects.filter(pk=given.pk)).get())


def the_class(of):
    return of.cohorts.earliest("pk")


def trainer(of, name="Made"):
    return the_class(of).trainers.get(name__startswith=name)


def sessions(of):
    return list(the_class(of).sessions.order_by("day"))


def nobody_came(of, session, hours=4):
    """Correct all marks of a session: nobody was present after all."""
    for one in of.participants.all():
        attendance.correct(
            session, one, presence="absent", reason="unknown", why="sesi batal",
            by=cast.provincial_officer(), now=datetime(2020, 6, 26, hours, tzinfo=UTC),
        )  # fmt: skip


def test_who_taught_and_who_helped_are_owed_by_rows_of_their_own(taught):
    teaching, helping = offers_of(taught)
    assert (teaching.pay.basis, helping.pay.basis) == ("full", "duty")
    assert (teaching.standard.code, helping.standard.code) == ("speaker", "assistant")
    owed = {one.trainer.name: one for one in owed_to_teachers(taught, teaching, 900_000, DAY)}
    assert {name: one.amount.times for name, one in owed.items()} == {
        "Made Pengajar": 6, "Putu Pengajar": 6,
    }  # fmt: skip
    assert owed["Made Pengajar"].amount.tax == 270_000
    assert owed["Putu Pengajar"].amount.tax == 135_000
    [helper] = owed_to_teachers(taught, helping, 150_000, DAY)
    assert (helper.amount.times, helper.amount.gross, helper.amount.tax) == (2, 300_000, 0)
    assert [row.account for row, _pay in rows_of(taught)] == ["521219"]


def test_a_list_of_honoraria_goes_its_way_to_the_sp2d_with_its_tax(taught):
    committed(taught, GROSS, "522151")
    made = make_teaching.honoraria_list(taught)
    assert (made.people, made.gross, made.tax) == (2, GROSS, 405_000)
    requested(made, "SPP-H")
    request = Posting.objects.get(document_kind="spp")
    assert made.digest[:16] in request.reason
    stated = request.withholdings.get()
    assert (stated.gross, stated.withheld) == (GROSS, 405_000)
    paid(made)
    assert state(made) == "paid"
    assert list(differences()) == []


def test_each_session_pays_a_person_once_until_its_list_is_withdrawn(taught):
    made = make_teaching.honoraria_list(taught)
    with pytest.raises(Refusal, match=r"Made Pengajar \(stands in another list already"):
        make_teaching.honoraria_list(taught)
    line, [first] = lines_of(made)[0]
    with (
        pytest.raises(DatabaseError, match="delivery_session_paid_once_a_person"),
        transaction.atomic(),
    ):
        PaidSession.objects.create(
            honorarium=line, session=first.session, trainer=first.trainer, lesson_hours=1,
            province=first.province,
        )  # fmt: skip
    payments.withdraw_list(made, reason="salah", by=cast.provincial_officer(), today=DAY)
    assert make_teaching.honoraria_list(taught).gross == GROSS


def test_a_later_list_pays_what_was_taught_since(taught):
    one = trainer(taught)
    make_teaching.honoraria_list(taught, only=[one.pk])
    make_teaching.teaching(one, sessions(taught)[1:])
    more = make_teaching.honoraria_list(taught, only=[one.pk])
    [(_line, paid_then)] = lines_of(more)
    assert [one.session for one in paid_then] == sessions(taught)[1:]


def test_nobody_is_paid_above_the_standard_nor_above_what_was_approved(taught):
    with pytest.raises(Refusal) as refused:
        make_teaching.honoraria_list(taught, rate=900_001)
    said = refused.value.message.en
    assert "Rp900,001 is above the ceiling of the standard unit costs: Rp900,000" in said
    assert "Speaker of echelon III and below" in said
    assert "since 1 Jan 2020 (CLASS-16)" in said
    with pytest.raises(Refusal, match="above the rate that was approved for “Instruktur pend"):
        make_teaching.honoraria_list(taught, make.HELPING[0], rate=150_001)
    made = make_teaching.honoraria_list(taught, rate=450_000)
    assert (made.rate, made.gross) == (450_000, GROSS // 2)


def test_lists_of_a_row_never_pay_more_than_was_approved(taught):
    for one in the_class(taught).trainers.filter(role="trainer"):
        make_teaching.teaching(one)
    with pytest.raises(Refusal, match="approved with Rp14,400,000; Rp0 stands"):
        make_teaching.honoraria_list(taught)


def test_a_session_without_anybody_present_pays_nobody(taught):
    nobody_came(taught, sessions(taught)[0])
    with pytest.raises(Refusal, match=r"Made Pengajar \(nobody is marked present"):
        make_teaching.honoraria_list(taught, only=[trainer(taught).pk])
    assert make_teaching.honoraria_list(taught).people == 1
    assert make_teaching.honoraria_list(taught, make.HELPING[0]).gross == 150_000


def test_nobody_is_paid_without_hours_or_before_the_tax_is_known(taught):
    cohort = the_class(taught)
    new = cohort.trainers.create(name="Baru", role="trainer")
    with pytest.raises(Refusal, match=r"Baru \(nobody recorded what this person taught"):
        make_teaching.honoraria_list(taught, only=[new.pk])
    make_teaching.teaching(new, sessions(taught)[:1], hours=1)
    with pytest.raises(Refusal, match=r"Baru \(taught less than an hour"):
        make_teaching.honoraria_list(taught, only=[new.pk])
    make_teaching.teaching(new, sessions(taught)[:1], hours=2, why="salah catat")
    with pytest.raises(Refusal, match=r"Baru \(no NIK is recorded, what decides the tax"):
        make_teaching.honoraria_list(taught, only=[new.pk])
    by = cast.provincial_officer()
    honoraria.state_payee(cohort, trainer=new, payee="person", has_npwp=False, by=by)
    with pytest.raises(Refusal, match=r"Baru \(no NIK is recorded"):
        make_teaching.honoraria_list(taught, only=[new.pk])
    honoraria.state_payee(
        cohort, trainer=new, payee="person", has_npwp=False, nik=make.nik(9_010), by=by
    )
    made = make_teaching.honoraria_list(taught, only=[new.pk])
    assert (made.gross, made.tax) == (900_000, 27_000)


def taught_elsewhere(taught):
    """Another class of the activity, and a session of it that was held in the same hours."""
    other = make.cohort(2, of=taught, regency="Kab. Cirebon")
    there = make.session(other)
    [who] = make.seated(other, 1, first=7)
    attendance.correct(
        there, who, presence="present", reason="", why="daftar kertas",
        by=cast.provincial_officer(), now=datetime(2020, 6, 26, 3, tzinfo=UTC),
    )  # fmt: skip
    return other, there


def test_nobody_is_paid_for_two_classes_in_the_same_hours(taught):
    other, there = taught_elsewhere(taught)
    twin = teaches(other, "I Made Pengajar, S.T.", nik=make.nik(9_001))
    make_teaching.teaching(twin, [there])
    make_teaching.honoraria_list(taught, only=[trainer(taught).pk])
    with pytest.raises(Refusal, match="taught another class in the same hours"):
        make_teaching.honoraria_list(taught, only=[twin.pk])


def teaches(cohort, name, **values):
    usual = {"role": "trainer", "institution": "", "payee": "servant_3"}
    return activities.add_trainer(
        cohort, name=name, by=cast.provincial_officer(), **{**usual, **values}
    )


def test_a_number_is_one_persons_whatever_the_spelling(taught):
    other, by = make.cohort(2, of=taught, regency="Kab. Cirebon"), cast.provincial_officer()
    with pytest.raises(Refusal, match="teaches under another name"):
        teaches(other, "Wayan Sudira", nik=make.nik(9_001))
    with pytest.raises(Refusal, match="cannot be right: a NIK has 16 digits"):
        teaches(other, "Wayan Sudira", nik="123")
    with pytest.raises(Refusal, match="Made Pengajar of this class has this NIK"):
        teaches(the_class(taught), "Made P.", nik=make.nik(9_001))
    twin = teaches(other, "Made Pengajar ST")
    choice = trainer(taught)
    assert choice in alike(other)
    usual = {"payee": "servant_3", "has_npwp": False, "by": by}
    stranger = teaches(other, "Komang")
    with pytest.raises(Refusal, match="not alike enough"):
        honoraria.state_payee(other, trainer=stranger, same_as=choice, **usual)
    honoraria.state_payee(other, trainer=twin, same_as=choice, **usual)
    twin.refresh_from_db()
    assert twin.nik_key == trainer(taught).nik_key
    assert make.nik(9_001) not in str(twin.nik)


def test_the_same_name_with_another_number_is_somebody_else(taught):
    other, there = taught_elsewhere(taught)
    namesake = teaches(other, "Made Pengajar", nik=make.nik(9_020))
    make_teaching.teaching(namesake, [there])
    made = make_teaching.honoraria_list(taught, only=[trainer(taught).pk, namesake.pk])
    assert made.people == 2


def test_what_was_taught_is_corrected_with_a_reason_and_the_newest_counts(taught):
    one, [first, second] = trainer(taught), sessions(taught)
    with pytest.raises(Refusal, match="8 JP of 22 Jun 2020 are recorded for Made Pengajar"):
        make_teaching.teaching(one, [first], hours=6)
    assert make_teaching.teaching(one, [first], hours=8) == 0
    assert make_teaching.teaching(one, [first], hours=6, why="pulang lebih awal") == 1
    assert dict(hours_taught(the_class(taught)))[one] == 6
    with pytest.raises(Refusal, match="has 8 JP; nobody taught 9"):
        make_teaching.teaching(one, [second], hours=9)
    with pytest.raises(Refusal, match="25 Jun 2020 lies ahead"):
        make_teaching.teaching(one, [second], today=date(2020, 6, 24))
    with pytest.raises(PermissionDenied):
        make_teaching.teaching(one, [second], by=cast.auditor())
    with pytest.raises(DatabaseError), transaction.atomic():
        Teaching.objects.update(lesson_hours=1)


def test_a_request_is_refused_once_what_was_taught_changed(taught):
    committed(taught, GROSS, "522151")
    made = make_teaching.honoraria_list(taught)
    make_teaching.teaching(trainer(taught), sessions(taught)[:1], hours=0, why="digantikan")
    with pytest.raises(Refusal, match="something changed for Made Pengajar"):
        requested(made, "SPP-H")


def test_an_order_is_refused_once_nobody_was_there(taught):
    committed(taught, GROSS, "522151")
    made = make_teaching.honoraria_list(taught)
    requested(made, "SPP-H")
    made.refresh_from_db()
    nobody_came(taught, sessions(taught)[1])
    with pytest.raises(Refusal, match="something changed for Putu Pengajar"):
        ordered(made)


def test_a_correction_after_the_payment_is_a_claim_until_it_comes_back(taught):
    committed(taught, GROSS, "522151")
    made = make_teaching.honoraria_list(taught)
    requested(made, "SPP-H")
    sp2d = paid(made)
    make_teaching.teaching(trainer(taught), sessions(taught)[:1], hours=6, why="pulang lebih awal")
    nobody_came(taught, sessions(taught)[1])
    assert [(one.name, one.rupiah, one.days) for one in claims(made)] == [
        ("Made Pengajar", 1_800_000, [make.FIRST]),
        ("Putu Pengajar", 5_400_000, [make.LAST]),
    ]
    owed = GROSS - 7_200_000
    assert list(differences()) == [f"payment list {made.pk}: paid {GROSS}, owed {owed}"]
    line = sp2d.entries.get().line_id
    ledger.returned(sp2d, amounts={line: 7_200_000}, effective_on=DAY + timedelta(1))
    assert list(differences()) == []


def test_the_papers_of_a_speaker_are_together_before_the_request(taught):
    made = make_teaching.honoraria_list(taught)
    assert [one.key for one in missing_papers(made)] == [
        "assignment", "speakers", "invitation", "material", "receipt", "tax_slip",
    ]  # fmt: skip


def test_no_officer_asks_for_a_list_that_pays_that_officer(taught):
    committed(taught, GROSS, "522151")
    made = make_teaching.honoraria_list(taught)
    officer = hand(taught, Post.COMMITMENT_OFFICER)
    officer.name = "Dr. Made Pengajar, M.M."
    officer.save()
    with pytest.raises(Refusal, match="bears your own name"):
        requested(made, "SPP-H")


def test_an_officer_who_teaches_under_another_spelling_is_known_by_nik(taught):
    committed(taught, GROSS, "522151")
    made = make_teaching.honoraria_list(taught)
    teacher = made.honoraria.select_related("trainer").first().trainer
    teachers.give_nik(teacher, make.nik(77))
    teacher.save()
    officer = hand(taught, Post.COMMITMENT_OFFICER)
    Appointment.objects.filter(person=officer).update(nik=teacher.nik)
    with pytest.raises(Refusal, match="your own NIK"):
        requested(made, "SPP-H")


def test_a_list_is_made_only_by_a_row_that_pays_those_who_teach(taught):
    row = taught.proposal.decision.rows.get(account="521219")
    with pytest.raises(Refusal, match="pays nobody who teaches"):
        make_teaching.honoraria_list(taught, row.text)
    for person in cast.provincial_officer("Bali"), cast.auditor(), cast.regency_officer():
        with pytest.raises(PermissionDenied):
            make_teaching.honoraria_list(taught, by=person)


def test_the_database_pays_no_session_that_was_not_taught_or_held(taught):
    made = make_teaching.honoraria_list(taught)
    line, _paid = lines_of(made)[0]
    second = sessions(taught)[1]
    asked = {"honorarium": line, "trainer": line.trainer, "province": line.province}
    with pytest.raises(DatabaseError, match="did not teach session"), transaction.atomic():
        PaidSession.objects.create(session=second, lesson_hours=1, **asked)
    make_teaching.teaching(line.trainer, [second], hours=2)
    nobody_came(taught, second)
    with pytest.raises(DatabaseError, match="Nobody was present"), transaction.atomic():
        PaidSession.objects.create(session=second, lesson_hours=2, **asked)


def test_what_a_list_says_is_never_changed_and_the_check_proves_it(taught):
    made = make_teaching.honoraria_list(taught)
    for rows in (made.honoraria.all(), PaidSession.objects.filter(honorarium__list=made)):
        with pytest.raises(DatabaseError, match="is fixed"), transaction.atomic():
            rows.update(province=made.activity.province_id + 1)
    line, second = lines_of(made)[0][0], sessions(taught)[1]
    make_teaching.teaching(line.trainer, [second])
    PaidSession.objects.create(
        honorarium=line, session=second, trainer=line.trainer, lesson_hours=8,
        province=line.province,
    )  # fmt: skip
    [said] = differences()
    assert said == (f"payment list {made.pk}: its people are not those whose digest was requested")


def test_a_province_sees_its_honoraria_and_no_other_does(taught):
    made = make_teaching.honoraria_list(taught)
    for person, sees in ((cast.provincial_officer(), 2), (cast.provincial_officer("Bali"), 0),
                         (cast.regency_officer(), 0), (cast.auditor(), 2)):  # fmt: skip
        assert made.honoraria.visible_to(person).count() == sees
