"""Sealing: each minute one seal over the lines and other rows that changed."""

from typing import NamedTuple

from django.db import connection, transaction

from .. import anchor


class Sealed(NamedTuple):
    """The seal that was made, and over how many lines; None when nothing had changed."""

    seal_id: int | None
    lines: int


@transaction.atomic
def seal() -> Sealed:
    """Seal what changed since the last seal, as Pulih itself; postings wait for nothing here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seal, lines FROM budget_seal()")
        sealed = Sealed(*cursor.fetchone())
    if sealed.seal_id is not None:
        anchor.keep(sealed.seal_id)
    return sealed
