"""Reports before they are filed: as a page with the same figures, as a workbook, as a paper."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from pulih.areas.models import Area
from pulih.budget.models import SpendingUnit
from pulih.lists.files import send_paper
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web.as_of import as_of
from pulih.web.page import render_page
from pulih.web.words import say

from ..actions.filing import owing_units
from ..clock import has_ended, signing_day
from ..documents.paper import paper
from ..documents.workbook import workbook
from ..forms import AccountNotesForm, FileForm
from ..models import Filing
from ..reads import head_of_planning, remarks
from ..rules import quarters
from ..rules.accountability import types_of
from ..rules.document import Document
from ..rules.facts import QuarterFacts, signed_by
from ..rules.form_c import consolidation
from ..rules.missing import missing, sentence
from ..rules.reports import CONSOLIDATION, NAMES, make
from .lookups import facts_now, form_or_404, province_or_404, unit_or_404

ACCOUNTABILITY = "accountability"
PREVIEW = "pratinjau, belum dilaporkan"
DRAWERS = {"pdf": paper, "xlsx": workbook}


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_report(
    request: PersonRequest, pk: int, year: int, quarter: int, form: str
) -> HttpResponseBase:
    """Show a report as it would be filed now, or send it: `?format=xlsx|pdf`."""
    return unit_report(request, unit_or_404(request, pk, year), year, quarter, form_or_404(form))


def unit_report(
    request: PersonRequest,
    unit: SpendingUnit,
    year: int,
    quarter: int,
    form: str,
    notes: AccountNotesForm | None = None,
) -> HttpResponseBase:
    """Answer with a report of a unit. notes: as they were typed, where they cannot be kept."""
    facts = facts_now(request, unit, year, quarter)
    document = make(form, facts) if facts.lines else None
    name = f"{form}-{unit.code}-{year}-{quarter}"
    if document and (answer := _sent(request, document, (facts,), name, unit)):
        return answer
    told = sentence(missing(facts, form))
    newest = _newest(request, year, quarter, unit=unit, form=form)
    context = {
        **_shared(request, unit.province, year, quarter, form, document),
        "unit": unit,
        "signer": facts.signer(document.pages[0].signer) if document else None,
        "notes": notes or (notes_form(unit, facts) if form == ACCOUNTABILITY else None),
        "missing": say(told) if told else "",
        "newest": newest,
        "file_form": FileForm(is_correction=newest is not None),
        "may_file": may(request.user, Permission.FILE_REPORTS, unit.province),
    }
    return render_page(request, "monitoring/report.html", "monitoring/_document.html", context)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_consolidation(
    request: PersonRequest, pk: int, year: int, quarter: int
) -> HttpResponseBase:
    """Show the consolidated Form C of a province: of each unit what it filed, else what stands."""
    province = province_or_404(request, pk, year)
    every, waiting = _of_province(request, province, year, quarter)
    head = head_of_planning(province, signing_day(request, province))
    every = signed_by(every, head)
    document = consolidation(province.name, every) if every else None
    name = f"gabungan-{province.pk}-{year}-{quarter}"
    if document and (answer := _sent(request, document, every, name, province)):
        return answer
    newest = _newest(request, year, quarter, province=province, form=CONSOLIDATION)
    context = {
        **_shared(request, province, year, quarter, CONSOLIDATION, document),
        "unit": None,
        "waiting": waiting,
        "signer": head,
        "offices": [] if head else owing_units(province, year, quarter)[:1],
        "is_outdated": newest is not None and _is_outdated(request, newest),
        "missing": "",
        "newest": newest,
        "file_form": FileForm(is_correction=newest is not None),
        "may_file": may(request.user, Permission.FILE_REPORTS, province),
    }
    return render_page(request, "monitoring/report.html", "monitoring/_document.html", context)


def notes_form(
    unit: SpendingUnit, facts: QuarterFacts, typed: QueryDict | None = None
) -> AccountNotesForm:
    """Return the form of the notes, with what is kept, or else what the quarter before said."""
    kept = facts.remarks or remarks(unit, facts.fiscal_year, facts.quarter - 1)
    initial = {f"about_{one.about}": one.text for one in kept}
    return AccountNotesForm(typed, types=types_of(facts), initial=initial)


def _newest(request: PersonRequest, year: int, quarter: int, **which: Any) -> Filing | None:
    """Return the last version that was filed; None while there is none."""
    filings = Filing.objects.visible_to(request.user).of_quarter(year, quarter).filter(**which)
    found: Filing | None = filings.defer("facts").order_by("-version").first()
    return found


def _is_outdated(request: PersonRequest, filed: Filing) -> bool:
    """Tell whether a unit has corrected its Form C since a consolidation added it up."""
    of_quarter = Filing.objects.visible_to(request.user).of_quarter(
        filed.fiscal_year, filed.quarter
    )
    forms = of_quarter.filter(province=filed.province, form="C").order_by("version")
    newest = dict(forms.values_list("unit_id", "pk"))
    added = dict(forms.filter(pk__in=filed.sources).values_list("unit_id", "pk"))
    return any(newest[unit] != key for unit, key in added.items())


def _of_province(
    request: PersonRequest, province: Area, year: int, quarter: int
) -> tuple[tuple[QuarterFacts, ...], list[str]]:
    """Return what each unit filed, or what its report would say now; and who has not filed."""
    filings = Filing.objects.visible_to(request.user).of_quarter(year, quarter).filter(form="C")
    newest = {one.unit_id: one for one in filings.order_by("version")}
    every, waiting = [], []
    for unit in owing_units(province, year, quarter):
        if unit.pk in newest:
            every.append(newest[unit.pk].every[0])
        else:
            every.append(facts_now(request, unit, year, quarter))
            waiting.append(unit.name)
    return tuple(every), waiting


def _shared(
    request: PersonRequest,
    province: Area,
    year: int,
    quarter: int,
    form: str,
    document: Document | None,
) -> dict[str, Any]:
    return {
        "document": document,
        "form": form,
        "name": say(NAMES[form]),
        "year": year,
        "quarter": quarter,
        "roman": quarters.ROMAN[quarter],
        "end": quarters.last_day(year, quarter),
        "has_ended": has_ended(request, province, year, quarter),
        "province": province,
        "waiting": [],
        "signer": None,
        "offices": [],
        "notes": None,
        "is_outdated": False,
        "is_look_back": as_of(request).is_other,
    }


def _sent(
    request: PersonRequest,
    document: Document,
    every: tuple[QuarterFacts, ...],
    name: str,
    subject: Any,
) -> HttpResponse | None:
    """Return the file that the address asks for, None if it asks for none; each is recorded."""
    asked = request.GET.get("format", "")
    if asked not in DRAWERS:
        return None
    return send_paper(
        request, lambda: DRAWERS[asked](document, every, mark=PREVIEW), room="monitoring",
        key=document.form, kind=asked, file_name=f"{name}{as_of(request).suffix}", subject=subject,
    )  # fmt: skip
