"""Keeping the public totals fresh without being asked."""

from typing import Any

from procrastinate.contrib.django import app

from pulih.people.scope import speaking_as_system

from . import actions


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="portal.refresh_totals", pass_context=False)
def refresh_totals(timestamp: int, **_: Any) -> None:
    """Make the public totals anew every five minutes."""
    with speaking_as_system() as system:
        actions.refresh_totals(by=system)
