"""Steps and duties as PostgreSQL holds them, whatever a program forgets."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from pulih.common.errors import Refusal
from pulih.people.scope import speaking_for
from pulih.references.models import Holiday
from pulih.workflow import reads
from pulih.workflow.actions import NewDuty, close_duty, open_duty, start, take_step
from pulih.workflow.models import Duty, Post, Step, state_of
from pulih.workflow.post_holders import acting_for, post_of
from tests.make.workflow import DECIDER, OFFICE, PAPER
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
MONDAY = datetime(2020, 6, 15, 2, tzinfo=UTC)


@made_once
def officer():
    return cast.provincial_officer()


def begun(officer, subject=1, **named):
    area = named.pop("area", cast.area("Jawa Barat"))
    with speaking_for(officer):
        return start(
            PAPER, subject, area=area, by=officer, duty=NewDuty(person=officer), now=MONDAY, **named
        )


def sent(officer, subject=1, **named):
    begun(officer, subject)
    duty = NewDuty(post=post_of(DECIDER.key, None), working_days=5, **named)
    with speaking_for(officer):
        return take_step(PAPER, subject, "send", by=officer, duty=duty, now=MONDAY)


def as_commit():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def test_a_subject_begins_once(officer):
    begun(officer)
    with pytest.raises(Refusal, match="This paper has begun already"):
        begun(officer)


def test_a_step_opens_the_next_duty_on_the_clock_of_the_office(officer):
    sent(officer)
    duty = reads.open_duty(PAPER, 1)
    assert reads.due_of(duty, MONDAY).last_day == date(2020, 6, 22)
    assert Duty.objects.exclude(closed_at=None).get().closed_by_step == Step.objects.last()
    as_commit()


def test_a_final_step_closes_the_duties_that_the_person_does_not_see(officer):
    sent(officer)
    planner = cast.planner()
    with speaking_for(planner):
        open_duty(PAPER, 1, "second", NewDuty(person=planner, is_internal=True), by=planner)
    with speaking_for(officer):
        assert not Duty.objects.filter(kind="second").exists()
    back = NewDuty(person=officer)
    with speaking_for(planner):
        take_step(PAPER, 1, "return", by=planner, reason="Kurang volume", duty=back)
        assert Duty.objects.open().count() == 2
    with speaking_for(officer):
        take_step(PAPER, 1, "send", by=officer, duty=NewDuty(post=post_of(DECIDER.key, None)))
    with speaking_for(planner):
        take_step(PAPER, 1, "accept", by=planner)
    assert Duty.objects.open().count() == 0
    as_commit()


def test_a_duty_beside_the_next_step_is_closed_alone(officer):
    sent(officer)
    open_duty(PAPER, 1, "second", NewDuty(person=officer), by=officer)
    close_duty(PAPER, 1, "second")
    assert [one.kind for one in Duty.objects.open()] == ["main"]


def test_a_second_duty_of_a_kind_is_refused(officer):
    sent(officer)
    open_duty(PAPER, 1, "second", NewDuty(person=officer), by=officer)
    with pytest.raises(DatabaseError, match="workflow_duty_one_open"), transaction.atomic():
        open_duty(PAPER, 1, "second", NewDuty(person=officer), by=officer)


def test_a_step_of_somebody_elses_duty_says_for_whom_it_waits(officer):
    sent(officer)
    Duty.objects.open().update(post=None, person=officer)
    planner = cast.planner()
    with pytest.raises(Refusal, match="The step “Accept” waits for"):
        take_step(PAPER, 1, "accept", by=planner)


def test_two_windows_do_not_decide_twice(officer):
    last = sent(officer)
    planner = cast.planner()
    back = NewDuty(person=officer)
    take_step(PAPER, 1, "return", by=planner, reason="x", duty=back, seen=last.number)
    with pytest.raises(Refusal, match=r"Meanwhile Planner.* took a step; it is now “draft”"):
        take_step(PAPER, 1, "return", by=planner, reason="x", duty=back, seen=last.number)


def test_a_move_that_needs_a_reason_says_so(officer):
    sent(officer)
    with pytest.raises(Refusal, match="Write the reason for the step “Return”"):
        take_step(PAPER, 1, "return", by=cast.planner(), reason=" ", duty=NewDuty(person=officer))


@pytest.mark.parametrize(
    "change",
    [
        {"number": 3},
        {"number": 1},
        {"from_state": "sent"},
        {"province_id": None},
    ],
)
def test_postgresql_refuses_a_step_that_does_not_follow(officer, change):
    step = begun(officer)
    row = {
        "machine": "test_paper", "subject_id": 1, "number": 2, "from_state": "draft",
        "to_state": "sent", "is_final": False, "province_id": step.province_id, **change,
    }  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        Step.objects.create(**row)


def leave_nobody(step):
    with transaction.atomic():
        Duty.objects.open().update(closed_at=MONDAY, closed_by_step=step)
        as_commit()


def begin_without_a_duty():
    with transaction.atomic():
        Step.objects.create(
            machine="test_paper", subject_id=2, number=1, to_state="draft", is_final=False
        )
        as_commit()


def test_postgresql_refuses_to_end_with_nobody(officer):
    step = sent(officer)
    with pytest.raises(DatabaseError, match="has 0 open main duties"):
        leave_nobody(step)
    with pytest.raises(DatabaseError, match="has 0 open main duties"):
        begin_without_a_duty()


def test_what_is_closed_stays_so_and_steps_are_never_changed(officer):
    step = sent(officer)
    closed = Duty.objects.exclude(closed_at=None)
    for break_it in (
        lambda: closed.update(closed_at=None),
        lambda: Duty.objects.open().update(subject_id=9),
        lambda: Step.objects.filter(pk=step.pk).update(to_state="accepted"),
        lambda: Step.objects.filter(pk=step.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            break_it()
    Duty.objects.all().delete()  # No policy lets anybody.
    assert Duty.objects.count() == 2


def test_steps_and_duties_of_another_province_are_not_there(officer):
    sent(officer)
    with speaking_for(cast.provincial_officer("Bali")):
        assert (Step.objects.count(), Duty.objects.count()) == (0, 0)
    with speaking_for(officer):
        assert (Step.objects.count(), Duty.objects.count()) == (2, 2)
    with speaking_for(cast.regency_officer()):
        assert Step.objects.count() == 0


def test_a_list_is_annotated_with_the_states_of_its_rows(officer):
    sent(officer, subject=cast.area("Jawa Barat").pk)
    areas = type(cast.area("Bali")).objects.annotate(state=state_of(PAPER.key))
    assert areas.get(name="Jawa Barat").state == "sent"
    assert areas.get(name="Bali").state is None
    assert reads.states(PAPER, [cast.area("Jawa Barat").pk]).keys() == {cast.area("Jawa Barat").pk}


def test_a_vacant_post_is_acted_for_by_those_whose_own_area_it_is(officer):
    planner = cast.planner()
    of_country, of_province = post_of(DECIDER.key, None), post_of(OFFICE.key, officer.home)
    assert acting_for(of_country) == [planner]
    assert acting_for(of_province) == [officer]  # The planner may, and has an area of her own.
    assert str(of_country) == "penguji · Indonesia"
    assert Post.objects.count() == 2


def test_a_holiday_that_is_added_counts_from_then_on(officer):
    Holiday.objects.create(
        day=date(2020, 6, 17), kind="national", name_indonesian="x", name_en="x", source="-"
    )
    sent(officer)
    assert reads.due_of(reads.open_duty(PAPER, 1), MONDAY).last_day == date(2020, 6, 23)
