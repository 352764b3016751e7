"""Tags of a declared list: its filters, its table, its cells."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import HttpRequest
from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.lists import saved
from pulih.lists.boards import Card, ShownLane
from pulih.lists.columns import Column, Kind
from pulih.lists.figures import Stated, as_read, exact, find
from pulih.lists.filters import Asked, Filter
from pulih.lists.pages import Cell, ShownList
from pulih.people.models import User
from pulih.people.permissions import Permission, holds
from pulih.web import numbers
from pulih.web.addresses import url_with

register = Library()
WRITTEN: dict[Kind, Callable[[Any], str]] = {
    Kind.RUPIAH: numbers.whole,
    Kind.WHOLE: numbers.whole,
    Kind.DECIMAL: numbers.decimal,
    Kind.SHARE: numbers.percent,
    Kind.DAY: numbers.day,
    Kind.MOMENT: numbers.moment,
}


@register.filter
def may_export(request: HttpRequest) -> bool:
    """Tell whether the reader may take a list out, so that no link to a refusal is drawn."""
    return holds(cast(User, request.user), Permission.EXPORT)


@register.simple_tag
def stated(figure: Stated, style: str = "angka") -> SafeString:
    """Write a figure as a link to the rows whose sum it is."""
    return figure.written(style)


@register.simple_tag
def stated_cell(cell: Cell) -> SafeString:
    figure: Stated = cell.row.stated[cell.column.key]
    return figure.written()


@register.simple_tag
def list_total(list: ShownList, key: str) -> int | None:
    """Return what the list has added up of a column, also of one that its page does not show."""
    return list.totals.get(key)


@register.simple_tag
def figure_of(list: ShownList, key: str, style: str = "angka") -> SafeString:
    """Write a figure that the list has added up already; for a list that nothing narrows."""
    definition = find(key)
    assert definition is not None
    asked, total = list.asked, list_total(list, definition.adds)
    return as_read(definition, total, asked.person, asked.seen).written(style)


@register.simple_tag
def total_of(adds: str, value: int | None) -> SafeString:
    """Mark the number that follows as the total of all rows of this page: `data-total="free"`."""
    return format_html('data-total="{}" data-value="{}"', adds, exact(value))


@register.filter
def cell_text(cell: Cell) -> str:
    return _written(cell.column, cell.value)


@register.filter
def sum_text(total: int, column: Column) -> str:
    return _written(column, total)


@register.simple_tag
def list_count(list: ShownList) -> str:
    page = list.page
    if page.total < 0:  # The page came before its count.
        return str(list.listing.title)
    number = numbers.whole(page.counted)
    if page.is_more_than_counted:
        return _("More than %(n)s rows") % {"n": number}
    return _("%(n)s rows") % {"n": number} if page.total != 1 else _("1 row")


@register.simple_tag
def list_left_out(list: ShownList) -> str:
    shown = numbers.whole(list.page.last)
    if list.page.is_more_than_counted:
        return _("Only the first %(shown)s rows stand here.") % {"shown": shown}
    every = numbers.whole(list.page.total)
    words = _("Only the first %(shown)s of %(every)s rows stand here.")
    return words % {"shown": shown, "every": every}


@register.simple_tag
def board_left_out(lane: ShownLane) -> str:
    return _("All %(n)s in the table") % {"n": numbers.whole(lane.number)}


@register.simple_tag
def board_age(card: Card) -> str:
    """Say since when a row is in its column; for how long, where somebody still has to act."""
    day = numbers.day(card.since)
    if card.days is None:
        return str(day)
    words = ngettext("since %(day)s, %(n)s day", "since %(day)s, %(n)s days", card.days)
    return words % {"day": day, "n": numbers.whole(card.days)}


@register.inclusion_tag("lists/_table.html")
def list_table(list: ShownList, request: HttpRequest) -> dict[str, Any]:
    return {"list": list, "request": request}


@register.simple_tag
def views_query(list: ShownList, request: HttpRequest) -> str:
    """Return what asks for the person's own views of the list; blank inside another page."""
    is_whole = not list.whole_url and request.user.is_authenticated
    return saved.beside(request, list) if is_whole else ""


@register.inclusion_tag("lists/_filters.html")
def list_filters(list: ShownList, request: HttpRequest) -> dict[str, Any]:
    """Draw the filters that a person may turn; one without a menu, day or words comes by links."""
    filters = [one for one in list.listing.filters if one.is_drawn]
    filters = [one for one in filters if one.key not in list.asked.fixed]
    drawn = [_drawn(one, list.asked, request) for one in filters if one.counts is None]
    shown = [each for each in drawn if each is not None]
    orders = list.listing.orders
    keys = {one.key for one, *_rest in shown} | {"page", "format"} | ({"sort"} if orders else set())
    kept = [(name, value) for name, value in request.GET.items() if name not in keys]
    return {
        "fields": shown,
        "links": [_links(one, list.asked, request) for one in filters if one.counts is not None],
        "orders": orders,
        "sort": request.GET.get("sort", ""),
        "path": request.path,
        "kept": kept,
    }


@dataclass(frozen=True)
class Link:
    """A value of a filter as a link. number: of its rows; None for the link to all."""

    words: str
    number: int | None
    url: str
    is_on: bool


def _links(one: Filter, asked: Asked, request: HttpRequest) -> list[Link]:
    """Return a link for each value that has rows, and one that asks for all."""
    counts = cast(Any, one.counts)(asked)
    chosen = request.GET.get(one.key, "")
    links = [
        Link(
            one.shown(value), number, url_with(request, **{one.key: value, "page": None}),
            chosen == value,
        )
        for value, number in counts.items()
        if number or chosen == value
    ]  # fmt: skip
    every = Link(_("All"), None, url_with(request, **{one.key: None, "page": None}), not chosen)
    return [every, *links] if links else []


def _drawn(
    one: Filter, all_asked: Asked, request: HttpRequest
) -> tuple[Filter, dict[str, Any], str] | None:
    asked = request.GET.get(one.key) or one.default
    if one.options is not None:
        choices = [(str(value), label) for value, label in one.options(all_asked)]
        return (one, {"choices": choices, "asked": asked}, "menu") if choices else None
    match one.make_field():
        case forms.ChoiceField() as field:
            choices = [(str(value), label) for value, label in cast(Any, field.choices)]
            return one, {"choices": choices, "asked": asked}, "menu"
        case forms.BooleanField():
            return one, {"asked": asked}, "flag"
        case forms.DateField():
            return one, {"asked": asked}, "day"
        case forms.CharField() if one.is_typed:
            return one, {"asked": asked}, "words"
    return None


def _written(column: Column, value: Any) -> str:
    if value is None or value == "":
        return numbers.UNKNOWN
    if column.kind == Kind.YES_NO:
        return _("yes") if value else _("no")
    return WRITTEN.get(column.kind, str)(value)
