"""The editor of a draft: it saves itself part by part, and says what will not pass while typing."""

from typing import Any

from django import forms as django_forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pulih.classifications import accounts
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, require
from pulih.web.bounds import row_key
from pulih.web.page import go_to, render_page, wants_fragment
from pulih.web.words import language, say

from ..actions import drafts
from ..actions.clashes import Clash
from ..forms import AttachmentForm, GoodForm, PartForm, PlaceForm, RowForm, SectionsForm, SheetForm
from ..models import CostRow, Place, Proposal, ProposedGood
from ..presenters import ShownPlan, shown_plan, shown_row
from ..reads import basis_of, planned_row
from ..rules.rows import check_row
from .lookups import may_write, proposal_or_404

KINDS: dict[str, tuple[type[Any], type[Any]]] = {
    "rows": (CostRow, RowForm),
    "places": (Place, PlaceForm),
    "goods": (ProposedGood, GoodForm),
}


@require_safe
@permission_required(Permission.PROPOSE)
def edit(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show the draft as forms."""
    proposal = draft_or_404(request, pk)
    return _editor(request, proposal)


@require_POST
@permission_required(Permission.PROPOSE)
def save_sections(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Save the sections of the terms of reference."""
    proposal = draft_or_404(request, pk)
    form, clash = SectionsForm(request.POST), None
    if form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        try:
            proposal = drafts.save_sections(
                proposal, values, seen=form.cleaned_data["seen"], by=request.user
            )
        except Clash as found:
            clash = found
        else:
            form = SectionsForm(initial=SectionsForm.values_of(proposal))
    if not wants_fragment(request) and clash is None and not form.is_bound:
        return go_to(request, reverse("proposals:edit", args=[pk]))
    context = editor_context(request, proposal) | {"sections": form}
    if clash is not None:
        context["sections_clash"] = _shown_clash(clash, form)
    return render_page(request, "proposals/edit.html", "proposals/_sections.html", context)


@require_POST
@permission_required(Permission.PROPOSE)
def save_part(request: PersonRequest, pk: int, kind: str, key: int = 0) -> HttpResponseBase:
    """Add a row, a place or goods (without a key), change one, or delete it (`delete`)."""
    proposal = draft_or_404(request, pk)
    model, form_class = _kind(kind)
    form = form_class(request.POST, proposal=proposal, auto_id=_ids(kind, key))
    clash = None
    if "delete" in request.POST:
        clash = _delete(request, proposal, model, key, form)
    elif form.is_valid():
        clash = _save(request, proposal, model, key, form)
    elif not key or wants_fragment(request):
        return _answer_part(request, proposal, kind, key, form, None)
    if clash is None and not wants_fragment(request):
        return go_to(request, reverse("proposals:edit", args=[pk]) + f"#part-{kind}")
    return _answer_part(request, proposal, kind, key, form, clash)


def _save(
    request: PersonRequest, proposal: Proposal, model: Any, key: int, form: PartForm
) -> Clash | None:
    seen = form.cleaned_data["seen"] or 0
    try:
        if key:
            drafts.save_part(proposal, model, key, form.values(), seen=seen, by=request.user)
        else:
            drafts.add_part(proposal, model, form.values(), by=request.user)
    except Clash as clash:
        return clash
    return None


def _delete(
    request: PersonRequest, proposal: Proposal, model: Any, key: int, form: django_forms.Form
) -> Clash | None:
    seen = row_key(str(form.data.get("seen", ""))) or 0
    try:
        drafts.delete_part(proposal, model, key, seen=seen, by=request.user)
    except Clash as clash:
        return clash
    return None


@require_safe
@permission_required(Permission.PROPOSE)
def check_typed_row(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Say what will not pass of a row as it is typed; nothing is saved."""
    proposal = draft_or_404(request, pk)
    form = RowForm(request.GET, proposal=proposal)
    context: dict[str, Any] = {"form": form, "shown": None}
    if form.is_valid():
        position = _position(request) or proposal.rows.count() + 1
        row = CostRow(proposal=proposal, position=position, **form.values())
        checked = check_row(planned_row(row), basis_of(proposal))
        context["shown"] = shown_row(row, checked, language())
    return render(request, "proposals/_row_findings.html", context)


def _position(request: PersonRequest) -> int:
    """Return the number of a stored row; 0 of one that is not there yet."""
    text = request.GET.get("position", "")
    return int(text) if text.isdecimal() and len(text) < 5 else 0


def _answer_part(
    request: PersonRequest,
    proposal: Proposal,
    kind: str,
    key: int,
    form: PartForm,
    clash: Clash | None,
) -> HttpResponseBase:
    """Answer with all parts of the kind: a new one, a wrong one and a clash in their place."""
    context = editor_context(request, proposal)
    if clash is not None:
        context["clash"] = {**_shown_clash(clash, form), "kind": kind, "key": key}
    elif form.errors and "delete" not in request.POST:
        context["wrong"] = {"kind": kind, "key": key}
        _put(context, kind, key, form)
    return render_page(request, "proposals/edit.html", f"proposals/_{kind}.html", context)


def _put(context: dict[str, Any], kind: str, key: int, form: PartForm) -> None:
    """Let the page show a form as it was typed, with what is wrong."""
    if not key:
        context[f"new_{kind}"] = form
        return
    context[kind] = [
        {**entry, "form": form} if entry["key"] == key else entry for entry in context[kind]
    ]


def _editor(request: PersonRequest, proposal: Proposal) -> HttpResponseBase:
    context = editor_context(request, proposal)
    return render_page(request, "proposals/edit.html", "proposals/_edit.html", context)


def editor_context(request: PersonRequest, proposal: Proposal) -> dict[str, Any]:
    plan = shown_plan(proposal, language())
    return {
        "proposal": proposal,
        "plan": plan,
        "is_fragment": wants_fragment(request),
        "sections": SectionsForm(initial=SectionsForm.values_of(proposal)),
        "sections_clash": None,
        "clash": None,
        "wrong": None,
        "sheet_form": SheetForm(),
        "sheet_faults": [],
        "attachment_form": AttachmentForm(),
        "accounts": _accounts(proposal),
        "attachments": proposal.attachments.order_by("name"),
        **_parts(proposal, plan),
    }


def _accounts(proposal: Proposal) -> list[tuple[str, str]]:
    """Return the accounts that the measure may use, with their names, to choose from."""
    listed = [accounts.LIST.find(code) for code in sorted(proposal.measure.allowed_accounts)]
    return [(one.code, one.name(language())) for one in listed if one]


def _parts(proposal: Proposal, plan: ShownPlan) -> dict[str, Any]:
    rows = [
        {
            "key": shown.row.pk,
            "position": shown.row.position,
            "shown": shown,
            "form": RowForm(
                initial=RowForm.values_of(shown.row),
                proposal=proposal,
                auto_id=_ids("rows", shown.row.pk),
            ),
            "standards": RowForm.standards_of(shown.checked.suggested, shown.row.standard),
        }
        for shown in plan.rows
    ]
    parts: dict[str, Any] = {"rows": rows}
    for kind, stored in (("places", plan.places), ("goods", plan.goods)):
        form_class = KINDS[kind][1]
        parts[kind] = [
            {
                "key": one.pk,
                "form": form_class(
                    initial=form_class.values_of(one),
                    proposal=proposal,
                    auto_id=_ids(kind, one.pk),
                ),
            }
            for one in stored
        ]
    for kind, (_model, form_class) in KINDS.items():
        parts[f"new_{kind}"] = form_class(proposal=proposal, auto_id=_ids(kind, 0))
    return parts


def _shown_clash(clash: Clash, form: Any) -> dict[str, Any]:
    """Return both versions in words, and what to send again to keep one's own."""
    labels = {name: field.label for name, field in form.fields.items()}
    mine = [
        (name, value)
        for name, values in form.data.lists()
        for value in values
        if name not in ("seen", "csrfmiddlewaretoken", "delete")
    ]
    return {
        "message": say(clash.message),
        "differing": [
            (labels.get(one.field, one.field), _in_words(one.theirs), _in_words(one.mine))
            for one in clash.differing
        ],
        "mine": mine,
        "now": clash.now,
        "is_gone": clash.is_gone,
        "is_delete": "delete" in form.data,
    }


def _in_words(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value) or "–"
    return "–" if value in (None, "") else str(value)


def _ids(kind: str, key: int) -> str:
    return f"{kind}-{key}-%s"


def _kind(kind: str) -> tuple[type[Any], type[Any]]:
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def draft_or_404(request: PersonRequest, pk: int) -> Proposal:
    proposal = proposal_or_404(request, pk)
    require(request.user, Permission.PROPOSE, proposal.province)
    if request.method == "GET" and not may_write(request, proposal):
        raise PermissionDenied
    return proposal
