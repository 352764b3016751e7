"""Who taught, what it is worth by a row of the plan, and the list that pays it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.answers import carried_out
from pulih.web.kept_files import made_file
from pulih.web.page import go_to, render_page
from pulih.web.words import say

from .. import lookups
from ..actions import honoraria as actions
from ..clock import day_in, now
from ..documents.honoraria import values
from ..documents.workbook import workbook
from ..honoraria_lists import HONORARIA, TEACHINGS
from ..models import PaymentList, Trainer
from ..payment_forms import HonorariaForm
from ..reads.honoraria import offers_of, owed_to_teachers
from ..rules.honoraria import rule_on
from ..teaching_forms import PayeeForm, TeachingForm
from .cohorts import page_of


@require_safe
@permission_required(Permission.SEE_ACTIVITIES, Permission.SEE_BUDGET)
def show_honoraria(request: PersonRequest) -> HttpResponseBase:
    """List the honoraria in nominative lists."""
    return pages.answer(request, HONORARIA)


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_teachings(request: PersonRequest) -> HttpResponseBase:
    """List who taught which session."""
    return pages.answer(request, TEACHINGS)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def state_teaching(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Record who taught sessions of a class."""
    cohort = lookups.cohort_of(request.user, pk)
    form = TeachingForm(cohort, request.POST)
    today = day_in(cohort.province_id, now(request))
    said = carried_out(form, partial(actions.state_teaching, cohort, by=request.user, today=today))
    if said is None:
        return page_of(request, cohort, teaching_form=form)
    words = ngettext("Recorded for %(n)d session.", "Recorded for %(n)d sessions.", said)
    messages.success(request, words % {"n": said})
    return go_to(request, reverse("delivery:cohort", args=[pk]))


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def state_payee(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Say what somebody who teaches is to the tax office."""
    cohort = lookups.cohort_of(request.user, pk)
    form = PayeeForm(cohort, request.POST)
    if carried_out(form, partial(actions.state_payee, cohort, by=request.user)):
        return go_to(request, reverse("delivery:cohort", args=[pk]))
    return page_of(request, cohort, payee_form=form)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.RUN_ACTIVITIES, Permission.POST_DOCUMENTS)
def make_list(request: PersonRequest, pk: int, row: int) -> HttpResponseBase:
    """Show who is owed what for teaching by a row of the plan, and fix the list."""
    activity = lookups.activity_of(request.user, pk)
    offer = next((one for one in offers_of(activity) if one.row.pk == row), None)
    if offer is None:
        raise Http404
    trainers = Trainer.objects.filter(cohort__activity=activity, role=offer.role)
    people = trainers.select_related("cohort").order_by("cohort__name", "name")
    form = HonorariaForm(people, request.POST or None, initial={"rate": offer.highest})
    today = day_in(activity.province_id, now(request))

    def act(only: Any, **typed: Any) -> PaymentList:
        keys = [one.pk for one in only]
        return actions.make_list(
            activity, offer.row, only=keys, by=request.user, today=today, **typed
        )

    made = carried_out(form, act)
    if made:
        return go_to(request, reverse("delivery:payment-list", args=[made.pk]))
    listed = owed_to_teachers(activity, offer, offer.highest, today)
    payable = [one for one in listed if not one.obstacles]
    context = {
        "activity": activity,
        "offer": offer,
        "standard_name": say(offer.standard.name) if offer.standard else "",
        "people": listed,
        "payable": len(payable),
        "gross": sum(one.amount.gross for one in payable),
        "rule": rule_on(activity.starts_on),
        "form": form,
    }
    return render_page(
        request, "delivery/new_honoraria.html", "delivery/_new_honoraria.html", context
    )


@require_safe
@permission_required(Permission.SEE_ACTIVITIES, Permission.SEE_BUDGET)
def show_workbook(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer a list of honoraria as a workbook in the form of its paper."""
    given = lookups.payment_list_of(request.user, pk)
    if not given.is_of_teachers:
        raise Http404
    return made_file(workbook(values(given)), f"daftar-honorarium-{pk}.xlsx")
