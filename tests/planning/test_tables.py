"""Rows become a case and a plan becomes rows: no rupiah and no line is lost on the way."""

from decimal import Decimal

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from pulih.planning.rules.results import line_results
from pulih.planning.rules.tables import (
    EVERY_MEASURE,
    LINES,
    Rule,
    amounts_table,
    lines_table,
    measures_table,
    shares_table,
    standing_bounds,
)
from pulih.refocusing import Case, case_from_tables
from tests.make import refocusing

rupiah = st.integers(0, 10**12)
row = st.tuples(
    st.sampled_from(["P", "Q"]), st.sampled_from(["T", "G", None]), rupiah, rupiah, rupiah,
    st.integers(0, 1),
)  # fmt: skip


def lines_of(rows) -> pl.DataFrame:
    held = [
        (str(number), place, measure, free + committed + blocked, committed, blocked, protected)
        for number, (place, measure, free, committed, blocked, protected) in enumerate(rows)
    ]
    return pl.DataFrame(held, schema=LINES, orient="row")


def case_of(lines: pl.DataFrame, **tables: pl.DataFrame) -> Case:
    table = lines_table(lines)
    usual = refocusing.tables()
    measures = usual["measures"].with_columns(pl.col("batch", "setup_cost").cast(pl.Int64))
    given_tables = usual | {"lines": table, "measures": measures_table(measures, table)} | tables
    found = case_from_tables(refocusing.settings(), given_tables)
    assert isinstance(found, Case), found
    return found


@given(st.lists(row, max_size=12))
def test_every_line_comes_back_as_it_went_in(rows):
    lines = lines_of(rows)
    case = case_of(lines)
    back = {
        result.code: (result.before, result.committed, result.blocked)
        for result in line_results(case, {line.code: line.ceiling for line in case.lines})
    }
    sent = lines.select("line", "ceiling", "committed", "blocked").iter_rows()
    assert back == {code: tuple(amounts) for code, *amounts in sent}


@given(st.lists(row, max_size=12))
def test_money_without_a_measure_is_protected_under_other(rows):
    case = case_of(lines_of(rows))
    untagged = {str(number) for number, given_row in enumerate(rows) if given_row[1] is None}
    assert {line.code for line in case.lines if line.measure == "OTHER"} == untagged
    assert all(case.line[code].is_protected for code in untagged)


@given(st.lists(row, min_size=1, max_size=12), st.integers(0, 100), st.integers(100, 200))
def test_a_floor_and_cap_in_percent_hold_what_was_there_before(rows, floor, cap):
    lines = lines_table(lines_of(rows))
    before = dict(lines.group_by("province").agg(pl.col("ceiling").sum()).iter_rows())
    rules = standing_bounds(before, Decimal(floor), Decimal(cap), [])
    table = amounts_table(rules, lines)
    case = case_of(lines_of(rows), amounts=table)
    assert {amount.province for amount in case.amounts} == set(before)
    for amount in case.amounts:
        assert amount.min_amount <= before[amount.province] <= amount.max_amount


def test_a_province_s_own_bound_replaces_the_standing_one():
    own = Rule("uang-1", "amounts", "rupiah", "P", (EVERY_MEASURE,), Decimal(5), None)
    names = [rule.name for rule in standing_bounds({"P": 9, "Q": 9}, Decimal(55), None, [own])]
    assert names == ["batas-Q"]


@given(st.decimals(0, 100, places=4))
def test_a_share_is_written_exactly(percent):
    rule = Rule("porsi-1", "shares", "percent", "", ("T",), percent, None)
    assert Decimal(shares_table([rule])["min_share"][0]) * 100 == percent
