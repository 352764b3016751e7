"""From a sent proposal to its answer: each way out, one duty at every moment, nobody twice."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from pulih.common.errors import Refusal
from pulih.people.models import Reach
from pulih.people.scope import speaking_for
from pulih.proposals.actions import deciding, drafts, reviewing, sending, verifying
from pulih.proposals.actions.deciding import Cut
from pulih.proposals.clocks import clocks
from pulih.proposals.contents import changes, fingerprint
from pulih.proposals.models import CostRow, Outcome, ProposalDecision, Score
from pulih.proposals.rules.machine import PROPOSAL
from pulih.proposals.rules.reviewing import criteria_on
from pulih.workflow.models import Duty, Notice, Step
from tests.make import areas
from tests.make import proposals as make
from tests.people import cast

pytestmark = pytest.mark.django_db


def duty(proposal):
    return Duty.objects.open().get(machine="proposal", subject_id=proposal.pk, kind="main")


def test_the_table_of_clocks_names_every_open_state():
    beside = {"idea", "amendment_asked", "amendment_checked", "review"}
    assert set(clocks()) == {one.key for one in PROPOSAL.states if not one.final} | beside


def test_a_proposal_goes_from_draft_to_approved_with_one_duty_at_every_moment():
    proposal = make.complete()
    assert duty(proposal).post.key == "proposals_office"
    proposal = make.sent(proposal)
    assert duty(proposal).post.key == "proposals_verifier"
    planner = cast.planner()
    verifying.verify(proposal, make.yes(), by=planner)
    reviewing.assign(proposal, [make.reviewer(1), make.reviewer(2)], by=planner)
    for one in proposal.assignments.all():
        make.declare(one)
    make.score(proposal, "a")
    assert make.again(proposal).state == "under_review"
    make.score(proposal, "b", 0.75)
    assert make.again(proposal).state == "scored"
    by = make.second_planner()
    deciding.decide(make.again(proposal), Outcome.APPROVED, reason="Sesuai.", by=by)
    assert make.again(proposal).state == "approved"
    assert duty(proposal).post.key == "proposals_decider"
    steps = Step.objects.of("proposal", proposal.pk)
    assert [one.to_state for one in steps] == [
        "draft", "submitted", "verified", "under_review", "scored", "approved",
    ]  # fmt: skip


def test_the_mask_training_is_returned_once_and_both_versions_stand_side_by_side():
    proposal = make.sent()
    planner, officer = cast.planner(), proposal.made_by
    answers = {**make.yes(), "papers": ("no", "Baris 2")}
    with pytest.raises(Refusal, match="stands in the way"):
        verifying.verify(proposal, answers, by=planner)
    with pytest.raises(Refusal, match="60 working days"):
        verifying.give_back(proposal, answers, reason="X", working_days=99, by=planner)
    when = datetime(2020, 6, 2, 2, 5, tzinfo=UTC)
    verifying.give_back(
        proposal, answers, reason="Baris 2: hapus.", working_days=3, by=planner, now=when
    )
    back = duty(proposal)
    assert (back.post.key, back.working_days) == ("proposals_office", 3)
    assert back.escalates_to.key == "proposals_verifier"
    returned = make.again(proposal)
    row = returned.rows.get()
    drafts.save_part(
        returned, CostRow, row.pk, make.row_values(unit_cost=800_000), seen=1, by=officer
    )
    sending.submit(returned, by=officer, now=datetime(2020, 9, 1, tzinfo=UTC))  # Late is no bar.
    first, second = proposal.versions.order_by("number")
    assert first.fingerprint != second.fingerprint
    assert fingerprint(first.content) == first.fingerprint
    (change,) = changes(first.content, second.content)
    assert (change.topic, "900.000" in change.before, "800.000" in change.after) == (
        "money", True, True,
    )  # fmt: skip
    assert changes(first.content, first.content) == []


def test_ticking_the_same_boxes_in_another_order_changes_nothing():
    proposal = make.sent(make.complete())
    content = proposal.versions.get().content
    sections = {**content["sections"], "profiles": ["laid_off", "tools_and_skill"]}
    first = {**content, "sections": sections}
    turned = {**content, "sections": {**sections, "profiles": ["tools_and_skill", "laid_off"]}}
    assert changes(first, turned) == []
    (change,) = changes(content, first)
    assert change.after == "Korban PHK yang belum berwirausaha, " + change.before


def test_capital_is_sent_with_a_reason_only_and_never_verified():
    draft = make.complete()
    row = make.row(draft, "mesin jahit", "532111", "5 unit", 3_500_000)
    with pytest.raises(Refusal, match="non-physical activity only"), transaction.atomic():
        sending.submit(make.again(draft), by=draft.made_by, now=make.SENT)
    argued = make.row_values(
        "mesin jahit", "532111", "5 unit", 3_500_000, reason="Dipakai bergantian.",
        prices=[3_400_000, 3_500_000, 3_600_000],
    )  # fmt: skip
    argued["survey"] = make.survey(draft)
    drafts.save_part(draft, CostRow, row.pk, argued, seen=1, by=draft.made_by)
    proposal = make.sent(make.again(draft))
    with pytest.raises(Refusal, match="Return this proposal"):
        verifying.verify(proposal, make.yes(), by=cast.planner())


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (datetime(2020, 5, 24, 16, 59, tzinfo=UTC), "is not open yet"),
        (datetime(2020, 7, 31, 17, 0, tzinfo=UTC), "has closed"),
    ],
)
def test_a_round_opens_and_closes_at_midnight_on_the_offices_clock(when, words):
    with pytest.raises(Refusal, match=words):
        sending.submit(make.complete(), by=cast.provincial_officer(), now=when)
    papua = cast.provincial_officer("Papua")
    other = make.draft(by=papua, province=areas.province("Papua"))
    with pytest.raises(Refusal) as refused:
        sending.submit(other, by=papua, now=datetime(2020, 7, 31, 15, 30, tzinfo=UTC))
    assert "has closed" in refused.value.message.en  # 00.30 WIT of the next day.


def test_an_incomplete_draft_is_not_sent_and_nothing_is_kept():
    proposal = make.draft()
    with pytest.raises(Refusal, match=r"cannot be sent yet\. .*and \d more"):
        sending.submit(proposal, by=proposal.made_by, now=make.SENT)
    assert not proposal.versions.exists()
    assert make.again(proposal).state == "draft"


def test_two_windows_decide_once():
    proposal = make.scored()
    by = make.second_planner()
    seen = Step.objects.of("proposal", proposal.pk).last().number
    deciding.decide(proposal, Outcome.REJECTED, reason="Sudah dibiayai APBD.", by=by, seen=seen)
    with pytest.raises(Refusal), transaction.atomic():
        deciding.decide(proposal, Outcome.APPROVED, reason="Y", by=by, seen=seen)
    assert ProposalDecision.objects.get().outcome == "rejected"
    told = Notice.objects.filter(person=proposal.made_by).latest("pk")
    assert "Sudah dibiayai APBD." in told.text_indonesian
    assert not Duty.objects.open().filter(subject_id=proposal.pk, machine="proposal").exists()


def test_partly_means_less_money_with_a_reason_for_each_row():
    proposal, by = make.scored(), make.second_planner()

    def decide(outcome=Outcome.PARTLY, **values):
        with transaction.atomic():
            return deciding.decide(proposal, outcome, reason="Rinci.", by=by, **values)

    for cuts, words in (
        ({1: Cut(900_001, "naik")}, "Rp900,001 is more than was asked"),
        ({1: Cut(900_000, "naik", (33,))}, "33 OJ is more than was asked, 32 OJ"),
        ({1: Cut(800_000, " ")}, "without a reason"),
        ({}, "choose approval"),
    ):
        with pytest.raises(Refusal, match=words):
            decide(cuts=cuts)
    with pytest.raises(Refusal, match="approved in part"):
        decide(Outcome.APPROVED, cuts={1: Cut(800_000, "SBM lain")})
    for people, words in (
        ({1: 21}, "Indramayu: the participants approved must be 0 to 20, not 21"),
        ({1: 0}, "No participant is approved"), ({2: 5}, "has no place 2"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=words):
            decide(people=people)
    decision = decide(cuts={1: Cut(800_000, "Tarif setempat lebih rendah.")}, people={1: 18})
    assert (decision.asked_rupiah, decision.approved_rupiah) == (28_800_000, 25_600_000)
    assert (decision.asked_people, decision.approved_people) == (20, 18)
    assert make.again(proposal).state == "partly_approved"


def test_what_is_above_a_ceiling_is_lowered_before_it_is_approved():
    draft = make.draft()
    make.row(draft, unit_cost=950_000)
    make.place(draft)
    proposal, by = make.scored(make.again(draft)), make.second_planner()
    with pytest.raises(Refusal, match="above the ceiling"), transaction.atomic():
        deciding.decide(proposal, Outcome.APPROVED, reason="X", by=by)
    cut = {1: Cut(900_000, "Sesuai SBM.")}
    deciding.decide(proposal, Outcome.PARTLY, reason="X", by=by, cuts=cut)


def test_who_took_part_decides_neither_by_the_action_nor_past_it():
    proposal = make.scored()
    with pytest.raises(Refusal, match="somebody else must decide"):
        deciding.decide(proposal, Outcome.APPROVED, reason="X", by=cast.planner())
    with pytest.raises(PermissionDenied):
        deciding.decide(proposal, Outcome.APPROVED, reason="X", by=cast.provincial_officer())
    values = {
        "proposal": proposal, "version": proposal.versions.get(), "outcome": "rejected",
        "reason": "X", "asked_rupiah": 1, "approved_rupiah": 0, "asked_people": 1,
        "approved_people": 0,
    }  # fmt: skip
    for person in (cast.planner(), proposal.made_by, make.reviewer(1)):
        with pytest.raises(IntegrityError, match="took part"), transaction.atomic():
            ProposalDecision.objects.create(by=person, **values)


def test_reviewers_are_others_and_from_elsewhere():
    proposal, planner = make.verified(), cast.planner()
    local = cast.person("reviewer", areas.province(), username="reviewer-local")
    for people, words in (
        ([make.reviewer(1)], "two different"),
        ([make.reviewer(1), local], "works or worked in Jawa Barat"),
        ([make.reviewer(1), cast.auditor()], "is no reviewer"),
    ):
        with pytest.raises(Refusal, match=words), transaction.atomic():
            reviewing.assign(proposal, people, by=planner)
    assert Reach.objects.filter(user=local).exists()
    reviewing.assign(proposal, [make.reviewer(1), make.reviewer(2)], by=planner)
    first = proposal.assignments.get(slot="a")
    with pytest.raises(PermissionDenied):
        make.declare(first, by=make.reviewer(2))
    with pytest.raises(Refusal, match="First declare"), speaking_for(first.reviewer):
        reviewing.submit_score(first, {}, note="", by=first.reviewer)
    make.declare(first, has_conflict=True)
    with pytest.raises(Refusal, match="named for this proposal before"), transaction.atomic():
        reviewing.assign_one(proposal, make.reviewer(1), by=planner)
    again = reviewing.assign_one(make.again(proposal), make.reviewer(3), by=planner)
    assert again.slot == "a"
    with pytest.raises(Refusal, match="No place"), transaction.atomic():
        reviewing.assign_one(make.again(proposal), make.reviewer(4), by=planner)


def test_two_that_are_far_apart_ask_for_a_third():
    proposal, planner = make.assigned(), cast.planner()
    make.score(proposal, "a", 1.0)
    make.score(proposal, "b", 0.5)
    assert make.again(proposal).state == "under_review"
    third = reviewing.assign_one(make.again(proposal), make.reviewer(3), by=planner)
    assert third.slot == "c"
    make.declare(third)
    make.score(proposal, "c", 0.9)
    assert make.again(proposal).state == "scored"


@pytest.mark.parametrize(
    ("first", "second", "far"), [(80, 80, 0), (80, 60, 0), (60, 80, 0), (80, 59, 1), (59, 80, 1)]
)
def test_a_third_is_asked_for_past_the_distance_and_not_at_it(first, second, far):
    proposal = make.assigned()
    assert not needs_third(proposal)
    for slot, total in (("a", first), ("b", second)):
        one = proposal.assignments.get(slot=slot)
        with speaking_for(one.reviewer):
            reviewing.submit_score(one, points_of(total), note="", by=one.reviewer)
        assert needs_third(proposal) == (slot == "b" and bool(far))
    assert (make.again(proposal).state == "under_review") == bool(far)


def points_of(total):
    """Spread a sum over the criteria, the first ones filled first."""
    points = {}
    for one in criteria_on(date.today()).criteria:
        points[one.key] = min(one.weight, total - sum(points.values()))
    return points


def needs_third(proposal):
    with connection.cursor() as cursor:
        cursor.execute("SELECT proposals_needs_third(%s)", [proposal.pk])
        return cursor.fetchone()[0]


def test_a_score_is_given_once_and_within_its_weights():
    proposal = make.assigned()
    one = proposal.assignments.get(slot="a")
    with pytest.raises(Refusal, match="give 0 to 40"), speaking_for(one.reviewer):
        reviewing.submit_score(one, {"need": 41}, note="", by=one.reviewer)
    make.score(proposal, "a")
    with pytest.raises(Refusal, match="can no longer be changed"):
        make.score(proposal, "a", 0.1)
    with speaking_for(one.reviewer):
        assert Score.objects.filter(proposal=proposal).count() == 1


def test_an_office_withdraws_until_it_is_decided_and_not_after():
    proposal = make.sent()
    with pytest.raises(PermissionDenied):
        sending.withdraw(proposal, reason="X", by=cast.provincial_officer("Bali"))
    sending.withdraw(proposal, reason="Digabung.", by=proposal.made_by)
    assert make.again(proposal).state == "withdrawn"
    other = make.decided()
    with pytest.raises(Refusal), transaction.atomic():
        sending.withdraw(other, reason="X", by=other.made_by)
