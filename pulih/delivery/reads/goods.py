"""What lies where of an activity's goods, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, Sum

from pulih.budget.models import AmountKind, Entry, Posting

from ..models import Activity, Item, Move, MoveKind, Spot, Stock


@dataclass(frozen=True)
class Standing:
    """One item: how much lies at each spot, how much ever came and went by kind, what it is worth.

    value: rupiah of all that is still there.
    """

    item: Item
    at: dict[str, int]
    by_kind: dict[str, int]
    value: int


def of_activity(activity: Activity) -> list[Standing]:
    items = list(activity.items.order_by("name"))
    stocks = list(Stock.objects.filter(item__in=items))
    sums = Move.objects.filter(item__in=items).values("item", "kind").annotate(n=Sum("quantity"))
    moved = {(one["item"], one["kind"]): one["n"] for one in sums.order_by()}
    found = []
    for item in items:
        here = [one for one in stocks if one.item_id == item.pk]
        at = {one.spot: one.quantity for one in here}
        found.append(
            Standing(
                item=item,
                at={spot: at.get(spot, 0) for spot in Spot.values},
                by_kind={kind: moved.get((item.pk, kind), 0) for kind in MoveKind.values},
                value=sum(one.value for one in here),
            )
        )
    return found


def paid_sum(payment: Posting) -> int:
    """Return what an SP2D paid, less what came back of it, in rupiah."""
    of = Q(posting=payment) | Q(posting__refers_to=payment)
    entries = Entry.objects.filter(of, amount_kind=AmountKind.REALISATION)
    return int(entries.aggregate(total=Sum("rupiah"))["total"] or 0)


def bought_by(payment: Posting) -> int:
    """Return what goods name an SP2D as their payment, in rupiah."""
    return int(Move.objects.filter(paid_by=payment).aggregate(total=Sum("value"))["total"] or 0)
