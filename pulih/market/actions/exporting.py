"""Asking firms how ready they are for export, taking their answers, and what they sold abroad."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.areas.rows import area_of
from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.links.acting import on_behalf
from pulih.people.links.actions import require_link
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.registry.models import Enterprise

from .. import questionnaire
from ..links import READINESS
from ..models import ExportSale, ReadinessAnswer, ReadinessAsk


@transaction.atomic
def ask(enterprise: Enterprise, *, today: date, by: User) -> ReadinessAsk:
    """Write down that a firm was asked, so that its silence counts as “not told”."""
    require(by, Permission.KEEP_CAPACITIES, area_of(enterprise))
    asked = ReadinessAsk.objects.create(asked_on=today, by=by, **_firm(enterprise))
    record(by, "market.ask_readiness", asked)
    return asked


@transaction.atomic
def answer(
    enterprise: Enterprise, said: Mapping[str, bool], *, today: date, by: User | Link
) -> list[ReadinessAnswer]:
    """Keep answers to terms, by the firm's office or by its own link. May refuse."""
    if isinstance(by, Link):
        require_link(by, READINESS, enterprise.pk)
    else:
        require(by, Permission.KEEP_CAPACITIES, area_of(enterprise))
    known = {term.key for term in questionnaire.terms()}
    if not said or not said.keys() <= known:
        raise Refusal(_("Answer at least one question with yes or no."))
    who = {"link" if isinstance(by, Link) else "by": by}
    with on_behalf(by):
        answers = ReadinessAnswer.objects.bulk_create(
            ReadinessAnswer(question=key, says=says, said_on=today, **_firm(enterprise), **who)
            for key, says in sorted(said.items())
        )
    record(by, "market.answer_readiness", enterprise, answers=len(answers))
    return answers


@transaction.atomic
def add_sale(
    enterprise: Enterprise,
    *,
    sold_on: date,
    destination: str,
    hs: str,
    value: Decimal,
    currency: str,
    rate: Decimal,
    rate_on: date,
    through: str,
    today: date,
    by: User,
) -> ExportSale:
    """Write down one sale abroad with the rate of its day. May refuse."""
    require(by, Permission.KEEP_CAPACITIES, area_of(enterprise))
    if sold_on > today or rate_on > today:
        raise Refusal(_("Write a sale down once it is made: its days cannot lie ahead."))
    if currency == "IDR" and rate != 1:
        raise Refusal(_("One rupiah is one rupiah: with IDR the rate is 1."))
    values: dict[str, Any] = {"value": value, "currency": currency, "rate": rate, "hs": hs}
    values |= {"sold_on": sold_on, "rate_on": rate_on, "destination": destination}
    sale = ExportSale.objects.create(through=through.strip(), by=by, **values, **_firm(enterprise))
    record(by, "market.export_sale", sale, destination=destination)
    return sale


def _firm(enterprise: Enterprise) -> dict[str, Any]:
    return {
        "enterprise": enterprise,
        "province_id": enterprise.province_id,
        "regency_id": enterprise.regency_id,
    }
