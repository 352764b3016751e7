"""What the treasury's room adds up to: taxes that were withheld, and those past their day."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import Kind
from pulih.lists.figures import Definition, define
from pulih.people.permissions import Permission

from .tax_lists import TAXES, past_their_day

WITHHELD = define(
    Definition(
        key="treasury.withheld",
        words=_("Taxes withheld"),
        definition=_("What payment requests withheld as tax, paid in or not."),
        kind=Kind.RUPIAH,
        permission=Permission.SEE_BUDGET,
        filters=TAXES.filters,
        compute=lambda asked: TAXES.sums(TAXES.rows(asked))["rupiah"],
        rows="treasury:taxes",
        adds="rupiah",
        head="Dipotong",
        api="budget/taxes",
    )
)
LATE = define(
    Definition(
        key="treasury.late_taxes",
        words=_("Taxes past their day"),
        definition=_("What treasurers withheld and should have paid in by now."),
        kind=Kind.RUPIAH,
        permission=Permission.SEE_BUDGET,
        filters=TAXES.filters,
        compute=lambda asked: TAXES.sums(past_their_day(TAXES.rows(asked)))["rupiah"],
        rows="treasury:taxes",
        asks={"state": "late"},
        adds="rupiah",
        head="Dipotong",
        api="budget/taxes",
    )
)
