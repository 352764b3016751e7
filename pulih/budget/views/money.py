"""What the national, province, unit and line pages have in common: curve, ages, blocks."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from django.utils.http import urlencode

from pulih.lists import pages
from pulih.lists.figures import as_read
from pulih.lists.listing import Listing
from pulih.lists.pages import ShownList
from pulih.people.access import PersonRequest
from pulih.people.models import User
from pulih.web.as_of import AsOf

from .. import figures
from ..figures import stated_amounts
from ..models.lines import BudgetLineQuerySet
from ..presenters import curve
from ..reads.absorption import absorption
from ..reads.commitments import Owed, ages_of, by_age
from ..reads.documents import holds
from ..rules.amounts import Amounts


def money(
    lines: BudgetLineQuerySet, whole: Amounts, person: User, seen: AsOf, asked: dict[str, int],
    owed: list[Owed] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return the context of the shared cards. asked: what the linked lists are filtered by.

    owed: what is unpaid, where it has been read already.
    """
    if owed is None:
        ages = by_age(lines, seen.day, seen.known)
    else:
        ages = ages_of((one.age_days, one.rupiah) for one in owed)
    blocks = holds(lines, seen.day, seen.known)
    unpaid, documents = sum(age.rupiah for age in ages), sum(age.count for age in ages)
    blocked = sum(block.rupiah for block in blocks)
    return {
        "stated": stated_amounts(whole, person, seen, asked)
        | {"unpaid": as_read(figures.UNPAID_MONEY, unpaid, person, seen, asked)},
        "curve": curve(absorption(lines, asked["year"], whole, seen.day, seen.known)),
        "ages": [
            (
                age,
                as_read(figures.UNPAID_MONEY, age.rupiah, person, seen, {**asked, "age": number}),
                as_read(
                    figures.UNPAID_DOCUMENTS, age.count, person, seen, {**asked, "age": number}
                ),
            )
            for number, age in enumerate(ages)
        ],
        "reserved_for": as_read(figures.RESERVED_FOR, whole.reserved, person, seen, asked),
        "unpaid_total": as_read(figures.UNPAID_MONEY, unpaid, person, seen, asked),
        "unpaid_count": as_read(figures.UNPAID_DOCUMENTS, documents, person, seen, asked),
        "holds": blocks[:5],
        "hold_count": len(blocks),
        "hold_total": as_read(figures.BLOCKED_WHY, blocked, person, seen, asked),
        "realised_share": whole.realised / whole.ceiling if whole.ceiling else None,
        "query": urlencode(asked),
        "seen": seen,
        "day": seen.day,
    }


def part_of_read(
    request: PersonRequest, listing: Listing, rows: Sequence[Any], whole: str,
    without: AbstractSet[str], **asked: int,
) -> ShownList:  # fmt: skip
    """Return a list within a page with rows that the page has read already."""
    read = replace(listing, source=lambda _asked: rows, filters=(), dress=None, add_up=None)
    return pages.part(request, read, whole, without, **asked)
