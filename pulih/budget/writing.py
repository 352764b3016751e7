"""Which action writes the document that follows another: the same for pages and programs."""

from typing import Any

from . import actions
from .models import BudgetLine, DocumentKind, Posting


def hold(
    line: BudgetLine, *, kind: str, blocked_by: Posting | None, **letter: Any
) -> actions.Posted:
    """Block part of a line, or release what a document blocked, by a letter. May refuse."""
    if kind == "block" or blocked_by is None:
        return actions.block(line, **letter)
    return actions.release(line, blocked_by=blocked_by, **letter)


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
