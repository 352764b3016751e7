"""Buying, making and losing goods: every change is a move that is added."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.budget.identity import NumberKey
from pulih.budget.models import DocumentKind, Posting
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.web import numbers

from ..models import Activity, Handover, Item, Move, Session, Spot, Stock
from ..reads.goods import bought_by, paid_sum
from ..reads.payments import promise_of
from ..rules.goods import ROUTES
from .activities import place_of


@transaction.atomic
def add_item(activity: Activity, *, name: str, unit: str, standard: str, by: User) -> Item:
    """Name something that an activity buys or makes. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, place_of(activity))
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if activity.items.filter(name__iexact=name).exists():
        raise Refusal(_("“%(name)s” is there already. Give it another name.") % {"name": name})
    item: Item = activity.items.create(
        name=name, unit=unit, standard=standard,
        province_id=activity.province_id, regency_id=activity.regency_id,
    )  # fmt: skip
    record(by, "delivery.add_item", item, activity=activity.pk)
    return item


@transaction.atomic
def move(
    item: Item, *, kind: str, quantity: int, day: date, by: User, today: date, **more: Any
) -> Move:
    """Move goods the way of their kind. more: value, payment, reason. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, place_of(item.activity))
    lock(item)
    if ROUTES[kind].needs_reason and not more.get("reason"):
        raise Refusal(_("Say why: goods that are scrapped, lost or come back need a reason."))
    if kind == "bought" and not (more.get("payment") and more.get("value")):
        raise Refusal(_("What is bought names the SP2D that paid for it, and its amount."))
    if kind != "bought" and (more.get("payment") or more.get("value")):
        raise Refusal(_("Only what is bought names a payment and an amount."))
    if kind == "bought":
        more["paid_by"] = paid_by(item.activity, more["payment"], more["value"])
    made = add(item, kind=kind, quantity=quantity, day=day, by=by, today=today, **more)
    record(by, "delivery.move", item, kind=kind, quantity=quantity)
    return made


@transaction.atomic
def make_batch(
    product: Item, *, quantity: int, material: Item | None, used: int, day: date,
    session: Session | None, by: User, today: date,
) -> Move:  # fmt: skip
    """Turn material with the class into products, which then wait for their check. May refuse.

    The products are worth what the material was. session: in which they were made.
    """
    require(by, Permission.RUN_ACTIVITIES, place_of(product.activity))
    lock(*filter(None, (product, material)))
    if (material is None) != (used == 0) or material == product:
        raise Refusal(_("Name the material and how much of it was used, or leave both out."))
    value = 0
    if material is not None:
        spent = add(
            material, kind="used", quantity=used, day=day, by=by, today=today, session=session
        )
        value = spent.value
    made = add(
        product, kind="made", quantity=quantity, value=value, day=day, session=session, by=by,
        today=today,
    )  # fmt: skip
    record(by, "delivery.make", product, quantity=quantity, used=used)
    return made


def lock(*items: Item) -> None:
    """Let one writer at a time move these items; in one order, so that nobody waits for ever."""
    rows = Item.objects.filter(pk__in=[item.pk for item in items]).order_by("pk")
    list(rows.select_for_update(of=("self",)))


def add(
    item: Item, *, kind: str, quantity: int, day: date, by: User, today: date, value: int = 0,
    payment: str = "", reason: str = "", session: Session | None = None,
    handover: Handover | None = None, paid_by: Posting | None = None,
) -> Move:  # fmt: skip
    """Add one move within an action that holds the item's lock. May refuse."""
    route = ROUTES[kind]
    if day > today:
        raise Refusal(
            _("%(day)s lies ahead. Record it when it has happened.") % {"day": numbers.day(day)}
        )
    if route.source:
        _refuse_more_than_there_is(item, route.source, quantity)
        _refuse_before_it_was_there(item, route.source, day)
    made = Move(
        item=item, province_id=item.province_id, regency_id=item.regency_id, kind=kind,
        from_spot=route.source, to_spot=route.target, quantity=quantity, value=value, day=day,
        payment=payment, reason=reason, session=session, handover=handover, by=by,
        paid_by=paid_by,
    )  # fmt: skip
    made.save()
    made.refresh_from_db(fields=["value"])
    return made


def paid_by(activity: Activity, number: str, value: int) -> Posting | None:
    """Return the SP2D of the ledger that paid for goods of a funded activity. May refuse.

    None where no money is set aside for the activity: then the number stands as it was typed.
    """
    if (promise := promise_of(activity)) is None:
        return None
    key = NumberKey(F("document_number"))
    payments = promise.postings.filter(document_kind=DocumentKind.PAYMENT, reversed_by=None)
    found: Posting | None = payments.annotate(key=key).filter(key=NumberKey(Value(number))).first()
    if found is None:
        raise Refusal(
            _(
                "SP2D %(number)s is not among the payments of the proposal that funds this "
                "activity. Record it in the ledger first, or correct the number."
            )
            % {"number": number}
        )
    left = paid_sum(found) - bought_by(found)
    if value > left:
        raise Refusal(
            _("%(document)s paid %(left)s that no other goods name, not %(value)s. Correct it.")
            % {
                "document": found, "left": numbers.rupiah(left), "value": numbers.rupiah(value),
            }
        )  # fmt: skip
    return found


def _refuse_more_than_there_is(item: Item, spot: str, quantity: int) -> None:
    stock = Stock.objects.filter(item=item, spot=spot).first()
    there = stock.quantity if stock else 0
    if quantity > there:
        raise Refusal(
            _("%(n)s %(unit)s of %(item)s asked for, %(there)s %(spot)s. Nothing was saved.")
            % {
                "n": numbers.whole(quantity), "unit": item.unit, "item": item,
                "there": numbers.whole(there), "spot": Spot(spot).label,
            }
        )  # fmt: skip


def _refuse_before_it_was_there(item: Item, spot: str, day: date) -> None:
    first = item.moves.filter(to_spot=spot).order_by("day").first()
    if first and day < first.day:
        raise Refusal(
            _("On %(day)s none of it was there yet; the first came on %(first)s.")
            % {"day": numbers.day(day), "first": numbers.day(first.day)}
        )
