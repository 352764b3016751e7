"""What the promise board hears of delivery."""

from django.db import connection

from pulih.proposals.board import Outcome


def outcomes(year: int) -> dict[int, Outcome]:
    """Return what became of promised money by province, for everybody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM delivery_board(%s)", [year])
        return {province: Outcome(*sums) for province, *sums in cursor.fetchall()}
