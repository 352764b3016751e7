"""What the pages of makers do, for programs: certificates, groups, readiness, sales abroad."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema, Status

from pulih.people.access import asked_by
from pulih.people.models import User
from pulih.people.permissions import Permission
from pulih.registry.models import Enterprise
from pulih.web.as_of import usual_day
from pulih.web.programs import body_of, cleaned, sent, takes
from pulih.workflow import clock

from .actions import capacities, exporting, groups, production
from .acts_api import router
from .forms import CertificateForm, EndForm, GroupForm, MemberForm, SaleForm
from .models import Certificate, Group, Member
from .production_forms import ProductionForm

__all__ = ["router"]

CertificateIn = body_of("CertificateSeen", CertificateForm, "file")
GroupIn = body_of("GroupTyped", GroupForm)
MemberIn = body_of("MemberTyped", MemberForm)
EndIn = body_of("MembershipEnded", EndForm)
SaleIn = body_of("SaleTyped", SaleForm)
ProductionIn = body_of("ProductionStated", ProductionForm)


class CertificateOut(Schema):
    id: int
    enterprise: int
    kind: str
    number: str
    valid_from: date | None
    valid_to: date | None


class GroupOut(Schema):
    id: int
    name: str
    kind: str
    regency: int


class MemberOut(Schema):
    """valid_to: the first day on which the firm is no member any more."""

    id: int
    group: int
    enterprise: int
    valid_from: date
    valid_to: date | None


class ReadinessIn(Schema):
    """answers: by the key of a term, yes or no; terms left out stay as they are."""

    answers: dict[str, bool]


class ReadinessOut(Schema):
    enterprise: int
    answers: int


class SaleOut(Schema):
    """value: in its currency; rupiah: at the rate of its day."""

    id: int
    enterprise: int
    sold_on: date
    destination: str
    value: Decimal
    currency: str
    rupiah: int


class ProductionOut(Schema):
    id: int
    enterprise: int
    is_producing: bool
    since: date
    note: str
    stated_at: datetime


@router.post("/firms/{int:pk}/production", response={201: ProductionOut})
@takes(ProductionIn)
def state_production(request: HttpRequest, pk: int, body: Any) -> Status[dict[str, Any]]:
    """Say that a firm produces again (`yes`) or stands still (`no`), since when, how known."""
    person = asked_by(request, Permission.KEEP_CAPACITIES)
    typed = cleaned(ProductionForm(sent(body)))
    made = production.state_production(
        _firm(person, pk), **typed, today=usual_day(request), now=clock.now(), by=person
    )
    names = ("is_producing", "since", "note", "stated_at")
    return Status(
        201, {name: getattr(made, name) for name in names} | {"id": made.pk, "enterprise": pk}
    )


@router.post("/firms/{int:pk}/certificates", response={201: CertificateOut})
@takes(CertificateIn)
def add_certificate(request: HttpRequest, pk: int, body: Any) -> Status[dict[str, Any]]:
    """Write down a certificate that the office has seen; its scan is added on the firm's page."""
    person = asked_by(request, Permission.KEEP_CAPACITIES)
    typed = cleaned(CertificateForm(sent(body)))
    made = capacities.add_certificate(_firm(person, pk), **typed, by=person)
    said = {"kind": made.kind, "number": made.number}
    return Status(201, said | _days(made) | {"id": made.pk, "enterprise": pk})


@router.post("/groups", response={201: GroupOut})
@takes(GroupIn)
def add_group(request: HttpRequest, body: Any) -> Status[dict[str, Any]]:
    """Make a group with its hub."""
    person = asked_by(request, Permission.KEEP_CAPACITIES)
    made = groups.save_group(Group(), **cleaned(GroupForm(sent(body))), by=person)
    said = {"name": made.name, "kind": made.kind, "regency": made.regency_id}
    return Status(201, said | {"id": made.pk})


@router.post("/groups/{int:pk}/members", response={201: MemberOut})
@takes(MemberIn)
def add_member(request: HttpRequest, pk: int, body: Any) -> Status[dict[str, Any]]:
    """Let a firm belong to a group of its regency from a day on."""
    person = asked_by(request, Permission.KEEP_CAPACITIES)
    rows = Group.objects.visible_to(person).select_related("regency")
    group, typed = get_object_or_404(rows, pk=pk), cleaned(MemberForm(sent(body)))
    firm = _firm(person, typed["enterprise"])
    return Status(201, _member(groups.add_member(group, firm, since=typed["since"], by=person)))


@router.post("/members/{int:pk}/end", response=MemberOut)
@takes(EndIn)
def end_membership(request: HttpRequest, pk: int, body: Any) -> dict[str, Any]:
    """Let a firm belong to its group no more from a day on."""
    person = asked_by(request, Permission.KEEP_CAPACITIES)
    rows = Member.objects.visible_to(person).select_related("group", "regency")
    member, typed = get_object_or_404(rows, pk=pk), cleaned(EndForm(sent(body)))
    return _member(groups.end_membership(member, **typed, by=person))


@router.post("/firms/{int:pk}/readiness", response=ReadinessOut)
def answer_readiness(request: HttpRequest, pk: int, body: ReadinessIn) -> dict[str, int]:
    """Write down what a firm answered about its readiness for export."""
    person = asked_by(request, Permission.KEEP_CAPACITIES)
    firm, today = _firm(person, pk), usual_day(request)
    kept = exporting.answer(firm, body.answers, today=today, by=person)
    return {"enterprise": pk, "answers": len(kept)}


@router.post("/firms/{int:pk}/sales", response={201: SaleOut})
@takes(SaleIn)
def add_sale(request: HttpRequest, pk: int, body: Any) -> Status[dict[str, Any]]:
    """Write down one sale abroad with the rate of its day."""
    person = asked_by(request, Permission.KEEP_CAPACITIES)
    firm, typed = _firm(person, pk), cleaned(SaleForm(sent(body)))
    made = exporting.add_sale(firm, **typed, today=usual_day(request), by=person)
    names = ("sold_on", "destination", "value", "currency", "rupiah")
    said = {name: getattr(made, name) for name in names}
    return Status(201, said | {"id": made.pk, "enterprise": pk})


def _member(one: Member) -> dict[str, Any]:
    return _days(one) | {"id": one.pk, "group": one.group_id, "enterprise": one.enterprise_id}


def _days(one: Certificate | Member) -> dict[str, Any]:
    return {"valid_from": one.valid_from, "valid_to": one.valid_to}


def _firm(person: User, pk: int) -> Enterprise:
    rows = Enterprise.objects.visible_to(person).select_related("province", "regency")
    found: Enterprise = get_object_or_404(rows, pk=pk)
    return found
