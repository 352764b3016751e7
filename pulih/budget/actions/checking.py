"""Does the ledger agree with itself? Balances rebuilt, chains and seals recomputed."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection

from ..sql import sql

CHECKS = (
    *("counts", "postings", "entries", "heads", "seals", "sums", "days", "chains"),
    *("promises", "revenue", "contract_years"),
)  # fmt: skip


class Difference(NamedTuple):
    """A balance that its entries do not explain, in rupiah."""

    line_id: int
    line_key: str
    amount: str
    kept: int
    from_entries: int


class Finding(NamedTuple):
    """One thing that is not as it was posted; parts that say nothing are None."""

    what: str
    kind: str | None
    number: str | None
    line_key: str | None
    was: int | None
    found: int | None


def check_balances() -> list[Difference]:
    """Rebuild every visible balance from its entries and return what does not match."""
    with connection.cursor() as cursor:
        cursor.execute(sql("checks/balances"))
        return [
            Difference(line, key, amount, int(kept), int(rebuilt))
            for line, key, amount, kept, rebuilt in cursor.fetchall()
        ]


def check_chains() -> Iterator[Finding]:
    """Yield whatever was edited, deleted, added or reordered behind the ledger's back."""
    for check in CHECKS:
        with connection.cursor() as cursor:
            cursor.execute(sql(f"checks/{check}"))
            yield from map(Finding._make, cursor.fetchall())
