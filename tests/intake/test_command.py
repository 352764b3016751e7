"""`pulih intake`: exit status, files and the JSON object as the contract promises."""

import json
from pathlib import Path

import polars as pl
import pytest

from pulih.intake.command import run
from tests.make import intake as make

CLEAN: list[list[make.Cell]] = [["Nama Usaha", "NIK"], ["UD A", "3204121201900001"]]
WARNED: list[list[make.Cell]] = [["Nama Usaha", "KBLI"], ["UD A", "47111"]]


@pytest.mark.parametrize("ending", ["csv", "parquet"])
@pytest.mark.parametrize(("rows", "status"), [(CLEAN, 0), (WARNED, 1)])
def test_the_exit_status_says_whether_there_is_anything_to_look_at(
    tmp_path: Path, rows: list[list[make.Cell]], status: int, ending: str
) -> None:
    path = make.write(rows, tmp_path / "a.csv")
    out, problems = tmp_path / f"rows.{ending}", tmp_path / f"problems.{ending}"
    assert run([str(path), "--out", str(out), "--problems", str(problems)]) == status
    read = pl.read_csv if ending == "csv" else pl.read_parquet
    assert read(out)["business_name"].to_list() == ["UD A"]
    assert read(problems).height == status
    assert {one.name for one in tmp_path.iterdir()} == {path.name, out.name, problems.name}


def test_the_json_object_holds_what_the_contract_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = make.write(CLEAN, tmp_path / "a.csv")
    run(
        [
            str(path),
            "--out",
            str(tmp_path / "r.csv"),
            "--problems",
            str(tmp_path / "p.csv"),
            "--json",
        ]
    )
    told = json.loads(capsys.readouterr().out)
    assert told["file"] == "a.csv"
    assert told["columns"] == {
        "recognised": {"1": {"Nama Usaha": "business_name", "NIK": "nik"}},
        "unknown": [],
    }
    assert (told["rows"], told["accepted"], told["corrected"], told["rejected"]) == (1, 1, 0, 0)
    assert {"sha256", "sheets", "seconds", "scheme"} <= told.keys()


def test_a_place_that_cannot_be_written_is_said_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = make.write(CLEAN, tmp_path / "a.csv")
    out = tmp_path / "nowhere" / "r.csv"
    assert run([str(path), "--out", str(out), "--problems", str(tmp_path / "p.csv")]) == 2
    assert "could not be written" in capsys.readouterr().err
