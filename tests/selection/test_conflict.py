"""Conflicts: truly impossible, none of their rules to spare, and by how many they fall short."""

from hypothesis import given, settings

from pulih.selection import Infeasible, solve
from tests.examples import examples
from tests.make import selection as make
from tests.selection.slow_reference import Reference
from tests.selection.small_cases import as_case, reference, small_cases


def under(slow: Reference, rules: set[str]) -> Reference:
    """Keep only some rules of a case."""
    rows = []
    for code, row in slow.rows.items():
        kept = row.get("fixed") if f"fixed:{code}" in rules else None
        rows.append(row | {"fixed": kept})
    quotas = [
        (
            name,
            where,
            unit,
            least if f"quota:{name}:min" in rules else None,
            most if f"quota:{name}:max" in rules else None,
        )
        for name, where, unit, least, most in slow.quotas
    ]
    shares = [
        (
            name,
            where,
            of,
            least if f"share:{name}:min" in rules else None,
            most if f"share:{name}:max" in rules else None,
        )
        for name, where, of, least, most in slow.shares
    ]
    exclusive = [column for column in slow.exclusive if f"exclusive:{column}" in rules]
    return Reference(rows, quotas, shares, exclusive, slow.seed)


@settings(max_examples=examples(120), deadline=None)
@given(small_cases(most=7))
def test_a_conflict_cannot_hold_and_could_without_any_one_of_its_rules(drawn):
    outcome, slow = solve(as_case(drawn)), reference(drawn)
    if isinstance(outcome, Infeasible):
        rules = {rule.rule for rule in outcome.conflict}
        assert under(slow, rules).best() is None
        for rule in outcome.conflict:
            assert under(slow, rules - {rule.rule}).best() is not None
            assert rule.short > 0


def conflict(rows, quotas=None, shares=None, **settings):
    outcome = solve(make.case(rows, quotas, shares, **settings))
    assert isinstance(outcome, Infeasible)
    return [(rule.rule, rule.short) for rule in outcome.conflict]


def people(count: int, **same: str) -> list[make.Row]:
    return [{"application": f"A{n}", "score": "1"} | same for n in range(count)]


def test_a_minimum_above_those_there_are_falls_short_by_the_rest():
    assert conflict(people(3, a="x"), [("Q", "a=x", "people", 5, None)], exclusive=[]) == [
        ("quota:Q:min", 2)
    ]


def test_rupiah_fall_short_exactly_however_large():
    rows = [{"application": "A", "score": "1", "cost": str(10**18), "a": "x"}]
    quotas = [("Q", "a=x", "rupiah", 10**18 + 7, None)]
    assert conflict(rows, quotas, exclusive=[]) == [("quota:Q:min", 7)]


def test_a_minimum_above_a_maximum_of_the_same_people_names_both():
    quotas = [("low", "a=x", "people", 4, None), ("high", "*", "people", None, 1)]
    found = conflict(people(6, a="x"), quotas, exclusive=[])
    assert found == [("quota:high:max", 3), ("quota:low:min", 3)]


def test_two_fixed_of_one_household_name_it_and_both():
    rows = people(3, household="h", fixed="in")[:2]
    assert conflict(rows) == [("exclusive:household", 1), ("fixed:A0", 1), ("fixed:A1", 1)]


def test_a_share_falls_short_by_people():
    rows = [{"application": f"A{n}", "score": "1", "sex": "P" if n < 1 else "L"} for n in range(6)]
    quotas = [("Q", "*", "people", 5, None)]
    found = conflict(rows, quotas, [("S", "sex=P", "*", "0.5", None)], exclusive=[])
    assert found == [("quota:Q:min", 3), ("share:S:min", 2)]


def test_a_household_falls_short_by_its_members_too_many():
    rows = [
        {"application": f"A{n}", "score": "1", "sex": "P", "household": f"h{n // 3}"}
        for n in range(6)
    ]
    found = conflict(rows, [("Q", "sex=P", "people", 3, None)])
    assert found == [("quota:Q:min", 1), ("exclusive:household", 1)]
