"""Whether filed months of the treasurers' books still say what was filed, for `pulih check`."""

from collections.abc import Iterator

from pulih.common.errors import Message

from .actions import still_reproduces
from .models import FiledMonth

MONTHS = Message("bulan buku bendahara yang dilaporkan", "filed months of treasurers' books")


def differences() -> Iterator[str]:
    """Yield a sentence for each filed month whose rows or sums are other ones today."""
    for one in FiledMonth.objects.select_related("unit").order_by("unit__code", "pk"):
        if not still_reproduces(one):
            yield f"unit {one.unit.code}: month {one} is not what the treasurer filed"


def verified() -> dict[Message, int]:
    return {MONTHS: FiledMonth.objects.count()}
