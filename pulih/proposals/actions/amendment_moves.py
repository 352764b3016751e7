"""What becomes of an amendment, by the name of the move."""

from datetime import date

from pulih.people.models import User

from ..models import Amendment
from . import amending

PLAIN = {"check": amending.check, "accept": amending.accept}
REASONED = {
    "refuse": amending.refuse,
    "refuse_checked": amending.refuse,
    "withdraw": amending.withdraw,
}
EVERY = ("grant", *PLAIN, *REASONED)


def take(
    amendment: Amendment, move: str, *, reason: str, effective_on: date, seen: int | None, by: User
) -> None:
    """Take a move of EVERY. effective_on: the day of money that moves. May refuse."""
    if move == "grant":
        amending.grant(amendment, effective_on=effective_on, seen=seen, by=by)
    elif move in PLAIN:
        PLAIN[move](amendment, seen=seen, by=by)
    else:
        REASONED[move](amendment, reason=reason, seen=seen, by=by)
