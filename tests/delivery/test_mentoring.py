"""After a training somebody visits: planned, what was found, who does what by when."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from pulih.common.errors import Refusal
from pulih.delivery.actions import mentoring as actions
from pulih.delivery.models import MentoringReport, MentoringVisit
from pulih.delivery.states import MENTORING
from pulih.web import facts
from pulih.workflow import reads as workflow
from pulih.workflow.models import Step
from tests.make import delivery as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
MONDAY, FRIDAY = date(2020, 7, 6), date(2020, 7, 10)
NOW = datetime(2020, 7, 6, 6, tzinfo=UTC)


@pytest.fixture(autouse=True)
def july(monkeypatch):
    monkeypatch.setitem(facts._tellers, "activity_day", lambda _request: MONDAY)


@made_once
def visit():
    return make.mentoring(make.cohort())


def reported(visit, **values):
    usual = {
        "visited_on": MONDAY, "finding": "Mesin rusak", "task": "", "who": None, "due_on": None,
        "by": cast.provincial_officer(), "now": NOW, "today": MONDAY,
    }  # fmt: skip
    return actions.report(visit, **{**usual, **values})


def state(visit):
    return Step.objects.of(MENTORING.key, visit.pk).last().to_state


def test_a_task_lies_with_a_person_until_its_day_and_ends_with_what_was_done(visit):
    assert workflow.open_duty(MENTORING, visit.pk).working_days == 6
    who = cast.provincial_officer()
    reported(visit, task="Pinjamkan mesin", who=who, due_on=FRIDAY)
    duty = workflow.open_duty(MENTORING, visit.pk)
    assert (duty.person, duty.working_days) == (who, 4)
    assert [
        one.url
        for one in workflow.tasks_of(who, NOW)
        if one.url.endswith(f"/mentoring/{visit.pk}/")
    ]
    with pytest.raises(Refusal):
        actions.move(visit, "finish", reason="", seen=None, by=who, now=NOW)
    actions.move(visit, "finish", reason="Mesin dipinjamkan", seen=None, by=who, now=NOW)
    assert (state(visit), workflow.open_duty(MENTORING, visit.pk)) == ("done", None)


def test_a_visit_that_found_nothing_to_do_is_done(visit):
    reported(visit)
    assert state(visit) == "done"
    with pytest.raises(Refusal):
        reported(visit)


@pytest.mark.parametrize(
    "wrong",
    [
        {"task": "Pinjamkan mesin"},
        {"task": "Pinjamkan mesin", "due_on": date(2020, 7, 3)},
        {"visited_on": date(2020, 7, 7)},
        {"visited_on": date(2020, 6, 1)},
    ],
)
def test_what_cannot_be_reported_changes_nothing(visit, wrong):
    who = cast.provincial_officer() if "due_on" in wrong else None
    with pytest.raises(Refusal):
        reported(visit, who=who, **wrong)
    assert state(visit) == "planned"
    assert not MentoringReport.objects.exists()


def test_a_task_goes_to_nobody_of_another_province(visit):
    stranger = cast.provincial_officer("Bali")
    with pytest.raises(Refusal):
        reported(visit, task="Pinjamkan mesin", who=stranger, due_on=FRIDAY)


def test_a_visit_is_not_planned_for_a_day_that_is_over():
    with pytest.raises(Refusal, match="26"):
        make.mentoring(make.cohort(), planned_on=date(2020, 6, 25))


def test_what_was_planned_and_found_is_never_changed(visit):
    made = reported(visit)
    for rows in (
        MentoringVisit.objects.filter(pk=visit.pk),
        MentoringReport.objects.filter(pk=made.pk),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


def test_from_a_class_to_a_plan_a_report_and_a_cancelled_one(client):
    cohort = make.cohort()
    client.force_login(cast.provincial_officer())
    plan = reverse("delivery:plan-mentoring", args=[cohort.pk])
    typed = {"planned_on": "2020-07-08", "mentor": "Yuni", "purpose": "Melihat mutu"}
    assert (
        "dari 6 Jul 2020"
        in client.post(plan, {**typed, "planned_on": "2020-07-01"}).content.decode()
    )
    there = client.post(plan, typed).url
    page = client.get(there).content.decode()
    assert "Melihat mutu" in page
    assert "direncanakan" in page
    refused = client.post(there, {"visited_on": "2020-07-06", "finding": "x", "task": "y"})
    assert "oleh siapa" in refused.content.decode()
    move = reverse("delivery:move-mentoring", args=[MentoringVisit.objects.get().pk])
    refused = client.post(move, {"move": "cancel", "reason": "", "seen": 1}).content.decode()
    assert "Tulis alasan" in refused
    assert "Message(" not in refused
    assert client.post(move, {"move": "cancel", "reason": "Banjir", "seen": 1}).status_code == 303
    late = client.post(there, {"visited_on": "2020-07-06", "finding": "Mesin rusak"})
    assert 'class="note bad"' in late.content.decode()
    shown = client.get(reverse("delivery:mentoring"), {"cohort": cohort.pk}).content.decode()
    assert "dibatalkan" in shown
