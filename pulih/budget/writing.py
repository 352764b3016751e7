"""Which action writes the document that follows another: the same for pages and programs."""

from typing import Any

from . import actions
from .models import DocumentKind, Posting


def following(
    kind: DocumentKind, parent: Posting, amounts: dict[int, int], said: dict[str, Any]
) -> actions.Posted:
    """Post the document of `kind` that follows `parent`. amounts: rupiah by line id. May refuse."""
    unit, year = parent.unit, parent.fiscal_year
    match kind:
        case DocumentKind.REQUEST:
            return actions.request_payment(
                unit, amounts, fiscal_year=year, commitment=parent, **said
            )
        case DocumentKind.ORDER:
            return actions.order_payment(parent, amounts=amounts, **said)
        case DocumentKind.PAYMENT:
            said |= {"refers_to": parent, "method": parent.method}
            return actions.pay(unit, amounts, fiscal_year=year, **said)
        case _:
            return actions.give_back(parent, amounts, **said)
