"""The money of an activity: what is promised and committed, and the lists that pay participants."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.budget.models import PaymentMethod, Posting
from pulih.budget.reads.documents import chain_of, with_figures
from pulih.budget.reads.promises import left_of_promise
from pulih.budget.views.written import steps_after
from pulih.documents.lookups import in_force
from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required, record_of
from pulih.people.permissions import Permission, may
from pulih.web.answers import carried_out
from pulih.web.kept_files import made_file
from pulih.web.page import go_to, render_page

from .. import lookups
from ..actions import packs
from ..actions import payments as actions
from ..actions.activities import place_of
from ..clock import day_in, now
from ..documents import honoraria as honoraria_paper
from ..documents import nominative
from ..models import Activity, Handover, Move, Participant, PaymentList
from ..papers import PAYMENT_LIST
from ..payment_forms import CommitForm, ListForm, PaperForm, RequestForm, WithdrawListForm
from ..payment_lists import PAYMENT_ENTRIES, PAYMENT_LISTS
from ..reads.costs import costs_of
from ..reads.honoraria import lines_of, offers_of
from ..reads.listed_money import paid_past_lists
from ..reads.outcomes import came_to
from ..reads.packs import pack_for, pack_lines
from ..reads.payments import (
    activities_of,
    claims,
    documents_of,
    money_by_line,
    owed,
    promise_of,
    rows_of,
    sources,
    state_of,
    with_money,
)
from ..rules.payments import rule_on
from ..words import COSTS, LIST_STATES

SEES = (Permission.SEE_ACTIVITIES, Permission.SEE_BUDGET)
WRITES = (Permission.RUN_ACTIVITIES, Permission.POST_DOCUMENTS)


@require_safe
@permission_required(*SEES)
def show_lists(request: PersonRequest) -> HttpResponseBase:
    """List the nominative lists within sight, the newest first."""
    return pages.answer(request, PAYMENT_LISTS)


@require_safe
@permission_required(*SEES)
def show_entries(request: PersonRequest) -> HttpResponseBase:
    """List the people in nominative lists."""
    return pages.answer(request, PAYMENT_ENTRIES)


@require_safe
@permission_required(*SEES)
def show_money(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show what is promised, committed and paid for an activity, and its lists."""
    return _money_page(request, _activity(request, pk))


@require_POST
@permission_required(*WRITES)
def commit(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Commit money that is promised to the activity's proposal."""
    activity = _activity(request, pk)
    promise = promise_of(activity)
    form = CommitForm(left_of_promise(promise) if promise else [], request.POST)

    def act(**typed: Any) -> Any:
        said = {name: typed[name] for name in form.said()}
        return actions.commit(activity, form.amounts(), reason="", by=request.user, **said)

    posted = carried_out(form, act)
    if posted:
        return go_to(request, reverse("budget:posting", args=[posted.posting_id]))
    return _money_page(request, activity, commit_form=form)


@require_http_methods(["GET", "POST"])
@permission_required(*WRITES)
def make_list(request: PersonRequest, pk: int, row: int) -> HttpResponseBase:
    """Show who can be paid by a row of the plan and who cannot, and fix the list."""
    activity = _activity(request, pk)
    found = next(((one, pay) for one, pay in rows_of(activity) if one.pk == row), None)
    if found is None:
        raise Http404
    seated = Participant.objects.seated().filter(activity=activity)
    people = seated.select_related("person", "cohort").order_by("cohort__name", "number")
    form = ListForm(people, request.POST or None)

    def act(number: str, only: Any) -> PaymentList:
        keys = [one.pk for one in only]
        return actions.make_list(
            activity, found[0], number=number, only=keys, by=request.user,
            today=_today(request, activity),
        )  # fmt: skip

    made = carried_out(form, act)
    if made:
        return go_to(request, reverse("delivery:payment-list", args=[made.pk]))
    listed = owed(activity, *found)
    payable = [one for one in listed if not one.obstacles]
    context = {
        "activity": activity,
        "row": found[0],
        "pay": found[1],
        "people": listed,
        "payable": len(payable),
        "gross": sum(one.amount.gross for one in payable),
        "rule": rule_on(activity.starts_on),
        "form": form,
    }
    return render_page(
        request, "delivery/new_payment_list.html", "delivery/_new_payment_list.html", context
    )


@require_safe
@permission_required(*SEES)
def show_payment_list(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show a list: its people, how far its payment has come, and what is to be claimed back."""
    return _list_page(request, lookups.payment_list_of(request.user, pk))


@require_POST
@permission_required(*WRITES)
def request_payment(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Ask for the payment of a list."""
    given = lookups.payment_list_of(request.user, pk)
    form = RequestForm(_sources(given), request.POST)
    today = _today(request, given.activity)
    act = partial(actions.request_payment, given, by=request.user, today=today)
    if carried_out(form, act):
        return go_to(request, reverse("delivery:payment-list", args=[pk]))
    return _list_page(request, given, request_form=form, problem=_problem(form))


@require_POST
@permission_required(*WRITES)
def withdraw_list(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Withdraw a list."""
    given = lookups.payment_list_of(request.user, pk)
    form = WithdrawListForm(request.POST)
    today = _today(request, given.activity)
    act = partial(actions.withdraw_list, given, by=request.user, today=today)
    if carried_out(form, act):
        return go_to(request, reverse("delivery:payment-list", args=[pk]))
    return _list_page(request, given, withdraw_form=form, problem=_problem(form))


@require_POST
@permission_required(*WRITES)
def name_paper(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Name a paper of the pack."""
    given = lookups.payment_list_of(request.user, pk)
    form = PaperForm(_papers_of_office(given), request.POST)
    today = _today(request, given.activity)
    if carried_out(form, partial(packs.name_paper, given, by=request.user, today=today)):
        return go_to(request, reverse("delivery:payment-list", args=[pk]))
    return _list_page(request, given, paper_form=form)


@require_safe
@permission_required(*SEES)
def paper(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer a list as PDF, with room for signatures."""
    given = lookups.payment_list_of(request.user, pk)
    paper_of = honoraria_paper.pdf if given.is_of_teachers else nominative.pdf
    return made_file(paper_of(given), f"daftar-nominatif-{pk}.pdf", shown=True)


@require_safe
@permission_required(*SEES)
def show_of_posting(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show what a document of the ledger paid for: lists of people, goods and who signed."""
    posting = get_object_or_404(Posting.objects.visible_to(request.user), pk=pk)
    chain = [one.posting.pk for one in chain_of(posting)]
    moves = Move.objects.visible_to(request.user).filter(paid_by__in=chain)
    bought = list(moves.select_related("item__activity").order_by("pk"))
    activities = {one.item.activity_id for one in bought}
    handovers = Handover.objects.visible_to(request.user).filter(activity__in=activities)
    lists = with_money(PaymentList.objects.visible_to(request.user).filter(request__in=chain))
    context = {
        "posting": posting,
        "lists": [(one, LIST_STATES[state_of(one)]) for one in lists],
        "bought": bought,
        "handovers": handovers.select_related("item").order_by("sent_on", "pk"),
        "activities": activities_of(posting.promise, request.user),
    }
    return render_page(request, "delivery/of_posting.html", "delivery/_of_posting.html", context)


def _activity(request: PersonRequest, pk: int) -> Activity:
    return lookups.activity_of(request.user, pk)


def _today(request: PersonRequest, activity: Activity) -> Any:
    return day_in(activity.province_id, now(request))


def _may_write(request: PersonRequest, activity: Activity) -> bool:
    return may(request.user, Permission.RUN_ACTIVITIES, place_of(activity)) and may(
        request.user, Permission.POST_DOCUMENTS, activity.province
    )


def _money_page(request: PersonRequest, activity: Activity, **more: Any) -> HttpResponseBase:
    promise = promise_of(activity)
    lists = with_money(PaymentList.objects.visible_to(request.user).filter(activity=activity))
    lines = money_by_line(promise) if promise else []
    left = left_of_promise(promise) if promise else []
    initial = {"effective_on": _today(request, activity)}
    costs = costs_of(activity, came_to(activity, list(activity.cohorts.all())))
    context = {
        "activity": activity,
        "promise": promise,
        "lines": lines,
        "promised": sum(one.promised for one in lines),
        "committed": sum(one.committed for one in lines),
        "paid": sum(one.paid for one in lines),
        "documents": with_figures(documents_of(promise)) if promise else [],
        "past_lists": paid_past_lists(activity, promise) if promise else [],
        "costs": [(COSTS[key], plan, paid) for key, plan, paid in costs.rows],
        "is_shared": costs.is_shared,
        "rows": rows_of(activity),
        "offers": offers_of(activity),
        "lists": [(one, LIST_STATES[state_of(one)]) for one in lists.order_by("-pk")],
        "may_write": _may_write(request, activity),
        "commit_form": CommitForm(left, initial=initial),
        **more,
    }
    return render_page(request, "delivery/money.html", "delivery/_money.html", context)


def _problem(form: Any) -> str:
    """Say what was refused also where the form is not drawn any more."""
    return " ".join(map(str, form.non_field_errors()))


def _sources(given: PaymentList) -> Any:
    promise = promise_of(given.activity)
    return sources(promise, given.row.account, given.gross) if promise else []


def _papers_of_office(given: PaymentList) -> list[tuple[str, str]]:
    return [
        (one.rule.key, packs.paper_words(one.rule)) for one in pack_lines(given) if one.is_of_office
    ]


def _entries(given: PaymentList) -> Any:
    rows = given.entries.select_related("participant__person", "participant__cohort")
    return rows.order_by("position")


def _list_page(request: PersonRequest, given: PaymentList, **more: Any) -> HttpResponseBase:
    state = state_of(given)
    documents = chain_of(given.request) if given.request else []
    found, today = _sources(given), _today(request, given.activity)
    # Commitments come first; only they are paid directly.
    method = PaymentMethod.DIRECT if found and found[0].commitment else PaymentMethod.IMPREST
    context = {
        "given": given,
        "activity": given.activity,
        "state": state,
        "state_words": LIST_STATES[state],
        "entries": [] if given.is_of_teachers else _entries(given),
        "lines": lines_of(given) if given.is_of_teachers else [],
        "documents": [(one, steps_after(one.posting, request.user)) for one in documents],
        "claims": claims(given) if state in ("paid", "partly_paid") else [],
        "may_write": _may_write(request, given.activity),
        "sources": found,
        "request_form": RequestForm(found, initial={"effective_on": today, "method": method}),
        "is_imprest_only": method == PaymentMethod.IMPREST,
        "withdraw_form": WithdrawListForm(),
        "pack": pack_for(given),
        "pack_lines": [(packs.paper_words(one.rule), one) for one in pack_lines(given)],
        "paper_form": PaperForm(_papers_of_office(given), initial={"dated": today}),
        "paper_code": in_force(PAYMENT_LIST, given.pk),
        "record_of": record_of(request.user, given),
        "problem": "",
        **more,
    }
    return render_page(
        request, "delivery/payment_list.html", "delivery/_payment_list.html", context
    )
