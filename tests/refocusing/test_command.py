"""`pulih refocus` from a folder to a folder: its answers, its files, its ways out."""

import csv
import json

import pytest

from pulih.refocusing.command import run
from tests.make import refocusing as make


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_an_optimal_plan_is_written_in_four_files(tmp_path, capsys):
    case, out = make.folder(tmp_path / "case"), tmp_path / "plan"
    assert run([str(case), "--out", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == json.loads((out / "explanation.json").read_text("utf-8"))
    assert told["status"] == "optimal"
    assert set(told["stages"]) == {"worst", "relief", "change"}
    assert sorted(path.name for path in out.iterdir()) == [
        "explanation.json",
        "lines_after.csv",
        "plan.csv",
        "provinces.csv",
    ]
    assert sum(int(row["after"]) for row in rows(out / "lines_after.csv")) <= 200
    assert rows(out / "plan.csv")[0] == {
        "regency": "P1",
        "measure": "T",
        "units": "20",
        "amount": "65",
    }
    assert rows(out / "provinces.csv")[0]["coverage_after"] == "1.000000000"


def test_a_malformed_case_exits_2_lists_every_fault_and_writes_nothing(tmp_path, capsys):
    case = make.folder(
        tmp_path / "case", needs=[("X", "skill", 5, 50)], effects=[("T", "skill", "1,5")]
    )
    assert run([str(case), "--out", str(tmp_path / "plan"), "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    places = [(fault["table"], fault["row"], fault["column"]) for fault in told["faults"]]
    assert places == [("needs", 2, "regency"), ("effects", 2, "relief")]
    assert all(fault["message_id"] and fault["message_en"] for fault in told["faults"])
    assert not (tmp_path / "plan").exists()


def test_an_impossible_case_exits_1_and_leaves_only_the_explanation(tmp_path, capsys):
    case, out = make.folder(tmp_path / "case"), tmp_path / "plan"
    run([str(case), "--out", str(out)])
    toml = make.as_toml(make.SETTINGS | {"ceiling": 30})
    case = make.folder(tmp_path / "case", toml=toml)
    assert run([str(case), "--out", str(out)]) == 1
    assert [path.name for path in out.iterdir()] == ["explanation.json"]
    told = json.loads((out / "explanation.json").read_text("utf-8"))
    assert told["status"] == "infeasible"
    assert told["conflict"]["fails_by"] == 5


@pytest.mark.parametrize("option", [["--gap", "-1"], ["--time-limit", "nan"], ["--gap", "x"]])
def test_a_wrong_option_exits_2(tmp_path, option, capsys):
    case = make.folder(tmp_path / "case")
    with pytest.raises(SystemExit) as stopped:
        run([str(case), "--out", str(tmp_path / "plan"), *option])
    assert stopped.value.code == 2


def test_unknown_columns_are_told_and_ignored(tmp_path, capsys):
    case = make.folder(tmp_path / "case")
    areas = (case / "areas.csv").read_text("utf-8").splitlines()
    extended = [f"{line},{'island' if not number else ''}" for number, line in enumerate(areas)]
    (case / "areas.csv").write_text("\n".join(extended), "utf-8")
    assert run([str(case), "--out", str(tmp_path / "plan")]) == 0
    assert "areas: ignored column island." in capsys.readouterr().err
