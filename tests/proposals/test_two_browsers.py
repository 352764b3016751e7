"""Two browsers at one draft, in any order: nothing is lost in silence, a clash shows both."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.people.scope import speaking_for
from pulih.proposals.actions import drafts
from pulih.proposals.actions.clashes import Clash
from pulih.proposals.models import CostRow
from tests.make import proposals as make

COSTS = (700_000, 800_000, 900_000)
acts = st.tuples(
    st.sampled_from(["look", "add", "change", "change", "delete"]),
    st.integers(0, 1),  # Which browser.
    st.integers(0, 99),  # Which of the rows that it shows.
    st.sampled_from(COSTS),
)


class Draft:
    """A draft, what each of two browsers shows of it, and what a plain table says of it."""

    def __init__(self):
        self.proposal = make.draft()
        self.by = self.proposal.made_by
        self.stands = {}  # Row: its version and unit cost.
        self.shown = [{}, {}]

    def look(self, browser, _row, _cost):
        self.shown[browser] = dict(self.stands)

    def add(self, browser, _row, cost):
        key = make.row(self.proposal, unit_cost=cost).pk
        self.stands[key] = self.shown[browser][key] = (1, cost)

    def change(self, browser, row, cost):
        seen, stands = self.shown[browser][row][0], self.stands.get(row)
        save = (self.proposal, CostRow, row, make.row_values(unit_cost=cost))
        if stands is None or (seen != stands[0] and cost != stands[1]):
            with pytest.raises(Clash) as clash:
                drafts.save_part(*save, seen=seen, by=self.by)
            assert clash.value.is_gone == (stands is None)
            self.shows_both(clash.value, stands, cost)
            return
        drafts.save_part(*save, seen=seen, by=self.by)
        if cost != stands[1]:
            self.stands[row] = self.shown[browser][row] = (seen + 1, cost)

    def shows_both(self, clash, stands, cost):
        found = {one.field: (one.theirs, one.mine) for one in clash.differing}
        if stands is not None:
            assert found["unit_cost"] == (stands[1], cost)
            assert clash.now == stands[0]  # With it one's own may be kept.

    def delete(self, browser, row, _cost):
        seen, stands = self.shown[browser][row][0], self.stands.get(row)
        if stands is not None and seen != stands[0]:
            with pytest.raises(Clash):
                drafts.delete_part(self.proposal, CostRow, row, seen=seen, by=self.by)
            return
        drafts.delete_part(self.proposal, CostRow, row, seen=seen, by=self.by)
        self.stands.pop(row, None)
        self.shown[browser].pop(row)

    def do(self, act, browser, which, cost):
        rows = sorted(self.shown[browser])
        if rows or act in ("look", "add"):
            with speaking_for(self.by):
                getattr(self, act)(browser, rows[which % len(rows)] if rows else 0, cost)
        kept = CostRow.objects.filter(proposal=self.proposal)
        assert dict(self.stands) == {one.pk: (one.version, one.unit_cost) for one in kept}


@pytest.mark.django_db
@given(st.lists(acts, min_size=8, max_size=30))
@settings(
    max_examples=6, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_whatever_two_browsers_do_nothing_is_lost_in_silence(steps):
    with transaction.atomic():
        draft = Draft()
        for step in [("add", 0, 0, COSTS[0]), ("look", 1, 0, 0), *steps]:
            draft.do(*step)
        transaction.set_rollback(True)
