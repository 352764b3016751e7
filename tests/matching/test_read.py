"""Each malformed input is one fault at its place; odd but lawful input is none."""

import polars as pl
import pytest

from pulih.matching import Case, case_from_tables, read_case, write_case
from tests.make import matching as make


def with_row(table, row):
    return {table: [*make.DEFAULTS[table], row]}


NEED = ("N3", "P1", "M", 10, "2020-04-20", None, None, None, None, 1)


def need(**changes):
    row = dict(zip(make.COLUMNS["needs"], NEED, strict=True)) | changes
    return with_row("needs", tuple(row.values()))


WRONG = [
    (need(need="N1"), "needs", 4, "need"),
    (need(area="P"), "needs", 4, "area"),
    (need(area="X9"), "needs", 4, "area"),
    (need(product="X"), "needs", 4, "product"),
    (need(quantity=0), "needs", 4, "quantity"),
    (need(quantity="cukup banyak"), "needs", 4, "quantity"),
    (need(quantity="1.000"), "needs", 4, "quantity"),
    (need(quantity=10**13), "needs", 4, "quantity"),
    (need(due="2020-02-30"), "needs", 4, "due"),
    (need(due="30/04/2020"), "needs", 4, "due"),
    (need(due=None), "needs", 4, "due"),
    (need(weight=-1), "needs", 4, "weight"),
    (need(weight="1e3"), "needs", 4, "weight"),
    (need(max_price=-5), "needs", 4, "max_price"),
    (need(max_suppliers=0), "needs", 4, "max_suppliers"),
    (with_row("areas", ("P1", "P", None)), "areas", 9, "area"),
    (with_row("areas", ("Z1", "P1", None)), "areas", 9, "parent"),
    (with_row("products", ("M", "x", "x", 1)), "products", 4, "product"),
    (with_row("products", ("K", "x", "x", "1.5")), "products", 4, "gram"),
    (with_row("firms", ("F1", "P1", 5, None)), "firms", 5, "firm"),
    (with_row("firms", ("F9", "P", 5, None)), "firms", 5, "regency"),
    (with_row("firms", ("F9", "P1", 101, None)), "firms", 5, "severity"),
    (with_row("firms", ("F9", "P1", 5, "kemarin")), "firms", 5, "free_from"),
    (with_row("capacities", ("F1", "M", 1, 1, 1, 0)), "capacities", 6, "firm"),
    (with_row("capacities", ("F9", "M", 1, 1, 1, 0)), "capacities", 6, "firm"),
    (with_row("capacities", ("F1", "X", 1, 1, 1, 0)), "capacities", 6, "product"),
    (with_row("capacities", ("F1", "S", 0, 1, 1, 0)), "capacities", 6, "per_week"),
    (with_row("capacities", ("F1", "S", 1, 1, 0, 0)), "capacities", 6, "lot"),
    (with_row("capacities", ("F1", "S", 1, None, 1, 0)), "capacities", 6, "price"),
    (with_row("transport", ("island", 1, 1, 1)), "transport", 6, "class"),
    (with_row("transport", ("laut", 1, 1, 1)), "transport", 6, "class"),
    ({"transport": make.DEFAULTS["transport"][:3]}, "transport", None, "class"),
    (with_row("certificates", ("F2", "MED", None)), "certificates", 4, "firm"),
    (with_row("certificates", ("F9", "MED", None)), "certificates", 4, "firm"),
    (with_row("accepts", ("MED", "CERT")), "accepts", 3, "standard"),
    (with_row("groups", ("G1", "P2", 1, 1)), "groups", 3, "group"),
    (with_row("groups", ("F1", "P2", 1, 1)), "groups", 3, "group"),
    (with_row("groups", ("G2", "P", 1, 1)), "groups", 3, "area"),
    (with_row("groups", ("G2", "P2", 1, -1)), "groups", 3, "fee"),
    (with_row("members", ("G1", "F2")), "members", 3, "group"),
    (with_row("members", ("G1", "F1")), "members", 3, "firm"),
    (with_row("members", ("G1", "F9")), "members", 3, "firm"),
    (with_row("members", ("G9", "F2")), "members", 3, "group"),
    (with_row("routes", ("P2", "Q1", "island")), "routes", 3, "from"),
    (with_row("routes", ("Q1", "P2", "island")), "routes", 3, "from"),
    (with_row("routes", ("P1", "P", "island")), "routes", 3, "to"),
    (with_row("routes", ("P1", "P1", "island")), "routes", 3, "to"),
    (with_row("routes", ("P1", "Q1", "laut")), "routes", 3, "class"),
    (with_row("placed", ("F1", "S", 1, "2020-04-12")), "placed", 3, "product"),
    (with_row("placed", ("F9", "S", 1, "2020-04-12")), "placed", 3, "firm"),
    (with_row("placed", ("F1", "M", 0, "2020-04-12")), "placed", 3, "quantity"),
    (with_row("placed", ("F1", "M", 1, "2020-13-12")), "placed", 3, "due"),
    (with_row("barred", ("N9", "F1")), "barred", 2, "need"),
    (with_row("barred", ("N1", "F9")), "barred", 2, "supplier"),
    ({"barred": [("N1", "F1"), ("N1", "F1")]}, "barred", 3, "need"),
]


@pytest.mark.parametrize(("rows", "table", "row", "column"), WRONG)
def test_a_wrong_row_is_one_fault_at_its_place(rows, table, row, column):
    found = case_from_tables(make.settings(), make.tables(**rows))
    assert isinstance(found, list)
    assert [(fault.table, fault.row, fault.column) for fault in found] == [(table, row, column)]
    assert found[0].message.id
    assert found[0].message.en


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("as_of", None),
        ("as_of", "6 April"),
        ("as_of", 20200406),
        ("title", 7),
        ("fill", []),
        ("fill", [[0.6, 1], [0.6, 1]]),
        ("fill", [[0.5, 1], [0.5, 2]]),
        ("full_weeks", 0.5),
        ("full_weeks", "dua"),
        ("tolerance", [0, 1]),
        ("tolerance", 0.1),
        ("firm_share", 0),
        ("regency_share", 1.5),
    ],
)
def test_a_wrong_setting_is_one_fault(name, value):
    settings = {key: kept for key, kept in make.SETTINGS.items() if key != name}
    if value is not None:
        settings[name] = value
    found = case_from_tables(settings, make.tables())
    assert isinstance(found, list)
    assert [(fault.table, fault.column) for fault in found] == [("case", name)]


@pytest.mark.parametrize(
    "table", ["areas", "products", "needs", "firms", "capacities", "transport"]
)
def test_a_missing_table_is_a_fault(table):
    tables = {name: frame for name, frame in make.tables().items() if name != table}
    found = case_from_tables(make.settings(), tables)
    assert isinstance(found, list)
    assert (table, None) in {(fault.table, fault.row) for fault in found}


def test_six_tables_may_be_missing():
    tables = make.tables()
    for name in ("certificates", "accepts", "groups", "members", "routes", "placed"):
        del tables[name]
    assert isinstance(case_from_tables(make.settings(), tables), Case)


def test_a_missing_column_is_a_fault():
    tables = make.tables()
    tables["needs"] = tables["needs"].drop("max_price")
    found = case_from_tables(make.settings(), tables)
    assert isinstance(found, list)
    assert [(fault.table, fault.row, fault.column) for fault in found] == [
        ("needs", 1, "max_price")
    ]


def test_the_same_order_may_be_placed_more_than_once():
    row = make.DEFAULTS["placed"][0]
    case = make.case(placed=[row, row])
    assert len(case.placed) == 2


def test_a_case_is_written_so_that_it_reads_as_the_same(tmp_path):
    case = make.case({"firm_share": 0.25, "tolerance": [0.02, 0.1]})
    write_case(case, tmp_path)
    assert read_case(tmp_path) == case


def test_both_csv_and_parquet_is_a_fault(tmp_path):
    folder = make.folder(tmp_path / "case")
    pl.read_csv(folder / "firms.csv").write_parquet(folder / "firms.parquet")
    found = read_case(folder)
    assert isinstance(found, list)
    assert "firms" in {fault.table for fault in found}
