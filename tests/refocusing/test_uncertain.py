"""Needs as estimates: quantiles, draws, the best of the worst, and the regret of today's plan."""

import json
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.refocusing import Solved, breaches, solve
from pulih.refocusing.command import run
from pulih.refocusing.relief import coverage
from pulih.refocusing.uncertain import Doubtful, at_quantile, draw, most_of, unsure
from tests.examples import examples
from tests.make import refocusing as make
from tests.refocusing.small_cases import small_cases

FEW = Doubtful(draws=3)


def firms(case):
    return [need.firms for need in case.needs]


@settings(deadline=None, max_examples=examples(60))
@given(small_cases(), st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_a_higher_quantile_never_has_fewer_firms(case, one, other):
    low, high = sorted((one, other))
    pairs = zip(firms(at_quantile(case, low)), firms(at_quantile(case, high)), strict=True)
    assert all(few <= many for few, many in pairs)


@given(small_cases())
def test_half_is_the_case_itself(case):
    assert at_quantile(case, 0.5) == case


@settings(deadline=None, max_examples=examples(60))
@given(small_cases(), st.randoms(use_true_random=False))
def test_a_draw_hangs_on_seed_and_number_alone(case, chance):
    shuffled = list(case.needs)
    chance.shuffle(shuffled)
    other = replace(case, needs=tuple(shuffled))
    one, again = draw(case, 1, FEW), draw(other, 1, FEW)
    assert sorted(one.needs) == sorted(again.needs)
    assert replace(one, needs=case.needs) == case


def test_large_counts_spread_as_the_offices_do_and_small_ones_by_chance_too():
    case = make.case(needs=[("P1", "skill", 1_000_000, 50), ("Q1", "tool", 4, 50)])
    found = [firms(draw(case, number, Doubtful())) for number in range(400)]
    large = sorted(many for many, _ in found)
    assert large[200] == pytest.approx(1_000_000, rel=0.05)
    assert large[336] / large[200] == pytest.approx(1.22, abs=0.05)  # One deviation above.
    assert len({few for _, few in found}) > 4


@settings(deadline=None, max_examples=examples(30))
@given(small_cases())
def test_the_best_of_the_worst_is_no_worse_than_todays_plan_in_its_worst_draw(case):
    solved = solve(case)
    if not isinstance(solved, Solved):
        return
    found = unsure(case, solved.plan.units, FEW)
    assert found.today.units == solved.plan.units
    assert found.robust.fared.least >= found.today.fared.least
    assert found.regret(found.today) >= -1e-12
    for one in found.tried:
        if one.quick is not None:
            assert not breaches(case, one.quick.best.plan)
        for number, worst in enumerate(one.fared.worst):
            shares = coverage(draw(case, number, FEW), one.units).values()
            assert worst == float(min(shares, default=0))


def test_the_same_plan_comes_out_every_time():
    case = make.case()
    solved = solve(case)
    found = [unsure(case, solved.plan.units, FEW) for _ in range(2)]
    random.seed(1)
    assert found[0].robust.units == found[1].robust.units
    assert found[0].best == found[1].best
    most = most_of(case, [draw(case, number, FEW) for number in range(3)])
    assert firms(most) == [
        max(column) for column in zip(*(firms(draw(case, n, FEW)) for n in range(3)), strict=True)
    ]


def test_a_plan_for_more_need_than_was_reported_can_be_better_in_its_worst_draw():
    """One province is counted from few reports: what truly is there may be far more."""
    case = make.case(
        {"ceiling": 400, "coverage": [[1, 1]]},
        lines=[("L1", "P", "T", 200, 0, 0, 0), ("L2", "Q", "T", 200, 0, 0, 0)],
        measures=[("T", "Pelatihan", "orang", 1, 0)],
        costs=[(None, "T", 1)],
        needs=[("P1", "skill", 4, 100), ("Q1", "skill", 900, 100)],
        effects=[("T", "skill", 1)],
    )
    solved = solve(case)
    found = unsure(case, solved.plan.units, Doubtful(spread=0.0, draws=8))
    assert found.robust.way != "today"
    assert found.robust.fared.least > found.today.fared.least
    assert found.regret(found.robust) < found.regret(found.today)


def explained(tmp_path, *options):
    case, out = make.folder(tmp_path / "case"), tmp_path / "plan"
    run([str(case), "--out", str(out), *options])
    return json.loads((out / "explanation.json").read_text("utf-8"))


def test_the_command_tells_of_uncertainty_only_where_it_is_asked(tmp_path):
    assert "uncertainty" not in explained(tmp_path)
    told = explained(tmp_path, "--draws", "3")["uncertainty"]
    assert told["draws"] == 3
    assert told["least"] <= told["mean"]
    assert told["best_least"] >= told["least"]
    assert told["regret"] >= 0
    assert explained(tmp_path, "--needs-at", "0.8")["uncertainty"] == {"needs_at": 0.8}


@pytest.mark.parametrize("words", [("--needs-at", "1"), ("--draws", "-1"), ("--draws", "x")])
def test_a_quantile_or_number_of_draws_that_cannot_be_is_refused(words, tmp_path):
    with pytest.raises(SystemExit) as left:
        run([str(make.folder(tmp_path / "case")), "--out", str(tmp_path / "plan"), *words])
    assert left.value.code == 2
