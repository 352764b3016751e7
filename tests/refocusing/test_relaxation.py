"""The relaxation said without set-ups is worth what it is with them, and however it is solved."""

import pytest
from hypothesis import given, settings

from pulih.refocusing import program
from pulih.refocusing.grid import grid_of
from pulih.refocusing.model import maximise_relief, maximise_worst, model_of
from tests.examples import examples
from tests.refocusing.small_cases import small_cases

HOUR = 3600.0


def worth(grid, aim, *, relaxed):
    model = model_of(grid, relaxed=relaxed)
    aim(model, 1.0)
    return program.run(model.program, seconds=HOUR, relaxed=True).value


@settings(deadline=None, max_examples=examples(40))
@given(small_cases())
def test_a_relaxation_needs_no_columns_for_set_ups(case):
    grid = grid_of(case)
    for aim in (maximise_worst, maximise_relief):
        assert worth(grid, aim, relaxed=True) == pytest.approx(worth(grid, aim, relaxed=False))


@settings(deadline=None, max_examples=examples(20))
@given(case=small_cases())
def test_a_large_relaxation_is_worth_the_same_by_its_other_method(case):
    grid = grid_of(case)
    usual = worth(grid, maximise_relief, relaxed=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(program, "MANY", 0)
        assert worth(grid, maximise_relief, relaxed=True) == pytest.approx(usual)
