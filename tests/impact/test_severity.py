"""The severity index: its arithmetic, what silence does to it, and the table-wide version."""

from dataclasses import asdict, replace
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.impact.rules import FORMULAS, Answers, formula_on, is_affected, severity
from pulih.impact.rules.severity import STATUSES, TERMS, workers_hit
from pulih.impact.rules.vectorised import categories_named, with_severity

V1 = FORMULAS[0]
SARI_WANGI = Answers(
    turnover_before=11_000_000,
    turnover=2_500_000,
    workers_before=6,
    laid_off=1,
    furloughed=3,
    status="PRODUCING_CHANGED_KBLI",
    obstacles=3,
)


def maybe(values):
    return st.none() | values


money = maybe(st.integers(0, 10**13) | st.integers(0, 50))
people = maybe(st.integers(0, 500))
answers = st.builds(
    Answers,
    turnover_before=money,
    turnover=money,
    workers_before=people,
    workers=people,
    laid_off=people,
    furloughed=people,
    status=maybe(st.sampled_from(STATUSES)),
    obstacles=maybe(st.integers(0, 9)),
)


def test_the_worked_example_adds_up_as_on_the_page():
    result = severity(SARI_WANGI)
    assert [term.tenths for term in result.terms] == [309, 167, 100, 64]
    assert (result.tenths, result.known) == (640, 100)


def test_a_closed_firm_that_lost_everything_is_at_the_top():
    worst = Answers(10, 0, workers_before=3, laid_off=3, status="CLOSED", obstacles=7)
    assert severity(worst).tenths == 1000


@given(answers)
def test_the_index_lies_between_0_and_100_and_in_its_range(said):
    result = severity(said)
    assert 0 <= result.lowest <= result.highest <= 1000
    if result.tenths is not None:
        assert 0 <= result.tenths <= 1000
        assert result.lowest - 2 <= result.tenths <= result.highest + 2  # Four roundings.


@given(answers)
def test_the_terms_shown_add_up_to_the_index(said):
    result = severity(said)
    if result.tenths is not None:
        assert result.tenths == min(1000, sum(term.tenths or 0 for term in result.terms))


@given(answers)
def test_silence_is_neither_health_nor_ruin(said):
    result = severity(said)
    full = severity(replace(said, status="CLOSED"))
    assert result.known + sum(t.weight for t in result.terms if not t.is_known) == 100
    assert full.lowest >= result.lowest or said.status is not None


@given(answers, st.integers(0, 10**9))
def test_a_larger_loss_of_turnover_never_lowers_the_index(said, fall):
    if said.turnover is None or severity(said).tenths is None:
        return
    worse = replace(said, turnover=max(0, said.turnover - fall))
    assert severity(worse).tenths >= severity(said).tenths


def test_too_little_known_gives_no_index():
    assert severity(Answers(status="CLOSED")).tenths is None
    assert severity(Answers(status="CLOSED")).known == 20
    assert severity(Answers(10, 5)).tenths == 500


def test_unknown_terms_are_shown_as_unknown():
    terms = {term.name: term for term in severity(Answers(10, 5, status="NOT_FOUND")).terms}
    assert terms["status"].tenths is None
    assert terms["obstacles"].tenths is None


@pytest.mark.parametrize(
    ("said", "hit"),
    [
        (Answers(laid_off=2), 2),
        (Answers(furloughed=3, laid_off=1), 4),
        (Answers(workers_before=8, workers=5), 3),
        (Answers(workers_before=5, workers=8), 0),
        (Answers(workers=5), None),
    ],
)
def test_workers_hit_are_those_laid_off_and_sent_home_or_else_the_fall(said, hit):
    assert workers_hit(said) == hit


@given(answers)
def test_affected_is_any_sign_and_unknown_without_an_answer(said):
    known = [share for t in severity(said).terms if (share := t.share) is not None]
    assert is_affected(said) == (any(known) if known else None)


@given(st.lists(answers, min_size=1, max_size=30))
def test_the_whole_table_at_once_agrees_with_the_reference(said):
    table = with_severity(as_table(said), V1)
    expected = [severity(one, V1) for one in said]
    assert table["severity_tenths"].to_list() == [one.tenths for one in expected]
    assert table["known"].to_list() == [one.known for one in expected]
    assert table["is_affected"].to_list() == [is_affected(one) for one in said]
    assert table["workers_hit"].to_list() == [workers_hit(one) for one in said]
    for place, name in enumerate(TERMS):
        assert table[f"{name}_tenths"].to_list() == [one.terms[place].tenths for one in expected]


def as_table(said):
    whole = dict.fromkeys(asdict(said[0]), pl.Int64) | {"status": pl.String}
    return pl.DataFrame([asdict(one) for one in said], schema=whole)


def test_the_formula_of_a_day_is_the_one_in_force():
    assert formula_on(date(2020, 6, 15)).version == "1"
    assert formula_on(date(2019, 1, 1)).version == "1"
    assert all(sum(formula.weights.values()) == 100 for formula in FORMULAS)


codes = st.lists(st.sampled_from([*V1.obstacle_categories, "logistics", "macet di jalan"]))


@given(st.lists(st.none() | codes, min_size=1))
def test_obstacles_are_counted_by_the_ministrys_seven_categories(named):
    table = pl.DataFrame({"obstacles": named}, schema={"obstacles": pl.List(pl.String)})
    counted = table.select(categories_named(pl.col("obstacles"), V1)).to_series().to_list()
    assert counted == [None if one is None else V1.categories_named(one) for one in named]
    assert V1.categories == 7
