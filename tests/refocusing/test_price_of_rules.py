"""Every price of a rule beside the relaxation solved again with that rule's amount moved."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from pulih.common.money import MILLION
from pulih.refocusing.grid import grid_of
from pulih.refocusing.model import coverage_reaches, maximise_relief, model_of
from pulih.refocusing.prices import priced
from pulih.refocusing.program import run
from tests.examples import examples
from tests.refocusing.small_cases import small_cases

NO_LIMIT = 1e9
HAIR = 1e-6


def most_relief(grid, worst):
    """Return the relief of the relaxation, None where nothing is lawful."""
    model = model_of(grid, relaxed=True, room=1)
    if worst:
        coverage_reaches(model, worst)
    maximise_relief(model, 1.0)
    answer = run(model.program, seconds=NO_LIMIT, relaxed=True)
    return None if answer.row_duals is None else -answer.value


def with_more(grid, rule, step):
    """Return the grid with the amount of a rule raised by `step` rupiah, or units of a limit."""
    kind, _, rest = rule.partition(":")
    named, _, side = rest.rpartition(":")
    if kind == "money":
        return with_purse(grid, tuple(rest.split(":")), blocked=-step)
    if kind in ("floor", "protected"):
        line = grid.case.line[rest]
        return with_purse(grid, (line.province, line.measure), floor=step)
    if kind == "limit":
        return replace(grid, bounds=tuple(moved_bound(b, named, side, step) for b in grid.bounds))
    sign = -1 if rule == "ceiling" or side == "max" else 1
    rules = [
        replace(row, least=row.least + sign * step * row.per_rupiah) if row.name == rule else row
        for row in grid.rules
    ]
    return replace(grid, rules=tuple(rules))


def with_purse(grid, pool, **steps):
    purses = list(grid.purses)
    place = grid.purse_index[pool]
    new = {name: getattr(purses[place], name) + step for name, step in steps.items()}
    purses[place] = replace(purses[place], **new)
    return replace(grid, purses=tuple(purses))


def moved_bound(bound, named, side, step):
    if f"{bound.area}:{bound.measure}" != named:
        return bound
    return replace(bound, **{"least" if side == "min" else "most": moved(bound, side) + step})


def moved(bound, side):
    return bound.least if side == "min" else bound.most


@settings(deadline=None, max_examples=examples(120))
@given(small_cases())
def test_a_price_is_what_the_relaxation_gains_with_a_little_more(case):
    grid = grid_of(case)
    for worst in (0.0, 0.2):
        today = most_relief(grid, worst)
        for bound in priced(grid, worst, NO_LIMIT).binding:
            unit = 1 if not bound.rule.startswith("limit:") else batch_of(case, bound.rule)
            price = bound.price * unit if bound.rule.startswith("limit:") else bound.price / MILLION
            more, less = (most_relief(with_more(grid, bound.rule, s), worst) for s in (1, -1))
            if more is not None:
                assert more - today <= price + HAIR, bound.rule
            if less is not None:
                assert today - less >= price - HAIR, bound.rule


def batch_of(case, rule):
    return case.measure[rule.split(":")[2]].batch


@settings(deadline=None, max_examples=examples(60))
@given(small_cases())
def test_the_sentence_of_a_price_says_it_in_both_languages(case):
    for bound in priced(grid_of(case), 0.0, NO_LIMIT).binding:
        told = re.search(r"about ([0-9.,]+) firms", bound.message.en)
        assert float(told[1].replace(",", "")) == pytest.approx(abs(bound.price), rel=0.05)
        said = re.search(r"sekitar ([0-9.,]+) kelegaan", bound.message.id)
        assert said[1].translate(str.maketrans(",.", ".,")) == told[1]
        assert ("takes away" in bound.message.en) == (bound.price < 0)
