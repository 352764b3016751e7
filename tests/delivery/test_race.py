"""Seats and goods under kills: nobody sits twice or is lost, no stock is below what is there."""

import os
from pathlib import Path

import pytest

from tests.delivery.race import WRITERS, WRONG
from tests.ledger.apart import said_by

PAPERS, KILLS = 4, 3


@pytest.mark.slow  # A server of its own with fsync on, killed and recovered.
@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="somebody else's server is not killed")
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's list of processes")
def test_no_kill_seats_anybody_twice_or_loses_people_or_goods():
    said = said_by("tests.delivery.race", PAPERS, KILLS)
    assert set(said["killed"]) == {"program", "backend", "server"}
    assert said["answered"] == WRITERS * PAPERS
    assert said["yielded"] == said["people"] == said["claims"] // 2
    assert min(said["moves"], said["hand-overs"]) > 0
    assert {one: said[one] for one in WRONG} == {one: [] for one in WRONG}
