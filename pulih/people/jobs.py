"""What the clock does for people."""

from procrastinate.contrib.django import app

from . import sign_ins
from .scope import speaking_as_system


@app.periodic(cron="23 * * * *")
@app.task(name="people.clear_sign_ins", pass_context=False)
def clear_sign_ins(timestamp: int) -> None:
    """Each hour: forget sign-ins that are over."""
    with speaking_as_system():
        sign_ins.clear_expired()
