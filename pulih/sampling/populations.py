"""What could be visited: seats, hand-overs, payments of the days of a check, in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from pulih.areas.models import Area
from pulih.delivery.models import (
    Handover,
    Honorarium,
    Participant,
    PaymentEntry,
    PaymentList,
    Person,
)
from pulih.delivery.reads.payments import with_money

from .models import Kind, SampleUnit

NAME_LENGTH = 160


def population(
    kind: str, province: Area | None, first_day: date, last_day: date
) -> Iterator[SampleUnit]:
    """Yield the lines of a list, numbered from 1 by the keys of their subjects; none is saved.

    Seats count by the last day of their activity, goods by the day they were received, payments
    that the ledger knows as paid by the day of their list.
    """
    ways: dict[str, tuple[QuerySet[Any], Callable[[Any], dict[str, Any]]]] = {
        Kind.SEATS.value: (_seats(first_day, last_day), _seat),
        Kind.GOODS.value: (_goods(first_day, last_day), _handover),
        Kind.PAYMENTS.value: (_payments(first_day, last_day), _payment),
        Kind.HONORARIA.value: (_honoraria(first_day, last_day), _honorarium),
    }
    found, line = ways[kind]
    here = found.filter(province=province) if province else found
    for number, one in enumerate(here.order_by("pk"), 1):
        yield SampleUnit(number=number, subject_id=one.pk, province_id=one.province_id, **line(one))


def _seats(first: date, last: date) -> QuerySet[Any]:
    rows = Participant.objects.seated().filter(activity__ends_on__range=(first, last))
    found: QuerySet[Any] = rows.select_related("person", "activity__measure")
    return found


def _seat(one: Participant) -> dict[str, Any]:
    return {
        "regency_id": one.regency_id, "measure": one.activity.measure, "quantity": 1,
        "name": _named(one.person), "expected": one.activity.title,
    }  # fmt: skip


def _goods(first: date, last: date) -> QuerySet[Any]:
    rows = Handover.objects.filter(received_on__range=(first, last), received__gt=0)
    found: QuerySet[Any] = rows.select_related("item", "activity__measure")
    return found


def _handover(one: Handover) -> dict[str, Any]:
    return {
        "regency_id": one.regency_id, "measure": one.activity.measure, "quantity": one.received,
        "name": one.receiver_name, "expected": f"{one.item.name}, {one.item.unit} · {one.number}",
    }  # fmt: skip


def _payments(first: date, last: date) -> QuerySet[Any]:
    rows = PaymentEntry.objects.filter(list__in=_paid_lists(first, last), is_void=False)
    return rows.select_related("participant__person", "list__activity__measure")


def _paid_lists(first: date, last: date) -> list[int]:
    lists: Any = with_money(
        PaymentList.objects.filter(made_on__range=(first, last), withdrawn_on=None)
    )
    return [one.pk for one in lists if one.paid >= one.gross]


def _honoraria(first: date, last: date) -> QuerySet[Any]:
    rows = Honorarium.objects.filter(list__in=_paid_lists(first, last), is_void=False)
    return rows.select_related("trainer__cohort", "list__activity__measure")


def _honorarium(one: Honorarium) -> dict[str, Any]:
    """Name who taught, and the class: the people of the class can say whether that person came."""
    activity, cohort = one.list.activity, one.trainer.cohort
    return {
        "regency_id": cohort.regency_id, "measure": activity.measure, "quantity": one.net,
        "name": f"{one.trainer.name}, {cohort.name}"[:NAME_LENGTH],
        "expected": f"{activity.title} · {one.list.number}",
    }  # fmt: skip


def _payment(one: PaymentEntry) -> dict[str, Any]:
    activity = one.list.activity
    return {
        "regency_id": one.participant.regency_id, "measure": activity.measure, "quantity": one.net,
        "name": _named(one.participant.person), "expected": f"{activity.title} · {one.list.number}",
    }  # fmt: skip


def _named(person: Person) -> str:
    """Name a person with the village: who visits must find the house."""
    return ", ".join(filter(None, (person.name, person.village)))[:NAME_LENGTH]
