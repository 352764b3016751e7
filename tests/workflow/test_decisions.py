"""Two persons decide: one proposes with the consequences in numbers, another decides."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from pulih.common.errors import Message, Refusal
from pulih.people.models import Role
from pulih.people.permissions import Permission
from pulih.people.scope import speaking_for
from pulih.workflow import decisions, reads
from pulih.workflow.actions import decide, propose_decision, withdraw_decision
from pulih.workflow.models import Decision, Duty, Notice
from pulih.workflow.post_kinds import PostKind
from tests.make.workflow import describe, words
from tests.people import cast

pytestmark = pytest.mark.django_db
WORLD = {"lines": 38, "done": []}


def would_do(subject, by):
    return [decisions.Consequence(words("Lines"), words(str(WORLD["lines"])))]


def does(decision, by):
    if WORLD["lines"] == 13:
        raise Refusal(Message("Tidak bisa.", "It cannot be."))
    WORLD["done"].append((decision.subject_id, by.pk))


KIND = decisions.DecisionKind(
    "test",
    Message("menetapkan rencana", "adopting the plan"),
    Permission.PLAN,
    Permission.ADOPT_PLAN,
    PostKind("test_second", words("second"), Permission.ADOPT_PLAN),
    would_do,
    does,
    describe,
)
decisions.register(KIND)


@pytest.fixture
def two():
    WORLD.update(lines=38, done=[])
    country = cast.planner().home
    return [cast.person(Role.PLANNER, country, name) for name in ("ani", "budi")]


def proposed(by, subject=7):
    with speaking_for(by):
        return propose_decision(KIND, subject, area=None, reason="Pagu dipotong", by=by)


def as_commit():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def test_the_second_person_decides_and_it_takes_effect_at_once(two):
    first, second = two
    decision = proposed(first)
    assert decision.consequences[0]["value_en"] == "38"
    assert reads.waiting_for(second).count() == 1
    assert Notice.objects.filter(person=second, title_english="Waiting for you: Surat 7").exists()
    with speaking_for(second):
        decide(decision, approve=True, by=second)
    assert WORLD["done"] == [(7, second.pk)]
    assert Notice.objects.get(person=first).text_english == "approved."
    assert not Duty.objects.open().exists()
    as_commit()


def test_who_proposed_does_not_decide(two):
    decision = proposed(two[0])
    for approve in (True, False):
        with pytest.raises(Refusal, match="You proposed adopting the plan yourself"):
            decide(decision, approve=approve, by=two[0], reason="x")
    with pytest.raises(DatabaseError, match="by_two_persons"), transaction.atomic():
        Decision.objects.update(
            outcome="approved", decided_by=two[0], decided_at=decision.proposed_at
        )
    assert WORLD["done"] == []


def test_what_would_do_other_things_than_shown_is_not_decided(two):
    decision = proposed(two[0])
    WORLD["lines"] = 39
    with pytest.raises(Refusal, match="Lines: 38 when it was proposed, now 39"):
        decide(decision, approve=True, by=two[1])
    assert Decision.objects.get().outcome == "open"


def test_a_no_needs_its_reason_and_does_nothing(two):
    decision = proposed(two[0])
    with pytest.raises(Refusal, match="Write the reason"):
        decide(decision, approve=False, by=two[1])
    decide(decision, approve=False, by=two[1], reason="Terlalu besar")
    assert WORLD["done"] == []
    assert "Terlalu besar" in Notice.objects.get(person=two[0]).text_indonesian
    assert proposed(two[0]).outcome == "open"


def test_what_cannot_be_done_leaves_the_proposal_open(two):
    decision = proposed(two[0])
    WORLD["lines"] = 13
    Decision.objects.update(consequences=[
        {"label_id": "Lines", "label_en": "Lines", "value_id": "13", "value_en": "13"}
    ])  # fmt: skip
    with pytest.raises(Refusal, match="It cannot be"):
        decide(decision, approve=True, by=two[1])
    assert Decision.objects.get().outcome == "open"
    assert Duty.objects.open().count() == 1


def test_it_is_withdrawn_until_it_is_decided(two):
    decision = proposed(two[0])
    withdraw_decision(decision, by=two[0], reason="Salah skenario")
    assert Decision.objects.get().outcome == "withdrawn"
    for late in (
        lambda: decide(decision, approve=True, by=two[1]),
        lambda: withdraw_decision(decision, by=two[0], reason="x"),
    ):
        with pytest.raises(Refusal, match="is “withdrawn”"):
            late()
    as_commit()


def test_one_proposal_at_a_time_with_a_reason_by_who_may(two):
    proposed(two[0])
    with pytest.raises(Refusal, match="has proposed adopting the plan already"):
        proposed(two[1])
    with pytest.raises(Refusal, match="Write the reason for adopting the plan"):
        propose_decision(KIND, 8, area=None, reason=" ", by=two[0])
    stranger = cast.provincial_officer()
    with pytest.raises(PermissionDenied):
        propose_decision(KIND, 8, area=None, reason="x", by=stranger)
    with pytest.raises(PermissionDenied):
        decide(Decision.objects.get(), approve=True, by=stranger)
    with speaking_for(stranger):
        assert not Decision.objects.exists()
