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


def narrowed(done, releases, rules=PLAIN, within=WITHIN, rests=()):
    attack = Attack([of_measures(each) for each in releases], rules, within=within, rests=rests)
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


RESTS = {"seats": SEX, "certified": SEX | {"within": ["seats"], "rest": True}}
PAIR = [("certified", "seats")]


def differences(release):
    """How many of the seats are not certified, wherever both numbers are shown."""
    shown = {
        (row["measure"], row["area"], row["category"]): int(row["value"])
        for row in release
        if row["value"]
    }
    pairs = ((shown.get(("seats", *cell)), some) for (of, *cell), some in shown.items()
             if of == "certified")  # fmt: skip
    return {seats - some for seats, some in pairs if seats is not None}


def test_the_few_that_a_part_leaves_out_are_hidden_too():
    certified = SEATS | {"A1": (7, 5), "A2": (6, 8), "A4": (5, 6)}
    rows = rows_by_sex("seats", SEATS) + rows_by_sex("certified", certified)
    open_, done = (make.protected(rows, rules=RESTS | {"certified": rule}) for rule in (
        SEX | {"within": ["seats"]}, RESTS["certified"]))  # fmt: skip
    assert differences(make.shown(open_)) & {*range(1, K)}
    shown = make.shown(done)
    assert not differences(shown) & {*range(1, K)}
    assert not done.findings
    assert narrowed([done], [shown], SEX, PAIR, PAIR) == []
    assert any(row["value"] for row in shown if row["measure"] == "certified")


def test_what_an_earlier_release_tells_of_those_few_is_no_finding():
    rows = rows_by_sex("seats", SEATS) + rows_by_sex("certified", SEATS | {"A2": (6, 8)})
    before = make.protected(rows, rules=RESTS | {"certified": SEX | {"within": ["seats"]}})
    done = make.protected(rows, [make.shown(before)], RESTS)
    assert not done.findings


@settings(max_examples=examples(5))
@given(st.integers(0, 10**6), st.integers(1, 2))
def test_nobody_finds_the_few_that_a_part_leaves_out(seed, count):
    chance = random.Random(seed)
    seats = {f"A{n}": (chance.randint(0, 12), chance.randint(0, 12)) for n in range(1, 5)}
    done, releases = [], []
    for _ in range(count):
        some = {
            area: tuple(max(0, n - chance.choice((0, 0, 1, 3, 9))) for n in both)
            for area, both in seats.items()
        }
        rows = rows_by_sex("seats", seats) + rows_by_sex("certified", some)
        done.append(make.protected(rows, releases, RESTS))
        releases.append(make.shown(done[-1]))
        seats = seats | {"A1": (seats["A1"][0] + 1, seats["A1"][1])}
    assert not differences(releases[0]) & {*range(1, K)}
    if not any(each.findings for each in done):
        assert narrowed(done, releases, SEX, PAIR, PAIR) == []


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


@pytest.mark.parametrize("rule", [{"within": [], "rest": True}, {"within": ["b"], "rest": "yes"}])
def test_a_rest_is_that_of_what_lies_within_another_count(rule):
    faults = make.faults(rows_of(), {"a": PLAIN | rule, "b": PLAIN})
    assert ("rules", "measures.a.rest") in {(fault.table, fault.column) for fault in faults}
