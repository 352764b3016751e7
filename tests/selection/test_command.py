"""`pulih select` from a folder to a folder: its answers, its files, its ways out."""

import csv
import json
import subprocess
import sys
from hashlib import sha256

import polars as pl
import pytest

from pulih.selection.command import run
from tests.make import selection as make

QUOTAS = [("Q", "regency=63.72", "people", None, 1), ("M", "*", "rupiah", None, 100)]
SHARES = [("S", "sex=P", "*", "0.5", None)]


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_an_optimal_plan_is_written_in_four_files(tmp_path, capsys):
    case, out = make.folder(tmp_path / "case", quotas=QUOTAS, shares=SHARES), tmp_path / "plan"
    assert run([str(case), "--out", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == json.loads((out / "explanation.json").read_text("utf-8"))
    assert (told["status"], told["value"], told["chosen"]) == ("optimal", 130.0, 2)
    assert told["gap"] == abs(told["bound"] - told["value"]) / told["value"]
    assert [path.name for path in sorted(out.iterdir())] == [
        "decisions.csv",
        "explanation.json",
        "rules.csv",
        "selected.csv",
    ]


def test_draw_and_digest_are_those_of_the_contract(tmp_path):
    case, out = make.folder(tmp_path / "case", quotas=QUOTAS), tmp_path / "plan"
    run([str(case), "--out", str(out)])
    drawn = sha256(f"{make.SETTINGS['seed']}\nA1".encode()).hexdigest()
    assert rows(out / "selected.csv")[0] == {
        "application": "A1",
        "score": "70.000000",
        "cost": "0",
        "draw": drawn[:16],
        "group": "1",
    }
    lines = "A1\t70.000000\t0\nA2\t65.500000\t0\nA3\t60.000000\t0\nA4\t60.000000\t0\n"
    told = json.loads((out / "explanation.json").read_text("utf-8"))
    assert told["digest"] == sha256(lines.encode()).hexdigest()


def test_rules_tell_what_was_reached_and_its_price(tmp_path):
    case, out = make.folder(tmp_path / "case", quotas=QUOTAS, shares=SHARES), tmp_path / "plan"
    run([str(case), "--out", str(out)])
    keys = {"rule": "quota:Q", "value": "1", "base": "", "min": "", "max": "1"}
    assert rows(out / "rules.csv")[1] == keys | {"price": "60.000000"}
    keys = {"rule": "share:S", "value": "2", "base": "2", "min": "0.5", "max": ""}
    assert rows(out / "rules.csv")[2] == keys | {"price": "0.000000"}


def test_a_price_is_of_a_million_rupiah(tmp_path):
    same = {"regency": "1", "sex": "P", "household": None, "cost": "2000000"}
    many = [{"application": f"A{n}", "score": "7"} | same for n in range(3)]
    quotas = [("M", "*", "rupiah", None, 4_000_000)]
    case, out = make.folder(tmp_path / "case", many, quotas), tmp_path / "plan"
    assert run([str(case), "--out", str(out)]) == 0
    assert rows(out / "rules.csv")[0]["price"] == "3.500000"
    told = json.loads((out / "explanation.json").read_text("utf-8"))
    assert [(x["rule"], x["price"]) for x in told["binding"]] == [("quota:M:max", 3.5)]


def test_an_impossible_case_exits_1_and_leaves_only_the_explanation(tmp_path, capsys):
    out = tmp_path / "plan"
    run([str(make.folder(tmp_path / "case")), "--out", str(out)])
    quotas = [("Q", "regency=63.72", "people", 3, None)]
    case = make.folder(tmp_path / "case", quotas=quotas)
    capsys.readouterr()
    assert run([str(case), "--out", str(out), "--json"]) == 1
    assert [path.name for path in out.iterdir()] == ["explanation.json"]
    told = json.loads(capsys.readouterr().out)
    assert told["status"] == "infeasible"
    assert [(x["rule"], x["short"]) for x in told["conflict"]] == [("quota:Q:min", 1)]


def test_a_malformed_case_exits_2_lists_every_fault_and_writes_nothing(tmp_path, capsys):
    case = make.folder(tmp_path / "case", quotas=[("Q", "age=3", "people", 2, 1)], seed=" ")
    assert run([str(case), "--out", str(tmp_path / "plan"), "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    places = [(fault["table"], fault["row"], fault["column"]) for fault in told["faults"]]
    assert places == [("case", None, "seed"), ("quotas", 2, "min"), ("quotas", 2, "where")]
    assert all(fault["message_id"] and fault["message_en"] for fault in told["faults"])
    assert not (tmp_path / "plan").exists()


@pytest.mark.parametrize("option", [["--gap", "-1"], ["--time-limit", "nan"], ["--gap", "x"]])
def test_a_wrong_option_exits_2(tmp_path, option, capsys):
    case = make.folder(tmp_path / "case")
    with pytest.raises(SystemExit) as stopped:
        run([str(case), "--out", str(tmp_path / "plan"), *option])
    assert stopped.value.code == 2


def test_a_plan_that_cannot_be_written_exits_2(tmp_path, capsys):
    (tmp_path / "plan").write_text("a file, not a folder")
    assert run([str(make.folder(tmp_path / "case")), "--out", str(tmp_path / "plan")]) == 2
    assert "could not be written" in capsys.readouterr().err


def test_no_time_exits_1_with_a_feasible_plan(tmp_path, capsys):
    case = make.folder(tmp_path / "case", quotas=QUOTAS)
    assert run([str(case), "--out", str(tmp_path / "plan"), "--time-limit", "0"]) == 1
    assert "feasible" in capsys.readouterr().out
    assert (tmp_path / "plan" / "selected.csv").exists()


def test_csv_and_parquet_and_any_order_of_columns_give_the_same_files(tmp_path):
    case, out = make.folder(tmp_path / "case", quotas=QUOTAS, shares=SHARES), tmp_path / "plan"
    run([str(case), "--out", str(out)])
    written = {path.name: path.read_bytes() for path in out.glob("*.csv")}
    for name in ("applications", "quotas", "shares"):
        table = pl.read_csv(case / f"{name}.csv", infer_schema=True)
        if name == "applications":
            table = table.with_columns(pl.col("regency").cast(pl.String))
        table.reverse().select(reversed(table.columns)).write_parquet(case / f"{name}.parquet")
        (case / f"{name}.csv").unlink()
    assert run([str(case), "--out", str(out)]) == 0
    assert {path.name: path.read_bytes() for path in out.glob("*.csv")} == written


def test_standard_output_holds_the_one_object_alone(tmp_path):
    case = make.folder(tmp_path / "case", quotas=QUOTAS)
    command = [sys.executable, "-m", "pulih.selection", str(case), "--json"]
    done = subprocess.run(
        [*command, "--out", str(tmp_path / "plan")], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout)["status"] == "optimal"
