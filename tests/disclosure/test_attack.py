"""What is published withstands an attack that shares no code with the protector."""

import random
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pulih.disclosure import Protected
from tests.disclosure.attacker import Attack
from tests.examples import examples
from tests.make import disclosure as make

K, TRIED = make.RULES["k"], 5
NEED = make.RULES["answers"][0]
seeds = st.integers(0, 10**6)


def narrowed(chance, done, releases):
    """Small cells, tried at random, that the attacker confines to fewer than k + 1 values."""
    attack = Attack(releases, make.RULES)
    if not attack.unknown or not attack.is_possible():
        return []
    small = [
        (number, key)
        for number, each in enumerate(done)
        for key, audit in each.audits.items()
        if audit.is_small
    ]
    found = []
    for number, key in chance.sample(small, min(TRIED, len(small))):
        low, high = attack.range_of(number, key[2:])
        if high - low < K:
            found.append((number, key, low, high))
    return found


@settings(max_examples=examples(10))
@given(seeds)
def test_no_small_cell_of_one_release_is_confined(seed):
    rows = make.random_table(seed, most=20)
    done = make.protected(rows)
    assert not done.findings
    assert narrowed(random.Random(seed), [done], [make.shown(done)]) == []


@settings(max_examples=examples(5))
@given(seeds, st.integers(2, 3))
def test_no_small_cell_is_confined_by_several_releases(seed, count):
    chance = random.Random(seed)
    regencies = make.places(chance, provinces=2, regencies=2)
    population = make.firms(chance, regencies, most=12)
    done, releases = [], []
    for _ in range(count):
        done.append(make.protected(make.table(regencies, population), releases))
        releases.append(make.shown(done[-1]))
        population = make.changed(chance, regencies, population)
    if not any(each.findings for each in done):
        assert narrowed(chance, done, releases) == []


def two_years(rule, seed=37):
    """The first release of a year, after the last of the year before."""
    chance = random.Random(seed)
    regencies = make.places(chance, provinces=2, regencies=2)
    population = make.firms(chance, regencies, most=30)
    rules, done, releases = {"firms": make.RULES | rule}, [], []
    for year in ("2020", "2021"):
        done.append(make.protected(make.table(regencies, population, year), releases, rules))
        releases.append(make.shown(done[-1]))
        population = make.changed(chance, regencies, population)
    return chance, done, releases


@settings(max_examples=examples(5))
@given(seeds)
@example(37)  # Of this world everybody read two small cells exactly.
def test_a_stock_withstands_who_holds_the_releases_of_two_years(seed):
    chance, done, releases = two_years({"stock": True}, seed)
    if not any(each.findings for each in done):
        assert narrowed(chance, done, releases) == []


def test_what_is_no_stock_is_not_compared_over_new_year():
    chance, done, releases = two_years({"stock": False})
    assert narrowed(chance, done, releases)


def test_two_periods_of_a_stock_in_one_release_are_compared_too():
    chance, done, releases = two_years({"stock": True})
    rows = [
        (*(row[name] for name in make.COLUMNS[:6]), str(cell.value))
        for each, shown in zip(done, releases, strict=True)
        for row, cell in zip(shown, each.case.cells, strict=True)
    ]
    both = make.protected(rows, rules={"firms": make.RULES | {"stock": True}})
    years = [[row for row in make.shown(both) if row["period"] == y] for y in ("2020", "2021")]
    assert not both.findings
    parts = [Protected(both.case, {k: a for k, a in both.audits.items() if k.period == y})
             for y in ("2020", "2021")]  # fmt: skip
    assert narrowed(chance, parts, years) == []


@settings(max_examples=examples(10))
@given(seeds)
def test_an_audit_claims_no_more_than_the_attacker_finds(seed):
    done = make.protected(make.random_table(seed, most=12))
    attack = Attack([make.shown(done)], make.RULES)
    for key, audit in list(done.audits.items())[:6]:
        low, high = attack.range_of(0, key[2:])
        assert low <= audit.low <= audit.high <= high


def test_the_attack_succeeds_where_only_small_cells_are_hidden():
    rows = make.random_table(5, most=60)
    done = make.protected(rows)
    bare = [
        row | {"value": value, "marker": ""} if row["marker"] and not 1 <= int(value) < K else row
        for row, value in zip(make.shown(done), make.values(rows), strict=True)
    ]
    attack = Attack([bare], make.RULES, reasons=False)
    ranges = [attack.range_of(0, cell) for _, cell in attack.unknown]
    assert any(low == high for low, high in ranges)


@pytest.mark.parametrize("change", [1, -1])
def test_a_release_after_one_firm_more_or_less_tells_nothing_of_it(change):
    chance = random.Random(11)
    regencies = ["A0", "A1", "A2", "B0", "B1"]
    population = make.firms(chance, regencies, most=40)
    later = population[:-1] if change < 0 else [*population, make.firm(chance, regencies)]
    first = make.protected(make.table(regencies, population))
    second = make.protected(make.table(regencies, later), [make.shown(first)])
    assert narrowed(chance, [first, second], [make.shown(first), make.shown(second)]) == []


def test_cells_that_three_releases_confine_together_are_findings():
    # Of these firms an answer in which nothing hidden was small once counted as lawful.
    chance = random.Random(1013)
    chance.choice((2, 3))
    regencies = make.places(chance, 2, 2)
    population, done, releases = make.firms(chance, regencies, most=12), [], []
    for _ in range(3):
        done.append(make.protected(make.table(regencies, population), releases))
        releases.append(make.shown(done[-1]))
        population = make.changed(chance, regencies, population)
    named = {finding.key for each in done for finding in each.findings}
    assert {key for _, key, *_ in narrowed(chance, done, releases)} <= named
    assert narrowed(chance, done[:2], releases[:2]) == []  # Before, all six of one group were told.


def test_a_row_whose_total_is_hidden_is_doubted_before_one_whose_total_is_shown():
    # Rows of these firms seem unchanged that contradict each other. Of them the protector left out
    # the one that everybody believes, and an attacker knew a small cell to be 2 at most.
    chance = random.Random(1076)
    regencies = [f"{province}{number}" for province in "ABC" for number in range(3)]
    most = chance.choice((20, 60, 150))
    population, done, releases = make.firms(chance, regencies, most=most), [], []
    while len(population) < most / 2:
        population += make.firms(chance, regencies, most=60)
    chance.choice((2, 3, 4))
    for _ in range(2):
        done.append(make.protected(make.table(regencies, population), releases))
        releases.append(make.shown(done[-1]))
        population = population[2:] + make.firms(chance, regencies, most=5)
    assert not any(each.findings for each in done)
    assert narrowed(random.Random(1), done, releases) == []


@pytest.mark.slow  # Four releases of thirty areas.
def test_a_few_firms_in_many_areas_stay_hidden_as_they_become_more():
    # One more a release. Before, the earlier ones told too much by the third.
    chance = random.Random(1)
    regencies = [f"{province}{number}" for province in "ABCDE" for number in range(5)]
    population, releases = make.firms(chance, regencies[:3], most=6), []
    for _ in range(4):
        began = time.process_time()
        done = make.protected(make.table(regencies, population), releases)
        seconds = time.process_time() - began
        releases.append(make.shown(done))
        newcomer = chance.choice(regencies), make.firm(chance, regencies)[1]
        population = [*population, newcomer]
        assert not done.findings
    assert seconds < 10  # 12.7 before, 3.9 now.


@pytest.mark.parametrize("seed", [4, 18, 22])
def test_a_release_of_the_next_month_needs_no_withdrawal(seed):
    # Rows seem unchanged where what moved is hidden; with their total hidden too they do not.
    chance = random.Random(seed)
    regencies = [f"{province}{number}" for province in "ABC" for number in range(3)]
    population = make.firms(chance, regencies, most=150)
    while len(population) < 100:
        population += make.firms(chance, regencies, most=60)
    later = population[2:] + make.firms(chance, regencies, most=5)
    first = make.protected(make.table(regencies, population))
    second = make.protected(make.table(regencies, later), [make.shown(first)])
    assert not second.findings
    assert narrowed(chance, [first, second], [make.shown(first), make.shown(second)]) == []


@pytest.mark.parametrize(("seed", "count"), [(6, 4), (12, 3), (14, 3)])
def test_telling_what_was_company_before_is_no_finding(seed, count):
    # A cell that no lawful answer makes small tells of no few firms, whoever works it out: seven of
    # eleven, say, where hiding was for the four of another cell. It held back whole releases.
    chance = random.Random(seed)
    regencies = [f"{province}{number}" for province in "ABC" for number in range(3)]
    population, done, releases = make.firms(chance, regencies, most=150), [], []
    while len(population) < 100:
        population += make.firms(chance, regencies, most=60)
    for _ in range(count):
        done.append(make.protected(make.table(regencies, population), releases))
        releases.append(make.shown(done[-1]))
        population = population[2:] + make.firms(chance, regencies, most=5)
    assert not any(each.findings for each in done)
    assert narrowed(chance, done, releases) == []


def test_a_province_that_begins_to_help_a_few_hides_beside_one_that_goes_on():
    # B's three could be taken from the whole: A could not be their company, as its lone move was
    # thought to be what shows that the row has changed. The whole shows it, too.
    def rows(values):
        return [
            ("firms", "2020", area, "" if area == "ID" else "ID", dimension, category, str(value))
            for area, all_of_them, value_of_need in values
            for dimension, category, value in (("all", "", all_of_them), (NEED, "0", value_of_need))
        ]

    first = make.protected(rows([("ID", 187, 8), ("A", 187, 8)]))
    second = make.protected(
        rows([("ID", 366, 14), ("A", 246, 11), ("B", 120, 3)]), [make.shown(first)]
    )
    assert not first.audits
    assert not second.findings
    assert (
        narrowed(random.Random(1), [first, second], [make.shown(first), make.shown(second)]) == []
    )
