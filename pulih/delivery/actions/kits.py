"""Handing the same tools to everybody of a class: a BAST each, in one act."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.web import numbers

from ..models import Cohort, Handover, Item, Participant, Receiver, ReceiverKind, Spot
from . import goods
from .activities import place_of
from .handovers import send


@transaction.atomic
def send_to_class(
    item: Item, *, cohort: Cohort, number: str, each: int, sent_on: date, name: str, post: str,
    place: str, by: User, now: datetime, today: date,
) -> list[Handover]:  # fmt: skip
    """Send so many of an item to each of a class who got none of it yet. May refuse.

    number: of the BAST, followed by a stroke and the number in the class. name, post, place: of
    the giver, as `handovers.send` takes them.
    """
    require(by, Permission.RUN_ACTIVITIES, place_of(item.activity))
    if cohort.activity_id != item.activity_id:
        raise Refusal(_("This class is of another activity. Choose one of this activity."))
    goods.lock(item)
    people = _without(item, cohort)
    if not people:
        raise Refusal(
            _("Everybody of %(cohort)s was sent %(item)s already.")
            % {"cohort": cohort, "item": item}
        )
    _refuse_more_than_there_is(item, len(people) * each)
    sent = [
        send(
            item, number=f"{number}/{one.number}", receiver=receiver_of(one, sent_on),
            quantity=each, sent_on=sent_on, name=name, post=post, place=place, by=by, now=now,
            today=today,
        )
        for one in people
    ]  # fmt: skip
    record(by, "delivery.send_to_class", cohort, item=item.pk, people=len(sent))
    return sent


def receiver_of(one: Participant, day: date) -> Receiver:
    """Return a participant as a receiver of goods, made where there is none yet.

    It lies where the class does: that office hands over, also to who lives elsewhere.
    """
    person = one.person
    found, _is_new = Receiver.objects.get_or_create(
        person=person, province_id=one.province_id, valid_to=None,
        defaults={
            "kind": ReceiverKind.PERSON, "name": person.name, "valid_from": day,
            "address": ", ".join(filter(None, (person.address, person.village)))[:200],
            "regency_id": one.regency_id,
        },
    )  # fmt: skip
    if day < found.valid_from:  # Goods of an earlier day are entered late.
        found.valid_from = day
        found.save(update_fields=["valid_from"])
    return found


def _without(item: Item, cohort: Cohort) -> list[Participant]:
    """Return who sits in the class and has nothing of the item, on the way or received."""
    sent = Handover.objects.filter(item=item).exclude(received=0)
    seated = cohort.participants.seated().exclude(person__in=sent.values("receiver__person"))
    return list(seated.select_related("person").order_by("number"))


def _refuse_more_than_there_is(item: Item, needed: int) -> None:
    there = sum(item.stocks.filter(spot=Spot.STORE).values_list("quantity", flat=True))
    if needed > there:
        raise Refusal(
            _("They need %(n)s %(unit)s of %(item)s together; %(there)s in store. Nothing is sent.")
            % {
                "n": numbers.whole(needed), "unit": item.unit, "item": item,
                "there": numbers.whole(there),
            }
        )  # fmt: skip
