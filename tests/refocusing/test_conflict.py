"""Why nothing can hold: irreducible, and by how much."""

import pytest
from hypothesis import given, settings

from pulih.refocusing import Infeasible, solve
from pulih.refocusing.conflict import Trial, every_rule
from pulih.refocusing.grid import grid_of
from pulih.refocusing.words import rule_says
from tests.examples import examples
from tests.make import refocusing as make
from tests.refocusing.small_cases import small_cases


def conflict(changes=None, **rows):
    outcome = solve(make.case(changes, **rows))
    assert isinstance(outcome, Infeasible)
    return outcome.conflict


def names(found):
    return [rule.rule for rule in found.rules]


def test_a_ceiling_below_what_is_committed_names_lines_and_rupiah():
    found = conflict({"ceiling": 30})
    assert names(found) == ["ceiling", "floor:L1", "floor:L2"]
    assert (found.fails_by, found.unit, found.relaxed) == (5, "rupiah", "ceiling")
    assert "Rp20 committed" in found.rules[1].message.en
    assert "Pagu kurang Rp5" in found.message.id


def test_the_whole_shortfall_is_told_even_when_few_lines_conflict():
    lines = [(f"L{n}", "P", "T", 50, 10 * n, 0, 0) for n in range(1, 6)]
    found = conflict({"ceiling": 80}, lines=lines)
    assert names(found) == ["ceiling", "floor:L4", "floor:L5"]
    assert (found.fails_by, found.set_fails_by) == (70, 10)


@pytest.mark.parametrize(
    ("changes", "rows", "expected", "fails_by", "unit"),
    [
        ({}, {"limits": [("P1", "G", 2, None)]}, ["limit:P1:G:min"], 2, "units"),
        ({}, {"limits": [("P1", "T", 5, 5)]}, ["limit:P1:T:max", "limit:P1:T:min"], 1, "units"),
        (
            {},
            {"limits": [("P", "T", 4, None), ("P1", "T", None, 2)]},
            ["limit:P1:T:max", "limit:P:T:min"],
            2,
            "units",
        ),
        (
            {"ceiling": 60},
            {"limits": [("P1", "T", 20, None)], "lines": []},
            ["ceiling", "limit:P1:T:min", "money:P:T"],
            5,
            "rupiah",
        ),
        (
            {},
            {"amounts": [("a", "", "*", 300, None)]},
            ["amount:a:min", "ceiling"],
            100,
            "rupiah",
        ),
        (
            {},
            {"lines": [("L1", "P", "T", 100, 0, 0, 1)], "amounts": [("a", "P", "T", None, 80)]},
            ["amount:a:max", "protected:L1"],
            20,
            "rupiah",
        ),
        (
            {},
            {
                "shares": [("s", "P", "T", None, 0), ("u", "P", "*", 1, None)],
                "lines": [("L1", "P", "T", 9, 5, 0, 0)],
            },
            ["floor:L1", "share:s:max"],
            5,
            "rupiah",
        ),
    ],
)
def test_each_class_of_conflict(changes, rows, expected, fails_by, unit):
    found = conflict(changes, **rows)
    assert names(found) == expected
    assert (found.fails_by, found.unit) == (fails_by, unit)


def test_a_single_unit_is_told_as_one():
    one = conflict({}, limits=[("P1", "T", 5, 5)])
    two = conflict({}, limits=[("P1", "G", 2, None)])
    assert one.message.en.endswith("fails by 1 unit.")
    assert two.message.en.endswith("fails by 2 units.")


@settings(deadline=None, max_examples=examples(80))
@given(small_cases())
def test_a_conflict_cannot_hold_and_can_without_any_one_of_its_rules(case):
    outcome = solve(case, time_limit=20)
    if not isinstance(outcome, Infeasible):
        return
    grid, wanted = grid_of(case), {rule.rule for rule in outcome.conflict.rules}
    rules = [rule for rule in every_rule(grid) if rule.name in wanted]
    assert not Trial(grid, rules).holds()
    for dropped in rules:
        assert Trial(grid, [rule for rule in rules if rule is not dropped]).holds()
    assert outcome.conflict.fails_by > 0


def test_a_limit_of_a_measure_in_batches_says_how_many_come_at_once():
    case = make.case(limits=[("P1", "T", 5, 5)])
    says = rule_says(case, "limit:P1:T:min")
    assert says.en.endswith(": Pelatihan at least 5 orang (in batches of 2).")
    assert says.id.endswith(": Pelatihan paling sedikit 5 orang (per angkatan 2).")
    assert "(" not in rule_says(make.case(limits=[("P1", "G", 5, 5)]), "limit:P1:G:max").en
