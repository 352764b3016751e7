"""Answers made better a few needs at a time."""

from dataclasses import replace

import pytest

from benchmarks.matching import invented
from pulih.matching import breaches
from pulih.matching.bounds import fill_by_product
from pulih.matching.draft import Draft
from pulih.matching.neighbours import improved
from tests.matching.test_bounds import fill_of


def better(field, goal, begin, *, rounds):
    """Return the answer after some rounds, and how often it grew."""
    heard, asked = [], iter(range(rounds))
    found = improved(
        field,
        goal,
        begin,
        gap=1e-4,
        seconds=lambda: 60.0 if next(asked, None) is not None else 0.0,
        heard=heard.append,
        is_done=lambda _: False,
    )
    return found, heard


@pytest.mark.slow  # Searches for a quarter of a minute.
def test_every_step_is_lawful_and_better_than_the_one_before():
    field, goal, begin = fill_of(invented(20, 150, 3, 8, 4))
    used = fill_by_product(field, goal, begin.lots, lambda: 60.0).used
    found, heard = better(replace(field, used=frozenset(used)), goal, begin, rounds=24)
    fills = [begin.fill, *(each.fill for each in heard)]
    assert fills == sorted(set(fills))
    assert found.fill == fills[-1] > begin.fill
    assert not breaches(field.grid.case, found.parts)
    assert Draft(field.grid, found.lots).parts() == found.parts


def test_needs_that_gain_nothing_keep_what_they_had():
    field, goal, begin = fill_of(invented(4, 40, 1, 2, 4))
    best, _ = better(field, goal, begin, rounds=40)
    again, heard = better(field, goal, best, rounds=12)
    assert not heard
    assert again.lots == best.lots
