"""Reports for programs: the same reads, forms and actions as the pages."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from pulih.people.access import asked_by
from pulih.people.permissions import Permission
from pulih.web.bounds import Quarter, Year
from pulih.web.programs import cleaned
from pulih.web.words import say

from . import actions
from .board import board
from .clock import now, shown_moment
from .forms import FileForm, NoteForm, ProgressForm
from .models import Filing
from .rules.facts import as_json
from .rules.missing import missing, sentence
from .rules.tree import tree_of
from .views.lookups import facts_now, filing_or_404, form_or_404, unit_or_404

router = Router(tags=["monitoring"])


class DutyOut(Schema):
    """One report that is owed; days are working days left, or late by."""

    unit: str | None
    province: int
    form: str
    due: date
    zone: str
    state: str
    days: int
    filing: int | None
    is_sure: bool


class QuarterOut(Schema):
    """A unit's quarter: totals in thousand rupiah, and what is missing of Form C.

    facts: all that the reports are made of; every amount in it is in whole rupiah.
    """

    ceiling_thousand: int
    realised_thousand: int
    missing: str
    facts: dict[str, Any]


class ProgressIn(Schema):
    """What an output reached, cumulative; null is not known."""

    programme: str = ""
    activity: str
    output: str
    volume: str | None = None
    physical: str | None = None
    remark: str = ""


class NoteIn(Schema):
    """What hampered an activity."""

    programme: str = ""
    activity: str
    obstacle: str = ""
    follow_up: str = ""
    helper: str = ""


class QuarterIn(Schema):
    """What is typed of a quarter."""

    progress: list[ProgressIn] = []
    notes: list[NoteIn] = []


class FileIn(Schema):
    """Which report to file; a reason where it corrects an earlier version."""

    form: str
    reason: str = ""


class FilingOut(Schema):
    """A filed report: its version, and the fingerprint of its figures.

    facts: one entry a unit; every amount in it is in whole rupiah.
    """

    id: int
    form: str
    version: int
    due: date | None
    late_days: int
    as_of: date
    last_entry: int
    sha256: str
    facts: list[dict[str, Any]]


@router.get("/board", response=list[DutyOut])
def show_board(request: HttpRequest, year: Year, quarter: Quarter) -> list[dict[str, Any]]:
    """List every duty of a quarter that this person sees, the most pressing first."""
    asked_by(request, Permission.SEE_BUDGET)
    _ask_quarter(year, quarter)
    person: Any = request.user
    return [
        {
            "unit": duty.unit.code if duty.unit else None,
            "province": duty.province.pk,
            "form": duty.chain.form,
            "due": duty.due,
            "zone": duty.zone,
            "state": duty.status.state,
            "days": duty.status.days,
            "filing": duty.filing.pk if duty.filing else None,
            "is_sure": duty.is_sure,
        }
        for duty in board(person, year, quarter, shown_moment(request))
    ]


@router.get("/units/{pk}/{year}/{quarter}", response=QuarterOut)
def show_quarter(request: HttpRequest, pk: int, year: Year, quarter: Quarter) -> dict[str, Any]:
    """Show what the reports of a unit and quarter say now."""
    asked_by(request, Permission.SEE_BUDGET)
    _ask_quarter(year, quarter)
    asked: Any = request
    facts = facts_now(asked, unit_or_404(asked, pk, year), year, quarter)
    tree, told = tree_of(facts), sentence(missing(facts, "C"))
    return {
        "ceiling_thousand": tree.ceiling_k,
        "realised_thousand": tree.realised_k,
        "missing": say(told) if told else "",
        "facts": as_json(facts),
    }


@router.post("/units/{pk}/{year}/{quarter}/progress", response=QuarterOut)
def save_quarter(
    request: HttpRequest, pk: int, year: Year, quarter: Quarter, body: QuarterIn
) -> dict[str, Any]:
    """Keep what is typed of a quarter; all of it or nothing."""
    asked_by(request, Permission.FILE_REPORTS)
    _ask_quarter(year, quarter)
    asked: Any = request
    unit = unit_or_404(asked, pk, year)
    progress = [ProgressForm(one.dict()) for one in body.progress]
    notes = [NoteForm(one.dict()) for one in body.notes]
    for form in (*progress, *notes):
        cleaned(form)
    actions.save_progress(
        unit,
        year,
        quarter,
        progress=[form.given() for form in progress],
        notes=[form.given() for form in notes],
        by=asked.user,
    )
    return show_quarter(request, pk, year, quarter)


@router.post("/units/{pk}/{year}/{quarter}/file", response=FilingOut)
def file_report(
    request: HttpRequest, pk: int, year: Year, quarter: Quarter, body: FileIn
) -> dict[str, Any]:
    """File a report; the same figures again are the same filing."""
    asked_by(request, Permission.FILE_REPORTS)
    _ask_quarter(year, quarter)
    asked: Any = request
    values = cleaned(FileForm({"reason": body.reason}))
    unit = unit_or_404(asked, pk, year)
    filing = actions.file(
        unit,
        year,
        quarter,
        form_or_404(body.form),
        by=asked.user,
        now=now(request),
        **values,
    )
    return _filing_out(filing)


@router.get("/filings/{pk}", response=FilingOut)
def show_filing(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Show a report as it was filed."""
    asked_by(request, Permission.SEE_BUDGET)
    asked: Any = request
    return _filing_out(filing_or_404(asked, pk))


def _filing_out(filing: Filing) -> dict[str, Any]:
    return {name: getattr(filing, name) for name in FilingOut.model_fields}


def _ask_quarter(year: int, quarter: int) -> None:
    if quarter not in (1, 2, 3, 4) or not 2005 <= year <= 2100:
        raise Http404
