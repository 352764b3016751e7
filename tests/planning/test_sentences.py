"""Every sentence about a line beside the plan that it speaks of, on random cases."""

from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given, settings

from pulih.areas.models import Area
from pulih.common.money import MILLION
from pulih.planning.models import ScenarioRule, SolutionLine, SolutionProvince
from pulih.planning.rules.results import line_results
from pulih.planning.shown.conflicts import conflict_shown
from pulih.planning.shown.line_reasons import why_line
from pulih.planning.shown.rules import bounds_of
from pulih.refocusing import Solved, solve
from pulih.refocusing.relief import relief
from pulih.web import numbers
from tests.examples import examples
from tests.refocusing.small_cases import small_cases


def as_row(case, row):
    return SolutionLine(
        code=row.code,
        measure=row.measure,
        before=row.before,
        after=row.after,
        committed=row.committed,
        blocked=row.blocked,
        is_protected=row.is_protected,
    )


def gained(case, units, buy, step):
    """Return what a batch changes in the relief of all, worked out again from the whole plan."""
    key = (buy.regency, buy.measure)
    moved = {**units, key: units.get(key, 0) + step * buy.units}
    now, then = (sum(relief(case, each).values(), Fraction(0)) for each in (units, moved))
    return step * (then - now)


def price_of(case, units, buy, step):
    key = (buy.regency, buy.measure)
    now = units.get(key, 0)
    starts = (now == 0) if step > 0 else (now == buy.units)
    setup = case.measure[buy.measure].setup_cost if starts else 0
    return case.unit_cost(*key) * buy.units + setup


@settings(deadline=None, max_examples=examples(60))
@given(small_cases(rules=False))
def test_what_is_said_of_a_line_is_true_of_the_plan(case):
    solved = solve(case)
    if not isinstance(solved, Solved):
        return
    units = solved.plan.units
    for row in line_results(case, solved.plan.after):
        line = as_row(case, row)
        province = SolutionProvince(code=row.province, held="ceiling", province=Area(name="P"))
        with translation.override("en"):
            why = why_line(case, units, line, province, {})
            for buy, step in ((why.more, 1), (why.less, -1), (why.other, -1)):
                if buy is not None:
                    assert buy.relief == gained(case, units, buy, step)
                    assert buy.rupiah == price_of(case, units, buy, step)
                    said = "".join(why.sentences)
                    assert numbers.rupiah(buy.rupiah) in said
                    noun = "unit" if buy.units == 1 else "units"
                    assert f" {buy.units} {noun} of " in said
                    assert numbers.decimal(float(buy.relief), 2) + " firms" in said
                    rate = buy.relief * MILLION / buy.rupiah
                    assert numbers.firms(float(rate)) in said
            holds_the_verdict(why, line)


def holds_the_verdict(why, line):
    """Hold the last sentence against the two rates."""
    last = why.sentences[-1]
    if line.is_protected:
        assert "no longer protected" in last
    elif why.other is None:
        assert "no other measure" in last
        assert ("relieves nobody" in last) == (why.more is None)
    else:
        here = why.more.per_million if why.more else 0
        assert ("better spent there" in last) == (why.other.per_million >= here)


@pytest.mark.parametrize("before", [0, 5])
def test_a_line_beside_which_nothing_is_bought_is_said_so(before):
    from tests.make import refocusing as make

    case = make.case(lines=[("L1", "P", "T", before, 0, 0, 0)], effects=[])
    row = as_row(case, line_results(case, {"L1": before})[0])
    province = SolutionProvince(code="P", held="served", province=Area(name="P"))
    with translation.override("en"):
        why = why_line(case, {}, row, province, {})
    assert why.sentences[-1].startswith("The plan buys no other measure in the province, and more")


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("en", 1, "1 unit"),
        ("en", 2, "2 units"),
        ("en", 1200, "1,200 units"),
        ("id", 1, "1 satuan"),
    ],
)
def test_a_single_unit_is_told_as_one(language, count, said):
    conflict = {"rules": [], "unit": "units", "fails_by": count, "is_irreducible": True}
    rule = ScenarioRule(table="limits", basis="units", minimum=count)
    words = {"message_id": "", "message_en": ""}
    with translation.override(language):
        assert conflict_shown(conflict | words).fails_by.endswith(f" {said}.")
        assert [bound.endswith(f" {said}") for bound in bounds_of(rule)] == [True]
