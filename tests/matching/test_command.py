"""`pulih match` from a folder to a folder: its answers, its files, its ways out."""

import csv
import json
from fractions import Fraction

import pytest

from pulih.matching import breaches, read_case
from pulih.matching.command import run
from tests.make import matching as make

FILES = ["consignments.csv", "explanation.json", "gates.csv", "parts.csv", "served.csv", "work.csv"]


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_an_optimal_answer_is_written_in_six_files(tmp_path, capsys):
    case, out = make.folder(tmp_path / "case"), tmp_path / "answer"
    assert run([str(case), "--out", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == json.loads((out / "explanation.json").read_text("utf-8"))
    assert told["status"] == "optimal"
    assert list(told["stages"]) == ["fill", "work", "cost"]
    assert set(told["baselines"]) == {"nearest_first", "cheapest_first", "in_proportion"}
    assert sorted(path.name for path in out.iterdir()) == FILES


def test_the_tables_agree_with_each_other_and_with_the_rules(tmp_path):
    folder, out = make.folder(tmp_path / "case"), tmp_path / "answer"
    run([str(folder), "--out", str(out)])
    case = read_case(folder)
    parts = {
        (row["need"], row["supplier"], row["firm"]): int(row["quantity"])
        for row in rows(out / "parts.csv")
    }
    assert parts
    assert not breaches(case, parts)
    told = json.loads((out / "explanation.json").read_text("utf-8"))
    sent, served = rows(out / "consignments.csv"), rows(out / "served.csv")
    assert sum(int(row["total"]) for row in sent) == told["cost"] == told["stages"]["cost"]["value"]
    assert sum(int(row["goods"]) for row in sent) == sum(
        int(row["amount"]) for row in rows(out / "parts.csv")
    )
    assert all(
        int(row["total"]) == int(row["goods"]) + int(row["fee"]) + int(row["transport"])
        for row in sent
    )
    assert [row["need"] for row in served] == ["N1", "N2"]
    assert sum(int(row["delivered"]) for row in served) == sum(parts.values())
    fill = sum(Fraction(row["fill"]) for row in served)
    assert float(fill) == pytest.approx(told["fill"], abs=1e-5)
    assert sum(int(row["income"]) for row in rows(out / "work.csv")) == sum(
        int(row["amount"]) for row in rows(out / "parts.csv")
    )
    missing = {row["need"]: int(row["quantity"]) - int(row["delivered"]) for row in served}
    assert {each["need"]: each["missing"] for each in told["unmet"]} == {
        need: units for need, units in missing.items() if units
    }


def test_a_malformed_case_exits_2_lists_every_fault_and_writes_nothing(tmp_path, capsys):
    wrong = [("N1", "P", "M", 0, "2020-04-20", None, None, None, None, 1)]
    case = make.folder(tmp_path / "case", needs=wrong, members=[("G1", "F1")])
    assert run([str(case), "--out", str(tmp_path / "answer"), "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    places = [(fault["table"], fault["row"], fault["column"]) for fault in told["faults"]]
    assert places == [("needs", 2, "area"), ("needs", 2, "quantity"), ("members", 2, "firm")]
    assert all(fault["message_id"] and fault["message_en"] for fault in told["faults"])
    assert not (tmp_path / "answer").exists()


def test_without_time_the_answer_is_feasible_and_exits_1(tmp_path):
    case, out = make.folder(tmp_path / "case"), tmp_path / "answer"
    assert run([str(case), "--out", str(out), "--time-limit", "0"]) == 1
    assert sorted(path.name for path in out.iterdir()) == FILES


@pytest.mark.parametrize("option", [["--gap", "-1"], ["--time-limit", "nan"], ["--gap", "x"]])
def test_a_wrong_option_exits_2(tmp_path, option, capsys):
    case = make.folder(tmp_path / "case")
    with pytest.raises(SystemExit) as stopped:
        run([str(case), "--out", str(tmp_path / "answer"), *option])
    assert stopped.value.code == 2


def test_unknown_columns_are_told_and_ignored(tmp_path, capsys):
    case = make.folder(tmp_path / "case")
    firms = (case / "firms.csv").read_text("utf-8").splitlines()
    extended = [f"{line},{'' if number else 'phone'}" for number, line in enumerate(firms)]
    (case / "firms.csv").write_text("\n".join(extended), "utf-8")
    assert run([str(case), "--out", str(tmp_path / "answer")]) == 0
    assert "firms: ignored column phone." in capsys.readouterr().err
