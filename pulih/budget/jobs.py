"""What the clock does for the budget."""

from procrastinate.contrib.django import app

from pulih.people.scope import speaking_as_system

from . import actions


@app.periodic(cron="* * * * *")
@app.task(name="budget.seal", queueing_lock="budget.seal", pass_context=False)
def seal(timestamp: int) -> None:
    """Seal, every minute, the lines that changed since the last seal."""
    with speaking_as_system():
        actions.seal()
