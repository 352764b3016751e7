"""How far those who applied came: by property, and from what is recorded."""

import itertools

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from pulih.delivery.actions import certificates
from pulih.delivery.reads.funnel import of_activity
from pulih.delivery.rules.funnel import GROUPS, STEPS, Came, funnel
from tests.make import delivery as make
from tests.people import cast

groups = st.frozensets(st.sampled_from(GROUPS)).map(lambda some: some | {"all"})
people = st.lists(st.builds(Came, groups, st.frozensets(st.sampled_from(STEPS))), max_size=20)


@given(people)
def test_a_funnel_never_widens_and_its_shares_lead_from_step_to_step(everybody):
    found = funnel(everybody)
    assert [one.name for one in found] == list(STEPS)
    for before, after in itertools.pairwise(found):
        assert all(b >= a for b, a in zip(before.counts, after.counts, strict=True))
        if before.counts[0]:
            assert after.share * before.counts[0] == after.counts[0]
        else:
            assert after.share is None


@given(people, st.randoms())
def test_the_order_of_people_changes_nothing(everybody, random):
    mixed = random.sample(everybody, len(everybody))
    assert funnel(mixed) == funnel(everybody)


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
    assert [found[name][0] for name in STEPS] == [6, 6, 5, 4, 4, 0]
    assert found["applied"][1:3] == [6, 0]
    client.force_login(officer)
    page = client.get(reverse("delivery:funnel", args=[activity.pk])).content.decode()
    assert "memegang sertifikat" in page
