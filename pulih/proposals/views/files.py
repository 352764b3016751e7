"""The cost plan as an office's own sheet, in and out, and the files of a proposal."""

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.inbox.uploads import opened
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web import kept_files
from pulih.web.kept_files import made_file
from pulih.web.page import go_to, render_page
from pulih.web.words import say

from ..actions import attaching, sheets
from ..documents.answer import answer_letter
from ..documents.cost_plan import cost_plan_paper, cost_plan_workbook
from ..documents.scoring import scoring_minutes
from ..documents.terms import terms_paper
from ..documents.verification import verification_sheet
from ..forms import AttachmentForm, SheetForm
from ..models import ProposalDecision
from ..presenters import SCORED, shown_plan
from .editor import draft_or_404, editor_context
from .lookups import proposal_or_404


@require_POST
@permission_required(Permission.PROPOSE)
def take_sheet(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Put the rows of a delivered sheet in place of the plan's; with a fault nothing changes."""
    proposal = draft_or_404(request, pk)
    form, faults = SheetForm(request.POST, request.FILES), []
    if form.is_valid():
        try:
            sheet = sheets.read_sheet(form.cleaned_data["file"])
            faults = [(one.cell, say(one.message)) for one in sheet.faults]
            if not faults:
                seen = request.POST.getlist("row")
                sheets.take_sheet(proposal, sheet, seen, by=request.user)
                return go_to(request, reverse("proposals:edit", args=[pk]) + "#part-rows")
        except Refusal as refusal:
            form.add_error("file", say(refusal.message))
    context = editor_context(request, proposal) | {"sheet_form": form, "sheet_faults": faults}
    return render_page(request, "proposals/edit.html", "proposals/_edit.html", context)


@require_safe
@permission_required(Permission.SEE_PROPOSALS)
def cost_plan(request: PersonRequest, pk: int, form: str) -> HttpResponseBase:
    """Send the cost plan as the sheet or PDF that officers sign."""
    proposal = proposal_or_404(request, pk)
    plan = shown_plan(proposal, "id")
    record(request.user, "proposals.export", proposal, what="cost_plan", format=form)
    name = f"rab-{proposal.number}.{form}"
    make = cost_plan_paper if form == "pdf" else cost_plan_workbook
    return made_file(make(proposal, plan), name)


@require_safe
@permission_required(Permission.SEE_PROPOSALS)
def terms(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Send the terms of reference (KAK) as the PDF that officers sign."""
    proposal = proposal_or_404(request, pk)
    paper = terms_paper(proposal, shown_plan(proposal, "id"))
    record(request.user, "proposals.export", proposal, what="terms", format="pdf")
    return made_file(paper, f"kak-{proposal.number}.pdf")


@require_safe
@permission_required(Permission.SEE_PROPOSALS)
def answer(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Send the answer letter; there is none before the decision."""
    proposal = proposal_or_404(request, pk)
    decision = get_object_or_404(ProposalDecision, proposal=proposal)
    record(request.user, "proposals.export", proposal, what="answer", format="pdf")
    return made_file(answer_letter(decision), f"jawaban-{proposal.number}.pdf")


@require_safe
@permission_required(Permission.SEE_PROPOSALS)
def verification(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Send the newest verification sheet; there is none before somebody verified."""
    proposal = proposal_or_404(request, pk)
    newest = proposal.verifications.select_related("version", "by").last()
    if newest is None:
        raise Http404
    record(request.user, "proposals.export", proposal, what="verification", format="pdf")
    return made_file(verification_sheet(newest), f"verifikasi-{proposal.number}.pdf")


@require_safe
@permission_required(Permission.SEE_PROPOSALS)
def scoring(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Send the minutes of scoring; there are none before all reviews are in."""
    proposal = proposal_or_404(request, pk)
    scores = list(proposal.scores.order_by("slot")) if proposal.state in SCORED else []
    passed = proposal.verifications.filter(is_passed=True).select_related("version").last()
    if not scores or passed is None:
        raise Http404
    record(request.user, "proposals.export", proposal, what="scoring", format="pdf")
    paper = scoring_minutes(proposal, passed.version, scores)
    return made_file(paper, f"penilaian-{proposal.number}.pdf")


@require_POST
@permission_required(Permission.PROPOSE)
def attach(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Add a file to the draft."""
    proposal = draft_or_404(request, pk)
    form = AttachmentForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            attaching.attach(proposal, form.cleaned_data["file"], by=request.user)
        except Refusal as refusal:
            form.add_error("file", say(refusal.message))
        else:
            return go_to(request, reverse("proposals:edit", args=[pk]) + "#part-files")
    context = editor_context(request, proposal) | {"attachment_form": form}
    return render_page(request, "proposals/edit.html", "proposals/_edit.html", context)


@require_safe
@permission_required(Permission.SEE_PROPOSALS)
def attachment(request: PersonRequest, pk: int, key: int) -> HttpResponseBase:
    """Send a file of a proposal that the person may see; never shown in the page, never run."""
    proposal = proposal_or_404(request, pk)
    found = get_object_or_404(proposal.attachments, pk=key)
    return kept_files.attachment(opened(found.stored_name), found.name)
