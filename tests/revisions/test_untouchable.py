"""What a revision may not touch is said with its amount, before anyone sends it."""

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pulih.budget.rules.amounts import Amounts
from pulih.revisions.rules.untouchable import Change, touched

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
JUNE = date(2020, 6, 15)
part = st.integers(0, 1000)
lawful = st.builds(
    lambda paid, owed, blocked, free: Amounts(
        paid + owed + blocked + free, blocked, paid + owed, paid
    ),
    part,
    part,
    part,
    part,
)
LINE = Change("3038.001.051.A.521211", Amounts(1_000, 100, 300, 200), -500)


def kinds(change, on=JUNE):
    return [one.kind for one in touched([change], on)]


@patient
@given(lawful, st.integers(-4000, 4000))
def test_a_plain_line_may_move_exactly_what_is_free(amounts, rupiah):
    assume(amounts.ceiling + rupiah >= 0)  # No draft asks for less than nothing.
    change = Change("3038.001.051.A.521211", amounts, rupiah)
    assert bool(kinds(change)) == (rupiah < 0 and -rupiah > amounts.free)


def test_paid_contracted_and_blocked_money_are_named_with_their_amounts():
    found = touched([replace(LINE, rupiah=-750)], JUNE)
    assert [(one.kind, one.rupiah) for one in found] == [("contracted", 100), ("blocked", 100)]
    assert "Rp100" in found[0].message.id
    assert kinds(replace(LINE, rupiah=-801)) == ["realised", "blocked"]
    assert kinds(LINE) == []


def test_salary_counterpart_and_protected_lines_are_not_cut():
    assert kinds(replace(LINE, line_key="3038.001.001.A.511111", rupiah=-1)) == ["account"]
    assert kinds(replace(LINE, line_key="3038.001.001.A.511111", rupiah=1)) == []
    assert kinds(replace(LINE, fund_source="RMP", rupiah=-1)) == ["fund"]
    assert kinds(replace(LINE, is_protected=True, rupiah=1)) == ["protected"]


def test_an_output_reached_in_part_is_forbidden_and_in_2020_only_told():
    change = replace(LINE, rupiah=-1, volume_falls=True, output_realised=50)
    assert [one.forbids for one in touched([change], date(2019, 6, 1))] == [True]
    assert [one.forbids for one in touched([change], JUNE)] == [False]
    assert [one.forbids for one in touched([change], date(2022, 6, 1))] == [True]
