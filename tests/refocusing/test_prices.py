"""Prices of what binds: a ceiling that stops the plan has one, though batches are whole."""

import pytest

from pulih.refocusing import Solved, solve
from tests.make import refocusing as make


def one_place(ceiling: int, unit_cost: int = 3_000_000):
    return make.case(
        {"ceiling": ceiling, "coverage": [[0.1, 3], [0.2, 2], [0.7, 1]]},
        areas=[("32", "", "Jabar"), ("3212", "32", "Indramayu")],
        lines=[("L1", "32", "M1", 400_000_000, 100_000_000, 0, 0)],
        measures=[("M1", "Masks", "person", 20, 1_000_000)],
        costs=[("", "M1", unit_cost)],
        needs=[("3212", "training", 500, 60)],
        effects=[("M1", "training", 1)],
    )


def test_money_that_runs_out_between_two_batches_has_a_price():
    outcome = solve(one_place(500_000_000))
    assert isinstance(outcome, Solved)
    prices = {bound.rule: bound.price for bound in outcome.binding}
    # Rp1 million buys a third of a unit; each serves one firm of severity 60, at weight 1.
    assert prices["ceiling"] == pytest.approx(0.2, rel=0.02)


def test_a_ceiling_beyond_every_need_has_no_price():
    outcome = solve(one_place(5_000_000_000))
    assert isinstance(outcome, Solved)
    assert "ceiling" not in {bound.rule for bound in outcome.binding}


def test_a_very_small_price_is_not_said_to_be_nothing():
    outcome = solve(one_place(500_000_000_000, unit_cost=3_000_000_000))
    assert isinstance(outcome, Solved)
    told = {bound.rule: bound.message for bound in outcome.binding}["ceiling"]
    assert "about 0.00020 firms" in told.en
    assert "sekitar 0,00020 " in told.id
