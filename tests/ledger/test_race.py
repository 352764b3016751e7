"""Reserving, drawing, releasing and refocusing under kills: no rupiah promised twice or lost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAPERS, KILLS = 12, 4
WRONG = (
    "lost", "unasked", "twice", "unlawful", "not what promises hold", "not what was answered",
)  # fmt: skip


@pytest.mark.slow  # A server of its own with fsync on, killed and recovered.
@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="somebody else's server is not killed")
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's list of processes")
def test_no_kill_lets_a_rupiah_be_promised_twice_or_lost():
    done = subprocess.run(
        [sys.executable, "-m", "tests.ledger.race", str(PAPERS), str(KILLS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    said = json.loads(done.stdout)
    assert set(said["killed"]) == {"program", "backend", "server"}
    assert said["passed"] + said["refused"] == 32 * PAPERS
    assert min(said["kinds"].values()) > 0
    assert {one: said[one] for one in WRONG} == {one: [] for one in WRONG}
    assert said["differences"] == 0
