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
