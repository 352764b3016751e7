"""Seats and goods under kills: nobody sits twice or is lost, no stock is below what is there."""

from tests.delivery.race import WRITERS, WRONG
from tests.ledger.apart import kills_its_server, said_by

PAPERS, KILLS = 4, 3


@kills_its_server
def test_no_kill_seats_anybody_twice_or_loses_people_or_goods():
    said = said_by("tests.delivery.race", PAPERS, KILLS)
    assert set(said["killed"]) == {"program", "backend", "server"}
    assert said["answered"] == WRITERS * PAPERS
    assert said["yielded"] == said["people"] == said["claims"] // 2
    assert min(said["moves"], said["hand-overs"]) > 0
    assert {one: said[one] for one in WRONG} == {one: [] for one in WRONG}
