"""Payment requests (SPP): the list, and one with its checklist, its steps and what is done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pulih.budget.models import DocumentKind, Posting
from pulih.budget.reads.documents import chain_of, with_figures
from pulih.budget.reads.doors import doors, has_hand
from pulih.budget.reads.numbers import next_number
from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web.answers import carried_out
from pulih.web.as_of import usual_day
from pulih.web.page import go_to, render_page
from pulih.web.words import say
from pulih.workflow import reads as workflow

from .. import actions
from ..actions.submission_steps import newest
from ..forms import ExamineForm, SendBackForm, SubmitAgainForm
from ..lists import told
from ..reads import GIVEN, warnings_of
from ..reads import taxes as tax_reads
from ..reads.papers import papers_of
from ..reads.supporting import checklist_of
from ..rules import checklist, taxes
from ..states import EXAMINED, PAYMENT, RETURNED
from ..submission_lists import SUBMISSIONS
from ..tax_lists import said_of


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_requests(request: PersonRequest) -> HttpResponseBase:
    """List the payment requests on their way, with whose turn it is."""
    return pages.answer(request, SUBMISSIONS, "treasury/requests.html")


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_request(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show an SPP: whose turn it is, its checklist, its chain and its steps."""
    return _page(request, request_seen(request, pk))


@require_POST
@permission_required(Permission.POST_DOCUMENTS)
def examine(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Order the payment of an SPP that was examined whole."""
    asked = request_seen(request, pk)
    form = ExamineForm(_items(request, asked), request.POST)
    posted = carried_out(form, lambda **typed: actions.examine(asked, by=request.user, **typed))
    if posted is None:
        return _page(request, asked, examine_form=form)
    messages.success(request, _("The SPM is issued."))
    return go_to(request, reverse("budget:posting", args=[posted.posting_id]))


@require_POST
@permission_required(Permission.POST_DOCUMENTS)
def send_back(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Send an SPP back to who made it, with the reason."""
    asked = request_seen(request, pk)
    form = SendBackForm(request.POST)
    ticked = request.POST.getlist("ticked")

    def act(**typed: Any) -> bool:
        actions.send_back(asked, ticked=ticked, by=request.user, **typed)
        return True

    if not carried_out(form, act):
        typed = {name: request.POST.get(name) for name in ("number", "effective_on")}
        kept = ExamineForm(_items(request, asked), initial=typed | {"ticked": ticked})
        return _page(request, asked, back_form=form, examine_form=kept)
    messages.success(request, _("The SPP went back."))
    return go_to(request, reverse("treasury:request", args=[pk]))


@require_POST
@permission_required(Permission.POST_DOCUMENTS)
def submit_again(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Submit an SPP again after it was fixed."""
    asked = request_seen(request, pk)
    form = SubmitAgainForm(request.POST)

    def act(**typed: Any) -> bool:
        actions.submit_again(asked, by=request.user, **typed)
        return True

    if not carried_out(form, act):
        return _page(request, asked, again_form=form)
    messages.success(request, _("The SPP was submitted again."))
    return go_to(request, reverse("treasury:request", args=[pk]))


def request_seen(request: PersonRequest, pk: int) -> Posting:
    """Return an SPP that the visitor may see, or answer that there is none."""
    every = Posting.objects.visible_to(request.user).filter(document_kind=DocumentKind.REQUEST)
    related = ("unit__province", "province", "refers_to", "reversed_by", "posted_by")
    found: Posting = get_object_or_404(every.select_related(*related), pk=pk)
    return found


def _items(request: PersonRequest, asked: Posting) -> list[checklist.Item]:
    return checklist.items_on(usual_day(request), asked.method)


def _page(request: PersonRequest, asked: Posting, **given: Any) -> HttpResponseBase:
    submission = newest(asked)
    key = submission.pk if submission else 0
    last = workflow.last_step(PAYMENT, key)
    state = last.to_state if last else EXAMINED
    duty = workflow.open_duty(PAYMENT, key)
    is_open = not hasattr(asked, "reversed_by")
    orders, asks = (
        has_hand(asked.unit, request.user, doors()[kind].hands)
        for kind in (DocumentKind.ORDER, DocumentKind.REQUEST)
    )
    may_change = asks and is_open and not _is_ordered_now(asked)
    seen = {"seen": last.number if last else None}
    withheld = tax_reads.newest(asked)
    usual = {
        "taxes": withheld.edition if withheld else 0,
        "number": next_number(asked.unit_id, asked.fiscal_year, DocumentKind.ORDER),
        "effective_on": max(usual_day(request), asked.effective_on),
    }
    (document,) = with_figures([asked])
    wrong = [one for form in given.values() for one in form.non_field_errors()]
    items = _items(request, asked)
    context = {
        "asked": asked,
        "document": document,
        "chain": chain_of(asked),
        "entries": asked.entries.select_related("line").order_by("line__line_key"),
        "state": PAYMENT.state(state) if last else None,
        "held": workflow.clock_of(duty) if duty else None,
        "steps": workflow.history(PAYMENT, key),
        "may_order": orders and is_open and state == EXAMINED and not _is_ordered(asked, last),
        "may_submit": asks and is_open and state == RETURNED,
        "examine_form": ExamineForm(items, initial=usual),
        "back_form": SendBackForm(initial=seen),
        "again_form": SubmitAgainForm(initial=seen),
        "is_unverified": not all(one.verified for one in items),
        "problem": wrong[0] if wrong else "",
        **_taxes(asked, state),
        **_supporting(asked, may_change),
        "may_state": may_change,
        "papers": papers_of(asked),
        "may_print": may(request.user, Permission.POST_DOCUMENTS, asked.unit.province),
        "warnings": _warnings(request, asked, document.rupiah),
        **given,
    }
    return render_page(request, "treasury/request.html", "treasury/_request.html", context)


def _taxes(asked: Posting, state: str) -> dict[str, Any]:
    """Return what the page shows of what is withheld; unstated where it should have been."""
    stated = tax_reads.newest(asked)
    rows = tax_reads.of_request(asked, with_left_out=True)
    return {
        "withheld": stated,
        "taxes": [_tax(one) for one in rows],
        "earlier": list(tax_reads.editions(asked)[1:]),
        "is_unstated": stated is None and state == EXAMINED and asked.method not in GIVEN,
    }


def _supporting(asked: Posting, may_change: bool) -> dict[str, Any]:
    """Return the papers as the page shows them; those of a list are named there alone."""
    papers = checklist_of(asked)
    return {
        "supporting": [(say(one.words), one) for one in papers],
        "missing": [one for one in papers if one.is_missing],
        "may_name": may_change and any(one.code for one in papers),
    }


def _tax(row: Any) -> dict[str, Any]:
    return {
        "row": row,
        "words": say(taxes.taxes()[row.tax].words),
        "due": tax_reads.due_of(row) if row.rupiah else None,
        "state": said_of(row),
    }


def _is_ordered_now(asked: Posting) -> bool:
    return asked.followed_by.filter(document_kind=DocumentKind.ORDER, reversed_by=None).exists()


def _is_ordered(asked: Posting, last: object) -> bool:
    """Tell whether an SPP from before its way was kept has been ordered already."""
    return last is None and _is_ordered_now(asked)


def _warnings(request: PersonRequest, asked: Posting, rupiah: int) -> list[str]:
    return [told(one) for one in warnings_of(asked, rupiah, usual_day(request))]
