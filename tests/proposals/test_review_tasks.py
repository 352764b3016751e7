"""A named reviewer has a task with a clock; the office never sees whose it is."""

from datetime import timedelta

import pytest
from django.db import transaction

from pulih.people.scope import speaking_as_system, speaking_for
from pulih.proposals.actions import review_tasks, reviewing, sending
from pulih.proposals.rules.machine import PROPOSAL
from pulih.workflow import clock
from pulih.workflow.actions import close_duty
from pulih.workflow.actions.escalating import escalate
from pulih.workflow.models import Duty, Notice
from pulih.workflow.reads import tasks_of
from tests.make import proposals as make
from tests.people import cast

pytestmark = pytest.mark.django_db


def tasks(person):
    with speaking_for(person):
        return [(one.title, one.state.key, one.duty.kind) for one in tasks_of(person)]


def test_a_review_waits_for_its_reviewer_until_it_is_given(client):
    proposal, reviewer = make.assigned(), make.reviewer(1)
    assert tasks(reviewer) == [(str(proposal), "under_review", "review_a")]
    with speaking_for(reviewer):
        told = Notice.objects.filter(person=reviewer).latest("made_at")
    assert "First declare" in told.text_english
    assert "Until " in told.text_english
    client.force_login(reviewer)
    assert proposal.title in client.get("/tasks/").content.decode()
    make.score(proposal, "a")
    assert tasks(reviewer) == []
    assert tasks(make.reviewer(2)) == [(str(proposal), "under_review", "review_b")]
    make.score(proposal, "b")
    with speaking_as_system():
        open_ = Duty.objects.open().filter(machine="proposal", subject_id=proposal.pk)
        assert [one.kind for one in open_] == ["main"]


def test_the_office_sees_no_duty_of_a_reviewer():
    proposal = make.assigned()
    with speaking_for(proposal.made_by):
        kinds = Duty.objects.filter(subject_id=proposal.pk).values_list("kind", flat=True)
        assert set(kinds) == {"main"}
    with speaking_for(proposal.made_by), transaction.atomic():
        sending.withdraw(proposal, reason="Digabung.", by=proposal.made_by)
    assert tasks(make.reviewer(1)) == tasks(make.reviewer(2)) == []


def test_a_late_review_is_told_to_its_reviewer_and_the_verifier():
    planner, proposal = cast.planner(), make.assigned()
    with speaking_as_system() as system:
        escalate(by=system, now=clock.now() + timedelta(60))
    for person in (make.reviewer(1), planner):
        with speaking_for(person):
            late = Notice.objects.filter(person=person, title_english__startswith="Late: ")
            assert late.filter(title_english__contains=proposal.number).exists()
    with speaking_for(proposal.made_by):
        told = Notice.objects.filter(person=proposal.made_by)
        assert not told.filter(text_english__contains="eviewer").exists()


def test_verifiers_are_told_of_a_place_that_waits_for_a_reviewer():
    planner, proposal = cast.planner(), make.verified()
    with speaking_for(planner):
        reviewing.assign(proposal, [make.reviewer(1), make.reviewer(2)], by=planner)
    make.declare(proposal.assignments.get(slot="a"), has_conflict=True)
    assert tasks(make.reviewer(1)) == []
    assert "Reviewer A handed the review" in newest(planner)
    with speaking_for(planner):
        named = reviewing.assign_one(make.again(proposal), make.reviewer(3), by=planner)
    for one in (named, proposal.assignments.get(slot="b")):
        make.declare(one)
    make.score(proposal, "a", 1.0)
    make.score(proposal, "b", 0.2)
    assert "name a third reviewer" in newest(planner)


def newest(person):
    with speaking_for(person):
        return Notice.objects.filter(person=person).latest("made_at").text_english


def test_reviewers_named_by_an_earlier_version_are_given_the_task_that_they_lack():
    proposal, other = make.assigned(), make.assigned()
    make.score(other, "a")
    first, second = make.reviewer(1), make.reviewer(2)
    with speaking_as_system() as system, transaction.atomic():
        for kind in ("review_a", "review_b"):
            close_duty(PROPOSAL, proposal.pk, kind)
        assert review_tasks.open_missing(by=system) == 2
        assert review_tasks.open_missing(by=system) == 0  # Once, and none of what was given.
    due = (str(proposal), "under_review")
    assert (*due, "review_a") in tasks(first)
    assert (*due, "review_b") in tasks(second)
    assert len(tasks(first)) == 1
    with speaking_for(first):
        told = Notice.objects.filter(person=first, text_english__contains="First declare")
        assert told.filter(subject_id=proposal.pk).count() == 2
    make.score(proposal, "a")
    assert tasks(first) == []
