"""The treasurer's books and the papers of payment requests for programs, as the pages show them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Router, Schema
from pydantic import Field

from pulih.budget.models import Posting, SpendingUnit
from pulih.people.access import asked_by
from pulih.people.models import User
from pulih.people.permissions import Permission
from pulih.web.bounds import RowKey, Year
from pulih.web.programs import cleaned

from . import actions
from .book_forms import CashForm
from .documents.books import FORMS
from .models import FiledMonth
from .programs import request_of
from .reads.books import books_of
from .reads.papers import RequestPaper, papers_of
from .rules.books import BOOKS, BookRow, Month, digest

router = Router(tags=["treasury"])
MonthNumber = Annotated[int, Field(ge=1, le=12)]


class SumsOut(Schema):
    """One book of a month, in rupiah."""

    opening: int
    received: int
    spent: int
    closing: int


class MonthOut(Schema):
    """A month of the books. sums: by book, `held` the general one (BKU); digest: once filed."""

    month: int
    sums: dict[str, SumsOut]
    filed_at: datetime | None
    digest: str
    files: dict[str, str]


class RowOut(Schema):
    """One row of the general book: what it moves in each sub-book, in rupiah."""

    day: date
    known_at: datetime
    code: str
    document: str
    words: str
    moved: dict[str, int]


class BookOut(MonthOut):
    """A month with its rows; is_same: whether they still are what was filed."""

    rows: list[RowOut]
    is_same: bool


class CashIn(Schema):
    """kind: withdrawal, deposit, paid_bank, paid_cash, back_bank, back_cash, up_in or up_out."""

    kind: str
    rupiah: int
    day: date
    number: str


class MadeOut(Schema):
    id: int


class PaperOut(Schema):
    """A paper of a request. address: of the PDF, once the paper has its code."""

    kind: str
    of: int
    number: str
    code: str
    address: str


@router.get("/books/{int:unit}/{int:year}", response=list[MonthOut])
def show_books(request: HttpRequest, unit: RowKey, year: Year) -> list[dict[str, Any]]:
    """Show the months of a unit's books with their sums, and when each was filed."""
    one = _unit(asked_by(request, Permission.SEE_BUDGET), unit)
    filed = _filed(one, year)
    return [_month(one, year, month, filed) for month in books_of(one, year)[:12]]


@router.get("/books/{int:unit}/{int:year}/{int:month}", response=BookOut)
def show_book(request: HttpRequest, unit: RowKey, year: Year, month: MonthNumber) -> dict[str, Any]:
    """Show one month with its rows."""
    one = _unit(asked_by(request, Permission.SEE_BUDGET), unit)
    book, filed = books_of(one, year)[month - 1], _filed(one, year)
    is_same = month not in filed or filed[month].digest == digest(book)
    rows = [_row(row) for row in book.rows]
    return {**_month(one, year, book, filed), "rows": rows, "is_same": is_same}


@router.post("/books/{int:unit}/cash", response=MadeOut)
def move_cash(request: HttpRequest, unit: RowKey, typed: CashIn) -> dict[str, int]:
    """Record cash that was fetched or brought, or a direct payment that was handed on."""
    person = asked_by(request, Permission.POST_DOCUMENTS)
    one = _unit(person, unit)
    return {"id": actions.move_cash(one, by=person, **cleaned(CashForm(typed.dict()))).pk}


@router.post("/books/{int:unit}/{int:year}/{int:month}/file", response=MadeOut)
def file_month(
    request: HttpRequest, unit: RowKey, year: Year, month: MonthNumber
) -> dict[str, int]:
    """File a month (LPJ), which freezes it."""
    person = asked_by(request, Permission.POST_DOCUMENTS)
    return {"id": actions.file_month(_unit(person, unit), year, month, by=person).pk}


@router.get("/requests/{posting_id}/papers", response=list[PaperOut])
def show_papers(request: HttpRequest, posting_id: RowKey) -> list[dict[str, Any]]:
    """Show which papers a request has by now, with code and address of those that are prepared."""
    asked = request_of(asked_by(request, Permission.SEE_BUDGET), posting_id)
    return [_paper(asked, one) for one in papers_of(asked)]


@router.post("/requests/{posting_id}/papers/{kind}/{of}", response=PaperOut)
def prepare_paper(
    request: HttpRequest, posting_id: RowKey, kind: str, of: RowKey
) -> dict[str, Any]:
    """Give a paper of a request its code."""
    person = asked_by(request, Permission.POST_DOCUMENTS)
    asked = request_of(person, posting_id)
    actions.prepare_paper(asked, kind, of, by=person)
    return next(
        _paper(asked, one) for one in papers_of(asked) if (one.key, one.of.pk) == (kind, of)
    )


def _unit(person: User, pk: int) -> SpendingUnit:
    units = SpendingUnit.objects.visible_to(person).select_related("province")
    found: SpendingUnit = get_object_or_404(units, pk=pk)
    return found


def _filed(unit: SpendingUnit, year: int) -> dict[int, FiledMonth]:
    found = FiledMonth.objects.filter(unit=unit, fiscal_year=year)
    return {one.month: one for one in found}


def _month(
    unit: SpendingUnit, year: int, one: Month, filed: dict[int, FiledMonth]
) -> dict[str, Any]:
    of = filed.get(one.number)
    address = [unit.pk, year, one.number]
    return {
        "month": one.number,
        "sums": {name: _sums(sums) for name, sums in one.sums.items()},
        "filed_at": of.at if of else None,
        "digest": of.digest if of else "",
        "files": {form: reverse("treasury:book-file", args=[*address, form]) for form in FORMS},
    }


def _sums(one: Any) -> dict[str, int]:
    names = ("opening", "received", "spent", "closing")
    return {name: getattr(one, name) for name in names}


def _row(one: BookRow) -> dict[str, Any]:
    return {
        "day": one.day,
        "known_at": one.at,
        "code": one.code,
        "document": one.document,
        "words": one.words,
        "moved": {"held": one.held} | {name: getattr(one, name) for name in BOOKS},
    }


def _paper(asked: Posting, one: RequestPaper) -> dict[str, Any]:
    address = reverse("treasury:paper", args=[asked.pk, one.key, one.of.pk])
    is_ready = one.paper is not None and one.is_current
    return {
        "kind": one.key,
        "of": one.of.pk,
        "number": one.number,
        "code": one.paper.written if one.paper and is_ready else "",
        "address": address if is_ready else "",
    }
