"""Telling all applicants of a call in one act: links, letters and messages, shown this once."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_POST

from pulih.audit.actions import record
from pulih.people.access import PersonRequest, permission_required
from pulih.people.links.address import digest_of, key_of
from pulih.people.permissions import Permission
from pulih.web.answers import carried_out
from pulih.web.forms import problem_of
from pulih.web.kept_files import made_file
from pulih.workflow.sending import each_time

from .. import lookups
from ..actions import telling as actions
from ..clock import now
from ..documents import letters as documents
from ..documents.letters import Letter
from ..models import Activity, Applicant, ApplicantAnswer
from ..reads.telling import applications, reasons
from ..selection_forms import SecretsForm, TellForm
from .selections import selection_page


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def tell(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give applicants their answer; the page then offers letters and links, this once."""
    activity, form = lookups.activity_of(request.user, pk), TellForm(request.POST)
    act = partial(actions.tell, activity, by=request.user, now=now(request), moment=timezone.now())
    given = carried_out(form, act)
    if given is None:
        return selection_page(request, activity, tell_form=form, problem=problem_of(form))
    secrets = " ".join(one.secret for one in given)
    kept = SecretsForm(initial={"secrets": secrets})
    return selection_page(request, activity, given=given, secrets_form=kept)


@require_POST
@each_time
@permission_required(Permission.RUN_ACTIVITIES)
def letters(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer the letters of those who were told a moment ago as one PDF."""
    activity, found = _letters(request, pk)
    return made_file(documents.pdf(activity, found), f"surat-pendaftar-{pk}.pdf")


@require_POST
@each_time
@permission_required(Permission.RUN_ACTIVITIES)
def link_file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer their links and messages as a workbook, to send by telephone."""
    _activity, found = _letters(request, pk)
    return made_file(documents.workbook(found), f"tautan-pendaftar-{pk}.xlsx")


def _letters(request: PersonRequest, pk: int) -> tuple[Activity, list[Letter]]:
    activity, form = lookups.activity_of(request.user, pk), SecretsForm(request.POST)
    secrets = form.cleaned_data["secrets"].split() if form.is_valid() else []
    by_digest = {digest_of(key_of(one)): one for one in secrets}
    mine = ApplicantAnswer.objects.visible_to(request.user).filter(
        applicant__activity=activity, link__digest__in=by_digest, link__revoked_at=None
    )
    answers = mine.select_related(
        "applicant__person", "applicant__activity", "link", "applicant__regency"
    )
    rows = list(answers.order_by("applicant__person__name", "pk"))
    if not rows:
        raise Http404
    why = _reasons(activity, rows)
    record(request.user, "delivery.export", activity, list="applicant_answers", rows=len(rows))
    return activity, [
        Letter(one, _address(request, by_digest[one.link.digest]), why.get(one.applicant_id, []))
        for one in rows
    ]


def _reasons(activity: Activity, rows: list[ApplicantAnswer]) -> dict[int, list[str]]:
    mine = Applicant.objects.filter(pk__in=[one.applicant_id for one in rows])
    with override("id"):  # Papers and messages are Indonesian, whoever makes them.
        return reasons(activity, applications(activity, mine))


def _address(request: PersonRequest, secret: str) -> Any:
    return request.build_absolute_uri(reverse("links:open", args=[secret]))
