"""Documents: the list with its filters and export, and one document with its chain and entries."""

from functools import partial

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web.answers import is_done
from pulih.web.as_of import as_of
from pulih.web.page import go_to, render_page

from .. import actions
from ..document_lists import POSTINGS
from ..entry_lists import ENTRIES
from ..forms import PartyForm
from ..lists import year_asked
from ..models import Posting, SpendingUnit
from ..models.lines import BudgetQuerySet
from ..reads.documents import chain_of, seen_on, with_figures
from ..reads.parties import kind_on
from .written import steps_after


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_postings(request: PersonRequest) -> HttpResponseBase:
    """List the documents in effect and known on the days shown, newest first."""
    asked = pages.ask(request, POSTINGS)
    units = SpendingUnit.objects.visible_to(request.user)
    unit = get_object_or_404(units, pk=asked["unit"]) if asked["unit"] else None
    context = {"unit": unit, "day": asked.seen.day}
    return pages.answer(request, POSTINGS, "budget/postings.html", context=context)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_entries(request: PersonRequest) -> HttpResponseBase:
    """List what documents did to each amount of each line; its totals are the amounts shown."""
    asked = pages.ask(request, ENTRIES)
    query = request.GET.copy()
    for name in ("page", "sort", "format", "within"):
        query.pop(name, None)
    context = {"year": year_asked(asked), "seen": asked.seen, "query": query.urlencode()}
    return pages.answer(request, ENTRIES, "budget/entries.html", context=context)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_posting(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one document: its chain, what it did to each line, and the proof of both."""
    return _posting_page(request, _posting(request, pk), PartyForm())


@require_POST
@permission_required(Permission.POST_DOCUMENTS)
def rule_party(request: PersonRequest, pk: int) -> HttpResponseBase:
    """State what the payee of a document is."""
    posting, form = _posting(request, pk), PartyForm(request.POST)
    if is_done(form, partial(actions.rule_party, posting, by=request.user)):
        return go_to(request, reverse("budget:posting", args=[pk]))
    return _posting_page(request, posting, form)


def _posting(request: PersonRequest, pk: int) -> Posting:
    every = _visible(request).select_related(
        "unit__province", "batch", "posted_by", "refers_to", "reverses", "reversed_by", "province"
    )
    posting: Posting = get_object_or_404(every, pk=pk)
    return posting


def _posting_page(request: PersonRequest, posting: Posting, form: PartyForm) -> HttpResponseBase:
    pk, seen = posting.pk, as_of(request)
    entries = posting.entries.select_related("line").order_by("line__line_key", "id")
    (document,) = with_figures([posting])
    context = {
        "posting": posting,
        "document": document,
        "entries": entries,
        "chain": chain_of(posting),
        "steps": steps_after(posting, request.user),
        "hash": bytes(posting.hash).hex(),
        "payee": kind_on(posting),
        "party_form": form,
        "may_rule": may(request.user, Permission.POST_DOCUMENTS, posting.province),
        "seen": seen,
        "is_there": seen_on(_visible(request).filter(pk=pk), seen.day, seen.known).exists(),
    }
    return render_page(request, "budget/posting.html", "budget/_entries.html", context)


def _visible(request: PersonRequest) -> BudgetQuerySet:
    return Posting.objects.visible_to(request.user)
