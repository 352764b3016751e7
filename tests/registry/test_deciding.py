"""Who is joined and about whom people are asked: pure, whatever the order of the pairs."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from pulih.registry.deciding import MOST_QUESTIONS, Pair, decide
from pulih.registry.forest import Forest

ONES = range(1, 9)
ones = st.sampled_from(list(ONES))
pairs = st.lists(
    st.tuples(ones, ones, st.integers(-4, 9)).filter(lambda p: p[0] != p[1]), max_size=14
)
apart = st.lists(st.tuples(ones, ones).filter(lambda p: p[0] != p[1]), max_size=3)


def forest(known_apart=()):
    return Forest({one: one for one in ONES}, known_apart)


def worded(said):
    return [Pair(one, other, float(weight), weight > 0) for one, other, weight in said]


def groups(of):
    return {one: of.top(one) for one in ONES}


@given(pairs, apart, st.randoms(use_true_random=False))
def test_the_order_of_the_pairs_changes_nothing(said, known_apart, chance):
    first, second = forest(known_apart), forest(known_apart)
    mixed = list(said)
    chance.shuffle(mixed)
    decided = decide(worded(said), (), first)
    again = decide(worded(mixed), (), second)
    assert groups(first) == groups(second)
    assert {(q.first, q.second) for q in decided.questions} == {
        (q.first, q.second) for q in again.questions
    }


@given(pairs, apart)
def test_what_was_told_apart_stays_apart_and_is_not_asked(said, known_apart):
    kept = forest(known_apart)
    decided = decide(worded(said), (), kept)
    for one, other in known_apart:
        assert kept.top(one) != kept.top(other)
        tops = {kept.top(one), kept.top(other)}
        assert not any({q.first, q.second} == tops for q in decided.questions)


@given(pairs)
def test_a_question_is_asked_once_for_two_groups_and_never_within_one(said):
    kept = forest()
    asked = [(q.first, q.second) for q in decide(worded(said), (), kept).questions]
    assert len(asked) == len(set(asked))
    assert all(kept.top(one) == one and one < other for one, other in asked)


@given(pairs)
def test_the_oldest_of_a_group_is_kept_and_every_move_is_written_down(said):
    kept = forest()
    tops = {one: one for one in ONES}
    for join in decide(worded(said), (), kept).joins:
        for one, before in join.edge.moved:
            assert tops[one] == (before or one)
            tops[one] = join.edge.kept
    assert tops == groups(kept)
    assert all(top <= one for one, top in tops.items())


@given(pairs)
def test_nobody_is_asked_about_one_firm_over_and_over(said):
    kept = forest()
    decided = decide(worded(said), (), kept)
    counted = Counter(one for q in decided.questions for one in (q.first, q.second))
    assert all(number <= MOST_QUESTIONS for number in counted.values())


def test_of_many_doubts_about_one_firm_the_likeliest_are_asked_and_the_others_counted():
    every = Forest({one: one for one in range(20)})
    doubts = [Pair(0, one, -one / 10, False) for one in range(1, 20)]
    decided = decide(doubts, (), every)
    assert [q.second for q in decided.questions] == list(range(1, MOST_QUESTIONS + 1))
    assert decided.unasked == 19 - MOST_QUESTIONS


def test_many_copies_of_one_cost_as_much_as_they_are():
    number = 3_000
    every = Forest({one: one for one in range(number)})
    decided = decide((), [(one, 0) for one in range(1, number)], every)
    written = sum(len(part) for join in decided.joins for part in join.edge if not _is_key(part))
    assert len(decided.joins) == number - 1
    assert written <= 2 * number


def _is_key(part):
    return isinstance(part, int)
