"""The treasurer's books of a unit: a year of months, one month with its rows, its files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from pulih.budget.models import Post, SpendingUnit
from pulih.budget.reads.doors import has_hand
from pulih.common.errors import Refusal
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.answers import carried_out
from pulih.web.as_of import usual_day
from pulih.web.kept_files import made_file
from pulih.web.page import go_to, render_page

from .. import actions
from ..book_forms import CashForm
from ..documents.books import FORMS
from ..lists import told
from ..models import FiledMonth
from ..reads.books import books_of
from ..rules.books import Month

BOOK_NAMES = {
    "held": gettext_lazy("General cash book (BKU)"),
    "bank": gettext_lazy("Bank"),
    "cash": gettext_lazy("Cash"),
    "imprest": gettext_lazy("Imprest (UP/TUP)"),
    "tax": gettext_lazy("Taxes"),
    "direct": gettext_lazy("Direct payments (LS)"),
}


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_books(request: PersonRequest, unit: int, year: int) -> HttpResponseBase:
    """Show a year: each month with what it opened and closed with, and when it was filed."""
    one = unit_seen(request, unit)
    return _year_page(request, one, year)


@require_POST
@permission_required(Permission.POST_DOCUMENTS)
def move_cash(request: PersonRequest, unit: int, year: int) -> HttpResponseBase:
    """Record cash that was fetched from the bank or brought there."""
    one = unit_seen(request, unit)
    form = CashForm(request.POST)

    def act(**typed: Any) -> Any:
        return actions.move_cash(one, by=request.user, **typed)

    made = carried_out(form, act)
    if not made:
        return _year_page(request, one, year, form=form)
    messages.success(request, _("Recorded."))
    return go_to(request, reverse("treasury:book", args=[unit, made.day.year, made.day.month]))


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_book(request: PersonRequest, unit: int, year: int, month: int) -> HttpResponseBase:
    """Show the rows of one month, with the sums of each book."""
    one = unit_seen(request, unit)
    book = _month(one, year, month)
    filed = _filed(one, year).get(month)
    context = {
        "unit": one,
        "year": year,
        "book": book,
        "sums": [(name, book.sums[key]) for key, name in BOOK_NAMES.items()],
        "filed": filed,
        "is_same": actions.still_reproduces(filed) if filed else True,
    }
    return render_page(request, "treasury/book.html", "treasury/_book.html", context)


@require_POST
@permission_required(Permission.POST_DOCUMENTS)
def file_month(request: PersonRequest, unit: int, year: int, month: int) -> HttpResponseBase:
    """File a month, which freezes it."""
    one = unit_seen(request, unit)
    _month_or_404(year, month)
    try:
        actions.file_month(one, year, month, by=request.user)
    except Refusal as refusal:
        messages.error(request, told(refusal.message))
    else:
        messages.success(request, _("The month is filed."))
    return go_to(request, reverse("treasury:books", args=[unit, year]))


@require_safe
@permission_required(Permission.SEE_BUDGET)
def book_file(
    request: PersonRequest, unit: int, year: int, month: int, form: str
) -> HttpResponseBase:
    """Answer the account of a month (LPJ) as PDF, or its book (BKU) as PDF or workbook."""
    one = unit_seen(request, unit)
    book = _month(one, year, month)
    if form not in FORMS:
        raise Http404
    filed = _filed(one, year).get(month)
    make = FORMS[form]
    ending = "xlsx" if form == "xlsx" else "pdf"
    name = f"{'lpj' if form == 'pdf' else 'bku'}-{one.code}-{year}-{month:02}.{ending}"
    return made_file(make(one, year, book, filed), name, shown=True)


def unit_seen(request: PersonRequest, pk: int) -> SpendingUnit:
    """Return a unit that the visitor may see, or answer that there is none."""
    units = SpendingUnit.objects.visible_to(request.user).select_related("province")
    found: SpendingUnit = get_object_or_404(units, pk=pk)
    return found


def _year_page(
    request: PersonRequest, unit: SpendingUnit, year: int, **given: Any
) -> HttpResponseBase:
    if not 2000 <= year <= 2100:
        raise Http404
    filed = _filed(unit, year)
    books = books_of(unit, year)
    is_treasurer = has_hand(unit, request.user, (Post.TREASURER,))
    context = {
        "unit": unit,
        "year": year,
        "months": [(one, filed.get(one.number)) for one in books[:12]],
        "left_over": books[12].rows,
        "next": _next(unit, year),
        "may_write": is_treasurer,
        "form": CashForm(initial={"day": usual_day(request)}),
        **given,
    }
    return render_page(request, "treasury/books.html", "treasury/_books.html", context)


def _next(unit: SpendingUnit, year: int) -> int | None:
    """Return the month of a year that is filed next; None where it is one of another year."""
    of, month = actions.next_month(unit, year)
    return month if of == year else None


def _month(unit: SpendingUnit, year: int, month: int) -> Month:
    _month_or_404(year, month)
    return books_of(unit, year)[month - 1]


def _month_or_404(year: int, month: int) -> None:
    if not (1 <= month <= 12 and 2000 <= year <= 2100):
        raise Http404


def _filed(unit: SpendingUnit, year: int) -> dict[int, FiledMonth]:
    found = FiledMonth.objects.filter(unit=unit, fiscal_year=year).select_related("by", "unit")
    return {one.month: one for one in found}
