"""Sealing: each minute one seal over the heads of all lines that changed."""

from typing import NamedTuple

from django.db import connection, transaction


class Sealed(NamedTuple):
    """The seal that was made, and over how many lines; None when nothing had changed."""

    seal_id: int | None
    lines: int


@transaction.atomic
def seal() -> Sealed:
    """Seal what changed since the last seal, as Pulih itself; postings wait for nothing here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seal, lines FROM budget_seal()")
        return Sealed(*cursor.fetchone())
