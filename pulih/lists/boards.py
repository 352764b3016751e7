"""A declared list as a board: a column for each state, with its number, sum and first cards.

    BOARD = Board(PROPOSALS, "state", lanes, order=("made_at", "pk"), since=days_of_steps)

The filters are those of the list, and each column leads to its rows in the table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, QuerySet, Sum
from django.http.response import HttpResponseBase
from django.urls import reverse

from pulih.people.access import PersonRequest
from pulih.people.permissions import holds
from pulih.web.figures import Chip
from pulih.web.keyset import IsAnyOf
from pulih.web.page import render_page

from .columns import Text
from .files import wants_file
from .filters import Asked
from .listing import Dressed, Listing
from .pages import answer_file, ask, chips

CARDS = 8  # Of a column; the table has them all.


@dataclass(frozen=True)
class Lane:
    """A state that rows are in. is_final: nobody waits there."""

    key: str
    words: Text
    tone: str = ""
    is_final: bool = False


@dataclass(frozen=True)
class Board:
    """listing: of a queryset. field: holds the key of a row's lane, and is a filter of the list.

    adds: the field whose sum stands above a lane, in whole rupiah. order: the first cards. since:
    the day from which each row is in its lane. table: name of the address of the list as a table.
    card: the template of a card; it needs `card`.
    """

    listing: Listing
    field: str
    lanes: Sequence[Lane]
    adds: str
    order: tuple[str, ...]
    since: Callable[[Sequence[Any]], Mapping[Any, date]]
    table: str
    card: str


@dataclass(frozen=True)
class Card:
    """since: None where it is not known. days: how long it has been there by the day seen."""

    row: Any
    since: date | None
    days: int | None


@dataclass(frozen=True)
class ShownLane:
    lane: Lane
    number: int
    total: int
    cards: Sequence[Card]
    url: str

    @property
    def left_out(self) -> int:
        return self.number - len(self.cards)


@dataclass(frozen=True)
class ShownBoard:
    """What the templates of a board need; it stands where a list's page has `list`."""

    board: Board
    listing: Listing
    asked: Asked
    lanes: Sequence[ShownLane]
    chips: Sequence[Chip]
    faults: Sequence[str]
    fragment: str = "lists/_board.html"


def answer(
    request: PersonRequest, board: Board, page: str, context: Mapping[str, Any]
) -> HttpResponseBase:
    """Answer with the page, or its lanes alone for HTMX. page: extends `lists/list.html`."""
    listing = board.listing
    if listing.permission is not None and not holds(request.user, listing.permission):
        raise PermissionDenied
    if wants_file(request):
        return answer_file(request, listing)
    asked = ask(request, listing)
    shown = ShownBoard(
        board=board,
        listing=listing,
        asked=asked,
        lanes=_lanes(request, board, asked),
        chips=chips(request, listing, asked),
        faults=asked.faults,
    )
    return render_page(request, page, shown.fragment, {"list": shown, **context})


def _lanes(request: PersonRequest, board: Board, asked: Asked) -> list[ShownLane]:
    """Count in one statement, find the first cards and read them in one more."""
    rows = board.listing.rows(asked)
    if isinstance(rows, Dressed):
        rows = rows.objects  # Cards show fields alone.
    assert isinstance(rows, QuerySet)
    counted = rows.order_by().values_list(board.field)
    found = {key: each for key, *each in counted.annotate(Count("pk"), Sum(board.adds))}
    lanes = [lane for lane in board.lanes if lane.key in found]
    cards = _cards(board, rows, lanes, asked.seen.day)
    return [
        ShownLane(
            lane, found[lane.key][0], int(found[lane.key][1] or 0), cards[lane.key],
            _address(request, board, lane),
        )
        for lane in lanes
    ]  # fmt: skip


def _cards(
    board: Board, rows: QuerySet[Any], lanes: Sequence[Lane], day: date
) -> dict[str, list[Card]]:
    shown: dict[str, list[Card]] = {lane.key: [] for lane in lanes}
    first = [
        rows.filter(**{board.field: lane.key}).order_by(*board.order).values("pk")[:CARDS]
        for lane in lanes
    ]
    if not first:
        return shown
    keys = ArraySubquery(first[0].union(*first[1:], all=True) if first[1:] else first[0])
    every = list(rows.filter(IsAnyOf(F("pk"), keys)).order_by(*board.order))
    since = board.since(every)
    final = {lane.key for lane in lanes if lane.is_final}
    for row in every:
        lane, begun = getattr(row, board.field), since.get(row.pk)
        days = (day - begun).days if begun and lane not in final else None
        shown[lane].append(Card(row, begun, max(days, 0) if days is not None else None))
    return shown


def _address(request: PersonRequest, board: Board, lane: Lane) -> str:
    query = request.GET.copy()
    query[board.field] = lane.key
    return f"{reverse(board.table)}?{query.urlencode()}"
