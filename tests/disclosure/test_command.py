"""`pulih protect` from a file to a folder: its answers, its files, its ways out."""

import csv
import json
import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.disclosure import explanation
from pulih.disclosure.command import run
from pulih.disclosure.write import files_of
from tests.examples import examples
from tests.make import disclosure as make

TOML = (
    '[measures.firms]\nkind = "count"\nparts = ["status", "group"]\nanswers = ["need"]\n'
    '[measures.lost]\nkind = "sum"\nwith = "firms"\n'
)
SMALL = [
    ("firms", "2020-06", "ID", "", "all", "", "45"),
    ("firms", "2020-06", "A", "ID", "all", "", "3"),
    ("firms", "2020-06", "B", "ID", "all", "", "12"),
    ("firms", "2020-06", "C", "ID", "all", "", "30"),
]


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_small_cell_is_hidden_with_company_in_three_files(tmp_path, capsys):
    arguments, out = make.folder(tmp_path, SMALL, TOML), tmp_path / "out"
    assert run([*arguments, "--out", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == json.loads((out / "explanation.json").read_text("utf-8"))
    assert (told["cells"], told["small"], told["company"]) == (4, 1, 1)
    assert sorted(path.name for path in out.iterdir()) == [
        "audit.csv",
        "explanation.json",
        "protected.csv",
    ]
    shown = {row["area"]: (row["value"], row["marker"]) for row in read(out / "protected.csv")}
    assert shown == {"A": ("", "[c]"), "B": ("", "[c]"), "C": ("30", ""), "ID": ("45", "")}
    for row in read(out / "audit.csv"):
        assert int(row["high"]) - int(row["low"]) >= 5


@settings(max_examples=examples(10))
@given(st.integers(0, 10**6))
def test_the_order_of_rows_changes_nothing(seed):
    rows = make.random_table(seed, most=30)
    mixed = random.Random(seed).sample(rows, len(rows))
    one, other = files_of(make.protected(rows)), files_of(make.protected(mixed))
    assert one["protected.csv"] == other["protected.csv"]
    assert one["audit.csv"] == other["audit.csv"]


def test_parquet_serves_as_well_as_csv(tmp_path):
    arguments = make.folder(tmp_path, SMALL, TOML)
    frame = make.frame(SMALL).with_columns(pl.col("value").cast(pl.Int64))
    frame.write_parquet(tmp_path / "typed.parquet")
    run([*arguments, "--out", str(tmp_path / "one")])
    run([str(tmp_path / "typed.parquet"), *arguments[1:], "--out", str(tmp_path / "other")])
    texts = [(tmp_path / name / "protected.csv").read_text() for name in ("one", "other")]
    assert texts[0] == texts[1]


CASES = {
    "a total that is not its sum": (0, 6, "46", "value", "2"),
    "a negative count": (1, 6, "-3", "value", "3"),
    "a broken count": (1, 6, "3.5", "value", "3"),
    "a count with a separator": (3, 6, "1,0", "value", "5"),
    "an unknown measure": (2, 0, "firm", "measure", "4"),
    "an unknown dimension": (2, 4, "colour", "dimension", "4"),
    "an unknown parent": (2, 3, "X", "parent", "4"),
    "two countries": (2, 3, "", "parent", "4"),
    "a cell twice": (2, 2, "A", "measure", "4"),
    "its own parent": (2, 3, "B", "parent", "4"),
    "a category of the whole": (2, 5, "x", "category", "4"),
    "a blank value": (2, 6, "", "value", "4"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_malformed_table_exits_2_and_writes_nothing(name, tmp_path, capsys):
    row, column, text, at, line = CASES[name]
    rows = [list(each) for each in SMALL]
    rows[row][column] = f'"{text}"'
    arguments = make.folder(tmp_path, rows, TOML)
    assert run([*arguments, "--out", str(tmp_path / "out"), "--json"]) == 2
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert ("cells", int(line), at) in [(f["table"], f["row"], f["column"]) for f in faults]
    assert all(fault["message_id"] and fault["message_en"] for fault in faults)
    assert not (tmp_path / "out").exists()


RULES = {
    "": "measures",
    "[measures.firms]\nk = 5": "measures.firms.kind",
    '[measures.firms]\nkind = "mean"': "measures.firms.kind",
    '[measures.firms]\nkind = "count"\nk = 1': "measures.firms.k",
    '[measures.firms]\nkind = "count"\nparts = "status"': "measures.firms.parts",
    '[measures.firms]\nkind = "count"\nparts = ["a"]\nanswers = ["a"]': "measures.firms.answers",
    '[measures.firms]\nkind = "sum"\nwith = "money"': "measures.firms.with",
    '[measures.firms]\nkind = "sum"\np = -1': "measures.firms.p",
    '[measures.firms]\nkind = "count"\nstock = "yes"': "measures.firms.stock",
    '[measures.firms]\nkind = "count"\nwithin = ["money"]': "measures.firms.within",
    "[measures": None,
}


def test_one_mistake_is_told_once(tmp_path, capsys):
    rules = '[measures.firms]\nkind = "count"\nwith = "firms"\n[measures.x]\nkind = "sum"\n'
    rows = [["firms", "1", "A", "A", "all", "", "1"]]
    arguments = make.folder(tmp_path, rows, rules)
    assert run([*arguments, "--out", str(tmp_path / "out"), "--json"]) == 2
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert [fault["column"] for fault in faults if fault["table"] == "rules"] == [
        "measures.firms.with"
    ]
    arguments = make.folder(tmp_path, rows, TOML)
    assert run([*arguments, "--out", str(tmp_path / "out"), "--json"]) == 2
    (fault,) = json.loads(capsys.readouterr().out)["faults"]
    assert fault["column"] == "parent"


@pytest.mark.parametrize("text", RULES)
def test_malformed_rules_exit_2(text, tmp_path, capsys):
    arguments = make.folder(tmp_path, SMALL, text)
    assert run([*arguments, "--out", str(tmp_path / "out"), "--json"]) == 2
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert ("rules", RULES[text]) in [(fault["table"], fault["column"]) for fault in faults]


@pytest.mark.parametrize(
    "text",
    [
        None,
        "measure,period\n",
        "measure,period,area,parent,dimension,category,value,marker\nfirms,1,ID,,all,,,\n",
        "measure,period,area,parent,dimension,category,value,marker\nfirms,1,ID,,all,,x,\n",
        "measure,period,area,parent,dimension,category,value,marker\nfirms,1,ID,,all,,2.5,\n",
        "measure,period,area,parent,dimension,category,value,marker\nfirms,1,ID,,all,,7,[c]\n",
        "measure,period,area,parent,dimension,category,value,marker\nfirms,1,ID,,all,,,[x]\n",
    ],
)
def test_an_earlier_release_that_does_not_read_exits_2(text, tmp_path, capsys):
    arguments, earlier = make.folder(tmp_path, SMALL, TOML), tmp_path / "first"
    earlier.mkdir()
    if text is not None:
        (earlier / "protected.csv").write_text(text, "utf-8")
    asked = [*arguments, "--earlier", str(earlier), "--out", str(tmp_path / "out"), "--json"]
    assert run(asked) == 2
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert {fault["table"] for fault in faults} == {"first/protected"}
    assert not (tmp_path / "out").exists()


def test_a_cell_that_an_earlier_release_shows_is_a_finding(tmp_path):
    columns = (*make.COLUMNS, "marker")
    before = make.frame([(*row, "") for row in SMALL], columns)
    earlier = tmp_path / "first"
    earlier.mkdir()
    before.write_csv(earlier / "protected.csv")
    arguments = make.folder(tmp_path, SMALL, TOML)
    out = tmp_path / "out"
    assert run([*arguments, "--earlier", str(earlier), "--out", str(out)]) == 1
    told = json.loads((out / "explanation.json").read_text("utf-8"))
    assert [finding["area"] for finding in told["findings"]] == ["A"]
    assert told["withheld"] >= 1


def test_the_output_is_no_earlier_release(tmp_path, capsys):
    arguments, out = make.folder(tmp_path, SMALL, TOML), str(tmp_path / "out")
    assert run([*arguments, "--out", out]) == 0
    assert run([*arguments, "--earlier", out, "--out", out]) == 2


def test_unknown_columns_are_told_and_ignored(tmp_path, capsys):
    rows = [(*row, "x") for row in SMALL]
    arguments = make.folder(tmp_path, rows, TOML, (*make.COLUMNS, "colour"))
    assert run([*arguments, "--out", str(tmp_path / "out")]) == 0
    assert "cells: ignored column colour." in capsys.readouterr().err


def test_the_same_release_again_hides_the_same():
    rows = make.random_table(7)
    first = make.protected(rows)
    second = make.protected(rows, [make.shown(first)])
    assert make.shown(first) == make.shown(second)
    assert explanation(second)["findings"] == []
