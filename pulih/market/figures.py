"""What the market counts: makers of a product whose capacity counts in a match."""

from __future__ import annotations

from typing import cast

from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import Kind
from pulih.lists.figures import Definition, define
from pulih.lists.filters import Asked
from pulih.people.permissions import Permission

from .lists import CAPACITIES, counting
from .models import Capacity
from .rules.freshness import LEFT_OUT_AFTER_DAYS


def makers(asked: Asked) -> int:
    return counting(cast(QuerySet[Capacity], CAPACITIES.rows(asked)), asked.seen.day).count()


MAKERS = define(
    Definition(
        key="market.makers",
        words=_("Makers whose capacity counts"),
        definition=format_lazy(
            _(
                "Capacities of firms that a list names, each firm once a product; without those"
                " that nobody has confirmed for more than {days} days, which matches leave out."
            ),
            days=LEFT_OUT_AFTER_DAYS,
        ),
        kind=Kind.WHOLE,
        permission=Permission.SEE_MARKET,
        filters=CAPACITIES.filters,
        compute=makers,
        rows="market:capacities",
        asks={"age": "counting"},
        api="market/capacities",
    )
)
