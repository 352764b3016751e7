"""A declared list as a page: its rows alone for HTMX, its file when the address asks for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from pulih.people.access import PersonRequest
from pulih.people.models import User
from pulih.people.opening import may_open
from pulih.people.permissions import Permission, holds
from pulih.web.addresses import url_with, with_query
from pulih.web.as_of import as_of
from pulih.web.figures import Chip
from pulih.web.keyset import Page
from pulih.web.page import render_page
from pulih.web.tables import Head, ShownHead, shown_heads

from .columns import Column, Kind, Place, Text
from .files import export, wants_file
from .filters import NOTHING, Asked, read
from .listing import Listing

PART = 1_000  # Rows of a list inside another page, which has no pages of its own.
LONGEST_UNBROKEN = 24  # Characters of a number that is not broken at its hyphens.


@dataclass(frozen=True)
class Cell:
    """A value under its column. url: what it opens."""

    column: Column
    row: Any
    url: str

    @property
    def value(self) -> Any:
        return self.column.value(self.row)

    @property
    def looks(self) -> str:
        """The classes of the cell: a short number with hyphens stands in one line."""
        column = self.column
        if column.kind != Kind.CODE or column.template:
            return column.looks
        text = str(self.value)
        is_short = len(text) <= LONGEST_UNBROKEN and " " not in text
        return f"{column.looks} nw".strip() if is_short else column.looks


@dataclass(frozen=True)
class ShownList:
    """What the templates of a list need. sums: a total or None for each column of the page; totals:
    of all columns that are added up, by key.

    fragment: the template of the rows with all that changes with them. whole_url: of the list by
    itself, where this one stands inside another page.
    """

    listing: Listing
    asked: Asked
    page: Page
    heads: Sequence[ShownHead]
    lines: Sequence[tuple[Any, Sequence[Cell]]]
    sums: Sequence[tuple[Column, int | None]]
    totals: Mapping[str, int]
    chips: Sequence[Chip]
    faults: Sequence[str]
    may_export: bool
    count_url: str = ""
    fragment: str = "lists/_rows.html"
    whole_url: str = ""

    @property
    def left_out(self) -> int:
        """How many rows a list inside another page leaves out, which has no pages of its own."""
        return max(0, self.page.total - self.page.last) if self.whole_url else 0

    @property
    def when_empty(self) -> Text:
        of_filters = self.listing.when_none if self.chips else ""
        return of_filters or self.listing.when_empty


def answer(
    request: PersonRequest,
    listing: Listing,
    page: str = "lists/list.html",
    fragment: str = "lists/_rows.html",
    context: Mapping[str, Any] | None = None,
    fixed: Mapping[str, Any] = NOTHING,
) -> HttpResponseBase:
    """Answer with page, fragment or file. page: extends `lists/list.html`, or includes the rows.

    fixed: filters that the path of the page says; they are no chips.
    """
    if listing.permission is not None and not holds(request.user, listing.permission):
        raise PermissionDenied
    if wants_file(request):
        return answer_file(request, listing, fixed)
    shown = show(request, listing, ask(request, listing, fixed))
    shown = replace(shown, fragment=fragment)
    return render_page(request, page, fragment, {"list": shown, **(context or {})})


def answer_file(
    request: PersonRequest, listing: Listing, fixed: Mapping[str, Any] = NOTHING
) -> HttpResponseBase:
    """Answer with the file, CSV unless XLSX is asked for.

    It is refused where a filter could not be read: it would silently hold other rows.
    """
    translation.activate("id")  # For the rest of this request, as in `wants_file`.
    asked = ask(request, listing, fixed)
    if asked.faults:
        raise BadRequest(" ".join(asked.faults))
    return export(request, listing, asked)


def ask(request: PersonRequest, listing: Listing, fixed: Mapping[str, Any] = NOTHING) -> Asked:
    return read(listing.filters, request.GET, request.user, as_of(request), fixed)


def part(
    request: PersonRequest, listing: Listing, whole: str, without: Set[str] = frozenset(),
    size: int = PART, **values: Any,
) -> ShownList:  # fmt: skip
    """Return a list for a place inside another page: its first rows, without some columns.

    whole: the address of the list by itself, which reads `values` as its filters.
    """
    columns = tuple(column for column in listing.columns if column.key not in without)
    large = replace(listing, columns=columns, size=size)
    seen = as_of(request)
    shown = show(request, large, Asked(request.user, seen, values))
    return replace(shown, whole_url=with_query(whole, {**seen.query, **values}))


def show(request: PersonRequest, listing: Listing, asked: Asked) -> ShownList:
    """Return one page of the list with its heads, chips and totals."""
    order, wrong = listing.sort_of(request.GET.get("sort", ""))
    rows = listing.rows(asked)
    page, totals = listing.page(asked, rows, order, request.GET.get("page", ""), listing.size)
    columns = listing.columns_on(Place.PAGE)
    heads = [_head(column) for column in columns]
    return ShownList(
        listing=listing,
        asked=asked,
        page=page,
        heads=shown_heads(heads, request, usual=""),
        lines=[
            (row, [_cell(column, row, request.user) for column in columns]) for row in page.rows
        ],
        sums=[(column, totals.get(column.key)) for column in columns] if totals else (),
        totals=totals,
        chips=chips(request, listing, asked),
        faults=[*asked.faults, *([wrong] if wrong else [])],
        may_export=holds(request.user, Permission.EXPORT),
        count_url=f"{reverse(listing.count)}?{request.GET.urlencode()}" if listing.count else "",
    )


def _head(column: Column) -> Head:
    return Head(
        column.words,
        unit=column.unit or (_("rupiah") if column.kind == Kind.RUPIAH else ""),
        key=column.key if column.order else "",
        is_number=column.kind.is_number,
        hide=column.hide,
        starts_down=column.kind.is_number,
    )


def _cell(column: Column, row: Any, person: User) -> Cell:
    link = column.link(row) if column.link else ""
    return Cell(column, row, link if link and may_open(person, link) else "")


def chips(request: PersonRequest, listing: Listing, asked: Asked) -> list[Chip]:
    """Return what is asked of a list, each with the address that no longer asks for it."""
    return [
        Chip(
            one.words,
            one.shown(asked[one.key]),
            clear_url=url_with(request, **{one.key: None, "page": None}),
        )
        for one in listing.filters
        if asked[one.key] is not None and one.key not in asked.fixed
    ]
