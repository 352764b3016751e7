"""Fairness beyond the worst province: who can rise no further no longer decides for all."""

import json

import pytest
from hypothesis import given, settings

from pulih.refocusing import Solved, breaches, solve
from pulih.refocusing.command import run
from pulih.refocusing.levels import solve_levels
from pulih.refocusing.relief import coverage
from tests.examples import examples
from tests.make import refocusing as make
from tests.refocusing.slow_reference import choices, lawful_moneys, reliefs
from tests.refocusing.small_cases import small_cases

# Nothing helps the firms of P; those of R are many and cheap to help, those of Q few.
STUCK = {
    "areas": [(p, None, p) for p in "PQR"] + [(f"{p}1", p, p) for p in "PQR"],
    "lines": [("L1", "Q", "T", 60, 0, 0, 0), ("L2", "R", "T", 60, 0, 0, 0)],
    "measures": [("T", "Pelatihan", "orang", 1, 0)],
    "costs": [("Q", "T", 2), ("R", "T", 1)],
    "needs": [("P1", "skill", 10, 100), ("Q1", "skill", 60, 100), ("R1", "skill", 200, 100)],
    "effects": [("T", "skill", 1)],
}
SETTINGS = {"ceiling": 120, "coverage": [[1, 1]]}


def shares(found):
    return {p: float(share) for p, share in coverage(found.case, found.plan.units).items()}


def test_a_province_that_nothing_helps_no_longer_leaves_all_others_to_the_cheapest():
    case = make.case(SETTINGS, **STUCK)
    plain = solve(case)
    assert shares(plain) == {"P": 0.0, "Q": 0.0, "R": 0.6}
    found = solve_levels(case)
    assert found.status == "optimal"
    reached = shares(found)
    assert reached["P"] == 0
    assert min(reached["Q"], reached["R"]) > 0.36
    assert [dict(level.held) for level in found.levels] == [{"P": 0.0}, {}]
    assert found.levels[1].coverage == min(reached["Q"], reached["R"])
    assert found.stages[0].value == 0
    assert set(found.coverage_before) == {"P", "Q", "R"}


def test_who_is_held_keeps_what_it_can_reach():
    """P may train three of its ten firms and no more; the others go on without it."""
    rows = STUCK | {"costs": [(None, "T", 1)], "limits": [("P", "T", None, 3)]}
    found = solve_levels(make.case(SETTINGS, **rows))
    assert shares(found)["P"] == 0.3
    assert found.levels[0].held == {"P": pytest.approx(0.3)}
    assert found.levels[1].coverage > 0.42


def test_without_anybody_held_the_plan_is_the_usual_one():
    case = make.case()
    found, plain = solve_levels(case), solve(case)
    assert found.plan == plain.plan
    assert [stage.value for stage in found.stages] == [s.value for s in plain.stages]
    assert len(found.levels) == 1


def test_what_cannot_hold_is_told_as_usual():
    case = make.case({"ceiling": 30})
    assert solve_levels(case).conflict == solve(case).conflict


@settings(deadline=None, max_examples=examples(60))
@given(small_cases())
def test_every_level_is_as_high_as_trying_everything_makes_it(case):
    found = solve_levels(case, gap=1e-6)
    if not isinstance(found, Solved):
        return
    assert not breaches(case, found.plan)
    reached, held = coverage(case, found.plan.units), {}
    first, _ = case.settings.tolerance
    for level in found.levels:
        best = highest(case, held)
        assert abs(level.coverage - best) < 1e-6
        assert all(reached[p] >= least * (1 - float(first)) - 1e-6 for p, least in held.items())
        held |= dict.fromkeys(level.held, level.coverage)
        rest = [float(share) for province, share in reached.items() if province not in held]
        assert not rest or level.held or min(rest) >= best * (1 - float(first)) - 1e-6


def highest(case, held):
    """Return the highest lowest coverage of the provinces not held, by trying everything."""
    best = 0.0
    moneys = [pools for _, pools in lawful_moneys(case)]
    for units, asked in choices(case):
        served, full = reliefs(case, units)
        share = {p: float(served[p] / full[p]) for p in full if full[p]}
        if any(share[p] < least - 1e-9 for p, least in held.items()):
            continue
        level = min((share[p] for p in share if p not in held), default=0.0)
        if level > best and any(
            all(pools.get(pool, 0) >= cost for pool, cost in asked.items()) for pools in moneys
        ):
            best = level
    return best


def test_the_command_tells_the_levels_only_where_it_is_asked(tmp_path):
    folder, out = make.folder(tmp_path / "case", **STUCK), tmp_path / "plan"
    run([str(folder), "--out", str(out)])
    assert "levels" not in json.loads((out / "explanation.json").read_text("utf-8"))
    assert run([str(folder), "--out", str(out), "--beyond-worst"]) == 0
    told = json.loads((out / "explanation.json").read_text("utf-8"))["levels"]
    assert [level["held"] for level in told] == [{"P": 0.0}, {}]
