"""Sixty-four writers, their processes and the server killed, and not one rupiah lost or doubled."""

import os
from pathlib import Path

import pytest

from tests.ledger.apart import said_by

PAPERS = int(os.environ.get("PULIH_CRASH_PAPERS", "15"))


@pytest.mark.slow  # A server of its own with fsync on, killed and recovered several times.
@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="somebody else's server is not killed")
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's list of processes")
def test_no_crash_loses_doubles_or_overspends_a_rupiah():
    said = said_by("tests.ledger.crash", PAPERS)
    assert {"program", "backend", "server"} <= set(said["killed"])
    assert 64 < said["passed"] < said["answered"]  # Some papers no longer fitted.
    assert said["lost"] == []
    assert said["unasked"] == []
    assert said["realised"] == said["committed"] == said["passed_rupiah"]
    assert said["overspent"] == 0
    assert said["differences"] == 0
