"""Answers against every answer there is, and what must hold of any."""

import random
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pulih.matching import breaches, case_from_tables, solve
from pulih.matching.worth import cost, delivered, fill, work
from tests.examples import examples
from tests.make import matching as make
from tests.matching.slow_reference import best_of_each, lawful_answers
from tests.matching.small_cases import small_cases

quick = settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@quick
@given(small_cases())
def test_each_stage_is_the_best_that_any_answer_reaches(case):
    answers = lawful_answers(case, 1500)
    assume(answers is not None)
    solved = solve(case, gap=0)
    assert solved.status == "optimal"
    assert not breaches(case, solved.parts)
    wanted = best_of_each(case, answers)
    reached = [stage.value for stage in solved.stages]
    assert reached == pytest.approx([float(each) for each in wanted])
    assert [stage.bound for stage in solved.stages] == pytest.approx(reached, abs=1e-6)


@quick
@given(small_cases())
def test_the_answer_keeps_what_the_stages_before_reached(case):
    solved = solve(case)
    first, second = case.settings.tolerance
    slack = 1 - Fraction(1, 10**6)
    assert fill(case, solved.parts) >= Fraction(solved.stages[0].value) * (1 - first) * slack
    assert work(case, solved.parts) >= Fraction(solved.stages[1].value) * (1 - second) * slack
    assert cost(case, solved.parts) == solved.stages[2].value


@quick
@given(small_cases(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(case, chance):
    turned = type(case)(case.settings, *(shuffled(chance, getattr(case, n)) for n in make.COLUMNS))
    again = type(case)(case.settings, *(tuple(sorted(getattr(turned, n))) for n in make.COLUMNS))
    assert solve(again).parts == solve(case).parts


def shuffled(chance: random.Random, rows):
    return tuple(chance.sample(rows, len(rows)))


def test_the_order_of_rows_in_a_file_changes_nothing():
    chance = random.Random(7)
    rows = {name: chance.sample(made, len(made)) for name, made in make.DEFAULTS.items()}
    turned = make.case(None, **rows)
    assert turned == make.case()
    assert solve(turned).parts == solve(make.case()).parts


@quick
@given(small_cases(changes={"regency_share": None, "firm_share": None}))
def test_one_more_maker_never_lowers_the_best_fill(case):
    fewer = type(case)(
        case.settings,
        *(
            tuple(
                row
                for row in getattr(case, name)
                if "F0" not in (getattr(row, "firm", ""), getattr(row, "code", ""))
            )
            for name in make.COLUMNS
        ),
    )
    assert solve(case).stages[0].value >= solve(fewer).stages[0].value - 1e-6


@quick
@given(small_cases(changes={"firm_share": 1, "regency_share": 1}))
def test_a_share_of_one_is_the_same_as_none(case):
    free = type(case)(
        type(case.settings)(
            case.settings.title,
            case.settings.as_of,
            case.settings.fill,
            case.settings.full_weeks,
            case.settings.tolerance,
            None,
            None,
        ),
        *(getattr(case, name) for name in make.COLUMNS),
    )
    wanted = [stage.value for stage in solve(free).stages]
    assert [stage.value for stage in solve(case).stages] == pytest.approx(wanted, rel=1e-3)


def test_without_time_the_answer_is_still_lawful_and_says_how_far_it_may_be():
    case = make.case()
    solved = solve(case, time_limit=0)
    assert not breaches(case, solved.parts)
    assert solved.status == "feasible"
    assert solved.stages[0].bound >= float(fill(case, solved.parts))


def test_nobody_who_makes_it_leaves_an_empty_answer():
    case = make.plain_case(capacities=[])
    solved = solve(case)
    assert solved.status == "optimal"
    assert not solved.parts
    assert [each.missing for each in solved.unmet] == [100, 20]
    assert {each.holds for each in solved.unmet} == {"makers"}


def test_numbers_far_beyond_the_usual_stay_exact():
    most = 10**12
    need = ("N1", "P1", "M", most, "2020-06-01", None, most, None, None, 1)
    case = make.plain_case(
        needs=[need],
        firms=[("F1", "P1", 50, None)],
        capacities=[("F1", "M", most // 10, most - 70, 7, 0)],
    )
    solved = solve(case)
    assert not breaches(case, solved.parts)
    assert delivered(case, solved.parts)["N1"] > 0.7 * most


def test_bills_beyond_every_price_are_refused_where_nothing_could_be_made():
    most = 10**12
    case = make.plain_case(
        products=[("M", "Masker", "lembar", most)],
        needs=[("N1", "P1", "M", 5, "2020-04-20", None, 100, None, None, 1)],
        firms=[("F1", "P1", 50, None)],
        capacities=[("F1", "M", 10, 10, 50, 0)],
        transport=[(kind, 0, most, 0) for kind in ("regency", "province", "island", "country")],
    )
    assert not solve(case).parts


def test_case_from_tables_reads_days_and_numbers_of_parquet():
    tables = make.tables()
    typed = tables["capacities"].cast({"per_week": int, "price": int, "lot": int})
    dated = tables["placed"].with_columns(tables["placed"]["due"].str.to_date())
    found = case_from_tables(make.settings(), tables | {"capacities": typed, "placed": dated})
    assert found == make.case()


def test_the_best_of_a_program_begun_from_an_answer_is_not_lost():
    """HiGHS gave the value of its best solution here with the columns of the first one."""
    case = make.case(
        {"fill": [[0.3, 2], [0.4, 1]], "tolerance": [0.02, 0.02]},
        areas=[
            *(("P", None, None), ("P1", "P", None), ("P2", "P", None), ("P3", "P", None)),
            *(("Q", None, None), ("Q1", "Q", None)),
        ],
        products=[("S", "S", "lembar", 1)],
        needs=[
            ("N0", "P3", "S", 4, "2020-05-04", None, None, 1, None, 2),
            ("N1", "P2", "S", 8, "2020-04-24", None, 11, 3, 2, 3.25),
            ("N2", "P3", "S", 8, "2020-05-03", None, 18, 3, 1, 0.5),
        ],
        firms=[("F0", "Q1", 100, None), ("F1", "P1", 33, None)],
        capacities=[("F0", "S", 5, 9, 1, 3), ("F1", "S", 11, 12, 1, 0)],
        transport=[
            ("regency", 0, 1, 0),
            ("province", 1, 0, 0),
            ("island", 6, 0, 2),
            ("country", 3, 4, 3),
        ],
        groups=[("G0", "P1", 1, 0)],
        members=[("G0", "F1")],
        routes=[("P3", "Q1", "regency"), ("P2", "Q1", "country")],
        certificates=[],
        accepts=[],
        placed=[],
    )
    assert solve(case).status == "optimal"
