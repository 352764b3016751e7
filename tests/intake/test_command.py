"""`pulih intake`: exit status, files and the JSON object as the contract promises."""

import json
import os
import subprocess
import sys
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


def test_either_both_tables_are_written_or_none(tmp_path: Path) -> None:
    path = make.write(CLEAN, tmp_path / "a.csv")
    out, problems = tmp_path / "r.csv", tmp_path / "p.csv"
    problems.mkdir()
    assert run([str(path), "--out", str(out), "--problems", str(problems)]) == 2
    assert {one.name for one in tmp_path.iterdir()} == {path.name, problems.name}


@pytest.mark.parametrize(
    "words", [["--kind", "other"], ["--out", "a.csv", "--problems", "a.csv"], []]
)
def test_a_wrong_call_is_worded_like_any_refusal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    path = make.write(CLEAN, tmp_path / "a.csv")
    try:
        status: object = run([str(path), *words, "--json"])
    except SystemExit as end:
        status = end.code
    assert status == 2
    told = json.loads(capsys.readouterr().out)
    assert told["faults"][0]["message_id"] != told["faults"][0]["message_en"] == told["error"]
    assert path.read_text().splitlines() == ["Nama Usaha,NIK", "UD A,3204121201900001"]


def test_an_error_of_our_own_is_one_line_and_status_seventy(tmp_path: Path) -> None:
    faulty = tmp_path / "faulty"
    faulty.mkdir()
    (faulty / "sitecustomize.py").write_text("import polars; del polars.concat")
    path = make.write(CLEAN, tmp_path / "a.csv")
    places = ["--out", str(tmp_path / "r.csv"), "--problems", str(tmp_path / "p.csv")]
    words = [sys.executable, "-m", "pulih.intake", str(path), *places]
    environ = {**os.environ, "PYTHONPATH": str(faulty)}
    ended = subprocess.run(words, capture_output=True, text=True, check=False, env=environ)
    assert ended.returncode == 70
    assert len(ended.stderr.splitlines()) == 1
    assert "Internal error" in ended.stderr


def test_reading_starts_without_the_writers_of_workbooks() -> None:
    code = "import sys, pulih.intake.command; print('openpyxl' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "False"
