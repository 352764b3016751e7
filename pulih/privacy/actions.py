"""Writing down what people ask about their data, answering it, giving a copy, erasing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.areas.rows import area_of
from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.common.identity_numbers import cut_in
from pulih.delivery.models import Person
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.registry.models import Enterprise

from . import copying
from .erasing import erase as make_nobody
from .models import DataRequest, RequestAnswer, RequestKind


@transaction.atomic
def receive(
    about: Person | Enterprise, *, kind: str, received_on: date, said: str, by: User, today: date
) -> DataRequest:
    """Write down what somebody asks about the data on them. May refuse."""
    require(by, Permission.ANSWER_PERSONS, area_of(about))
    if received_on > today:
        raise Refusal(_("The request cannot have come on a day that is still to come."))
    made = DataRequest.objects.create(
        kind=kind,
        person=about if isinstance(about, Person) else None,
        enterprise=about if isinstance(about, Enterprise) else None,
        province_id=about.province_id,
        regency_id=about.regency_id,
        received_on=received_on,
        said=cut_in(said),
        by=by,
    )
    record(by, "privacy.receive", made, kind=kind)
    return made


@transaction.atomic
def answer(
    request: DataRequest, *, outcome: str, said: str, by: User, today: date
) -> RequestAnswer:
    """Answer a request, once. May refuse."""
    require(by, Permission.ANSWER_PERSONS, request.area)
    DataRequest.objects.select_for_update().get(pk=request.pk)  # One answer at a time.
    _refuse_answered(request)
    made = RequestAnswer.objects.create(
        request=request,
        province_id=request.province_id,
        regency_id=request.regency_id,
        outcome=outcome,
        said=cut_in(said),
        answered_on=today,
        by=by,
    )
    record(by, "privacy.answer", request, outcome=outcome)
    return made


@transaction.atomic
def copy(request: DataRequest, *, by: User) -> dict[str, Any]:
    """Return all that is known of the person who asks, and write down that it was given out."""
    require(by, Permission.ANSWER_PERSONS, request.area)
    made = copying.copy_of(request, by)
    record(by, "privacy.copy", request)
    return made


@transaction.atomic
def erase(request: DataRequest, *, by: User) -> None:
    """Make the person who asked for it nobody. May refuse."""
    require(by, Permission.ANSWER_PERSONS, request.area)
    if request.kind != RequestKind.ERASURE or request.person is None:
        raise Refusal(
            _(
                "Only a person of classes who asked for it is erased. A firm stands in lists that "
                "offices delivered: take the row out of the list and send the list again."
            )
        )
    _refuse_answered(request)
    make_nobody(request.person)
    record(by, "privacy.erase", request)


def _refuse_answered(request: DataRequest) -> None:
    if RequestAnswer.objects.filter(request=request).exists():
        raise Refusal(_("This request was answered already. What follows is a new request."))
