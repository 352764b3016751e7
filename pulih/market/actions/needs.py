"""Buyers and what they need: verified by an office, stated in versions, withdrawn with a reason."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.areas.models import Area
from pulih.audit.actions import record
from pulih.common.errors import Message, Refusal
from pulih.people.links.acting import on_behalf
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.workflow import clock
from pulih.workflow.actions import NewDuty, start, take_step

from ..models import Buyer, BuyerContact, BuyerName, Need, NeedTerms, Product, Standard
from ..rules.needs import AskedStandard, Terms, wrong_terms
from ..states import AMENDING, NEED
from .buying import refuse_other_buyer
from .groups import province_of
from .offers import settle_need


@dataclass(frozen=True)
class GivenTerms:
    """What a person asks for: the fields of one version of a need's terms."""

    quantity: int
    due: date
    standard: Standard | None = None
    max_price: int | None = None
    min_order: int = 1
    max_suppliers: int | None = None
    place: str = ""
    weight: Decimal = Decimal(1)
    weight_reason: str = ""


@transaction.atomic
def add_buyer(
    *, name: str, kind: str, regency: Area, person: str, phone: str, today: date, by: User
) -> Buyer:
    """Write down who asks for goods; the office of its area verifies it. May refuse."""
    require(by, Permission.KEEP_NEEDS, regency)
    if Buyer.objects.filter(regency=regency, name=name).exists():
        raise Refusal(_("This buyer is there already in this regency."))
    places = {"regency": regency, "province_id": province_of(regency, today)}
    buyer = Buyer.objects.create(name=name, kind=kind, **places)
    BuyerName.objects.create(buyer=buyer, name=name, valid_from=today, **places)
    BuyerContact.objects.create(buyer=buyer, person=person, phone=phone, **places)
    record(by, "market.buyer", buyer, kind=kind)
    return buyer


@transaction.atomic
def rename_buyer(
    buyer: Buyer, *, name: str, valid_from: date, until: date | None, by: User
) -> BuyerName:
    """Give a buyer its newest name from a day on. until: when the name before ends; None: not yet.

    Two names may hold at once, as while a Gugus Tugas became a Satgas.
    """
    require(by, Permission.KEEP_NEEDS, buyer.regency)
    newest = buyer.names.order_by("-valid_from", "-pk").first()
    if newest and (valid_from < newest.valid_from or newest.name == name):
        raise Refusal(_("The new name must differ from the last one and begin after it."))
    if buyer.names.filter(name=name).exists():
        raise Refusal(_("The buyer bore this name before."))
    if newest and until is not None:
        if until < valid_from:
            raise Refusal(_("The old name cannot end before the new one begins."))
        buyer.names.filter(pk=newest.pk).update(valid_to=until)
    places = {"province_id": buyer.province_id, "regency_id": buyer.regency_id}
    added = BuyerName.objects.create(buyer=buyer, name=name, valid_from=valid_from, **places)
    Buyer.objects.filter(pk=buyer.pk).update(name=name)
    record(by, "market.rename_buyer", buyer)
    return added


@transaction.atomic
def verify_buyer(buyer: Buyer, *, by: User) -> Buyer:
    """Say that a buyer is what it says it is: its needs count from then on. May refuse."""
    require(by, Permission.KEEP_NEEDS, buyer.regency)
    buyer = Buyer.objects.select_for_update().get(pk=buyer.pk)
    if buyer.verified_at is not None:
        raise Refusal(_("This buyer is verified already."))
    buyer.verified_by, buyer.verified_at = by, clock.now()
    buyer.save(update_fields=["verified_by", "verified_at"])
    record(by, "market.verify_buyer", buyer)
    return buyer


@transaction.atomic
def state_need(
    buyer: Buyer,
    product: Product,
    terms: GivenTerms,
    *,
    regency: Area,
    today: date,
    by: User | Link,
) -> Need:
    """Draft what a buyer needs, delivered to `regency`, by its office or its own link. May refuse.

    A draft by link lies with the officer who gave the link.
    """
    refuse_other_buyer(buyer, by)
    _refuse_wrong(product, terms, today)
    with on_behalf(by) as person:
        need = Need.objects.create(
            buyer=buyer,
            product=product,
            regency=regency,
            province_id=province_of(regency, today),
            quantity=terms.quantity,
            due=terms.due,
        )
        _add_version(need, terms, 1, by)
        start(NEED, need.pk, area=buyer.regency, by=person, duty=_kept_by(by))
    record(by, "market.need", need, quantity=terms.quantity)
    return need


def _kept_by(by: User | Link) -> NewDuty:
    return NewDuty(person=by.given_by if isinstance(by, Link) else by)


@transaction.atomic
def amend_need(need: Need, terms: GivenTerms, *, today: date, by: User) -> Need:
    """Add a version of the terms. May refuse: what is ordered stays within it."""
    require(by, Permission.KEEP_NEEDS, need.buyer.regency)
    need = Need.objects.select_for_update().get(pk=need.pk)
    _refuse_wrong(need.product, terms, today)
    if terms.quantity < need.ordered:
        raise Refusal(
            _("%(n)d units are ordered already; the need cannot become smaller.")
            % {"n": need.ordered}
        )
    take_step(NEED, need.pk, AMENDING.get(need.state, "amend"), by=by, duty="same")
    number = need.versions.count() + 1
    need.quantity, need.due = terms.quantity, terms.due
    _add_version(need, terms, number, by)
    settle_need(need.pk)
    record(by, "market.amend_need", need, version=number)
    return need


def _add_version(need: Need, terms: GivenTerms, number: int, by: User | Link) -> None:
    who = {"link" if isinstance(by, Link) else "by": by}
    values: dict[str, Any] = vars(terms) | who
    need.terms = NeedTerms.objects.create(need=need, number=number, **values)
    need.save(update_fields=["terms", "quantity", "due"])


@transaction.atomic
def publish_need(need: Need, *, today: date, by: User | Link) -> Need:
    """Put a draft on the board for every office. May refuse."""
    refuse_other_buyer(need.buyer, by)
    with on_behalf(by) as person:
        locked = Need.objects.select_for_update(of=("self",)).select_related("buyer")
        need = locked.get(pk=need.pk)
        if need.buyer.verified_at is None:
            raise Refusal(_("An office must verify the buyer before its needs count."))
        if need.due <= today:
            raise Refusal(_("This need was due already: change its day first."))
        take_step(NEED, need.pk, "publish", by=person, duty=_kept_by(by))
        _into(need, "open")
    record(by, "market.publish_need", need)
    return need


@transaction.atomic
def withdraw_need(need: Need, *, reason: str, by: User | Link) -> Need:
    """Take a need off the board, with the reason. May refuse while orders are under way.

    One of which a part came is closed with that part: it counts as received.
    """
    refuse_other_buyer(need.buyer, by)
    with on_behalf(by) as person:
        need = Need.objects.select_for_update(of=("self",)).get(pk=need.pk)
        if need.is_under_way:
            raise Refusal(
                _("Makers work on %(n)d units of it: cancel their orders first.")
                % {"n": need.ordered - need.received}
            )
        move, state = ("close", "received") if need.received else ("withdraw", "withdrawn")
        take_step(NEED, need.pk, move, by=person, reason=reason)
        _into(need, state)
    record(by, f"market.{move}_need", need)
    return need


def _into(need: Need, state: str) -> None:
    need.state = state
    need.save(update_fields=["state"])


def _refuse_wrong(product: Product, terms: GivenTerms, today: date) -> None:
    standard = terms.standard
    if standard is not None and standard.product_id != product.pk:
        raise Refusal(_("This standard is not one of the product."))
    asked = None
    if standard is not None:
        named = Message(standard.name_indonesian, standard.name_en)
        asked = AskedStandard(named, standard.valid_from, standard.valid_to)
    given = Terms(
        terms.quantity,
        terms.due,
        asked,
        terms.max_price,
        terms.min_order,
        terms.max_suppliers,
        terms.weight,
        terms.weight_reason,
    )
    if wrong := wrong_terms(given, today):
        raise Refusal(wrong)
