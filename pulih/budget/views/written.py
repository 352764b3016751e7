"""Writing documents: a contract, the way of a payment, a block, a reversal. One form a document."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from pulih.people.access import PersonRequest, permission_required
from pulih.people.models import User
from pulih.people.permissions import Permission, holds, may
from pulih.web.answers import carried_out
from pulih.web.as_of import usual_day
from pulih.web.page import go_to, render_page
from pulih.workflow.sending import known_by_number

from .. import actions
from ..actions.carrying_over import unpaid_of
from ..carrying_forms import CarryOverForm, lines_after
from ..forms import CommitForm, FollowForm, HoldForm, ImprestForm, ReverseForm
from ..models import BudgetLine, DocumentKind, Posting
from ..reads.contract_years import contracts_of, plan_of
from ..reads.doors import doors, has_hand
from ..reads.limits import Left, left_of
from ..reads.numbers import next_number
from ..reads.promises import PROMISING
from ..writing import following, hold


@dataclass(frozen=True)
class Step:
    """A document that may follow. url_name: where it is written; empty: a page of this room."""

    name: str
    label: str | Promise
    icon: str
    url_name: str = ""

    @property
    def address(self) -> str:
        return self.url_name or f"budget:{self.name}"


AFTER = {
    DocumentKind.COMMITMENT: Step(
        "request-payment", gettext_lazy("Request payment (SPP)"), "file-plus"
    ),
    # The payment order officer examines the request first, in the room of the treasury.
    DocumentKind.REQUEST: Step(
        "order-payment", gettext_lazy("Examine and order (SPM)"), "file-check", "treasury:request"
    ),
    DocumentKind.ORDER: Step("pay", gettext_lazy("Record the SP2D"), "cash"),
    DocumentKind.PAYMENT: Step("return-payment", gettext_lazy("Record a return"), "arrow-back-up"),
}
CARRY_OVER = Step("carry-over", gettext_lazy("Carry over into the next year"), "arrow-right")
NEXT_PART = Step("commit-part", gettext_lazy("Commit the next year's part"), "file-plus")
FOLLOWS = {
    "request-payment": DocumentKind.REQUEST,
    "order-payment": DocumentKind.ORDER,
    "pay": DocumentKind.PAYMENT,
    "return-payment": DocumentKind.RETURN,
}


def steps_after(posting: Posting, person: User) -> list[Step]:
    """Return what `person` may write next about `posting`, by role and by appointment."""
    if not may(person, Permission.POST_DOCUMENTS, posting.unit.province):
        return []
    if posting.reverses_id or hasattr(posting, "reversed_by"):
        return []
    found = []
    step = AFTER.get(DocumentKind(posting.document_kind))
    if step and has_hand(posting.unit, person, doors()[FOLLOWS[step.name]].hands):
        child = FOLLOWS[step.name]
        found += [step] if any(one.left for one in left_of(posting, child)) else []
    if posting.document_kind == DocumentKind.COMMITMENT and _may_be_carried_over(posting, person):
        found.append(CARRY_OVER)
    if posting.document_kind == DocumentKind.COMMITMENT and _has_a_next_part(posting, person):
        found.append(NEXT_PART)
    if posting.document_kind in PROMISING and not holds(person, Permission.RESERVE_MONEY):
        return found
    hands = doors()[posting.document_kind].takes_back
    if not _carries(posting) and has_hand(posting.unit, person, hands):
        found.append(Step("reverse", _("Reverse"), "arrow-back-up"))
    return found


def _may_be_carried_over(posting: Posting, person: User) -> bool:
    """Tell whether the next year has lines for what a contract did not get paid."""
    if posting.settles_id or not has_hand(
        posting.unit, person, doors()[posting.document_kind].hands
    ):
        return False
    return lines_after(posting).exists() and bool(unpaid_of(posting))


def _has_a_next_part(posting: Posting, person: User) -> bool:
    """Tell whether a letter gives a contract money in the next year that nobody committed yet."""
    hands = doors()[posting.document_kind].hands
    if posting.settles_id or not has_hand(posting.unit, person, hands):
        return False
    number, following = posting.document_number, posting.fiscal_year + 1
    plan = plan_of(posting.unit, number)
    if not plan or not plan.years.get(following) or not lines_after(posting).exists():
        return False
    return not contracts_of(posting.unit, number, [following])


def _carries(posting: Posting) -> bool:
    """Tell whether other documents stand on this one; they are reversed before it is."""
    return posting.followed_by.filter(reversed_by=None, reverses=None).exists()


@known_by_number
@require_http_methods(["GET", "POST"])
@permission_required(Permission.POST_DOCUMENTS)
def commit_line(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Record a contract or another commitment on one line."""
    line = line_seen(request, pk)
    form = CommitForm(request.POST or None, line=line, initial=today(request))

    def act(values: dict[str, Any]) -> actions.Posted:
        amounts, year = {line.pk: values.pop("rupiah")}, line.fiscal_year
        return actions.commit(line.unit, amounts, fiscal_year=year, by=request.user, **values)

    return answer(request, form, act, line_page(line, _("Record a commitment")))


@known_by_number
@require_http_methods(["GET", "POST"])
@permission_required(Permission.POST_DOCUMENTS)
def request_imprest(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Request a payment that nobody committed before: out of the imprest, or its refill."""
    line = line_seen(request, pk)
    number = next_number(line.unit_id, line.fiscal_year, DocumentKind.REQUEST)
    usual = today(request) | {"number": number}
    form = ImprestForm(request.POST or None, line=line, initial=usual)

    def act(values: dict[str, Any]) -> actions.Posted:
        amounts, year = {line.pk: values.pop("rupiah")}, line.fiscal_year
        return actions.request_payment(
            line.unit, amounts, fiscal_year=year, by=request.user, **values
        )

    return answer(request, form, act, line_page(line, _("Request a payment from the imprest")))


@known_by_number
@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_BUDGET, Permission.DELIVER_FILES)
def hold_line(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Block part of the line, or release a block, by a document."""
    line = line_seen(request, pk)
    form = HoldForm(request.POST or None, line=line, initial=today(request))

    def act(values: dict[str, Any]) -> actions.Posted:
        return hold(line, by=request.user, **values)

    return answer(request, form, act, line_page(line, _("Block or release")))


def _follow(name: str) -> Callable[..., HttpResponseBase]:
    """Return the view that writes the document following another."""
    kind = FOLLOWS[name]

    @known_by_number
    @require_http_methods(["GET", "POST"])
    @permission_required(Permission.POST_DOCUMENTS)
    def write(request: PersonRequest, pk: int) -> HttpResponseBase:
        parent = posting_seen(request, pk)
        step = AFTER.get(DocumentKind(parent.document_kind))
        if step is None or step.name != name:
            return go_to(request, reverse("budget:posting", args=[pk]))
        lines = left_of(parent, kind)
        usual = _follows(request, parent, kind)
        form = FollowForm(request.POST or None, kind=kind, lines=lines, initial=usual)

        def act(values: dict[str, Any]) -> actions.Posted:
            said = {name: values[name] for name in form.said()} | {"by": request.user}
            return following(kind, parent, form.amounts(), said)

        return answer(request, form, act, posting_page(parent, str(step.label), lines))

    write.__name__, write.__doc__ = name, f"Write the {kind} that follows a document."
    return write


request_payment = _follow("request-payment")
pay = _follow("pay")
return_payment = _follow("return-payment")


@known_by_number
@require_http_methods(["GET", "POST"])
@permission_required(Permission.POST_DOCUMENTS)
def carry_over(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Carry what a contract did not get paid over into the next year."""
    contract = posting_seen(request, pk)
    if contract.document_kind != DocumentKind.COMMITMENT:
        return go_to(request, reverse("budget:posting", args=[pk]))
    usual = {"effective_on": date(contract.fiscal_year + 1, 1, 2)}
    form = CarryOverForm(request.POST or None, contract=contract, initial=usual)

    def act(values: dict[str, Any]) -> actions.Posted:
        return actions.carry_over(contract, by=request.user, **values)

    lines = left_of(contract, DocumentKind.REQUEST)
    return answer(request, form, act, posting_page(contract, str(CARRY_OVER.label), lines))


@known_by_number
@require_http_methods(["GET", "POST"])
@permission_required(Permission.POST_DOCUMENTS)
def reverse_posting(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Take a document back as a whole, by a correction with its own number."""
    posting = posting_seen(request, pk)
    form = ReverseForm(request.POST or None, initial=day_after(request, posting))

    def act(values: dict[str, Any]) -> actions.Posted:
        return actions.reverse(posting, by=request.user, **values)

    return answer(request, form, act, posting_page(posting, _("Reverse"), []))


def answer(
    request: PersonRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], actions.Posted],
    context: dict[str, Any],
    page: str = "budget/write.html",
) -> HttpResponseBase:
    """Post what a valid form says and go to its document; show the form with its errors else."""
    if posted := carried_out(form, lambda **given: act(given)):
        said = _("Posted.") if posted.is_new else _("This document had been posted before.")
        messages.success(request, said)
        return go_to(request, reverse("budget:posting", args=[posted.posting_id]))
    return render_page(request, page, "budget/_write.html", context | {"form": form})


def line_seen(request: PersonRequest, pk: int) -> BudgetLine:
    """Return a line that the visitor may see, or answer that there is none."""
    lines = BudgetLine.objects.visible_to(request.user)
    line: BudgetLine = get_object_or_404(lines.select_related("unit__province", "province"), pk=pk)
    return line


def posting_seen(request: PersonRequest, pk: int) -> Posting:
    every = Posting.objects.visible_to(request.user).select_related("unit__province")
    posting: Posting = get_object_or_404(every, pk=pk)
    return posting


def today(request: PersonRequest) -> dict[str, date]:
    """Return the day that a new document usually takes effect on."""
    return {"effective_on": usual_day(request)}


def day_after(request: PersonRequest, posting: Posting) -> dict[str, date]:
    """Return the day that a document about another usually takes effect on, never before it."""
    return {"effective_on": max(usual_day(request), posting.effective_on)}


def _follows(request: PersonRequest, parent: Posting, kind: DocumentKind) -> dict[str, Any]:
    usual = day_after(request, parent) | {"party": parent.party, "method": parent.method or "LS"}
    if kind is not DocumentKind.REQUEST:
        return usual
    return usual | {"number": next_number(parent.unit_id, parent.fiscal_year, kind)}


def line_page(line: BudgetLine, title: str) -> dict[str, Any]:
    """Return the context of a page that writes a document of one line."""
    url = reverse("budget:line", args=[line.pk])
    return {"title": title, "unit": line.unit, "line": line, "parent": None, "back_url": url}


def posting_page(posting: Posting, title: str, lines: list[Left]) -> dict[str, Any]:
    url = reverse("budget:posting", args=[posting.pk])
    more = {"parent": posting, "back_url": url, "left": lines}
    return {"title": title, "unit": posting.unit, "line": None} | more
