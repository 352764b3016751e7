"""What grants leave on the state's books."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import Kind
from pulih.lists.figures import Definition, define
from pulih.people.permissions import Permission

from .lists import CASES
from .reads import on_the_books

ON_THE_BOOKS = define(
    Definition(
        key="grants.on_the_books",
        words=_("Grants on the books"),
        definition=_("Value of goods whose grant has begun and is not closed; stopped ones stay."),
        kind=Kind.RUPIAH,
        permission=Permission.SEE_ACTIVITIES,
        filters=CASES.filters,
        compute=lambda asked: CASES.sums(on_the_books(CASES.bare(asked)))["value"],
        rows="grants:list",
        asks={"open": "1"},
        adds="value",
        head="Nilai",
        api="grants/cases",
    )
)
