"""The budget for programs: the same reads, forms and actions as the pages."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from pulih.lists.programs import serve_bare
from pulih.people.access import asked_by
from pulih.people.permissions import Permission
from pulih.web.as_of import as_of
from pulih.web.programs import cleaned

from . import actions, reads
from .contract_year_api import router as contract_year_router
from .document_api import router as document_router
from .forms import HoldForm, TagForm
from .fund_api import router as fund_router
from .line_lists import POK_LINES
from .models import BudgetLine
from .writing import hold

router = Router(tags=["budget"])
router.add_router("", document_router)
router.add_router("", fund_router)
router.add_router("", contract_year_router)


class LineOut(Schema):
    """A budget line as it stood on the day asked for; amounts in whole rupiah."""

    id: int
    province: int
    unit: str
    fiscal_year: int
    line_key: str
    account: str
    measure: str | None
    is_protected: bool
    ceiling: int
    blocked: int
    committed: int
    realised: int
    reserved: int
    free: int
    movable: int


class TagIn(Schema):
    """Which measure a line pays for; null for none."""

    measure: str | None = None


class HoldIn(Schema):
    """A block or its release, by a letter. blocked_by: id of the document that blocked."""

    kind: str
    office: str
    rupiah: int
    number: str
    effective_on: date
    reason: str
    blocked_by: int | None = None


class PostedOut(Schema):
    """The posting of a document; not new when the same one was there."""

    posting_id: int
    is_new: bool


serve_bare(router, "/lines", POK_LINES)


@router.get("/lines/{pk}", response=LineOut)
def show_line(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Show one line as of the day in `per`, as known on the day in `diketahui`."""
    asked_by(request, Permission.SEE_BUDGET)
    seen = as_of(request)
    (row,) = reads.rows_of([_line(request, pk)], seen.day, seen.known)
    return _line_out(row)


@router.post("/lines/{pk}/tag", response=LineOut)
def tag_line(request: HttpRequest, pk: int, body: TagIn) -> dict[str, Any]:
    """Say which measure the line pays for."""
    person = asked_by(request, Permission.TAG_LINES)
    values = cleaned(TagForm({"measure": body.measure or ""}))
    actions.tag(_line(request, pk), by=person, **values)
    return show_line(request, pk)


@router.post("/lines/{pk}/hold", response=PostedOut)
def hold_line(request: HttpRequest, pk: int, body: HoldIn) -> dict[str, Any]:
    """Block part of the line, or release a block; the same document twice is one."""
    person = asked_by(request, Permission.DELIVER_FILES)
    line = _line(request, pk)
    posted = hold(line, by=person, **cleaned(HoldForm(body.dict(), line=line)))
    return {"posting_id": posted.posting_id, "is_new": posted.is_new}


def _lines(request: HttpRequest) -> Any:
    person: Any = request.user
    return BudgetLine.objects.visible_to(person)


def _line(request: HttpRequest, pk: int) -> BudgetLine:
    lines = _lines(request).select_related("unit__province", "province", "measure")
    line: BudgetLine = get_object_or_404(lines, pk=pk)
    return line


def _line_out(row: reads.LineRow) -> dict[str, Any]:
    line, amounts = row.line, row.amounts
    return {
        "id": line.pk,
        "province": line.province_id,
        "unit": line.unit.code,
        "fiscal_year": line.fiscal_year,
        "line_key": line.line_key,
        "account": line.account,
        "measure": line.measure.code if line.measure else None,
        "is_protected": line.is_protected,
        "ceiling": amounts.ceiling,
        "blocked": amounts.blocked,
        "committed": amounts.committed,
        "realised": amounts.realised,
        "reserved": amounts.reserved,
        "free": amounts.free,
        "movable": row.movable,
    }
