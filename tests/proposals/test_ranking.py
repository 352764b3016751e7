"""Ranking a round beside the money that is free, and answering several at once."""

from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from pulih.budget.rules.funding import FreeLine, in_order, shared_out
from pulih.common.errors import Refusal
from pulih.people.scope import speaking_for
from pulih.proposals.actions import batches
from pulih.proposals.actions.batches import Answered
from pulih.proposals.models import Outcome, ProposalDecision
from pulih.proposals.ranking import ranking
from pulih.proposals.rules.machine import PROPOSAL
from pulih.proposals.rules.ranking import in_order as by_score
from pulih.workflow.reads import last_steps
from tests.make import budget
from tests.make import proposals as make
from tests.people import cast

LINE = "3038.001.051.A.522151"
ACCOUNTS = ("521211", "522151")
needed = st.dictionaries(st.sampled_from(ACCOUNTS), st.integers(1, 500), max_size=2)
lines = st.lists(
    st.builds(
        FreeLine, st.integers(1, 6), st.sampled_from(ACCOUNTS), st.integers(0, 500), st.booleans()
    ),
    max_size=5,
    unique_by=lambda one: one.line_id,
)


@given(lines, st.lists(needed, max_size=6))
def test_the_first_takes_all_it_would_alone_and_nothing_is_taken_twice(free, needs):
    found = in_order([(one, free) for one in needs])
    if needs:
        assert found[0].carried == sum(shared_out(needs[0], free).values())
    assert sum(one.carried for one in found) <= sum(max(line.free, 0) for line in free)
    for one, need in zip(found, needs, strict=True):
        assert 0 <= one.carried <= min(sum(need.values()), one.free)


scores = st.builds(Fraction, st.integers(0, 300), st.integers(1, 3))


@given(st.lists(st.tuples(scores, st.integers(1, 999), st.integers(0, 9)), max_size=9))
def test_no_worse_score_stands_above_a_better_one(given_):
    found = by_score((n, *one) for n, one in enumerate(given_))
    assert sorted(subject for subject, _score in found) == list(range(len(given_)))
    points = [score for _subject, score in found]
    assert points == sorted(points, reverse=True)


def scored(round_, *shares):
    """Write a scored proposal for each share of the points, all of Jawa Barat."""
    found = []
    for share in shares:
        proposal = make.assigned(make.complete(people=1, round_of=round_))
        make.score(proposal, "a", share)
        make.score(proposal, "b", share)
        found.append(make.again(proposal))
    return found


@pytest.mark.django_db
def test_money_ends_in_the_order_of_the_scores():
    round_ = make.round_()
    low, high = scored(round_, 0.5, 0.9)
    waiting = make.verified(make.complete(people=1, round_of=round_))
    budget.line(budget.unit(), LINE, ceiling=low.asked_rupiah + 1)
    with speaking_for(cast.planner()):
        first, second, third = ranking(round_)
    assert [first.proposal, second.proposal, third.proposal] == [high, low, waiting]
    assert (first.place, second.place, third.place) == (1, 2, None)
    assert (first.missing, second.missing) == (0, low.asked_rupiah - 1)
    assert second.money.free == 1
    assert third.score is None
    assert third.money is None


@pytest.mark.django_db
def test_what_is_approved_and_waits_for_money_comes_before_every_score():
    round_ = make.round_()
    promised = make.decided(make.complete(people=1, round_of=round_))
    (best,) = scored(round_, 1)
    budget.line(budget.unit(), LINE, ceiling=promised.asked_rupiah)
    with speaking_for(cast.planner()):
        first, second = ranking(round_)
    assert (first.proposal, first.missing) == (promised, 0)
    assert (second.proposal, second.place) == (best, 1)
    assert second.missing == best.asked_rupiah


def answers(*said):
    seen = last_steps(PROPOSAL, [proposal.pk for proposal, _outcome, _reason in said])
    return [Answered(one, outcome, why, seen[one.pk]) for one, outcome, why in said]


@pytest.mark.django_db
def test_several_are_answered_together_each_with_its_reason():
    first, second = scored(make.round_(), 0.9, 0.4)
    by = make.second_planner()
    given_ = answers(
        (first, Outcome.APPROVED, "Nilai tertinggi."), (second, Outcome.REJECTED, "Dana habis.")
    )
    with speaking_for(by):
        batches.decide_together(given_, by=by)
    assert make.again(first).state == "approved"
    assert make.again(second).state == "rejected"
    assert ProposalDecision.objects.get(proposal=second).reason == "Dana habis."


@pytest.mark.django_db
def test_one_refusal_decides_nothing_and_names_its_proposal():
    first, second = scored(make.round_(), 0.9, 0.4)
    by = make.second_planner()
    for wrong in (
        answers((first, Outcome.APPROVED, "Baik."), (second, Outcome.REJECTED, " ")),
        [
            *answers((first, Outcome.APPROVED, "Baik.")),
            Answered(second, Outcome.REJECTED, "Dana habis.", 1),
        ],
        answers((first, Outcome.APPROVED, "Baik."), (second, Outcome.PARTLY, "Sebagian.")),
    ):
        with speaking_for(by), pytest.raises(Refusal) as refused:
            batches.decide_together(wrong, by=by)
        assert refused.value.message.id.startswith(second.number)
        assert make.again(first).state == "scored"
    with speaking_for(by), pytest.raises(Refusal, match="at least one"):
        batches.decide_together([], by=by)
    verifier = cast.planner()  # Took part, so decides neither alone nor together.
    with speaking_for(verifier), pytest.raises(Refusal, match="somebody else"):
        batches.decide_together(answers((first, Outcome.APPROVED, "Baik.")), by=verifier)
    with speaking_for(first.made_by), pytest.raises(PermissionDenied):
        batches.decide_together(answers((first, Outcome.APPROVED, "Baik.")), by=first.made_by)


@pytest.mark.django_db
def test_what_was_answered_meanwhile_stops_all_that_was_typed_with_it(client):
    round_, by = make.round_(), make.second_planner()
    first, second = scored(round_, 0.9, 0.4)
    client.force_login(by)
    address = f"{reverse('proposals:decide-together')}?round={round_.pk}"
    typed = {
        f"{name}_{one.pk}": value
        for one in (first, second)
        for name, value in (("outcome", "approved"), ("reason", "Baik."))
    }
    typed |= {f"seen_{one.pk}": last_steps(PROPOSAL, [one.pk])[one.pk] for one in (first, second)}
    with speaking_for(by):
        batches.decide_together(answers((first, Outcome.REJECTED, "Ganda.")), by=by)
    page = client.post(address, typed).content.decode()
    assert f"{first.number} sementara itu sudah dijawab." in page
    assert page.count("Baik.") == 1  # What was typed of the other stays.
    assert make.again(second).state == "scored"


@pytest.mark.django_db
def test_the_page_shows_where_the_money_ends_and_decides_what_is_chosen(client):
    first, second = scored(make.round_(), 0.9, 0.4)
    budget.line(budget.unit(), LINE, ceiling=first.asked_rupiah)
    client.force_login(make.second_planner())
    page = client.get(reverse("proposals:ranking")).content.decode()
    assert page.index(first.number) < page.index(second.number)
    assert "dana tersedia" in page
    assert "kurang Rp28.800.000" in page
    shown = client.get(reverse("proposals:decide-together"))
    typed = {name: shown.context["form"][name].initial for name in shown.context["form"].fields}
    typed = {name: value or "" for name, value in typed.items()}
    typed[f"outcome_{first.pk}"] = "approved"
    refused = client.post(reverse("proposals:decide-together"), typed)
    assert f"{first.number}: tulis alasan" in refused.content.decode()
    typed[f"reason_{first.pk}"] = "Nilai tertinggi."
    assert client.post(reverse("proposals:decide-together"), typed).status_code == 303
    assert (make.again(first).state, make.again(second).state) == ("approved", "scored")


@pytest.mark.django_db
def test_more_proposals_ask_no_more_questions(client):
    round_ = make.round_()
    scored(round_, 0.9)
    client.force_login(make.second_planner())
    client.get(reverse("proposals:ranking"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("proposals:ranking"))
    scored(round_, 0.8, 0.7)
    with CaptureQueriesContext(connection) as three:
        client.get(reverse("proposals:ranking"))
    assert len(three) == len(one)
