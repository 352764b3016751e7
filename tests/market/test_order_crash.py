"""Sixty-four writers, their processes and the server killed: no order lost, doubled or too many."""

import os

from tests.ledger.apart import kills_its_server, said_by

PAPERS = int(os.environ.get("PULIH_CRASH_PAPERS", "3"))


@kills_its_server
def test_no_crash_loses_doubles_or_overfills_an_order():
    said = said_by("tests.market.order_crash", PAPERS)
    assert {"program", "backend", "server"} <= set(said["killed"])
    assert 64 < said["passed"] < said["answered"]  # Some no longer fitted the needs.
    assert said["lost"] == said["unasked"] == []
    assert said["doubled"] == 0
    assert max(said["ordered"]) == 3_000  # Filled, and never beyond.
