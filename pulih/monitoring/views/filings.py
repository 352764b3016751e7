"""Filing a report, what was filed, and where it went."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.common.working_days import local_day
from pulih.documents.lookups import of_file
from pulih.documents.models import PaperCode
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds, may
from pulih.web.answers import first_error_named
from pulih.web.kept_files import made_file
from pulih.web.page import go_to, render_page
from pulih.web.words import say
from pulih.workflow.calendars import zone_of
from pulih.workflow.typed_again import back_with_typed

from .. import actions
from ..clock import now
from ..forms import DispatchForm, FileForm
from ..models import Dispatch, Filing
from ..papers import REPORT
from ..reads import head_of_planning
from ..rules import deadlines, quarters
from ..rules.form_c import consolidation
from ..rules.reports import CONSOLIDATION, make
from .lookups import filing_or_404, form_or_404, province_or_404, unit_or_404
from .previews import DRAWERS

ASKED = (Permission.SEE_BUDGET, Permission.FILE_REPORTS)


@require_POST
@permission_required(*ASKED)
def file_report(
    request: PersonRequest, pk: int, year: int, quarter: int, form: str
) -> HttpResponseBase:
    """File a report of a unit."""
    unit, form = unit_or_404(request, pk, year), form_or_404(form)
    typed = FileForm(request.POST)
    typed.is_valid()
    moment = now(request)
    try:
        filing = actions.file(
            unit, year, quarter, form, by=request.user, now=moment, **typed.cleaned_data
        )
    except Refusal as refusal:
        back = reverse("monitoring:report", args=[pk, year, quarter, form])
        return back_with_typed(request, say(refusal.message), back)
    return _filed(request, filing, moment)


@require_POST
@permission_required(*ASKED)
def file_consolidation(
    request: PersonRequest, pk: int, year: int, quarter: int
) -> HttpResponseBase:
    """File the consolidated Form C of a province."""
    province = province_or_404(request, pk, year)
    typed = FileForm(request.POST)
    typed.is_valid()
    moment = now(request)
    try:
        filing = actions.file_consolidation(
            province, year, quarter, by=request.user, now=moment, **typed.cleaned_data
        )
    except Refusal as refusal:
        back = reverse("monitoring:consolidation", args=[pk, year, quarter])
        return back_with_typed(request, say(refusal.message), back)
    return _filed(request, filing, moment)


def _filed(request: PersonRequest, filing: Filing, moment: datetime) -> HttpResponseBase:
    if filing.filed_at == moment:
        text = _("Version %(n)s is kept as it was filed.")
        messages.success(request, text % {"n": filing.version})
    else:
        text = _("Nothing has changed since version %(n)s was filed, so nothing new was filed.")
        messages.info(request, text % {"n": filing.version})
    return go_to(request, reverse("monitoring:filing", args=[filing.pk]))


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_filing(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show what was filed, or send its paper byte for byte: `?format=xlsx|pdf`."""
    filing = filing_or_404(request, pk)
    asked = request.GET.get("format", "")
    if asked in DRAWERS:
        return _paper(request, filing, asked)
    every = filing.every
    document = (
        consolidation(filing.province.name, every)
        if filing.form == CONSOLIDATION
        else make(filing.form, every[0])
    )
    same = Filing.objects.visible_to(request.user).of_quarter(filing.fiscal_year, filing.quarter)
    context = {
        "filing": filing,
        "document": document,
        "roman": quarters.ROMAN[filing.quarter],
        "zone": zone_of(filing.province_id),
        "versions": same.filter(unit=filing.unit, province=filing.province, form=filing.form)
        .defer("facts")
        .order_by("-version"),
        "ways": [
            (one, say(deadlines.recipient(one.recipient)), _dispatch_form(one))
            for one in filing.dispatches.order_by("pk")
        ],
        "head": head_of_planning(
            filing.province, local_day(filing.filed_at, zone_of(filing.province_id))
        ),
        "wrong": actions.still_reproduces(filing),
        "paper_code": _code_of(filing),
        "may_file": may(request.user, Permission.FILE_REPORTS, filing.province),
    }
    return render_page(request, "monitoring/filing.html", "monitoring/_filing.html", context)


def _code_of(filing: Filing) -> PaperCode | None:
    fingerprint = filing.papers.filter(kind="pdf").values_list("sha256", flat=True).first()
    return of_file(REPORT, fingerprint) if fingerprint else None


def _dispatch_form(one: Dispatch) -> DispatchForm:
    names = ("letter_number", "sent_on", "receipt_number", "received_on")
    initial = {name: getattr(one, name) for name in names}
    return DispatchForm(initial=initial, auto_id=f"id_d{one.pk}_%s")


def _paper(request: PersonRequest, filing: Filing, kind: str) -> HttpResponseBase:
    if not holds(request.user, Permission.EXPORT):
        raise PermissionDenied
    paper = get_object_or_404(filing.papers, kind=kind)
    record(request.user, "monitoring.paper", filing, format=kind, sha256=paper.sha256)
    owner = filing.unit.code if filing.unit else filing.province_id
    name = f"{filing.form}-{owner}-{filing.fiscal_year}-{filing.quarter}-v{filing.version}"
    return made_file(bytes(paper.content), f"{name}.{kind}")


@require_POST
@permission_required(*ASKED)
def dispatch(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Keep when a filing went to a recipient and which receipt came back."""
    one = get_object_or_404(
        Dispatch.objects.visible_to(request.user).select_related("province"), pk=pk
    )
    form = DispatchForm(request.POST)
    back = reverse("monitoring:filing", args=[one.filing_id])
    if not form.is_valid():
        said = f"{first_error_named(form)} {_('Nothing was saved.')}"
        return back_with_typed(request, said, back)
    try:
        actions.record_dispatch(one, by=request.user, now=now(request), **form.cleaned_data)
    except Refusal as refusal:
        return back_with_typed(request, say(refusal.message), back)
    messages.success(request, _("Saved."))
    return go_to(request, back)
