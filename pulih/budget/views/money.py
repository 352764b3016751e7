"""What the national, province, unit and line pages have in common: curve, ages, blocks."""

from typing import Any

from pulih.web.as_of import AsOf

from ..models.lines import BudgetLineQuerySet
from ..reads.absorption import absorption
from ..reads.commitments import by_age
from ..reads.documents import holds
from ..rules.amounts import Amounts
from ..showing import curve


def money(
    lines: BudgetLineQuerySet, year: int, whole: Amounts, seen: AsOf, query: str
) -> dict[str, Any]:
    """Return the context of the shared cards. query: what the linked lists are filtered by."""
    ages = by_age(lines, seen.day, seen.known)
    blocks = holds(lines, seen.day, seen.known)
    return {
        "curve": curve(absorption(lines, year, whole, seen.day, seen.known)),
        "ages": ages,
        "unpaid_total": sum(age.rupiah for age in ages),
        "unpaid_count": sum(age.count for age in ages),
        "holds": blocks[:5],
        "hold_count": len(blocks),
        "hold_total": sum(block.rupiah for block in blocks),
        "realised_share": whole.realised / whole.ceiling if whole.ceiling else None,
        "query": query,
        "seen": seen,
        "day": seen.day,
    }
