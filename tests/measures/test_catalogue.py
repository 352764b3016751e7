"""Which cost holds where, which shares may be used, and the starting catalogue."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.classifications import accounts, needs
from pulih.common.errors import Message
from pulih.measures.catalogue import entries
from pulih.measures.rules.costs import DatedCost, cost_in, wrong_shares
from pulih.places import Level, provinces

DAY = date(2020, 6, 15)
days = st.dates(date(2019, 1, 1), date(2022, 1, 1))
costs = st.lists(
    st.builds(
        DatedCost,
        st.sampled_from([None, 1, 2, 3]),
        st.integers(1, 10**9),
        days,
        st.none() | days,
    )
)


@given(costs, days)
def test_the_most_specific_cost_wins(listed, on):
    holding = {cost.area_id for cost in listed if cost.holds(on)}
    found = cost_in(listed, regency=1, province=2, on=on)
    wanted = next((area for area in (1, 2, None) if area in holding), "none")
    if wanted == "none":
        assert found is None
    else:
        assert found in {c.unit_cost for c in listed if c.area_id == wanted and c.holds(on)}


@given(costs, days, st.randoms())
def test_the_order_of_costs_changes_nothing(listed, on, random):
    unique = list({(c.area_id, c.valid_from): c for c in listed}.values())
    shuffled = random.sample(unique, len(unique))
    asked = {"regency": 1, "province": 2, "on": on}
    assert cost_in(unique, **asked) == cost_in(shuffled, **asked)


@given(st.dictionaries(st.sampled_from(["521211", "522151", "524113"]), st.integers(-5, 110)))
def test_shares_may_be_used_only_when_they_make_a_hundred(shares):
    wrong = wrong_shares(shares, ["521211", "522151"])
    lawful = (
        all(share > 0 for share in shares.values())
        and sum(shares.values()) in ({100} if shares else {0})
        and "524113" not in shares
    )
    assert (wrong is None) == lawful
    assert wrong is None or isinstance(wrong, Message)


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.fields["code"])
class TestTheStartingCatalogue:
    def test_every_figure_says_where_it_is_from(self, entry):
        assert entry.fields["setup_source"]
        assert all(cost.source for cost in entry.costs)
        assert all(effect.source for effect in entry.effects)

    def test_its_accounts_and_needs_are_on_the_lists(self, entry):
        known = {one.code for one in accounts.LIST.entries}
        assert set(entry.fields["allowed_accounts"]) <= known
        assert {effect.need for effect in entry.effects} <= {o.code for o in needs.LIST.entries}
        assert not any(accounts.is_physical(code) for code in entry.fields["account_shares"])

    def test_its_shares_may_be_used(self, entry):
        fields = entry.fields
        assert wrong_shares(fields["account_shares"], fields["allowed_accounts"]) is None

    def test_it_can_run_in_every_province(self, entry):
        listed = [DatedCost(c.area_id, c.unit_cost, date(2020, 1, 1)) for c in entry.costs]
        for place in provinces(DAY):
            assert place.level == Level.PROVINCE
            cost = cost_in(listed, regency=None, province=place.key, on=DAY)
            # Below what a new entrepreneur cost in 2022; a machine costs more than a training.
            most = 107_700_000 if entry.fields["code"] == "machine_rebate" else 8_560_000
            assert 200_000 <= cost <= most


def test_each_measure_opens_lines_of_its_own():
    templates = [str(entry.fields["line_template"]) for entry in entries()]
    assert len(set(templates)) == len(templates) == 16
