"""The checker names each kind of breach, and the exact parts agree with plain sums."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.selection import Plan, breaches
from pulih.selection.case import exact_sum
from pulih.selection.rules import reachable_from
from tests.make import selection as make


def judged(codes: str, **changes) -> list[tuple[str, str]]:
    case = make.case(**changes)
    chosen = [place for place, code in enumerate(case.applications.codes) if code in codes]
    return [(x.rule, x.application) for x in breaches(case, Plan(np.array(chosen, dtype=np.int64)))]


FIXED = [make.APPLICATIONS[0] | {"fixed": "out"}, make.APPLICATIONS[2] | {"fixed": "in"}]


@pytest.mark.parametrize(
    ("codes", "changes", "expected"),
    [
        ("A1 A3 A4", {}, []),
        ("A1", {"rows": FIXED}, [("fixed", "A1"), ("fixed", "A3")]),
        ("A1 A2", {}, [("exclusive:household", "")]),
        ("A1", {"quotas": [("Q", "sex=P", "people", 2, None)]}, [("quota:Q:min", "")]),
        ("A1 A3", {"quotas": [("Q", "sex=P", "people", None, 1)]}, [("quota:Q:max", "")]),
        ("A2 A3", {"shares": [("S", "sex=P", "*", "0.51", None)]}, [("share:S:min", "")]),
        ("A2 A3", {"shares": [("S", "sex=P", "*", None, "0.49")]}, [("share:S:max", "")]),
        ("A3", {"quotas": [("Q", "*", "people", None, 1)]}, [("passed-over", "A1")]),
        ("A1 A3", {}, [("left-out", "A4")]),
    ],
)
def test_each_breach_is_named(codes, changes, expected):
    found = judged(codes, **changes)
    assert found[: len(expected)] == expected
    assert bool(found) == bool(expected)


@given(st.lists(st.tuples(st.integers(-(10**18), 10**18), st.integers(0, 10**6)), max_size=9))
def test_large_sums_are_exact(pairs):
    numbers, counts = (np.array([p[i] for p in pairs], dtype=np.int64) for i in (0, 1))
    assert exact_sum(numbers, counts) == sum(number * count for number, count in pairs)


@given(st.fractions(0, 1, max_denominator=10**9), st.integers(1, 40))
def test_a_share_of_many_decimals_is_the_next_that_so_many_people_can_have(share, people):
    found = reachable_from(share, people)
    expected = min(
        Fraction(part, base)
        for base in range(1, people + 1)
        for part in range(base + 1)
        if Fraction(part, base) >= share
    )
    assert found in (expected, share)
    assert found == expected or share.denominator <= people
