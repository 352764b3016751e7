"""The checker catches every way in which a plan can be fixed into a wrong one."""

from dataclasses import replace

import pytest

from pulih.refocusing import Plan, breaches, solve
from tests.make import refocusing as make

ROWS = {
    "limits": [("P1", "T", 2, 6), ("Q", "G", None, 8)],
    "amounts": [("a", "Q", "T", 20, 60)],
    "shares": [("s", "Q", "G", 0.3, 0.6), ("u", "P", "*", None, 0.7)],
}


def solved():
    case = make.case({"ceiling": 150}, **ROWS)
    return case, solve(case).plan


def changed(plan, *, units=None, after=None):
    return Plan({**plan.units, **(units or {})}, {**plan.after, **(after or {})})


def test_a_solved_plan_breaks_nothing():
    assert breaches(*solved()) == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"after": {"L1": 19}}, "floor:L1"),
        ({"after": {"L1": 500}}, "ceiling"),
        ({"after": {"L1": 20.0}}, "line:L1"),
        ({"after": {"L9": 5}}, "line:L9"),
        ({"after": {"NEW:P:T": 5}}, "line:NEW:P:T"),
        ({"after": {"L2": 15}}, "amount:a:min"),
        ({"after": {"L2": 61}}, "amount:a:max"),
        ({"after": {"L3": 0}}, "share:s:min"),
        ({"after": {"L3": 500}}, "share:s:max"),
        ({"after": {"L1": 400}}, "share:u:max"),
        ({"units": {("P1", "T"): 0}}, "limit:P1:T:min"),
        ({"units": {("P1", "T"): 8}}, "limit:P1:T:max"),
        ({"units": {("P1", "T"): 3}}, "batch:P1:T"),
        ({"units": {("P1", "G"): 1}}, "cost:P1:G"),
        ({"units": {("Q1", "G"): 9}}, "limit:Q:G:max"),
        ({"units": {("Q1", "T"): 40}}, "money:Q:T"),
        ({"units": {("X", "T"): 2}}, "units:X:T"),
    ],
)
def test_a_broken_rule_is_named(change, rule):
    case, plan = solved()
    assert rule in [breach.rule for breach in breaches(case, changed(plan, **change))]


def test_a_protected_line_that_moved_and_a_lost_line_are_named():
    case, plan = solved()
    lines = tuple(replace(line, is_protected=line.code == "L1") for line in case.lines)
    moved = breaches(replace(case, lines=lines), changed(plan, after={"L1": 50}))
    assert ("protected:L1", 50) in [(breach.rule, breach.by) for breach in moved]
    lost = Plan(plan.units, {code: held for code, held in plan.after.items() if code != "L3"})
    assert [breach.rule for breach in breaches(case, lost)] == ["line:L3"]


def test_shares_round_down_below_and_up_above():
    case = make.case(shares=[("s", "Q", "G", "0.3333", "0.3334")])
    plan = Plan({}, {"L1": 20, "L2": 67, "L3": 33})
    assert breaches(case, plan) == []  # 33 >= floor(33.33)
    assert breaches(case, Plan({}, {"L1": 20, "L2": 66, "L3": 34})) == []  # 34 <= ceil(33.34)
    assert breaches(case, Plan({}, {"L1": 20, "L2": 65, "L3": 35})) != []
