"""A core that is told to end (TERM) leaves the best it has found so far, whole and lawful."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.matching import invented
from benchmarks.refocusing import reference_like
from pulih.casefiles.stopping import worked_out
from pulih.matching import breaches as broken_by_parts
from pulih.matching import write_case as write_matching
from pulih.refocusing import Plan, breaches, write_case
from tests.meanwhile import until

AT_WORK = 1.5  # Seconds: enough for a first plan, far from enough to prove anything to 1e-12.


def told_to_end(core, folder, out):
    """Return the exit status of a core that was sent TERM while it was at work, and its JSON."""
    command = [sys.executable, "-m", f"pulih.{core}", folder, "--out", out]
    options = ["--gap", "1e-12", "--time-limit", "60", "--json"]
    process = subprocess.Popen([*map(str, command), *options], stdout=subprocess.PIPE)
    until(lambda: listens(process.pid))
    time.sleep(AT_WORK)
    process.terminate()
    printed, _ = process.communicate(timeout=30)
    return process.returncode, json.loads(printed)


def listens(pid):
    """Whether a process has a handler for TERM."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt"))
    return int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_refocus_told_to_end_leaves_a_lawful_plan(tmp_path):
    case, out = reference_like(regencies=34), tmp_path / "plan"
    write_case(case, tmp_path / "case")
    status, told = told_to_end("refocusing", tmp_path / "case", out)
    assert (status, told["status"]) == (1, "feasible")
    assert told == json.loads((out / "explanation.json").read_text("utf-8"))
    units = {(row["regency"], row["measure"]): int(row["units"]) for row in rows(out / "plan.csv")}
    after = {row["line"]: int(row["after"]) for row in rows(out / "lines_after.csv")}
    assert not breaches(case, Plan(units, after))
    for stage in ("worst", "relief"):
        assert told["stages"][stage]["value"] <= told["stages"][stage]["bound"]
    assert told["stages"]["change"]["bound"] <= told["stages"]["change"]["value"]


def test_match_told_to_end_leaves_a_lawful_answer(tmp_path):
    case, out = invented(60, 520, 4, 24, 1), tmp_path / "answer"
    write_matching(case, tmp_path / "case")
    status, told = told_to_end("matching", tmp_path / "case", out)
    assert (status, told["status"]) == (1, "feasible")
    parts = {
        (row["need"], row["supplier"], row["firm"]): int(row["quantity"])
        for row in rows(out / "parts.csv")
    }
    assert parts
    assert not broken_by_parts(case, parts)


def test_what_is_done_before_term_is_what_counts():
    before = signal.getsignal(signal.SIGTERM)
    assert worked_out(lambda: "all", lambda: "some") == ("all", False)
    assert signal.getsignal(signal.SIGTERM) == before


def test_work_that_fails_fails_where_it_was_asked_for():
    with pytest.raises(ZeroDivisionError):
        worked_out(lambda: 1 / 0, lambda: "some")


def test_term_while_at_work_brings_the_best_so_far_and_no_other_term_spoils_its_writing():
    def work():
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(1)
        return "all"

    before = signal.getsignal(signal.SIGTERM)
    try:
        assert worked_out(work, lambda: "some") == ("some", True)
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)


def test_ctrl_c_ends_a_core_without_waiting_for_its_solvers():
    module = "pulih.casefiles.stopping"
    program = f"import time, {module} as it; it.worked_out(lambda: time.sleep(50), str)"
    process = subprocess.Popen([sys.executable, "-c", program])
    until(lambda: listens(process.pid))
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 130
