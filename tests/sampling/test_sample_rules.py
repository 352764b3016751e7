"""The size, the draw and the estimate of a sample, against laws and slow references."""

import hashlib
import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.sampling.rules import sample
from pulih.sampling.rules.estimate import Stratum, estimate
from pulih.sampling.rules.sample import LEAST, Wanted

wanted = st.builds(Wanted, st.integers(1, 20), st.sampled_from([90, 95, 99]), st.integers(1, 99))
strata = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 300), max_size=8)


def test_the_size_is_that_of_the_tables():
    """385 and 278 stand in every table of sample sizes for 5 points at 95 percent."""
    assert sample.size(10**9, Wanted(5, 95)) == 385
    assert sample.size(1_000, Wanted(5, 95)) == 278


@given(st.integers(0, 10**6), wanted)
def test_a_size_never_exceeds_the_list_and_grows_with_it(population, how):
    found = sample.size(population, how)
    assert 0 <= found <= population
    assert found <= sample.size(population + 1, how)
    assert (found > 0) == (population > 0)


@given(st.integers(1, 10**6), st.integers(1, 19), st.sampled_from([90, 95, 99]))
def test_a_smaller_error_never_asks_for_fewer(population, error, confidence):
    fine, coarse = Wanted(error, confidence), Wanted(error + 1, confidence)
    assert sample.size(population, fine) >= sample.size(population, coarse)


@given(strata, st.data())
def test_each_stratum_gets_its_share_to_within_one_or_the_least(sizes, data):
    population = sum(sizes.values())
    total = data.draw(st.integers(0, population))
    found = sample.allocate(total, sizes)
    assert found.keys() == sizes.keys()
    assert sum(found.values()) >= total
    for name, number in sizes.items():
        exact = Fraction(total * number, population) if population else Fraction(0)
        assert found[name] <= number
        assert found[name] >= min(number, LEAST)
        assert found[name] <= max(LEAST, exact + 1)
        assert found[name] > exact - 1 or found[name] == number


def by_hand(seed, digest, numbers, size):
    """As a stranger repeats the draw with `sha256sum`, one line after another."""
    ranks = {}
    for number in numbers:
        ranks[hashlib.sha256(bytes(f"{seed}:{digest}:{number}", "utf-8")).hexdigest()] = number
    return {ranks[one] for one in sorted(ranks)[:size]}


@given(st.text(min_size=1, max_size=10), strata, st.data())
def test_anybody_repeats_the_draw(seed, sizes, data):
    first, numbers = 1, {}
    for name, size in sizes.items():
        numbers[name] = range(first, first + size)
        first += size
    wanted_of = {name: data.draw(st.integers(0, size)) for name, size in sizes.items()}
    chosen = sample.draw(seed, "d" * 64, numbers, wanted_of)
    assert chosen == sorted(set(chosen))
    for name, within in numbers.items():
        expected = by_hand(seed, "d" * 64, within, wanted_of[name])
        assert {one for one in chosen if one in within} == expected
    shuffled = dict(sorted(numbers.items(), reverse=True))
    assert sample.draw(seed, "d" * 64, shuffled, wanted_of) == chosen


def test_another_seed_or_another_list_draws_others():
    numbers, sizes = {"a": range(1, 101)}, {"a": 10}
    drawn = {
        tuple(sample.draw(seed, digest, numbers, sizes))
        for seed in ("4613", "4614") for digest in ("0" * 64, "1" * 64)
    }  # fmt: skip
    assert len(drawn) == 4


def test_every_line_is_drawn_as_often_as_any_other():
    counts = [0] * 21
    for seed in range(2_000):
        for number in sample.draw(str(seed), "0" * 64, {"a": range(1, 21)}, {"a": 5}):
            counts[number] += 1
    # 500 expected each; five standard deviations of a fair draw are 97.
    assert all(abs(one - 500) < 97 for one in counts[1:])


def test_the_digest_is_that_of_the_published_file():
    file = b"1;32-test_masks;77;1\n2;32-test_masks;78;500\n"
    lines = [(1, "32-test_masks", 77, 1), (2, "32-test_masks", 78, 500)]
    assert sample.digest(lines) == hashlib.sha256(file).hexdigest()


@st.composite
def visited(draw_from):
    population = draw_from(st.integers(1, 200))
    seen = draw_from(st.integers(0, population))
    return Stratum(population, seen, draw_from(st.integers(0, seen)))


@given(st.lists(visited(), max_size=6), st.sampled_from([90, 95, 99]))
def test_the_share_lies_in_its_interval_and_the_complement_mirrors_it(several, confidence):
    found = estimate(several, confidence)
    if not any(one.visited for one in several):
        assert found is None
        return
    assert 0 <= found.low <= found.share <= found.high <= 1
    assert 0 < found.covered <= 1
    others = [Stratum(one.population, one.visited, one.visited - one.hits) for one in several]
    mirror = estimate(others, confidence)
    assert mirror.share == pytest.approx(1 - found.share)
    assert mirror.low == pytest.approx(1 - found.high)
    assert mirror.high == pytest.approx(1 - found.low)


@given(st.lists(visited(), min_size=1, max_size=5))
def test_more_confidence_is_a_wider_interval(several):
    narrow, wide = estimate(several, 90), estimate(several, 99)
    if narrow:
        assert wide.low <= narrow.low
        assert wide.high >= narrow.high


def test_whoever_visits_all_knows_the_truth():
    whole = [Stratum(40, 40, 30), Stratum(60, 60, 60)]
    found = estimate(whole, 95)
    assert (found.low, found.share, found.high) == pytest.approx((0.9, 0.9, 0.9))


def test_no_fault_among_few_visits_is_no_proof_of_none():
    found = estimate([Stratum(1_000, 10, 10)], 95)
    assert found.share == 1
    assert found.low < 0.75


def test_the_textbook_interval_of_a_simple_sample():
    """Wilson 1927, 15 of 50 out of endlessly many: 19.1 to 43.8 percent."""
    found = estimate([Stratum(10**9, 50, 15)], 95)
    assert found.low == pytest.approx(0.191, abs=2e-3)
    assert found.high == pytest.approx(0.438, abs=2e-3)


@pytest.mark.parametrize("truths", [(0.97, 0.97, 0.97), (0.5, 0.8, 0.95), (0.2, 0.9, 1.0)])
def test_the_interval_holds_the_truth_as_often_as_it_says(truths):
    """Draws from a planted truth: 95 percent promised, a few less are luck of 600 draws."""
    luck = random.Random(46)
    populations = (30, 200, 500)
    planted = [[n < round(p * size) for n in range(size)]
               for p, size in zip(truths, populations, strict=True)]  # fmt: skip
    truth = sum(map(sum, planted)) / sum(populations)
    sizes = sample.allocate(90, {str(n): size for n, size in enumerate(populations)})
    held = 0
    for _turn in range(600):
        several = []
        for n, people in enumerate(planted):
            seen = luck.sample(people, sizes[str(n)])
            several.append(Stratum(len(people), len(seen), sum(seen)))
        found = estimate(several, 95)
        held += found.low - 1e-12 <= truth <= found.high + 1e-12
    assert held >= 600 * 0.93
