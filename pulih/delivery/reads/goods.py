"""What lies where of an activity's goods, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q, Sum

from pulih.budget.models import AmountKind, BudgetLine, Entry, Posting
from pulih.market.models import Order
from pulih.people.models import User

from ..models import Activity, Batch, Cohort, Item, Move, MoveKind, Spot, Stock
from ..rules.goods import UNDONE_BY

MOST_ORDERS = 50  # That are proposed; any other can be typed by its number.


@dataclass(frozen=True)
class ItemStock:
    """One item: how much lies at each spot, how much ever came and went by kind, what it is worth.

    by_kind: counts of receivers as they were corrected.
    value: rupiah of all that is still there.
    """

    item: Item
    at: dict[str, int]
    by_kind: dict[str, int]
    value: int


def of_activity(activity: Activity) -> list[ItemStock]:
    items = list(activity.items.order_by("name"))
    stocks = list(Stock.objects.filter(item__in=items))
    sums = Move.objects.filter(item__in=items).values("item", "kind").annotate(n=Sum("quantity"))
    moved = {(one["item"], one["kind"]): one["n"] for one in sums.order_by()}
    found = []
    for item in items:
        here = [one for one in stocks if one.item_id == item.pk]
        at = {one.spot: one.quantity for one in here}
        by_kind = {kind: moved.get((item.pk, kind), 0) for kind in MoveKind.values}
        for kind, undone_by in UNDONE_BY.items():
            by_kind[kind] -= by_kind[undone_by]
        found.append(
            ItemStock(
                item=item,
                at={spot: at.get(spot, 0) for spot in Spot.values},
                by_kind=by_kind,
                value=sum(one.value for one in here),
            )
        )
    return found


@dataclass(frozen=True)
class Made:
    """What was made of an item at once, and the material that it is worth; None where none was.

    makers: the classes that made it; standard: "" where there was none yet, or nobody said.
    """

    made: Move
    used: Move | None
    makers: Sequence[Cohort] = ()
    standard: str = ""


def made_of(activity: int, item: Item | None = None) -> list[Made]:
    """Return what an activity made, of one item or of all, the first batch first."""
    rows = Batch.objects.filter(item__activity=activity).order_by("made")
    batches = list(rows.select_related("made__item", "made__session__cohort", "used__item"))
    cohorts = Cohort.objects.in_bulk({key for one in batches for key in one.makers})
    known = [
        Made(one.made, one.used, [cohorts[key] for key in one.makers], one.standard)
        for one in batches
    ]
    told = {move for one in batches for move in (one.made_id, one.used_id)}
    found = [*_paired(activity, told), *known]
    return [one for one in found if item is None or one.made.item_id == item.pk]


def _paired(activity: int, told: Collection[int | None]) -> list[Made]:
    """Pair the moves that are older than batches: of one day, session and worth."""
    moves = Move.objects.filter(
        item__activity=activity, kind__in=(MoveKind.USED, MoveKind.MADE)
    ).exclude(pk__in=[key for key in told if key])
    found: list[Made] = []
    unused: list[Move] = []
    for move in moves.select_related("item", "session__cohort").order_by("pk"):
        if move.kind == MoveKind.USED:
            unused.append(move)
            continue
        said = (move.day, move.session_id, move.value)
        same = [one for one in unused if (one.day, one.session_id, one.value) == said]
        used = same[-1] if same and move.value else None
        if used:
            unused.remove(used)
        makers = [move.session.cohort] if move.session else []
        found.append(Made(move, used, makers, move.item.standard))
    return found


@dataclass(frozen=True)
class Purchase:
    """What was bought, and the lines of the budget that its SP2D paid from."""

    move: Move
    lines: Sequence[BudgetLine]


def purchases_of(activity: int) -> list[Purchase]:
    """Return what an activity bought, each with the way of its money."""
    moves = Move.objects.filter(item__activity=activity, kind=MoveKind.BOUGHT)
    bought = list(moves.select_related("item").order_by("pk"))
    paid = Entry.objects.filter(
        posting__in={one.paid_by_id for one in bought}, amount_kind=AmountKind.REALISATION
    )
    lines: dict[int, dict[int, BudgetLine]] = defaultdict(dict)
    for entry in paid.select_related("line__unit").order_by("pk"):
        lines[entry.posting_id][entry.line_id] = entry.line
    return [Purchase(one, list(lines[one.paid_by_id or 0].values())) for one in bought]


def paid_sum(payment: Posting) -> int:
    """Return what an SP2D paid, less what came back of it, in rupiah."""
    of = Q(posting=payment) | Q(posting__refers_to=payment)
    entries = Entry.objects.filter(of, amount_kind=AmountKind.REALISATION)
    return int(entries.aggregate(total=Sum("rupiah"))["total"] or 0)


def bought_by(payment: Posting) -> int:
    """Return what goods name an SP2D as their payment, in rupiah."""
    return int(Move.objects.filter(paid_by=payment).aggregate(total=Sum("value"))["total"] or 0)


def orders_for(activity: Activity, by: User) -> list[Order]:
    """Return the orders of makers around an activity whose goods it may hand over."""
    rows = Order.objects.to_hand_over(by).select_related(
        "need__buyer", "need__product", "group", "enterprise"
    )
    place = (
        {"regency": activity.regency} if activity.regency_id else {"province": activity.province}
    )
    return list(rows.filter(**place).order_by("ready_by", "pk")[:MOST_ORDERS])
