"""What proposals add up to."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import Kind
from pulih.lists.figures import Definition, define
from pulih.people.permissions import Permission

from .lists import PROPOSALS

PROPOSED = define(
    Definition(
        key="proposals.proposed",
        words=_("Money asked for in proposals"),
        definition=_("What proposals cost by their newest plan, in whichever state they are."),
        kind=Kind.RUPIAH,
        permission=Permission.SEE_PROPOSALS,
        filters=PROPOSALS.filters,
        compute=lambda asked: PROPOSALS.sums(PROPOSALS.rows(asked))["asked"],
        rows="proposals:list",
        adds="asked",
        head="Diusulkan",
        api="proposals/",
    )
)
