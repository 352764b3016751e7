"""Checks over people and lists in the database: who is blocked, who decides, and what is kept."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from pulih.audit.models import Event
from pulih.common.errors import Refusal
from pulih.delivery.actions import applicants, checks, rosters, seats, selections
from pulih.delivery.models import (
    Applicant,
    CheckResult,
    ComparisonEntry,
    ComparisonList,
    ListKind,
    Waiver,
)
from pulih.delivery.reads.checks import checked, consulted, unchecked
from pulih.delivery.rules.checks import Outcome
from pulih.people.scope import speaking_for
from tests.make import areas
from tests.make import delivery as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
NOW = datetime(2020, 6, 22, 4, tzinfo=UTC)
DAY = date(2020, 6, 22)
BOUND = ("nik_form", "registry_match", "public_employee", "deceased", "abroad", "size",
         "received_before", "same_name_address")  # fmt: skip


def of(activity, stage="selection"):
    everybody = Applicant.objects.filter(activity=activity)
    return {one.applicant.person.nik: one for one in checked(activity, stage, everybody)}


def blocking(activity, number, stage="selection"):
    """Name what blocks an applicant, without the size of a firm, which nobody here has."""
    found = of(activity, stage)[make.nik(number)].blocking
    return {one.check: one.because for one in found if one.check != "size"}


def test_with_every_list_fresh_only_what_nobody_knows_is_left():
    activity = make.activity()
    make.applicants(activity, 2)
    make.all_lists([make.nik(1), make.nik(2)])
    run = make.checked(activity)
    assert (run.people, CheckResult.objects.count()) == (2, 2)
    result = CheckResult.objects.earliest("pk")
    assert [check for check, *_rest in result.findings] == list(BOUND)
    assert (result.failed, result.unknown) == ([], ["size"])
    assert not of(activity)[make.nik(1)].may_pass
    checks.waive_all(
        activity, stage="selection", check="size", reason="bukan pemilik", by=cast.planner(),
        now=NOW,
    )  # fmt: skip
    assert all(one.may_pass for one in of(activity).values())
    assert Waiver.objects.count() == 2


@pytest.mark.parametrize("kind", ["civil_registry", "civil_servants", "military_police",
                                  "state_firms", "deceased", "other_programmes"])  # fmt: skip
def test_each_list_withheld_blocks_everybody_and_says_which(kind):
    activity = make.activity()
    make.applicants(activity, 2)
    for one in ListKind.values:
        if one != kind:
            make.listed(one, [make.nik(1), make.nik(2)] if one == "civil_registry" else (),
                        status="match" if one == "civil_registry" else "")  # fmt: skip
    make.checked(activity)
    for number in (1, 2):
        assert set(blocking(activity, number).values()) == {"no_list"}
    missing = [one.kind for one in consulted(activity, DAY) if one.found is None]
    assert missing == [kind]


def _of_fresh(activity, number):
    make.checked(activity)
    return blocking(activity, number)


def test_the_newest_list_of_the_province_counts():
    activity = make.activity()
    make.applicants(activity, 1)
    make.all_lists([make.nik(1)])
    make.listed("deceased", [make.nik(1)], covers=["Bali"])
    assert _of_fresh(activity, 1) == {}
    make.listed("deceased", [make.nik(1)], DAY - timedelta(days=1))
    assert _of_fresh(activity, 1) == {}
    make.listed("deceased", [make.nik(1)], covers=["Jawa Barat"])
    assert _of_fresh(activity, 1) == {"deceased": "deceased"}


def test_a_list_in_several_files_counts_whole_until_another_takes_its_place(in_english):
    activity = make.activity()
    make.applicants(activity, 2)
    make.all_lists([make.nik(1), make.nik(2)])
    with pytest.raises(Refusal, match="no list of this kind"):
        make.listed("civil_servants", [make.nik(1)], DAY - timedelta(days=1), is_part=True)
    make.listed("deceased", [make.nik(1)])
    make.listed("deceased", [make.nik(2)], is_part=True)
    make.listed("deceased", [make.nik(3)], is_part=True)
    assert _of_fresh(activity, 1) == _of_fresh(activity, 2) == {"deceased": "deceased"}
    make.listed("deceased", [make.nik(2)])
    assert _of_fresh(activity, 1) == {}
    assert _of_fresh(activity, 2) == {"deceased": "deceased"}


def test_an_old_list_blocks_even_whom_it_does_not_name():
    activity = make.activity()
    make.applicants(activity, 1)
    make.all_lists([make.nik(1)])
    day = DAY + timedelta(days=61)
    checks.run(activity, stage="selection", by=cast.provincial_officer(), now=NOW, today=day)
    assert blocking(activity, 1) == {"received_before": "old_list"}
    old = next(one for one in of(activity)[make.nik(1)].blocking if one.because == "old_list")
    assert old.list_words.endswith(", 22 Jun 2020")
    assert "penerima program lain" in old.list_words


def test_people_are_compared_across_the_walls_and_nobody_reads_the_list():
    activity = make.activity()
    make.applicants(activity, 2)
    make.all_lists([make.nik(1), make.nik(2)])
    make.listed("civil_servants", [make.nik(1), make.nik(99)])
    officer = cast.provincial_officer()
    with speaking_for(officer):
        make.checked(activity, by=officer)
        assert not ComparisonEntry.objects.exists()
        assert ComparisonList.objects.exists()
    assert blocking(activity, 1) == {"public_employee": "public_employee"}
    assert blocking(activity, 2) == {}
    bali = cast.provincial_officer("Bali")
    with (
        speaking_for(bali),
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="out of reach"),
        transaction.atomic(),
    ):
        cursor.execute("SELECT * FROM delivery_compare(%s)", [activity.pk])
    stored = ComparisonEntry.objects.values_list("nik_key", flat=True)
    assert make.nik(1) not in stored


def test_a_seat_in_another_province_is_found_before_selection():
    planner = cast.planner()
    bali = make.activity(planner, areas.province("Bali"), decree_number="SK", decree_on=DAY)
    make.seated(make.cohort(5, "Kota Denpasar", bali, planner), 1, by=planner)
    seats.claim(bali, by=planner, today=DAY)
    activity = make.activity()
    make.applicants(activity, 1)
    make.all_lists([make.nik(1)])
    assert _of_fresh(activity, 1) == {"received_before": "sits_elsewhere"}


def apply_as(activity, *people):
    """Let people of one village apply: number, name and address of each."""
    lines = [f"{name}\t{make.nik(at)}\tP\tEretan\t{address}" for at, name, address in people]
    typed = "\n".join(("Nama\tNIK\tJK\tDesa\tAlamat", *lines))
    applicants.add_list(
        activity, regency=areas.regency(), people=typed, by=cast.planner(), today=DAY
    )


def test_the_same_name_and_address_with_another_number_is_found():
    activity = make.activity()
    apply_as(
        activity, (1, "Siti", "Jl. Melati 3"), (2, "Hj. Siti", "melati no 03"),
        (3, "Ani", "Melati 3"),
    )  # fmt: skip
    make.all_lists([make.nik(at) for at in (1, 2, 3)])
    assert _of_fresh(activity, 1) == {"same_name_address": "namesake_at_address"}
    assert blocking(activity, 2) == {"same_name_address": "namesake_at_address"}
    assert blocking(activity, 3) == {}


def test_a_namesake_is_found_who_applied_elsewhere_or_has_no_place_in_a_class():
    activity, other = make.activity(), make.activity(title="Lain")
    make.seated(make.cohort(of=activity), 1)
    sits = activity.cohorts.get().participants.get().person
    address, village = "Jl. Melati 3", "Eretan"
    type(sits).objects.filter(pk=sits.pk).update(address=address, village=village)
    make.all_lists([make.nik(1), make.nik(2)])
    make.checked(activity, "payment")
    assert "same_name_address" not in blocking(activity, 1, "payment")
    for beside in (other, activity):
        apply_as(beside, (2, sits.name, address))
        for stage in ("selection", "payment"):
            make.checked(activity, stage)
            assert "same_name_address" in blocking(activity, 1, stage)
        applicants.withdraw(
            beside.applicants.get(person__nik=make.nik(2)), withdrawn_on=DAY, by=cast.planner()
        )
        make.checked(activity, "payment")
        assert "same_name_address" not in blocking(activity, 1, "payment")


def test_before_payment_those_of_the_classes_are_asked_and_the_decree_with_them():
    activity = make.activity(decree_number="SK", decree_on=DAY)
    cohort = make.cohort(of=activity)
    make.seated(cohort, 2)
    make.all_lists([make.nik(1), make.nik(2)])
    with pytest.raises(Refusal, match="mendaftar"):
        make.checked(make.activity(title="Tanpa peserta"))
    make.checked(activity, "payment")
    assert blocking(activity, 1, "payment") == {"not_in_decree": "not_in_decree"}
    seats.claim(activity, by=cast.planner(), today=DAY)
    rosters.leave(cohort, number=2, left_on=DAY, reason="pindah", by=cast.planner())
    assert make.checked(activity, "payment").people == 1
    assert blocking(activity, 1, "payment") == {}
    make.listed("payments", [make.nik(1)])
    make.checked(activity, "payment")
    assert blocking(activity, 1, "payment") == {"paid_before": "paid_before"}


@made_once
def failing():
    """Return the result of one applicant who is said to be dead and has no firm."""
    activity = make.activity()
    make.applicants(activity, 1)
    make.all_lists([make.nik(1)])
    make.listed("deceased", [make.nik(1)])
    make.checked(activity)
    return CheckResult.objects.get()


def waive(result, check="size", by=None):
    return checks.waive(result, check=check, reason="diperiksa", by=by or cast.planner(), now=NOW)


def test_who_ran_the_check_waives_nothing_and_postgresql_says_so_too(failing):
    with pytest.raises(Refusal, match="sendiri"):
        waive(failing, by=cast.provincial_officer())
    with pytest.raises(PermissionDenied):
        waive(failing, by=cast.auditor())
    row = {
        "result": failing, "check_name": "size", "reason": "x", "at": NOW,
        "province_id": failing.province_id, "regency_id": failing.regency_id,
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="is_anothers"), transaction.atomic():
        Waiver.objects.create(**row, by=cast.provincial_officer(), maker=cast.planner())
    with pytest.raises(IntegrityError, match="is not unknown"), transaction.atomic():
        Waiver.objects.create(**{**row, "check_name": "deceased"}, by=cast.planner())


def test_only_what_is_unknown_is_waived_and_once(failing):
    with pytest.raises(Refusal, match="tidak berstatus"):
        waive(failing, "deceased")
    waive(failing)
    with pytest.raises(Refusal, match="sudah"):
        waive(failing)
    assert blocking(failing.run.activity, 1) == {"deceased": "deceased"}


def test_a_waiver_holds_in_the_next_run_until_its_cause_changes(failing):
    activity = failing.run.activity
    waive(failing)
    make.checked(activity)
    found = of(activity)[make.nik(1)]
    assert [one.check for one in found.blocking] == ["deceased"]
    make.listed("other_programmes", [], DAY - timedelta(days=90), covers=["Jawa Barat"])
    checks.run(
        activity, stage="selection", by=cast.planner(), now=NOW, today=DAY + timedelta(days=61)
    )
    assert "received_before" in blocking(activity, 1)


def test_an_objection_is_answered_by_another_by_a_day(failing):
    said = {"said": "Saya hidup", "now": NOW, "today": DAY, "by": cast.provincial_officer()}
    with pytest.raises(Refusal, match="tidak gagal"):
        checks.object_to(failing, check="size", **said)
    one = checks.object_to(failing, check="deceased", **said)
    assert one.due_on == date(2020, 6, 29)
    with pytest.raises(Refusal, match="paling lambat 29 Jun 2020"):
        checks.object_to(failing, check="deceased", **said)
    settled = {"answer": "upheld", "reason": "bertemu orangnya", "now": NOW}
    with pytest.raises(Refusal, match="sendiri"):
        checks.answer(one, **settled, by=cast.provincial_officer())
    assert "deceased" in blocking(failing.run.activity, 1)
    checks.answer(one, **settled, by=cast.regency_officer())
    assert blocking(failing.run.activity, 1) == {}
    with pytest.raises(Refusal, match="sudah dijawab"):
        checks.answer(one, **settled, by=cast.regency_officer())


def test_what_a_list_was_wrong_about_before_selection_it_is_wrong_about_before_payment():
    activity = make.activity(decree_number="SK", decree_on=DAY)
    cohort = make.cohort(of=activity)
    make.seated(cohort, 1)
    make.all_lists([make.nik(1)])
    make.listed("civil_servants", [make.nik(1)])
    make.checked(activity)
    one = checks.object_to(
        CheckResult.objects.get(), check="public_employee", said="Nama saya mirip", now=NOW,
        today=DAY, by=cast.provincial_officer(),
    )  # fmt: skip
    checks.answer(one, answer="upheld", reason="dicek ke BKD", now=NOW, by=cast.planner())
    make.checked(activity, "payment")
    assert "public_employee" not in blocking(activity, 1, "payment")
    make.listed("civil_servants", [make.nik(1)], DAY + timedelta(days=1))
    later = DAY + timedelta(days=1)
    checks.run(activity, stage="payment", by=cast.provincial_officer(), now=NOW, today=later)
    assert "public_employee" in blocking(activity, 1, "payment")  # Another list says so too.


def test_a_rejected_objection_changes_nothing(failing):
    one = checks.object_to(
        failing, check="deceased", said="Saya hidup", now=NOW, today=DAY, by=cast.planner()
    )
    checks.answer(one, answer="rejected", reason="akta", now=NOW, by=cast.planner())
    assert blocking(failing.run.activity, 1) == {"deceased": "deceased"}


def test_who_withdrew_is_not_checked():
    activity = make.activity()
    one, _other = make.applicants(activity, 2)
    applicants.withdraw(one, withdrawn_on=DAY, by=cast.planner())
    with pytest.raises(Refusal, match="mundur"):
        applicants.withdraw(one, withdrawn_on=DAY, by=cast.planner())
    assert make.checked(activity).people == 1


def test_who_came_into_a_class_by_a_list_is_checked_before_selection_and_not_chosen_again():
    cohort = make.cohort(5)
    activity = cohort.activity
    make.seated(cohort, 2)
    make.applicants(activity, 1, first=9)
    assert unchecked(activity, cast.provincial_officer()) == 2
    make.all_lists([make.nik(number) for number in (1, 2, 9)])
    make.listed("deceased", [make.nik(2)])
    assert make.checked(activity).people == 3
    assert unchecked(activity, cast.provincial_officer()) == 0
    assert blocking(activity, 2) == {"deceased": "deceased"}
    checks.waive_all(
        activity, stage="selection", check="size", reason="bukan pemilik", by=cast.planner(),
        now=NOW,
    )  # fmt: skip
    by, asked = cast.provincial_officer(), {"severity_percent": 100, "office_percent": 100}
    made = selections.publish(
        activity, laid_off_points=0, disability_points=0, by=by, now=NOW, **asked
    )
    frozen = selections.freeze(made, by=by, now=NOW)
    assert [one.applicant.person.nik for one in frozen.entries.all()] == [make.nik(9)]


def test_a_run_keeps_one_result_of_each_and_counts_people_of_whom_something_is_open():
    activity = make.activity()
    make.applicants(activity, 4)
    make.all_lists([make.nik(1), make.nik(2)])
    make.listed("deceased", [make.nik(2)])
    made = make.checked(activity)
    results = list(CheckResult.objects.filter(run=made).order_by("applicant"))
    assert [one.applicant_id for one in results] == sorted(
        Applicant.objects.filter(activity=activity).values_list("pk", flat=True)
    )
    for one in results:
        said = {outcome: [c for c, o, *_ in one.findings if o == outcome] for outcome in Outcome}
        assert (one.failed, one.unknown) == (said[Outcome.FAIL], said[Outcome.UNKNOWN])
        assert (one.province_id, one.regency_id) == (
            one.applicant.province_id, one.applicant.regency_id,
        )  # fmt: skip
    told = Event.objects.filter(verb="delivery.check", subject_id=str(made.pk)).get().detail
    assert told["fail"] == sum(bool(one.failed) for one in results)
    assert told["unknown"] == sum(bool(one.unknown) for one in results)
    assert (told["people"], told["fail"], told["unknown"]) == (4, 1, 4)
