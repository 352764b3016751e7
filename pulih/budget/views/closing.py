"""The calendar by which a budget year closes: what ends when, and what may still be done after."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from pulih.common.errors import Message
from pulih.lists.usual import number
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.as_of import as_of
from pulih.web.page import render_page

from ..rules.closing import LastDay, last_days_of, named


@dataclass(frozen=True)
class Closing:
    """One row. left: days until it ends, seen from the day of the page; below 0: it is over."""

    rule: LastDay
    day: date
    left: int
    act: str
    allowed: str


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_closing(request: PersonRequest) -> HttpResponseBase:
    """List the last days of a budget year in their order; `?year=` asks for another."""
    today = as_of(request).day
    year = _year(request.GET, today.year)
    rows = [_closing(rule, year, today, request.LANGUAGE_CODE) for rule in last_days_of(year)]
    rows.sort(key=lambda one: (one.day, one.rule.act))
    context = {
        "rows": rows,
        "year": year,
        "years": [year - 1, year + 1],
        "next": next((one for one in rows if one.left >= 0), None),
    }
    return render_page(request, "budget/closing.html", "budget/_closing.html", context)


def _closing(rule: LastDay, year: int, today: date, language: str) -> Closing:
    day, allowed = rule.of_year(year), Message(rule.allowed_id, rule.allowed_en)
    act = named(rule.act).in_language(language)
    return Closing(rule, day, (day - today).days, act, allowed.in_language(language))


def _year(asked: Any, usual: int) -> int:
    try:
        return int(number(2006, 2099)().clean(asked.get("year", "")))
    except (ValidationError, TypeError):
        return usual
