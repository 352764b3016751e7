"""Buying, making and losing goods: every change is a move that is added."""

from __future__ import annotations

import json
from collections.abc import Collection
from contextlib import nullcontext
from datetime import date
from typing import Any, NoReturn

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Value
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.budget.actions.calls import prepared
from pulih.budget.actions.descriptions import rule_text
from pulih.budget.identity import NumberKey
from pulih.budget.models import DescriptionRuling, DocumentKind, Posting, Promise
from pulih.budget.reads.documents import chain_of
from pulih.common.database_errors import rule_of
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.people.scope import speaking_as_system
from pulih.web import numbers

from ..models import Activity, Batch, Cohort, Handover, Item, Move, PaymentList, Session, Spot
from ..reads.goods import bought_by, paid_sum
from ..reads.payments import promise_of
from ..rules.goods import ROUTES
from .activities import place_of

ADD_MOVE = (
    "SELECT move, value, recorded_at FROM delivery_move_goods(%(item)s, %(kind)s, %(from_spot)s,"
    " %(to_spot)s, %(quantity)s, %(value)s, %(day)s, %(payment)s, %(paid_by)s, %(session)s,"
    " %(handover)s, %(reason)s, %(by)s, %(verb)s)"
)


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
def rule_item_name(item: Item, *, kind: str, reason: str, by: User) -> DescriptionRuling:
    """State whether the name of a good names a person: only things become public. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, place_of(item.activity))
    ruling = rule_text(item.province_id, item.name, kind=kind, reason=reason, by=by)
    record(by, "delivery.rule_item_name", item, kind=kind)
    return ruling


def move(
    item: Item, *, kind: str, quantity: int, day: date, by: User, today: date, **more: Any
) -> Move:
    """Move goods the way of their kind. more: value, payment, reason. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, place_of(item.activity))
    if ROUTES[kind].needs_reason and not more.get("reason"):
        raise Refusal(_("Say why: goods that are scrapped, lost or come back need a reason."))
    if kind == "bought" and not (more.get("payment") and more.get("value")):
        raise Refusal(_("What is bought names the SP2D that paid for it, and its amount."))
    if kind != "bought" and (more.get("payment") or more.get("value")):
        raise Refusal(_("Only what is bought names a payment and an amount."))
    # Alone, the one statement that moves goods is a transaction of its own.
    is_alone = kind != "bought" and not connection.in_atomic_block
    with nullcontext() if is_alone else transaction.atomic():
        if kind == "bought":
            more["paid_by"] = paid_by(item.activity, more["payment"], more["value"])
        return add(
            item, kind=kind, quantity=quantity, day=day, by=by, today=today, verb="delivery.move",
            **more,
        )  # fmt: skip


@transaction.atomic
def make_batch(
    product: Item, *, quantity: int, material: Item | None, used: int, day: date,
    session: Session | None, by: User, today: date, makers: Collection[Cohort] = (),
    standard: str = "",
) -> Move:  # fmt: skip
    """Turn material with the class into products, which then wait for their check. May refuse.

    The products are worth what the material was. session: in which they were made. makers: the
    classes that made them together; empty for that of the session. standard: "" for none yet.
    """
    require(by, Permission.RUN_ACTIVITIES, place_of(product.activity))
    classes = _makers(product, session, makers)
    lock(*filter(None, (product, material)))
    if (material is None) != (used == 0) or material == product:
        raise Refusal(_("Name the material and how much of it was used, or leave both out."))
    value, spent = 0, None
    if material is not None:
        spent = add(
            material, kind="used", quantity=used, day=day, by=by, today=today, session=session
        )
        value = spent.value
    made = add(
        product, kind="made", quantity=quantity, value=value, day=day, session=session, by=by,
        today=today,
    )  # fmt: skip
    Batch.objects.create(
        item=product, province_id=product.province_id, regency_id=product.regency_id, made=made,
        used=spent, makers=classes, standard=standard.strip(),
    )  # fmt: skip
    record(by, "delivery.make", product, quantity=quantity, used=used)
    return made


def _makers(product: Item, session: Session | None, makers: Collection[Cohort]) -> list[int]:
    """Return the keys of the classes that made a batch. May refuse."""
    for one in makers:
        if one.activity_id != product.activity_id:
            raise Refusal(_("This class is of another activity. Choose one of this activity."))
    keys = sorted({one.pk for one in makers})
    if session is None:
        return keys
    if keys and session.cohort_id not in keys:
        raise Refusal(
            _("The session is one of %(cohort)s, which is not among the makers. Add it.")
            % {"cohort": session.cohort}
        )
    return keys or [session.cohort_id]


def lock(*items: Item) -> None:
    """Let one writer at a time move these items; in one order, so that nobody waits for ever."""
    rows = Item.objects.filter(pk__in=[item.pk for item in items]).order_by("pk")
    list(rows.select_for_update(of=("self",)))


def add(
    item: Item, *, kind: str, quantity: int, day: date, by: User, today: date, value: int = 0,
    payment: str = "", reason: str = "", session: Session | None = None,
    handover: Handover | None = None, paid_by: Posting | None = None, verb: str = "",
) -> Move:  # fmt: skip
    """Add one move within an action. May refuse.

    verb: by which the move itself is recorded; without one the action records what it did.
    """
    route = ROUTES[kind]
    if day > today:
        raise Refusal(
            _("%(day)s lies ahead. Record it when it has happened.") % {"day": numbers.day(day)}
        )
    made = Move(
        item=item, province_id=item.province_id, regency_id=item.regency_id, kind=kind,
        from_spot=route.source, to_spot=route.target, quantity=quantity, value=value, day=day,
        payment=payment, reason=reason, session=session, handover=handover, by=by,
        paid_by=paid_by,
    )  # fmt: skip
    try:
        with connection.wrap_database_errors:
            answer = prepared(connection).execute(ADD_MOVE, _values(made, verb), prepare=True)
            made.pk, made.value, made.recorded_at = answer.fetchone()
    except IntegrityError as error:
        _refuse(error, made)
    made._state.adding = False
    return made


def _values(made: Move, verb: str) -> dict[str, Any]:
    return {
        "item": made.item_id, "kind": made.kind, "from_spot": made.from_spot,
        "to_spot": made.to_spot, "quantity": made.quantity, "value": made.value,
        "day": made.day, "payment": made.payment, "paid_by": made.paid_by_id,
        "session": made.session_id, "handover": made.handover_id, "reason": made.reason,
        "by": made.by_id, "verb": verb,
    }  # fmt: skip


def paid_by(activity: Activity, number: str, value: int) -> Posting | None:
    """Return the SP2D of the ledger that paid for goods of a funded activity. May refuse.

    None where no money is set aside for the activity: then the number stands as it was typed.
    """
    if (promise := promise_of(activity)) is None:
        return None
    key = NumberKey(F("document_number"))
    _one_buyer_at_a_time(promise)
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
    _refuse_what_paid_people(found)
    left = paid_sum(found) - bought_by(found)
    if value > left:
        raise Refusal(
            _("%(document)s paid %(left)s that no other goods name, not %(value)s. Correct it.")
            % {
                "document": found, "left": numbers.rupiah(left), "value": numbers.rupiah(value),
            }
        )  # fmt: skip
    return found


def _refuse_what_paid_people(payment: Posting) -> None:
    """Refuse the SP2D of a nominative list: its rupiah went to participants, not into goods."""
    chain = [one.posting.pk for one in chain_of(payment)]
    with speaking_as_system():  # A regency's office sees no list, and names no such SP2D either.
        paid = PaymentList.objects.filter(request__in=chain).first()
    if paid is not None:
        raise Refusal(
            _("%(document)s paid nominative list %(number)s, no goods. Name the SP2D of a seller.")
            % {"document": payment, "number": paid.number}
        )


def _one_buyer_at_a_time(promise: Promise) -> None:
    # Two offices that name one SP2D for two items must not both find the same rupiah left.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('delivery.bought'), %s)", [promise.pk]
        )


def _refuse(error: IntegrityError, asked: Move) -> NoReturn:
    """Say to the person what the stock answered; what else is wrong is a fault of ours."""
    told: Any = getattr(error.__cause__, "diag", None)
    rule = rule_of(error)
    if rule == "delivery_stock_is_not_negative":
        raise Refusal(
            _("%(n)s %(unit)s of %(item)s asked for, %(there)s %(spot)s. Nothing was saved.")
            % {
                "n": numbers.whole(asked.quantity), "unit": asked.item.unit, "item": asked.item,
                "there": numbers.whole(json.loads(told.message_detail)["there"]),
                "spot": Spot(asked.from_spot).label,
            }
        ) from error  # fmt: skip
    if rule == "delivery_move_after_goods_came":
        first = date.fromisoformat(json.loads(told.message_detail)["first"])
        raise Refusal(
            _("On %(day)s none of it was there yet; the first came on %(first)s.")
            % {"day": numbers.day(asked.day), "first": numbers.day(first)}
        ) from error
    raise error
