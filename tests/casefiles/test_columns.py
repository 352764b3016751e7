"""Large tables by columns: the same cells, rows and faults as the reader by rows."""

import csv
import io

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.casefiles import columns
from pulih.casefiles.cells import maybe_text
from pulih.casefiles.columns import columns_of, read_columns
from pulih.casefiles.reading import NO_COMMAS, records_of, sheets_in
from pulih.casefiles.tables import Table
from tests.examples import examples

TABLE = Table("t", tuple, {"key": maybe_text, "a": maybe_text, "b": maybe_text}, ("key",))
cells = st.sampled_from(
    ["", " ", "x", " x ", "a,b", 'say "so"', "two\nlines", "é", "\u00a0", "x\0"]
)


def by_columns(found):
    read, faults = found
    places = [(fault.row, fault.column, fault.message) for fault in faults]
    if read is None:
        return [], places
    texts = [read.texts[name].to_list() for name in TABLE.columns]
    return list(zip(read.row.to_list(), *texts, strict=True)), places


def by_rows(folder):
    records, faults = records_of(sheets_in(folder, [TABLE]), [TABLE], print)
    rows = [
        (number, *(record[name] or None for name in TABLE.columns))
        for number, record in records["t"]
    ]
    return rows, [(fault.row, fault.column, fault.message) for fault in faults]


@settings(max_examples=examples(60), deadline=None)
@given(rows=st.lists(st.lists(cells, min_size=2, max_size=4), max_size=8), chunk=st.integers(1, 3))
def test_csv_reads_as_by_rows(tmp_path_factory, rows, chunk):
    folder, text = tmp_path_factory.mktemp("case"), io.StringIO()
    csv.writer(text).writerows([["key", " a", "b "], *rows])
    (folder / "t.csv").write_text(text.getvalue(), "utf-8-sig", newline="")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "CHUNK", chunk)
        assert by_columns(read_columns(folder, "t", "key", TABLE.columns)) == by_rows(folder)


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.tuples(cells, cells, cells), max_size=8))
def test_parquet_reads_as_by_rows(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("case")
    frame = pl.DataFrame(
        rows, schema={"key": pl.String, "a": pl.String, "b": pl.String}, orient="row"
    )
    frame.write_parquet(folder / "t.parquet")
    assert by_columns(read_columns(folder, "t", "key", TABLE.columns)) == by_rows(folder)


def test_the_types_of_parquet_become_their_digits():
    frame = pl.DataFrame({"key": [1, 2], "a": [63.71, 2.0], "b": [True, None]})
    assert by_columns(columns_of(frame, "t", "key", TABLE.columns)) == (
        [(2, "1", "63.71", "1"), (3, "2", "2", None)],
        [],
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", b""),
        ("t.csv", b"\n"),
        ("t.csv", b"key,a,a,b\n"),
        ("t.csv", b"key,a,b\n1,\xff,2\n"),
        ("t.csv", b'key,a,b\n1,"open,2\n'),
        ("t.parquet", b"no parquet"),
        ("other.csv", b""),
    ],
)
def test_a_broken_file_has_the_fault_of_the_reader_by_rows(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    _, faults = read_columns(tmp_path, "t", "key", TABLE.columns)
    _, expected = by_rows(tmp_path)
    assert [(fault.row, fault.column, fault.message) for fault in faults] == expected


def test_a_table_in_both_forms_is_a_fault(tmp_path):
    (tmp_path / "t.csv").write_text("key,a,b\n")
    (tmp_path / "t.parquet").write_bytes(b"")
    _, faults = read_columns(tmp_path, "t", "key", TABLE.columns)
    assert [(f.row, f.column, f.message) for f in faults] == by_rows(tmp_path)[1]


def test_only_wanted_columns_are_kept_and_all_headings_known(tmp_path):
    (tmp_path / "t.csv").write_text("key,a,b\n1,2,3\n")
    read, _ = read_columns(tmp_path, "t", "key", ["b", "c"])
    assert read is not None
    assert (read.headings, sorted(read.texts)) == (("key", "a", "b"), ["b", "key"])


@pytest.mark.parametrize("sign", [";", "\t"])
def test_columns_that_no_comma_separates_are_one_fault_as_by_rows(sign, tmp_path):
    (tmp_path / "t.csv").write_text(f"key{sign}a{sign}b\nA{sign}1{sign}2\n", "utf-8")
    found = by_columns(read_columns(tmp_path, "t", "key", TABLE.columns))
    assert found == by_rows(tmp_path) == ([], [(1, None, NO_COMMAS)])
