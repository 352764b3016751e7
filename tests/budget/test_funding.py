"""The money of an approved proposal: set aside whole on lines of its own unit, or said to miss."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from pulih.budget.actions.funding import reserve_for, suggested_lines
from pulih.budget.models import Posting
from pulih.budget.rules.funding import FreeLine, shared_out
from pulih.common.errors import Refusal
from tests.make import budget as make_budget
from tests.make import proposals as make
from tests.people import cast

DAY = date(2020, 6, 12)
accounts = st.sampled_from(["521211", "522151"])
lines = st.lists(
    st.builds(FreeLine, st.integers(1, 99), accounts, st.integers(0, 500), st.booleans()),
    unique_by=lambda one: one.line_id,
    max_size=6,
)


@given(st.dictionaries(accounts, st.integers(0, 900)), lines)
def test_no_line_carries_more_than_is_free_and_no_rupiah_is_left_that_fits(needed, free):
    found = shared_out(needed, free)
    by_line = {one.line_id: one for one in free}
    assert all(0 < amount <= by_line[key].free for key, amount in found.items())
    for account, wanted in needed.items():
        carried = sum(n for key, n in found.items() if by_line[key].account == account)
        assert carried == min(wanted, sum(one.free for one in free if one.account == account))


@pytest.mark.django_db
def test_an_approved_proposal_is_reserved_whole_or_waits_with_what_is_missing(client):
    proposal, by = make.decided(), make.second_planner()
    unit = make_budget.unit()
    small = make_budget.line(unit, "3038.001.051.A.522151", ceiling=20_000_000)
    assert suggested_lines(proposal) == ({small.pk: 20_000_000}, 8_800_000)
    client.force_login(by)
    page = client.get(reverse("budget:fund-proposal", args=[proposal.pk])).content.decode()
    assert [
        one for one in ("28.800.000", "8.800.000", "Rp20.000.000 bebas") if one not in page
    ] == []
    asked = {"number": "KEP-1", "effective_on": DAY, "by": by}
    with pytest.raises(Refusal, match="short by Rp8,800,000"):
        reserve_for(proposal, {small.pk: 20_000_000}, **asked)
    other = make_budget.unit("Bali", code="019999")
    foreign = make_budget.line(other, "3038.001.051.A.522151", ceiling=90_000_000)
    with pytest.raises(Refusal, match="not of Jawa Barat, 2020"):
        reserve_for(proposal, {foreign.pk: 28_800_000}, **asked)
    goods = make_budget.line(unit, "3038.001.051.A.521211", ceiling=90_000_000)
    with pytest.raises(Refusal, match="Account 521211: Rp0 is to be reserved and Rp28,800,000"):
        reserve_for(proposal, {goods.pk: 28_800_000}, **asked)
    second = make_budget.line(unit, "3038.001.052.A.522151", ceiling=10_000_000)
    amounts, missing = suggested_lines(proposal)
    assert (sum(amounts.values()), missing) == (28_800_000, 0)
    reserve_for(proposal, amounts, **asked)
    assert make.again(proposal).state == "reserved"
    small.refresh_from_db()
    second.refresh_from_db()
    assert small.reserved + second.reserved == 28_800_000
    with pytest.raises(Refusal, match="reserved already"):
        reserve_for(make.again(proposal), amounts, **{**asked, "number": "KEP-2"})
    client.force_login(cast.auditor())
    address = reverse("budget:money-of-proposal", args=[proposal.pk])
    page = client.get(address, {"per": f"{DAY}"}).content.decode()
    assert "Rp28.800.000 dicadangkan pada 2 baris POK." in page
    assert reverse("budget:posting", args=[Posting.objects.latest("pk").pk]) in page
    client.force_login(cast.provincial_officer("Bali"))
    assert client.get(address).status_code == 404
