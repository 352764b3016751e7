"""Sixty-four writers, their processes and the server killed, and not one rupiah lost or doubled."""

import os

from tests.ledger.apart import kills_its_server, said_by

PAPERS = int(os.environ.get("PULIH_CRASH_PAPERS", "15"))


@kills_its_server
def test_no_crash_loses_doubles_or_overspends_a_rupiah():
    said = said_by("tests.ledger.crash", PAPERS)
    assert {"program", "backend", "server"} <= set(said["killed"])
    assert 64 < said["passed"] < said["answered"]  # Some papers no longer fitted.
    assert said["lost"] == []
    assert said["unasked"] == []
    assert said["realised"] == said["committed"] == said["passed_rupiah"]
    assert said["overspent"] == 0
    assert said["differences"] == 0
