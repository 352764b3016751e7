"""Whether filed months of the treasurers' books still say what was filed, for `pulih check`."""

from collections.abc import Iterator
from itertools import groupby

from pulih.common.errors import Message

from .models import FiledMonth
from .reads.books import books_of
from .rules.books import digest

MONTHS = Message("bulan buku bendahara yang dilaporkan", "filed months of treasurers' books")


def differences() -> Iterator[str]:
    """Yield a sentence for each filed month whose rows or sums are other ones today."""
    every = FiledMonth.objects.select_related("unit")
    in_order = every.order_by("unit__code", "unit_id", "fiscal_year", "month")
    for (_unit, year), months in groupby(in_order, key=lambda one: (one.unit_id, one.fiscal_year)):
        yield from _of_year(year, list(months))


def _of_year(year: int, filed: list[FiledMonth]) -> Iterator[str]:
    books = books_of(filed[0].unit, year)
    for one in filed:
        if digest(books[one.month - 1]) != one.digest:
            yield f"unit {one.unit.code}: month {one} is not what the treasurer filed"


def verified() -> dict[Message, int]:
    return {MONTHS: FiledMonth.objects.count()}
