"""The reasons of decisions against the contract read application by application."""

from hypothesis import given, settings

from pulih.selection import Solved, decisions_of, solve
from pulih.selection.case import points
from tests.examples import examples
from tests.make import selection as make
from tests.selection.small_cases import as_case, reference, small_cases


def row(decision) -> dict[str, str]:
    return {
        "application": decision.application,
        "chosen": str(int(decision.is_chosen)),
        "group": str(decision.group),
        "place": "" if decision.place is None else str(decision.place),
        "line": "" if decision.line is None else points(decision.line),
        "reason": decision.reason,
        "by": ";".join(decision.by),
    }


@settings(max_examples=examples(200), deadline=None)
@given(small_cases(most=10))
def test_every_decision_reads_as_the_contract_says(drawn):
    outcome = solve(as_case(drawn))
    if isinstance(outcome, Solved):
        case = outcome.case
        chosen = {case.applications.codes[place] for place in outcome.plan.chosen}
        expected = reference(drawn).decisions(chosen)
        assert [row(each) for each in decisions_of(case, outcome.plan)] == expected


def test_each_reason_is_given_once():
    rows = [
        {"application": "in", "score": "1", "a": "x", "fixed": "in"},
        {"application": "first", "score": "9", "a": "x"},
        {"application": "tie1", "score": "5", "a": "x"},
        {"application": "tie2", "score": "5", "a": "x"},
        {"application": "low", "score": "2", "a": "x"},
        {"application": "mate", "score": "4", "a": "z", "household": "h"},
        {"application": "chief", "score": "8", "a": "z", "household": "h"},
        {"application": "none", "score": "3", "a": "y"},
    ]
    rows = [{"fixed": None, "household": None} | each for each in rows]
    quotas = [("X", "a=x", "people", None, 3), ("Y", "a=y", "people", None, 0)]
    outcome = solve(make.case(rows, quotas))
    assert isinstance(outcome, Solved)
    said = {
        each.application: (each.reason, each.by)
        for each in decisions_of(outcome.case, outcome.plan)
    }
    ties = {said.pop("tie1"), said.pop("tie2")}
    assert ties == {("draw", ())}
    assert said == {
        "in": ("fixed", ()),
        "first": ("score", ()),
        "low": ("score", ()),
        "mate": ("partner", ("chief",)),
        "chief": ("score", ()),
        "none": ("full", ("quota:Y",)),
    }
