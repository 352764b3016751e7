"""Handing goods over: sent by the office, counted by the receiver, signed by both."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.areas.models import Area
from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.documents.actions import issue
from pulih.market.actions import by_bast
from pulih.market.models import Order
from pulih.people.links.acting import on_behalf
from pulih.people.links.actions import require_link
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.web import numbers

from ..clock import province_of
from ..models import Handover, Item, Receiver, ReceiverKind, Side, Signature
from ..papers import HANDOVER
from ..purposes import COUNT
from ..rules.handovers import NEWEST_SENTENCE, fingerprint, signed_text
from . import goods
from .activities import place_of


@dataclass(frozen=True)
class Drawn:
    """A signature drawn on a phone: its SVG path, and which press it was, by the phone's clock."""

    drawing: str
    device: str
    number: int
    pressed_at: datetime


@transaction.atomic
def add_receiver(
    *, kind: str, name: str, area: Area, address: str, valid_from: date, valid_to: date | None,
    by: User,
) -> Receiver:  # fmt: skip
    """Add who may receive goods, with the days between which it has this name. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, area)
    if valid_to and valid_to <= valid_from:
        raise Refusal(_("The name would end before it begins. Correct one of the days."))
    is_regency = area.level == "regency"
    receiver = Receiver.objects.create(
        kind=kind, name=name, address=address, valid_from=valid_from, valid_to=valid_to,
        province=province_of(area, valid_from) if is_regency else area,
        regency=area if is_regency else None,
    )  # fmt: skip
    record(by, "delivery.add_receiver", receiver)
    return receiver


def _refuse_name_of_another_day(receiver: Receiver, day: date, by: User) -> None:
    if receiver.holds(day):
        return
    same = Receiver.objects.visible_to(by).filter(
        kind=ReceiverKind.TASK_FORCE, province=receiver.province_id, regency=receiver.regency_id
    )
    names = sorted({one.name for one in same if one.holds(day)})
    if receiver.kind == ReceiverKind.TASK_FORCE and names:
        rest = _("On that day it is %(name)s.") % {"name": ", ".join(names)}
    else:
        rest = _("Choose who was there that day, or add them as a new receiver.")
    if receiver.valid_to:
        said = _("%(receiver)s bears that name from %(first)s to %(last)s, not on %(day)s.")
    else:
        said = _("%(receiver)s bears that name from %(first)s on, not on %(day)s.")
    said %= {
        "receiver": receiver, "first": numbers.day(receiver.valid_from),
        "last": numbers.day(receiver.valid_to), "day": numbers.day(day),
    }  # fmt: skip
    raise Refusal(f"{said} {rest}")


@transaction.atomic
def send(
    item: Item, *, number: str, receiver: Receiver, quantity: int, sent_on: date, name: str,
    post: str, place: str, by: User, now: datetime, today: date, order: Order | None = None,
) -> Handover:  # fmt: skip
    """Send goods out of the store and sign for it. name, post: of the giver. May refuse.

    name: empty where the giver signs later. order: of the market, whose goods these are; it is
    sent with them.
    """
    activity = item.activity
    require(by, Permission.RUN_ACTIVITIES, place_of(activity))
    goods.lock(item)
    _refuse_name_of_another_day(receiver, sent_on, by)
    if Handover.objects.filter(province=item.province_id, number=number).exists():
        raise Refusal(
            _("BAST %(number)s is there already. Give it another number.") % {"number": number}
        )
    handover = Handover(
        number=number, activity=activity, item=item, province_id=item.province_id,
        regency_id=item.regency_id, receiver=receiver, receiver_name=receiver.name, sent=quantity,
        sent_on=sent_on, value=0, edition=NEWEST_SENTENCE, order=order,
    )  # fmt: skip
    handover.save()
    moved = goods.add(
        item, kind="sent", quantity=quantity, day=sent_on, handover=handover, by=by, today=today
    )
    handover.value = moved.value
    handover.save(update_fields=["value"])
    if order:
        by_bast.carry(
            order, number=number, quantity=quantity, unit=item.unit, receiver=receiver.name,
            sent_on=sent_on, by=by,
        )  # fmt: skip
    if name:
        sign(handover, Side.GIVER, name, post, place, by, now)
    issue_paper(handover, sent_on, name or by.name)
    record(by, "delivery.send", handover, quantity=quantity)
    return handover


@transaction.atomic
def confirm(
    given: Handover, *, received: int, received_on: date, came_back: int, reason: str, name: str,
    post: str, place: str, by: User | Link, now: datetime, today: date, drawn: Drawn | None = None,
) -> Handover:  # fmt: skip
    """Record what the receiver counted and signed. A difference needs a reason. May refuse.

    by: the office, or the receiver by a link. drawn: the signature, where it was drawn on a phone.
    """
    _require(by, given)
    with on_behalf(by) as person:
        goods.lock(given.item)
        handover: Handover = Handover.objects.select_for_update(of=("self",)).get(pk=given.pk)
        missing = handover.sent - received
        _refuse_confirmed(handover)
        refuse_wrong_counts(handover, received, came_back, reason)
        _refuse_before_sent(handover, received_on)
        for kind, quantity in (
            ("received", received), ("came_back", came_back), ("lost_on_way", missing - came_back),
        ):  # fmt: skip
            if quantity:
                goods.add(
                    handover.item, kind=kind, quantity=quantity, day=received_on,
                    handover=handover, reason=reason, by=person, today=today,
                )  # fmt: skip
        handover.received, handover.received_on = received, received_on
        handover.came_back, handover.difference_reason = came_back, reason if missing else ""
        handover.save(update_fields=["received", "received_on", "came_back", "difference_reason"])
        sign(handover, Side.RECEIVER, name, post, place, by, now, drawn)
        issue_paper(handover, received_on, name)
    if handover.order_id:
        by_bast.count(
            handover.order_id, number=handover.number, sent=handover.sent, received=received,
            reason=handover.difference_reason, receiver=handover.receiver_name,
            received_on=received_on, by=by,
        )  # fmt: skip
    record(by, "delivery.confirm", handover, received=received, missing=missing)
    return handover


def _require(by: User | Link, handover: Handover) -> None:
    if isinstance(by, Link):
        require_link(by, COUNT, handover.pk)
    else:
        require(by, Permission.RUN_ACTIVITIES, place_of(handover.activity))


def _refuse_before_sent(handover: Handover, received_on: date) -> None:
    if received_on < handover.sent_on:
        raise Refusal(
            _("It cannot arrive on %(day)s, before it was sent on %(sent)s.")
            % {"day": numbers.day(received_on), "sent": numbers.day(handover.sent_on)}
        )


def _refuse_confirmed(handover: Handover) -> None:
    if handover.received_on:
        raise Refusal(
            _("The receiver confirmed it on %(day)s.") % {"day": numbers.day(handover.received_on)}
        )


def refuse_wrong_counts(handover: Handover, received: int, came_back: int, reason: str) -> None:
    if received > handover.sent:
        raise Refusal(
            _("%(received)s counted, %(sent)s sent. Correct the count, or send the rest by a BAST.")
            % {"received": numbers.whole(received), "sent": numbers.whole(handover.sent)}
        )
    missing = handover.sent - received
    if missing and not reason:
        raise Refusal(
            _("A difference of %(n)s needs a reason; both sides see it.")
            % {"n": numbers.whole(missing)}
        )
    if came_back > missing:
        raise Refusal(
            _("%(back)s came back, but only %(n)s are missing. Correct one of the counts.")
            % {"back": numbers.whole(came_back), "n": numbers.whole(missing)}
        )


def text_of(handover: Handover, received: int | None) -> str:
    """Return the sentence that a side signs. received: None for the giver, who signs first."""
    return signed_text(
        number=handover.number, item=handover.item.name, unit=handover.item.unit,
        sent=handover.sent, received=received, value=handover.value,
        giver=str(place_of(handover.activity)), receiver=handover.receiver_name,
        sent_on=handover.sent_on, edition=handover.edition,
    )  # fmt: skip


def issue_paper(handover: Handover, day: date, name: str) -> None:
    """Give the paper as it now reads a code of its own. name: of who signed last."""
    issue(
        HANDOVER, handover.pk, office=str(place_of(handover.activity)), number=handover.number,
        dated=day, province=handover.province, regency=handover.regency, person=name,
    )  # fmt: skip


def sign(
    handover: Handover, side: str, name: str, post: str, place: str, by: User | Link, now: datetime,
    drawn: Drawn | None = None,
) -> None:  # fmt: skip
    """Keep the signature of a side, with the fingerprint of the sentence that it signed."""
    received = handover.received if side == Side.RECEIVER else None
    Signature.objects.create(
        handover=handover, side=side, name=name, post=post, place=place, signed_at=now,
        fingerprint=fingerprint(text_of(handover, received)),
        by=None if isinstance(by, Link) else by, link=by if isinstance(by, Link) else None,
        **(asdict(drawn) if drawn else {}),
    )  # fmt: skip
