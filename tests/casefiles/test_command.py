"""What every core answers where it cannot run: one sentence, and with `--json` one object."""

import json
import os
import subprocess
import sys

import pytest

from pulih.disclosure.command import run as protect
from pulih.matching.command import run as match
from pulih.refocusing.command import run as refocus
from pulih.selection.command import run as select
from tests.make import matching, refocusing, selection

CORES = {"protect": protect, "match": match, "refocus": refocus, "select": select}


@pytest.mark.parametrize("name", CORES)
@pytest.mark.parametrize("words", [["--gape", "1"], ["--out"], []])
def test_a_command_line_that_cannot_be_read_is_told_as_json(name, words, capsys):
    with pytest.raises(SystemExit) as stopped:
        CORES[name](["here", "--json", *words])
    assert stopped.value.code == 2
    printed = capsys.readouterr()
    told = json.loads(printed.out)
    assert told["faults"] == []
    assert f"pulih {name}: " in told["error"]
    assert "error: " in printed.err


@pytest.mark.parametrize("value", ["soon", "nan", "-1"])
@pytest.mark.parametrize("name", ["match", "refocus", "select"])
def test_an_option_that_is_no_number_says_what_it_must_be(name, value, capsys):
    with pytest.raises(SystemExit):
        CORES[name](["here", "--out", "there", "--json", "--gap", value])
    told = json.loads(capsys.readouterr().out)
    assert told["error"].endswith(f"--gap: must be a number of 0 or more, not '{value}'.")


@pytest.mark.parametrize(
    ("run", "make"), [(refocus, refocusing), (select, selection), (match, matching)]
)
def test_an_answer_that_cannot_be_written_is_told_as_json(run, make, tmp_path, capsys):
    taken = tmp_path / "taken"
    taken.write_text("no folder")
    case = make.folder(tmp_path / "case")
    assert run([str(case), "--out", str(taken), "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert told["faults"] == []
    assert str(taken) in told["error"]


def test_a_reader_that_leaves_early_is_told_nothing():
    alone = (
        "from pulih.casefiles.command import run_alone; run_alone(lambda _words: print({}) or 0)"
    )
    reads, writes = os.pipe()
    os.close(reads)
    with os.fdopen(writes, "w") as nobody:
        ended = subprocess.run(
            [sys.executable, "-c", alone], stdout=nobody, stderr=subprocess.PIPE, check=False
        )
    assert (ended.returncode, ended.stderr) == (1, b"")
