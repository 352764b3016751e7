"""Grants: the list, what lies on the books by age, one grant with its steps and papers."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from pulih.common.errors import Refusal
from pulih.delivery.actions.activities import place_of
from pulih.delivery.clock import day_in, now
from pulih.delivery.documents.workbook import workbook
from pulih.delivery.lookups import handover_of
from pulih.documents.lookups import all_in_force
from pulih.lists import pages
from pulih.lists.figures import state
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds, may
from pulih.web.answers import carried_out
from pulih.web.as_of import today_only
from pulih.web.kept_files import made_file
from pulih.web.page import go_to, render_page
from pulih.web.words import say
from pulih.workflow import reads as workflow
from pulih.workflow.moving import moved

from . import actions, lookups
from .documents import deed
from .documents import steps as step_papers
from .figures import ON_THE_BOOKS
from .forms import StepForm
from .lists import CASES
from .models import Approver, GrantCase
from .papers import KINDS, step_words
from .presenters import holder_words
from .reads import live_case, lying, without_case
from .rules.ageing import NAMES, bands, table
from .rules.steps import steps
from .states import GRANT, STOPPED

COUNTRY = 1


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_list(request: PersonRequest) -> HttpResponseBase:
    """List the grants, what was received first, below how long goods lie on the books."""
    goods = lying(request.user, day_in(COUNTRY, now(request)))
    context = {
        "ages": bands("", goods),
        "waiting": without_case(request.user).count(),
        "value": state(ON_THE_BOOKS, request.user, today_only()),
        "may_run": holds(request.user, Permission.RUN_ACTIVITIES),
    }
    return pages.answer(request, CASES, "grants/list.html", context=context)


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_ageing(request: PersonRequest) -> HttpResponseBase:
    """Show what lies on the books, by office and by who approves, in bands of age."""
    goods = lying(request.user, day_in(COUNTRY, now(request)))
    labels = dict(Approver.choices)
    context = {
        "offices": [(row.key, row) for row in table(goods, "office")],
        "approvers": [(labels[row.key], row) for row in table(goods, "approver")],
        "bands": NAMES,
        "total": sum(one.value for one in goods),
        "count": len(goods),
    }
    return render_page(request, "grants/ageing.html", "grants/_ageing.html", context)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def open_all(request: PersonRequest) -> HttpResponseBase:
    """Begin the grant of everything that was received in one's own area."""
    own = [one for one in without_case(request.user) if request.user.covers(place_of(one.activity))]
    moment = now(request)
    opened = actions.open_cases(own, by=request.user, now=moment, today=day_in(COUNTRY, moment))
    said = ngettext("%(n)s grant begun.", "%(n)s grants begun.", opened)
    messages.success(request, said % {"n": opened})
    return go_to(request, reverse("grants:list"))


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_of_handover(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Lead from a BAST to its grant, or to beginning it."""
    handover = handover_of(request.user, pk)
    cases = GrantCase.objects.visible_to(request.user).filter(handover=handover)
    if found := cases.order_by("-pk").first():
        return go_to(request, reverse("grants:case", args=[found.pk]))
    return _of_handover(request, handover)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def open_one(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Begin the grant of one BAST."""
    handover, moment = handover_of(request.user, pk), now(request)
    try:
        made = actions.open_case(
            handover, by=request.user, now=moment, today=day_in(handover.province_id, moment)
        )
    except Refusal as refusal:
        return _of_handover(request, handover, say(refusal.message))
    return go_to(request, reverse("grants:case", args=[made.pk]))


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_case(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show a grant: whose turn it is, its steps, its papers."""
    return _page(request, lookups.case_of(request.user, pk))


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def take(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Record the paper of a step."""
    case, form = lookups.case_of(request.user, pk), StepForm(request.POST)
    act = partial(
        actions.take, case, by=request.user, now=now(request), today=_today(request, case)
    )
    if carried_out(form, act):
        return go_to(request, reverse("grants:case", args=[pk]))
    return _page(request, case, form=form)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def move(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Send a grant back, or stop it."""
    case = lookups.case_of(request.user, pk)
    refused = moved(request, partial(actions.move, case, by=request.user, now=now(request)))
    if refused is not None:
        return _page(request, case, refused=refused)
    return go_to(request, reverse("grants:case", args=[pk]))


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def paper(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer the deed as PDF; before its step it is a draft."""
    case = lookups.case_of(request.user, pk)
    return made_file(deed.pdf(case), f"naskah-hibah-{pk}.pdf", shown=True)


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def step_paper(request: PersonRequest, pk: int, step: str) -> HttpResponseBase:
    """Answer the paper of a step as PDF; before the step is taken it is a draft."""
    case = _case_with(request, pk, step)
    return made_file(step_papers.pdf(case, step), f"hibah-{pk}-{step}.pdf", shown=True)


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def step_workbook(request: PersonRequest, pk: int, step: str) -> HttpResponseBase:
    """Answer the paper of a step as a workbook, to go on working with."""
    case = _case_with(request, pk, step)
    return made_file(workbook(step_papers.values(case, step)), f"hibah-{pk}-{step}.xlsx")


def _case_with(request: PersonRequest, pk: int, step: str) -> GrantCase:
    if step not in step_papers.TITLES:
        raise Http404
    return lookups.case_of(request.user, pk)


def _of_handover(request: PersonRequest, handover: Any, problem: str = "") -> HttpResponseBase:
    context = {
        "handover": handover,
        "problem": problem,
        "may_run": may(request.user, Permission.RUN_ACTIVITIES, place_of(handover.activity)),
    }
    return render_page(request, "grants/of_handover.html", "grants/_of_handover.html", context)


def _page(request: PersonRequest, case: GrantCase, **more: Any) -> HttpResponseBase:
    last = workflow.last_step(GRANT, case.pk)
    assert last is not None
    duty = workflow.open_duty(GRANT, case.pk)
    papers = {one.step: one for one in case.papers.order_by("pk")}
    taken = [(step_words(rule), rule, papers.get(rule.key)) for rule in steps()]
    initial = {"step": last.to_state, "seen": last.number, "dated": _today(request, case)}
    context = {
        "case": case,
        "handover": case.handover,
        "state": GRANT.state(last.to_state),
        "turn": holder_words(case, last.to_state),
        "held": workflow.clock_of(duty, now(request)) if duty else None,
        "days": (_today(request, case) - case.received_on).days,
        "taken": taken,
        "waits_for": last.to_state,
        "steps": workflow.history(GRANT, case.pk),
        "moves": workflow.moves_of(GRANT, case.pk, request.user),
        "may_run": may(request.user, Permission.RUN_ACTIVITIES, place_of(case.handover.activity)),
        "form": StepForm(initial=initial),
        "may_begin": last.to_state == STOPPED and live_case(case.handover) is None,
        "refused": "",
        "codes": all_in_force(KINDS, case.pk),
        **more,
    }
    return render_page(request, "grants/case.html", "grants/_case.html", context)


def _today(request: PersonRequest, case: GrantCase) -> date:
    return day_in(case.province_id, now(request))
