"""Documents for programs: reading them as of two days, and writing them through the same forms."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router
from ninja.errors import HttpError

from pulih.lists.programs import serve, serve_bare
from pulih.people.access import asked_by
from pulih.people.models import User
from pulih.people.permissions import Permission
from pulih.proposals.models import Proposal
from pulih.web.programs import cleaned

from . import actions
from .actions.funding import reserve_for
from .carrying_forms import CarryOverForm
from .contract_year_forms import PartForm
from .description_lists import DESCRIPTIONS
from .document_lists import POSTINGS
from .document_schemas import (
    CarryOverIn,
    FollowIn,
    FundIn,
    LineDocumentIn,
    PartIn,
    PostedOut,
    PostingWhole,
    ReleaseIn,
    ReserveIn,
    ReverseIn,
)
from .entry_lists import ENTRIES
from .forms import CommitForm, FollowForm, ImprestForm, ReserveForm, ReverseForm
from .funding_forms import FundingForm
from .lists import BLOCKED, PROMISES, UNPAID
from .models import BudgetLine, DocumentKind, Posting, Promise
from .models.promises import OF_PROPOSALS
from .reads.documents import chain_of
from .reads.limits import Left, left_of
from .reads.promises import left_of_promise
from .standard_lists import STANDARDS
from .writing import following

router = Router(tags=["budget"])
STEPS = {
    "request": (DocumentKind.COMMITMENT, DocumentKind.REQUEST),
    "order": (DocumentKind.REQUEST, DocumentKind.ORDER),
    "pay": (DocumentKind.ORDER, DocumentKind.PAYMENT),
    "return": (DocumentKind.PAYMENT, DocumentKind.RETURN),
}


serve_bare(router, "/postings", POSTINGS)


@router.get("/postings/{pk}", response=PostingWhole)
def show_posting(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Show one document with its entries and its chain."""
    posting = _posting(asked_by(request, Permission.SEE_BUDGET), pk)
    entries = [
        {
            "line_id": entry.line_id,
            "amount": entry.amount_kind,
            "rupiah": entry.rupiah,
            "sequence": entry.sequence,
            "hash": bytes(entry.hash).hex(),
        }
        for entry in posting.entries.order_by("line_id", "sequence")
    ]
    chain = [one.posting.pk for one in chain_of(posting)]
    return _out(posting) | {
        "entries": entries,
        "hash": bytes(posting.hash).hex(),
        "chain": chain,
    }


serve(router, "/entries", ENTRIES)
serve(router, "/commitments", UNPAID)
serve(router, "/blocks", BLOCKED)
serve(router, "/promises", PROMISES)
serve(router, "/standards", STANDARDS)
serve(router, "/descriptions", DESCRIPTIONS)


@router.post("/lines/{pk}/commit", response=PostedOut)
def commit_line(request: HttpRequest, pk: int, body: LineDocumentIn) -> dict[str, Any]:
    """Record a contract or another commitment on one line."""
    person = asked_by(request, Permission.POST_DOCUMENTS)
    line = _line(person, pk)
    values = cleaned(CommitForm(body.dict(), line=line))
    amounts, year = {line.pk: values.pop("rupiah")}, line.fiscal_year
    posted = actions.commit(line.unit, amounts, fiscal_year=year, by=person, **values)
    return posted._asdict()


@router.post("/lines/{pk}/imprest", response=PostedOut)
def request_imprest(request: HttpRequest, pk: int, body: LineDocumentIn) -> dict[str, Any]:
    """Request a payment that nobody committed before."""
    person = asked_by(request, Permission.POST_DOCUMENTS)
    line = _line(person, pk)
    values = cleaned(ImprestForm(body.dict(), line=line))
    amounts, year = {line.pk: values.pop("rupiah")}, line.fiscal_year
    posted = actions.request_payment(line.unit, amounts, fiscal_year=year, by=person, **values)
    return posted._asdict()


@router.post("/lines/{pk}/reserve", response=PostedOut)
def reserve_line(request: HttpRequest, pk: int, body: ReserveIn) -> dict[str, Any]:
    """Set part of the line aside for a proposal."""
    person = asked_by(request, Permission.RESERVE_MONEY)
    line = _line(person, pk)
    values = cleaned(ReserveForm(body.dict(), line=line))
    subject = actions.Subject(OF_PROPOSALS, values.pop("proposal"), values.pop("title"))
    amounts, year = {line.pk: values.pop("rupiah")}, line.fiscal_year
    posted = actions.reserve(
        line.unit, amounts, subject=subject, fiscal_year=year, by=person, **values
    )
    return posted._asdict()


@router.post("/proposals/{pk}/reserve", response=PostedOut)
def fund_proposal(request: HttpRequest, pk: int, body: FundIn) -> dict[str, Any]:
    """Set the money of an approved proposal aside, the whole of it, on lines of its own unit."""
    person = asked_by(request, Permission.RESERVE_MONEY)
    asked_by(request, Permission.DECIDE_PROPOSALS)
    proposal = get_object_or_404(Proposal.objects.visible_to(person), pk=pk)
    named = BudgetLine.objects.visible_to(person).filter(pk__in=body.amounts)
    lines = list(named.select_related("unit").order_by("line_key"))
    typed = body.dict() | {f"line_{line}": rupiah for line, rupiah in body.amounts.items()}
    form = FundingForm(typed, lines=lines, amounts={}, measure=proposal.measure_id)
    if unknown := set(body.amounts) - {line.pk for line in lines}:
        raise HttpError(422, _("There are no such lines: %(lines)s.") % {"lines": sorted(unknown)})
    given = cleaned(form)
    said = {name: given[name] for name in ("number", "effective_on", "seen")}
    return reserve_for(proposal, form.amounts(), by=person, **said)._asdict()


@router.post("/promises/{pk}/release", response=PostedOut)
def release_promise(request: HttpRequest, pk: int, body: ReleaseIn) -> dict[str, Any]:
    """Release money that is reserved for a proposal, with a reason."""
    person = asked_by(request, Permission.RESERVE_MONEY)
    every = Promise.objects.visible_to(person).select_related("unit__province")
    promise: Promise = get_object_or_404(every, pk=pk)
    form = _lines_form(body, DocumentKind.UNRESERVE, left_of_promise(promise))
    values = cleaned(form)
    said = {name: values[name] for name in form.said()}
    return actions.unreserve(promise, form.amounts(), by=person, **said)._asdict()


@router.post("/postings/{pk}/reverse", response=PostedOut)
def reverse_posting(request: HttpRequest, pk: int, body: ReverseIn) -> dict[str, Any]:
    """Take a document back as a whole, by a correction with its own number."""
    person = asked_by(request, Permission.POST_DOCUMENTS)
    values = cleaned(ReverseForm(body.dict()))
    return actions.reverse(_posting(person, pk), by=person, **values)._asdict()


@router.post("/postings/{pk}/carry-over", response=PostedOut)
def carry_over(request: HttpRequest, pk: int, body: CarryOverIn) -> dict[str, Any]:
    """Carry what nobody asked for yet of a contract over into the next year."""
    person = asked_by(request, Permission.POST_DOCUMENTS)
    contract = _posting(person, pk)
    values = cleaned(CarryOverForm(body.dict(), contract=contract))
    return actions.carry_over(contract, by=person, **values)._asdict()


@router.post("/postings/{pk}/next-part", response=PostedOut)
def commit_part(request: HttpRequest, pk: int, body: PartIn) -> dict[str, Any]:
    """Commit what the letter gives a multi-year contract in the next year."""
    person = asked_by(request, Permission.POST_DOCUMENTS)
    contract = _posting(person, pk)
    values = cleaned(PartForm(body.dict(), contract=contract))
    return actions.commit_part(contract, by=person, **values)._asdict()


@router.post("/postings/{pk}/{step}", response=PostedOut)
def follow_posting(request: HttpRequest, pk: int, step: str, body: FollowIn) -> dict[str, Any]:
    """Write the document that follows another; step: request, order, pay or return."""
    person = asked_by(request, Permission.POST_DOCUMENTS)
    parent = _posting(person, pk)
    before, kind = STEPS.get(step, ("", None))
    if kind is None or parent.document_kind != before:
        raise Http404
    form = _lines_form(body, kind, left_of(parent, kind))
    values = cleaned(form)
    said = {name: values[name] for name in form.said()} | {"by": person}
    return following(kind, parent, form.amounts(), said)._asdict()


def _line(person: User, pk: int) -> BudgetLine:
    lines = BudgetLine.objects.visible_to(person).select_related("unit__province", "province")
    line: BudgetLine = get_object_or_404(lines, pk=pk)
    return line


def _posting(person: User, pk: int) -> Posting:
    every = Posting.objects.visible_to(person).select_related("unit__province")
    posting: Posting = get_object_or_404(every, pk=pk)
    return posting


def _lines_form(body: FollowIn | ReleaseIn, kind: DocumentKind, lines: list[Left]) -> FollowForm:
    typed = body.dict() | {f"line_{line}": rupiah for line, rupiah in body.amounts.items()}
    form = FollowForm(typed, kind=kind, lines=lines)
    if unknown := set(body.amounts) - {one.line.pk for one in form.lines}:
        raise HttpError(
            422, _("Nothing is left to take on lines %(lines)s.") % {"lines": sorted(unknown)}
        )
    return form


def _out(posting: Posting) -> dict[str, Any]:
    return {
        "id": posting.pk,
        "kind": posting.document_kind,
        "number": posting.document_number,
        "unit": posting.unit.code,
        "fiscal_year": posting.fiscal_year,
        "effective_on": posting.effective_on,
        "recorded_at": posting.recorded_at,
        "party": posting.party,
        "method": posting.method,
        "reason": posting.reason,
        "refers_to": posting.refers_to_id,
        "reverses": posting.reverses_id,
        "promise": posting.promise_id,
    }
