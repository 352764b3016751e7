"""Measures that count a part of another: what both show together tells nothing more."""

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.disclosure.attacker import Attack, of_measures
from tests.examples import examples
from tests.make import disclosure as make

K = make.RULES["k"]
PLAIN = {"kind": "count", "k": K, "stock": True}
CHAIN = {
    "known": PLAIN,
    "affected": PLAIN | {"within": ["known"]},
    "helped": PLAIN | {"within": ["known", "affected"]},
}
WITHIN = [(name, outer) for name, rule in CHAIN.items() for outer in rule.get("within", ())]
FOUR = ("A", "B", "C", "D")


def rows_of(**measures):
    """Numbers of the provinces by measure, and their sum for the country."""
    return [
        (measure, "2020", area, "" if area == "ID" else "ID", "all", "", str(number))
        for measure, numbers in measures.items()
        for area, number in zip(("ID", *FOUR), (sum(numbers), *numbers), strict=True)
    ]


def narrowed(done, releases, rules=PLAIN, within=WITHIN):
    attack = Attack([of_measures(each) for each in releases], rules, within=within)
    if not attack.unknown or not attack.is_possible():
        return []
    found = []
    for number, each in enumerate(done):
        for key, audit in each.audits.items():
            cell = (key.measure, key.area), key.dimension, key.category
            if audit.is_small and (number, cell) in attack.unknown:
                low, high = attack.range_of(number, cell)
                if high - low < K:
                    found.append((number, *key, low, high))
    return found


def of(rules, *names):
    return {name: rules[name] for name in names}


def test_a_part_hides_more_where_the_larger_number_would_confine_it():
    rows = rows_of(known=(6, 9, 40, 60), affected=(3, 9, 35, 50))
    apart = make.protected(rows, rules={"known": PLAIN, "affected": PLAIN})
    assert narrowed([apart], [make.shown(apart)])  # B has nine at most, so A has at least three.
    done = make.protected(rows, rules=of(CHAIN, "known", "affected"))
    assert not done.findings
    assert narrowed([done], [make.shown(done)]) == []


def test_a_part_that_is_shown_does_not_tell_of_a_hidden_larger_number():
    rows = rows_of(known=(3, 9, 40, 60), affected=(0, 9, 35, 50))
    done = make.protected(rows, rules=of(CHAIN, "known", "affected"))
    assert not done.findings
    assert narrowed([done], [make.shown(done)]) == []


def test_a_part_that_is_above_its_larger_number_is_no_fault():
    # A firm moved: one room knows it where it is, the other where it was.
    rows = rows_of(known=(6, 9, 40, 60), affected=(3, 10, 35, 50))
    done = make.protected(rows, rules=of(CHAIN, "known", "affected"))
    assert not done.findings
    assert {key.area for key in done.audits if key.measure == "affected"} >= {"A"}


SEX = PLAIN | {"parts": ["sex"]}
SEATS = {"A1": (7, 5), "A2": (9, 8), "A3": (7, 6), "A4": (11, 11)}


def rows_by_sex(measure, numbers):
    """Numbers of men and women of the regencies of one province."""
    found = []
    for area, parent in (("ID", ""), ("A", "ID"), *((each, "A") for each in numbers)):
        inside = [both for each, both in numbers.items() if area in ("ID", "A", each)]
        men, women = (sum(each) for each in zip(*inside, strict=True))
        kinds = (("all", "", men + women), ("sex", "L", men), ("sex", "P", women))
        found += [
            (measure, "2020", area, parent, dimension, category, str(number))
            for dimension, category, number in kinds
        ]
    return found


@pytest.mark.parametrize("others", [{}, {"A3": (7, 5)}])
def test_a_part_that_nearly_equals_its_larger_number_is_withheld(others):
    certified = SEATS | {"A1": (7, 4)} | others
    rules = {"seats": SEX, "certified": SEX | {"within": ["seats"]}}
    rows = rows_by_sex("seats", SEATS) + rows_by_sex("certified", certified)
    done = make.protected(rows, rules=rules)
    assert not done.findings
    assert narrowed([done], [make.shown(done)], SEX, [("certified", "seats")]) == []


@settings(max_examples=examples(15))
@given(st.integers(0, 10**6), st.integers(1, 3))
@example(0, 3)
def test_no_small_cell_is_confined_by_three_measures_in_any_release(seed, count):
    chance = random.Random(seed)
    numbers = [[chance.randint(0, 12) for _ in FOUR]]
    for _ in range(2):
        numbers.append([chance.choice((n, chance.randint(0, n))) for n in numbers[-1]])
    done, releases = [], []
    for _ in range(count):
        rows = rows_of(**dict(zip(CHAIN, numbers, strict=True)))
        done.append(make.protected(rows, releases, CHAIN))
        releases.append(make.shown(done[-1]))
        at = chance.randrange(4)
        numbers = [[n + (place == at) for place, n in enumerate(each)] for each in numbers]
    if not any(each.findings for each in done):
        assert narrowed(done, releases) == []


@settings(max_examples=examples(5))
@given(st.integers(0, 10**6))
def test_parts_of_the_same_categories_are_held_against_each_other(seed):
    chance = random.Random(seed)
    regencies = make.places(chance, provinces=2, regencies=2)
    population = make.firms(chance, regencies, most=40)
    some = [each for each in population if chance.random() < 0.8]
    rows = make.table(regencies, population)
    rows += [("some", *row[1:]) for row in make.table(regencies, some)]
    rules = {"firms": make.RULES, "some": make.RULES | {"within": ["firms"]}}
    done = make.protected(rows, rules=rules)
    if not done.findings:
        found = narrowed([done], [make.shown(done)], make.RULES, [("some", "firms")])
        assert found == []


@pytest.mark.parametrize(
    "rules",
    [
        {"a": PLAIN | {"within": ["b"]}},
        {"a": PLAIN | {"within": ["a"]}},
        {"a": PLAIN | {"within": ["b"]}, "b": PLAIN | {"within": ["a"]}},
        {"a": PLAIN | {"within": ["b"]}, "b": PLAIN | {"k": 3}},
        {"a": PLAIN | {"within": ["b"]}, "b": {"kind": "sum"}},
        {"a": {"kind": "sum", "within": ["b"]}, "b": PLAIN},
        {"a": PLAIN | {"within": "b"}, "b": PLAIN},
    ],
)
def test_what_lies_within_is_a_count_of_the_same_k_and_not_in_a_circle(rules):
    faults = make.faults(rows_of(), rules)
    assert {(fault.table, fault.column) for fault in faults} >= {("rules", "measures.a.within")}
