"""Sixty-four writers, their processes and the server killed, and not one rupiah lost or doubled."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAPERS = int(os.environ.get("PULIH_CRASH_PAPERS", "15"))


@pytest.mark.slow  # A server of its own with fsync on, killed and recovered several times.
@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="somebody else's server is not killed")
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's list of processes")
def test_no_crash_loses_doubles_or_overspends_a_rupiah():
    done = subprocess.run(
        [sys.executable, "-m", "tests.ledger.crash", str(PAPERS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    said = json.loads(done.stdout)
    assert {"program", "backend", "server"} <= set(said["killed"])
    assert 64 < said["passed"] < said["answered"]  # Some papers no longer fitted.
    assert said["lost"] == []
    assert said["unasked"] == []
    assert said["realised"] == said["committed"] == said["passed_rupiah"]
    assert said["overspent"] == 0
    assert said["differences"] == 0
