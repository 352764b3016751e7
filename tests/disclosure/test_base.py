"""A lawful answer to begin from is found, however large the numbers are."""

import pytest

from pulih.disclosure.base import Classes, Relation, base_of
from pulih.disclosure.program import Solver

WHOLE, HIDDEN, SHOWN, ANSWER = range(4)


@pytest.mark.parametrize("millions", [0, 4, 60, 3_000])
def test_a_shown_answer_far_below_a_hidden_whole_contradicts_nothing(millions):
    relations = [
        Relation((WHOLE, HIDDEN, SHOWN), adds_up=True),
        Relation((ANSWER, WHOLE), adds_up=False),
    ]
    values = [None, None, millions * 10**6 + 1, 1]
    classes = Classes(list(range(4)), values)
    base = base_of(relations, classes, values, own=0, k=5, solver=Solver(), solved={})
    assert not base.contradicted
    rest = base.value[WHOLE] - 1
    assert base.value[WHOLE] == base.value[HIDDEN] + millions * 10**6 + 1
    assert rest == 0 or rest >= 5


def test_a_whole_far_above_all_that_is_shown_keeps_its_own_number():
    relations = [
        Relation((ANSWER, WHOLE), adds_up=False),
        Relation((HIDDEN, WHOLE), adds_up=False),
    ]
    classes = Classes(list(range(4)), [None, None, 0, 5])
    guess = [500_000, None, 0, 5]
    base = base_of(relations, classes, guess, own=4, k=5, solver=Solver(), solved={})
    assert base.value[WHOLE] == 500_000
