"""The sheet before and after by account, measure and province, with what looks odd."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.planning.decisions import consequences
from pulih.planning.models import SolutionLine
from pulih.planning.rules.sheet import Odd, Sum, sheet, sums_of
from pulih.planning.shown.sheets import by_account, odd_accounts, sheet_of
from tests.people import cast
from tests.planning.asking import page, visitor

MONEY = st.integers(0, 10**12)
SUMS = st.lists(st.builds(Sum, st.sampled_from(["521211", "524111", "526115"]), MONEY, MONEY))


@given(SUMS)
def test_an_even_cut_keeps_the_total_to_a_rupiah_a_row(parts):
    rows = sheet(sums_of(parts))
    before, after = (sum(getattr(part, what) for part in parts) for what in ("before", "after"))
    assert sum(row.before for row in rows) == before
    assert sum(row.after for row in rows) == after
    if before:
        assert abs(sum(row.even for row in rows) - after) <= len(rows)


@pytest.mark.parametrize(
    ("before", "after", "odd"),
    [
        (100, 0, (Odd.EMPTIED,)),
        (0, 100, (Odd.OPENED, Odd.TRAVEL_RISES)),
        (100, 20, (Odd.FAR_BELOW,)),
        (100, 101, (Odd.TRAVEL_RISES,)),
        (100, 60, ()),
    ],
)
def test_what_looks_odd_of_travel_is_marked(before, after, odd):
    # The rest halves the total, so an even cut leaves about 60 of 100.
    rest = Sum("526115", 10_000, 6_000)
    assert sheet([Sum("524111", before, after), rest], are_accounts=True)[0].odd == odd


def test_more_travel_is_marked_among_accounts_only():
    rows = [Sum("524111", 100, 150), Sum("526115", 100, 60)]
    assert Odd.TRAVEL_RISES in sheet(rows, are_accounts=True)[0].odd
    assert sheet(rows)[0].odd == ()


@pytest.mark.django_db
def test_page_file_and_decision_say_the_same_of_every_account(scenario):
    planner = cast.planner()
    parts = {part.key: part for part in sheet_of(scenario, planner)}
    solution = scenario.solution
    totals = {(one.before, one.after) for one in parts.values()}
    assert totals == {(solution.before, solution.after)}
    client = visitor(planner)
    shown = client.get(page("sheet", scenario.pk)).content.decode()
    assert "524119" in shown
    assert "Paket Meeting" in shown
    assert "test_masks" not in shown
    assert page("sheet", scenario.pk) in client.get(page("scenario", scenario.pk)).content.decode()
    file = client.get(page("sheet-export", scenario.pk) + "?format=csv").getvalue().decode()
    assert "524119" in file
    odd = odd_accounts(scenario, planner)
    assert parts["account"].odd == odd
    told = {one.label.en: one.value.en for one in consequences(scenario.pk, planner)}
    assert told["Accounts that look odd"] == str(odd)


def test_a_new_line_counts_under_the_accounts_that_it_will_have():
    opened = SolutionLine(after=50, before=0, accounts=[["k", "521241", 30], ["k", "524111", 20]])
    unknown = SolutionLine(after=7, before=0)
    assert by_account([opened, unknown]) == [
        Sum("521241", 0, 30), Sum("524111", 0, 20), Sum("–", 0, 7)
    ]  # fmt: skip
