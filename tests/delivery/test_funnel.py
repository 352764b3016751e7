"""How far those who applied came: by property, and from what is recorded."""

import itertools

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.delivery.actions import certificates
from pulih.delivery.reads.funnel import of_activity
from pulih.delivery.rules.funnel import GROUPS, STEPS, Came, funnel, later, part_of_cost
from tests.examples import examples
from tests.make import delivery as make
from tests.people import cast

groups = st.frozensets(st.sampled_from(GROUPS)).map(lambda some: some | {"all"})
taken = st.frozensets(st.sampled_from(STEPS))


@st.composite
def applicants(draw):
    steps = draw(taken)
    return Came(draw(groups), steps, draw(taken) - steps)


people = st.lists(applicants(), max_size=20)


@given(people)
def test_a_funnel_never_widens_and_its_ranges_are_ranges(everybody):
    found = funnel(everybody)
    assert [one.name for one in found] == list(STEPS)
    for step in found:
        assert all(count.low <= count.high for count in step.counts)
    for before, after in itertools.pairwise(found):
        for b, a in zip(before.counts, after.counts, strict=True):
            assert b.low >= a.low
            assert b.high >= a.high


def every_truth(everybody):
    """Every way in which those who did not answer may have fared; few of them, or it never ends."""
    choices = [
        [one.steps | set(some) for n in range(len(one.maybe) + 1)
         for some in itertools.combinations(sorted(one.maybe), n)]
        for one in everybody
    ]  # fmt: skip
    for steps in itertools.product(*choices):
        yield [Came(one.groups, frozenset(own)) for one, own in zip(everybody, steps, strict=True)]


@st.composite
def few_unknown(draw):
    known = st.builds(Came, groups, taken)
    tail = frozenset(STEPS[:4])
    unknown = st.frozensets(st.sampled_from(STEPS[4:7]), max_size=2).map(
        lambda maybe: Came(frozenset({"all"}), tail | (frozenset(STEPS[4:7]) - maybe), maybe)
    )
    return draw(st.lists(known, max_size=4)) + draw(st.lists(unknown, max_size=4))


@settings(deadline=None, max_examples=examples(60))
@given(few_unknown())
def test_ranges_hold_every_truth_and_no_more(everybody):
    found = funnel(everybody)
    truths = [funnel(truth) for truth in every_truth(everybody)]
    for place, step in enumerate(found):
        counts = [truth[place].all.low for truth in truths]
        assert (min(counts), max(counts)) == (step.all.low, step.all.high)
        shares = [truth[place].lowest for truth in truths if truth[place].lowest is not None]
        if shares and step.lowest is not None:
            assert step.lowest <= min(shares)
            assert max(shares) <= step.highest


@given(people, st.integers(0, 10**12))
def test_groups_that_share_all_people_share_the_cost_and_no_more(everybody, rupiah):
    women = [one for one in everybody if "woman" in one.groups]
    others = [one for one in everybody if "woman" not in one.groups]
    parts = [part_of_cost(everybody, some, rupiah) for some in (women, others)]
    if any("selected" in one.steps for one in everybody):
        assert rupiah - 1 <= sum(parts) <= rupiah
    else:
        assert parts == [0, 0]
    assert part_of_cost(everybody, everybody, rupiah) in (0, rupiah)


@given(people)
def test_what_became_of_the_trained_holds_the_funnel(everybody):
    steps = {one.name: one.all for one in funnel(everybody)}
    for one in later(everybody):
        assert one.count.low <= one.count.high <= one.total == steps["completed"].low
        assert one.count.low >= steps[one.name].low


@given(people, st.randoms())
def test_the_order_of_people_changes_nothing(everybody, random):
    mixed = random.sample(everybody, len(everybody))
    assert funnel(mixed) == funnel(everybody)


@given(people, st.integers(1, 10**9))
def test_costs_of_a_person_bracket_what_was_paid(everybody, rupiah):
    for step in funnel(everybody):
        least, most = step.cost(rupiah)
        assert least is None or least * step.all.high <= rupiah
        assert most is None or most * step.all.low <= rupiah
        if least is not None and most is not None:
            assert least <= most


@pytest.mark.django_db
def test_from_applying_to_the_certificate(client):
    activity = make.payable(5, absent=[(2, 0)])
    make.applicants(activity, 1, first=9)
    make.all_lists([make.nik(number) for number in (1, 2, 3, 4, 5, 9)])
    make.checked(activity)
    make.waived(activity, stage="selection")
    cohort = activity.cohorts.get()
    officer = cast.regency_officer()
    certificates.issue_all(cohort, number="S", dated=make.LAST, by=officer, today=make.LAST)
    found = {one.name: one.counts for one in of_activity(activity, officer)}
    assert [found[name][0].low for name in STEPS] == [6, 6, 5, 4, 4, *[0] * 6]
    # Nobody has been asked yet what became of the four.
    assert [found[name][0].high for name in STEPS[5:]] == [4] * 6
    assert [one.low for one in found["applied"][1:3]] == [6, 0]
    client.force_login(officer)
    page = client.get(reverse("delivery:funnel", args=[activity.pk])).content.decode()
    assert "memegang sertifikat" in page
    assert "0 – 4" in page
    assert "Kab. Indramayu" in page
    men = client.get(reverse("delivery:funnel", args=[activity.pk]) + "?group=man")
    assert [step.all.high for _words, step, _cost in men.context["steps"]] == [0] * len(STEPS)
    odd = client.get(reverse("delivery:funnel", args=[activity.pk]) + "?group=x")
    assert [one.is_on for one in odd.context["tabs"]] == [True, *[False] * 4]
