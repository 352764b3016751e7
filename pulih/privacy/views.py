"""Personal data: why it is kept and how long, and what people ask about theirs."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.common.errors import Refusal
from pulih.delivery.clock import day_in, now
from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds, may
from pulih.web.answers import carried_out
from pulih.web.kept_files import made_file
from pulih.web.page import go_to, render_page
from pulih.web.words import say

from . import actions, lookups, retention
from .forms import AnswerForm, RequestForm
from .lists import REQUESTS
from .models import DataRequest, RequestAnswer, RequestKind
from .rules import keeping, processing

COUNTRY = 1
answering = permission_required(Permission.ANSWER_PERSONS)


@require_safe
@answering
def show_list(request: PersonRequest) -> HttpResponseBase:
    """List what people asked about their data, the newest first."""
    return pages.answer(request, REQUESTS, "privacy/list.html")


@require_safe
def show_register(request: PersonRequest) -> HttpResponseBase:
    """Show what is done with personal data, why, and how long it stays; to everybody here."""
    spoken = get_language() or "id"
    sees_due = holds(request.user, Permission.SEE_AUDIT)
    today = day_in(COUNTRY, now(request))
    numbers = {one.rule.key: one.number for one in retention.due(today)} if sees_due else {}
    context = {
        "processing": [
            {
                name: getattr(one, name).in_language(spoken)
                for name in ("purpose", "whose", "what", "basis", "receivers")
            }
            for one in processing()
        ],
        "keeping": [
            (one, one.what.in_language(spoken), one.since.in_language(spoken), numbers.get(one.key))
            for one in keeping()
        ],
        "sees_due": sees_due,
        "may_answer": holds(request.user, Permission.ANSWER_PERSONS),
    }
    return render_page(request, "privacy/register.html", "privacy/_register.html", context)


@require_http_methods(["GET", "POST"])
@answering
def new_request(request: PersonRequest) -> HttpResponseBase:
    """Write down what the person or the firm's owner named in the address asks."""
    about = lookups.subject_of(request, request.user)
    today = _today(request, about.province_id)
    form = RequestForm(request.POST or None, initial={"received_on": today})
    act = partial(actions.receive, about, by=request.user, today=today)
    if made := carried_out(form, act):
        return go_to(request, reverse("privacy:request", args=[made.pk]))
    context = {"form": form, "about": about}
    return render_page(request, "privacy/new.html", "privacy/_form.html", context)


@require_safe
@answering
def show_request(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one request, what became of it, and what may be done."""
    return _page(request, lookups.request_of(request.user, pk), AnswerForm())


@require_POST
@answering
def answer(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer a request."""
    found, form = lookups.request_of(request.user, pk), AnswerForm(request.POST)
    today = _today(request, found.province_id)
    if carried_out(form, partial(actions.answer, found, by=request.user, today=today)):
        messages.success(request, _("Answered. What follows is a new request."))
        return go_to(request, reverse("privacy:request", args=[pk]))
    return _page(request, found, form)


@require_POST
@permission_required(Permission.ANSWER_PERSONS, Permission.UNMASK_IDENTITY)
def copy(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give all that is known of the person as JSON, to be handed to them."""
    found = lookups.request_of(request.user, pk)
    copied = actions.copy(found, by=request.user)
    text = DjangoJSONEncoder(ensure_ascii=False, indent=2).encode(copied)
    return made_file(text, f"data-pribadi-{pk}.json")


@require_POST
@answering
def erase(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Make the person who asked for it nobody."""
    found = lookups.request_of(request.user, pk)
    try:
        actions.erase(found, by=request.user)
    except Refusal as refusal:
        messages.error(request, say(refusal.message))
    else:
        messages.success(request, _("Erased, also out of the history. Answer the request now."))
    return go_to(request, reverse("privacy:request", args=[pk]))


def _page(request: PersonRequest, found: DataRequest, form: AnswerForm) -> HttpResponseBase:
    answered = RequestAnswer.objects.filter(request=found).select_related("by").first()
    may_answer = may(request.user, Permission.ANSWER_PERSONS, found.area)
    context = {
        "asked": found,
        "answered": answered,
        "form": form,
        "may_answer": may_answer and answered is None,
        "may_copy": may_answer and may(request.user, Permission.UNMASK_IDENTITY, found.area),
        "may_erase": may_answer
        and answered is None
        and found.kind == RequestKind.ERASURE
        and found.person is not None,
    }
    return render_page(request, "privacy/request.html", "privacy/_request.html", context)


def _today(request: PersonRequest, area: int) -> date:
    return day_in(area, now(request))
