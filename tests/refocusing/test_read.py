"""Every fault of a case, by table, row and column; and nothing else is one."""

import polars as pl
import pytest
from hypothesis import given, settings

from pulih.refocusing import Case, case_from_tables, read_case, write_case
from tests.examples import examples
from tests.make import refocusing as make
from tests.refocusing.small_cases import small_cases


def faults(settings_changes=None, **rows):
    found = case_from_tables(make.settings(**settings_changes or {}), make.tables(**rows))
    return [] if isinstance(found, Case) else [(f.table, f.row, f.column) for f in found]


LINE = ("L1", "P", "T", 100, 20, 0, 0)


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ({"areas": [*make.DEFAULTS["areas"], ("P", None, "x")]}, ("areas", 6, "area")),
        ({"areas": [*make.DEFAULTS["areas"], ("R1", "P1", "x")]}, ("areas", 6, "parent")),
        ({"lines": [LINE, LINE]}, ("lines", 3, "line")),
        ({"lines": [("NEW:P:T", *LINE[1:])]}, ("lines", 2, "line")),
        ({"lines": [("L1", "P1", *LINE[2:])]}, ("lines", 2, "province")),
        ({"lines": [("L1", "P", "X", 1, 0, 0, 0)]}, ("lines", 2, "measure")),
        ({"lines": [("L1", "P", "T", -1, 0, 0, 0)]}, ("lines", 2, "ceiling")),
        ({"lines": [("L1", "P", "T", "1.000", 0, 0, 0)]}, ("lines", 2, "ceiling")),
        ({"lines": [("L1", "P", "T", "1e6", 0, 0, 0)]}, ("lines", 2, "ceiling")),
        ({"lines": [("L1", "P", "T", "٣", 0, 0, 0)]}, ("lines", 2, "ceiling")),
        ({"lines": [("L1", "P", "T", None, 0, 0, 0)]}, ("lines", 2, "ceiling")),
        ({"lines": [("L1", "P", "T", 10, 8, 3, 0)]}, ("lines", 2, "committed")),
        ({"lines": [("L1", "P", "T", 10, 8, 0, 2)]}, ("lines", 2, "protected")),
        ({"measures": [("T", "", "", 0, 0), ("G", "", "", 1, 0)]}, ("measures", 2, "batch")),
        ({"costs": [("X", "T", 1)]}, ("costs", 2, "area")),
        ({"costs": [(None, "T", 1), (None, "T", 2)]}, ("costs", 3, "area")),
        ({"needs": [("P", "skill", 1, 1)]}, ("needs", 2, "regency")),
        ({"needs": [("P1", "skill", 1, 101)]}, ("needs", 2, "severity")),
        ({"needs": [("P1", "skill", 1.5, 10)]}, ("needs", 2, "firms")),
        ({"effects": [("X", "skill", 1)]}, ("effects", 2, "measure")),
        ({"effects": [("T", "skill", -1)]}, ("effects", 2, "relief")),
        ({"limits": [(None, "T", 1, 2)]}, ("limits", 2, "area")),
        ({"limits": [("P", "T", 3, 2)]}, ("limits", 2, "min_units")),
        ({"amounts": [("a", "P1", "T", 1, 2)]}, ("amounts", 2, "province")),
        ({"amounts": [("a", "P", "T;X", 1, 2)]}, ("amounts", 2, "measures")),
        ({"amounts": [("a", "P", "T", 3, 2)]}, ("amounts", 2, "min_amount")),
        ({"shares": [("a", "P", "T", 0.5, 0.2)]}, ("shares", 2, "min_share")),
        ({"shares": [("a", "P", "T", 0.5, 1.2)]}, ("shares", 2, "max_share")),
        ({"shares": [("a", None, "*", 0.5, None)]}, ("shares", 2, "measures")),
        ({"shares": [("a", "P", None, 0.5, None)]}, ("shares", 2, "measures")),
        ({"shares": [("a", "P", "T", 0, 1), ("a", "Q", "T", 0, 1)]}, ("shares", 3, "rule")),
    ],
)
def test_a_malformed_row_is_one_fault_at_its_cell(rows, place):
    assert faults(**rows) == [place]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", 5),
        ("fiscal_year", "2020"),
        ("ceiling", -1),
        ("ceiling", 10.5),
        ("ceiling", 10**18),
        ("coverage", []),
        ("coverage", [[0, 1]]),
        ("coverage", [[0.6, 1], [0.6, 1]]),
        ("coverage", [[0.5, 1], [0.5, 2]]),
        ("coverage", [[0.5, -1]]),
        ("coverage", [0.5]),
        ("tolerance", [0.1]),
        ("tolerance", [1, 0]),
        ("tolerance", [0, -0.1]),
        ("change_cost", True),
        ("change_cost", 10**18),
        ("change_cost", float("nan")),
    ],
)
def test_a_wrong_setting_is_one_fault(name, value):
    assert faults({name: value}) == [("case", None, name)]


def test_every_fault_is_listed_at_once():
    found = faults({"ceiling": "x"}, costs=[("X", "Y", "z")], needs=[("P1", "skill", 1, 200)])
    assert found == [
        ("case", None, "ceiling"),
        ("costs", 2, "area"),
        ("costs", 2, "measure"),
        ("costs", 2, "unit_cost"),
        ("needs", 2, "severity"),
    ]


def test_a_missing_table_a_doubled_one_and_a_ragged_row_are_faults(tmp_path):
    case = make.folder(tmp_path)
    (case / "needs.csv").unlink()
    (case / "shares.csv").unlink()
    pl.read_csv(case / "costs.csv").write_parquet(case / "costs.parquet")
    (case / "effects.csv").write_text("measure,need,relief\nT,skill\n", "utf-8")
    (case / "areas.csv").write_bytes(b"area,parent,name\nP,,\xff\n")
    found = [(fault.table, fault.row) for fault in read_case(case)]
    assert {("needs", None), ("costs", None), ("effects", 2), ("areas", None)} <= set(found)
    assert not any(table == "shares" for table, _ in found)


@pytest.mark.parametrize(
    "content",
    [None, b"", b"area,parent\xff", b"code,parent,name\nP,,Utara\n", b"area,name\nP,Utara\n"],
)
def test_a_table_that_cannot_be_read_leaves_the_codes_of_others_alone(content, tmp_path):
    case = make.folder(tmp_path)
    (case / "areas.csv").unlink() if content is None else (case / "areas.csv").write_bytes(content)
    (case / "effects.csv").write_text("measure,need,relief\nX,skill,1\n", "utf-8")
    found = {(fault.table, fault.column) for fault in read_case(case)}
    assert found - {("effects", "measure")} <= {
        ("areas", None),
        ("areas", "area"),
        ("areas", "parent"),
    }
    assert ("effects", "measure") in found


def test_parquet_and_a_byte_order_mark_are_read_and_blanks_trimmed(tmp_path):
    plain = read_case(make.folder(tmp_path / "plain"))
    other = make.folder(tmp_path / "other")
    lines = pl.read_csv(other / "lines.csv").with_columns(pl.col("protected").cast(pl.Boolean))
    (other / "lines.csv").unlink()
    lines.write_parquet(other / "lines.parquet")
    text = (other / "needs.csv").read_text("utf-8").replace("skill", " skill ")
    (other / "needs.csv").write_text("\ufeff" + text + ",,,\n\n", "utf-8")
    assert read_case(other) == plain


@settings(deadline=None, max_examples=examples(50))
@given(small_cases())
def test_a_case_written_and_read_again_is_the_same(tmp_path_factory, case):
    folder = tmp_path_factory.mktemp("case")
    write_case(case, folder)
    assert read_case(folder) == case
