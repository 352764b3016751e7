"""Each night every room proves its totals, and the record keeps what came of it for a page."""

from __future__ import annotations

import structlog
from procrastinate.contrib.django import app

from pulih.config import reconcile
from pulih.config.rooms import rooms_with

log = structlog.get_logger(__name__)


# At 02.33 in Jakarta, when nobody waits for the database.
@app.periodic(cron="33 19 * * *")
@app.task(name="administration.check_rooms", queueing_lock="administration.check_rooms")
def check_rooms(timestamp: int) -> None:
    """Do what `pulih check` does, room by room, and keep it."""
    from pulih.administration.room_checks import keep
    from pulih.people.scope import speaking_as_system

    with speaking_as_system() as system:
        found = reconcile.differences()
        # As `pulih check` says it: the room, a colon, what differs there.
        by_room: dict[str, list[str]] = {name: [] for name in (*_rooms(), reconcile.SCHEMA)}
        for one in found:
            name, _colon, sentence = one.partition(": ")
            by_room[name].append(sentence)
        counted = reconcile.verified()
        keep(
            {
                name: {
                    "verified": [
                        {"id": what.id, "en": what.en, "number": number}
                        for what, number in counted[name].items()
                    ],
                    "differences": sentences,
                }
                for name, sentences in by_room.items()
            },
            by=system,
        )
    if found:
        log.error("rooms.differ", differences=len(found))


def _rooms() -> list[str]:
    return [package.removeprefix("pulih.") for package in rooms_with("reconcile.py")]
