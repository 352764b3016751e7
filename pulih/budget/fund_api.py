"""Letters on fund sources for programs: read as a list, recorded by the form of the page."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from pulih.lists.programs import serve
from pulih.people.access import asked_by
from pulih.people.permissions import Permission
from pulih.web.bounds import FIRST_DAY, LAST_DAY
from pulih.web.programs import cleaned

from . import actions
from .fund_forms import FundTermForm
from .fund_lists import FUND_TERMS
from .models import SpendingUnit

router = Router(tags=["budget"])


class FundTermIn(Schema):
    """A letter on a fund source. PNBP: deposited and maximum; loans: register, currency, rate."""

    fund_source: str
    letter: str
    office: str
    effective_on: date
    deposited: int | None = None
    maximum: int | None = None
    register_number: str = ""
    currency: str = ""
    rate: Decimal | None = None


class FundTermOut(FundTermIn):
    """The letter as it was recorded."""

    id: int
    fiscal_year: int


serve(router, "/fund-terms", FUND_TERMS)


@router.post("/units/{pk}/funds/{year}", response=FundTermOut)
def record_fund_term(request: HttpRequest, pk: int, year: int, body: FundTermIn) -> dict[str, Any]:
    """Record what a letter says of a fund source: what of PNBP may be paid, or a loan's rate."""
    person = asked_by(request, Permission.APPROVE_REVISIONS)
    units = SpendingUnit.objects.visible_to(person).select_related("province")
    unit: SpendingUnit = get_object_or_404(units, pk=pk)
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise Http404
    values = cleaned(FundTermForm(body.dict() | {"register": body.register_number}))
    term = actions.record_fund_term(unit, year, by=person, **values)
    return body.dict() | {
        "id": term.pk,
        "fiscal_year": term.fiscal_year,
        "letter": term.letter,
        "office": term.office,
        "register_number": term.register,
        "deposited": term.deposited,
        "maximum": term.maximum,
        "currency": term.currency,
        "rate": term.rate,
    }
