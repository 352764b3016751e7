"""Reserving, drawing, releasing and refocusing under kills: no rupiah promised twice or lost."""

from tests.ledger.apart import kills_its_server, said_by
from tests.ledger.race import WRONG

PAPERS, KILLS = 12, 4


@kills_its_server
def test_no_kill_lets_a_rupiah_be_promised_twice_or_lost():
    said = said_by("tests.ledger.race", PAPERS, KILLS)
    assert set(said["killed"]) == {"program", "backend", "server"}
    assert said["passed"] + said["refused"] == 32 * PAPERS
    assert min(said["kinds"].values()) > 0
    assert {one: said[one] for one in WRONG} == {one: [] for one in WRONG}
    assert said["differences"] == 0
