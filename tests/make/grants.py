"""Grants with defaults: 500 masks that a task force received in June 2020."""

from datetime import UTC, date, datetime
from typing import Any

from pulih.delivery.actions import handovers
from pulih.delivery.models import Handover, Item
from pulih.grants import actions
from pulih.grants.models import GrantCase, GrantPaper
from tests.make import delivery as make_delivery
from tests.people import cast

DAY = date(2020, 7, 1)
NOW = datetime(2020, 7, 1, 3, tzinfo=UTC)


def received(quantity: int = 500, number: str = "BAST-1", value: int = 1_000_000) -> Handover:
    """Hand goods over that are all received, or as many as `quantity` of 500."""
    item = make_delivery.stocked(make_delivery.activity(), 500, value)
    return received_of(item, quantity, number)


def received_of(item: Item, quantity: int, number: str = "BAST-1") -> Handover:
    """Hand over 500 of an item in store, of which so many are counted."""
    given = make_delivery.handover(item, number=number)
    missing = 500 - quantity
    return handovers.confirm(
        given, received=quantity, received_on=make_delivery.LAST, came_back=missing,
        reason="Robek" if missing else "", name="Sri", post="Staf", place="Gudang",
        by=cast.provincial_officer(), now=NOW, today=make_delivery.LAST,
    )  # fmt: skip


def case(of: Handover | None = None, **values: Any) -> GrantCase:
    usual = {"by": cast.provincial_officer(), "now": NOW, "today": DAY}
    return actions.open_case(of or received(), **{**usual, **values})


def take(of: GrantCase, step: str, **values: Any) -> GrantPaper:
    usual = {"number": f"{step}-1", "dated": DAY, "note": "", "by": cast.provincial_officer(),
             "now": NOW, "today": DAY}  # fmt: skip
    return actions.take(of, step=step, **{**usual, **values})
