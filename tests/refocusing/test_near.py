"""An earlier plan beside that of a slightly changed case: it stays unless turning it pays."""

import csv
import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pulih.refocusing import Plan, Solved, breaches, solve
from pulih.refocusing.command import run
from pulih.refocusing.near import PAYS, beside
from pulih.refocusing.relief import coverage
from tests.examples import examples
from tests.make import refocusing as make
from tests.refocusing.small_cases import small_cases

TOLERANT = {"tolerance": [0.05, 0.05]}
NEEDS = [("P1", "skill", 20, 50), ("Q1", "skill", 10, 80), ("Q1", "tool", 8, 40)]


def with_firms(firms, **changes):
    needs = [("P1", "skill", firms, 50), *NEEDS[1:]]
    return make.case(TOLERANT | changes, needs=needs)


def test_a_few_firms_more_leave_the_plan_where_it_is():
    before, after = solve(with_firms(20)), solve(with_firms(21))
    kept, turned = beside(after, before.plan)
    assert kept.plan == before.plan
    assert turned.reason == "stays"
    assert (turned.turned, turned.lines, turned.between) == (0, 0, 0)
    assert kept.stages[:2] == after.stages[:2]
    assert kept.stages[2].value >= after.stages[2].bound


def test_many_firms_more_turn_it_and_how_far_is_told():
    before, after = solve(with_firms(20)), solve(with_firms(60))
    kept, turned = beside(after, before.plan)
    assert kept == after
    assert turned.reason in ("worst", "relief")
    rises = {code: after.plan.after[code] - held for code, held in before.plan.after.items()}
    assert turned.turned == max(
        sum(move for move in rises.values() if move > 0),
        -sum(move for move in rises.values() if move < 0),
    )
    assert turned.lines == sum(1 for move in rises.values() if move)
    assert turned.worst < after.stages[0].value


def test_a_plan_that_breaks_a_rule_now_goes():
    before, after = solve(with_firms(20)), solve(with_firms(20, ceiling=90))
    kept, turned = beside(after, before.plan)
    assert kept == after
    assert (turned.reason, turned.worst, turned.relief) == ("unlawful", None, None)


@settings(deadline=None, max_examples=examples(50), suppress_health_check=list(HealthCheck))
@given(small_cases(), st.integers(-1, 1), st.integers(0, 3))
def test_what_stays_is_lawful_and_within_every_tolerance(case, more, place):
    assume(place < len(case.needs))
    needs = list(case.needs)
    needs[place] = replace(needs[place], firms=max(0, needs[place].firms + more))
    before, after = solve(case), solve(replace(case, needs=tuple(needs)))
    assume(isinstance(before, Solved) and isinstance(after, Solved))
    kept, turned = beside(after, before.plan)
    assert not breaches(after.case, kept.plan)
    if turned.reason != "stays":
        assert kept == after
        return
    worst, relief, change = after.stages
    first, second = (float(each) for each in case.settings.tolerance)
    if worst.value is not None:
        reached = min(coverage(after.case, kept.plan.units).values())
        assert float(reached) >= worst.value * (1 - first) - 1e-9
    assert turned.relief >= relief.value * (1 - second) - 1e-9
    assert kept.stages[2].value <= change.value * (1 + PAYS)


def rows(path):
    return list(csv.DictReader(path.open(encoding="utf-8", newline="")))


def test_the_command_reads_the_plan_that_it_wrote(tmp_path):
    toml = make.as_toml(make.settings(**TOLERANT))
    case = make.folder(tmp_path / "case", toml=toml)
    other = make.folder(tmp_path / "other", toml=toml, needs=[("P1", "skill", 21, 50), *NEEDS[1:]])
    one, two = tmp_path / "one", tmp_path / "two"
    run([str(case), "--out", str(one)])
    run([str(other), "--out", str(two), "--near", str(one)])
    assert rows(one / "plan.csv") == rows(two / "plan.csv")
    told = json.loads((two / "explanation.json").read_text("utf-8"))["near"]
    assert told["reason"] == "stays"
    assert "near" not in json.loads((one / "explanation.json").read_text("utf-8"))


@pytest.mark.parametrize("text", [None, "regency,measure,units\nP1,T,many\n"])
def test_an_earlier_plan_that_is_none_is_refused(text, tmp_path, capsys):
    case, plan = make.folder(tmp_path / "case"), tmp_path / "plan"
    plan.mkdir()
    if text:
        (plan / "plan.csv").write_text(text, "utf-8")
    assert run([str(case), "--out", str(tmp_path / "out"), "--near", str(plan), "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    faults = told["faults"]
    assert told["error"].startswith(f"The earlier plan in {plan} has ")
    assert {"plan", "lines_after"} >= {fault["table"] for fault in faults} >= {"lines_after"}
    assert not (tmp_path / "out").exists()


def test_a_plan_of_another_case_is_no_reason_to_stop():
    solved = solve(make.case())
    kept, turned = beside(solved, Plan({("X1", "T"): 2}, {"LX": 7}))
    assert kept == solved
    assert turned.reason == "unlawful"
