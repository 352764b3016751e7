"""From goods at a receiver to the SP2D that paid for them, and from each SP2D back to the goods.

Read from the files of the release, so that whoever has these can walk the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pulih.budget.rules.parties import PartyKind
from pulih.web.words import language

from .. import arrivals
from ..areas import Place
from ..datasets.goods import KINDS, named
from ..standards.fiscal import PAYMENTS_FILE
from .book import Book
from .page import Page
from .rows import Shelf

Row = arrivals.Row
Paid = tuple[str, str]  # Spending unit and number of a payment.
MOST_DOCUMENTS = 300  # Of a unit on one page; all of them stand in a file.
PAYEES: dict[str, object] = {
    PartyKind.PERSON: gettext_lazy("person or sole trader"),
    PartyKind.LIST: gettext_lazy("list of names"),
    PartyKind.UNKNOWN: gettext_lazy("not known"),
}


@dataclass(frozen=True)
class Link:
    """url: below the root of the language."""

    text: str
    url: str


@dataclass(frozen=True)
class Arrival:
    """A hand-over. good: in the language of the page; received: None while nobody answered."""

    row: Row
    anchor: str
    day: date
    receiver_kind: str
    good: str
    sent: int
    received: int | None
    payments: Sequence[Link]


@dataclass(frozen=True)
class Document:
    """A payment on a line, with the hand-overs of what it paid for.

    anchor: empty for further lines of one payment.
    """

    row: Row
    anchor: str
    day: date
    line: Link
    payee: str
    rupiah: int
    goods: Sequence[Link]


@dataclass(frozen=True)
class Walk:
    """arrivals: by province; payments: by spending unit, both as the files have them.

    address: of the folder of the release's files. book: of the release, for names of goods.
    """

    book: Book
    arrivals: Mapping[str, Sequence[Row]]
    payments: Mapping[str, Sequence[Row]]
    address: str

    @cached_property
    def goods_of(self) -> Mapping[Paid, Sequence[Row]]:
        """Hand-overs by the unit and number of each payment behind them."""
        found: dict[Paid, list[Row]] = defaultdict(list)
        for rows in self.arrivals.values():
            for row in rows:
                for number in _numbers(row):
                    found[row["spending_unit"], number].append(row)
        return found

    def shown(self, unit: str) -> list[Row]:
        """What a page holds of a unit's payments: the newest, and all that paid for goods."""
        rows = self.payments.get(unit, [])
        newest = sorted(rows, key=lambda row: (row["day"], row["document"]), reverse=True)
        return [
            row
            for at, row in enumerate(newest)
            if at < MOST_DOCUMENTS or (unit, row["document"]) in self.goods_of
        ]

    @cached_property
    def has_row(self) -> set[Paid]:
        """Payments that stand on a page, to which hand-overs lead."""
        return {(unit, row["document"]) for unit in self.payments for row in self.shown(unit)}


def walk_of(shelf: Shelf) -> Walk:
    folder = shelf.folder / "data" / "r" / shelf.release.number
    return Walk(
        shelf.book,
        _grouped(arrivals.read(folder / arrivals.FILE), "province"),
        _grouped(arrivals.read(folder / PAYMENTS_FILE), "unit"),
        f"/data/r/{shelf.release.number}/",
    )


def receivers(walk: Walk, place: Place) -> Page:
    """Who received what from a province, by which paper, and what paid for it."""
    found = [_arrival(walk, row) for row in walk.arrivals[place.code]]
    found.sort(key=lambda one: (one.row["receiver"], one.row["sent_on"]))
    context = {"place": place, "arrivals": found, "file": f"{walk.address}{arrivals.FILE}"}
    return Page(f"goods/{place.code}/", "receivers.html", context)


def documents(walk: Walk, unit: str, name: str) -> Page:
    """The payments of a unit, the newest first, each with the goods that it paid for."""
    rows = walk.shown(unit)
    return Page(
        f"money/{unit}/documents/",
        "documents.html",
        {
            "name": name,
            "unit": unit,
            "documents": [
                _document(walk, row, at > 0 and rows[at - 1]["document"] == row["document"])
                for at, row in enumerate(rows)
            ],
            "is_cut": len(rows) < len(walk.payments.get(unit, [])),
            "file": f"{walk.address}{PAYMENTS_FILE}",
        },
    )


def _arrival(walk: Walk, row: Row) -> Arrival:
    unit = row["spending_unit"]
    return Arrival(
        row,
        anchor_of("n", row["number"]),
        date.fromisoformat(row["sent_on"]),
        KINDS[row["receiver_kind"]].in_language(language())
        if row["receiver_kind"] in KINDS
        else _("firm or other body"),
        _good(walk, row),
        int(row["sent"]),
        int(row["received"]) if row["received"] else None,
        [
            Link(number, f"money/{unit}/documents/#{anchor_of('n', number)}")
            for number in _numbers(row)
            if (unit, number) in walk.has_row
        ],
    )


def _document(walk: Walk, row: Row, is_further: bool) -> Document:
    unit = row["unit"]
    goods = [
        Link(f"{_good(walk, each)}: {each['receiver']}",
             f"goods/{each['province']}/#{anchor_of('n', each['number'])}")
        for each in walk.goods_of.get((unit, row["document"]), ())
    ]  # fmt: skip
    payee = row["payee"] or str(PAYEES.get(row["payee_kind"], row["payee_kind"]))
    return Document(
        row,
        "" if is_further else anchor_of("n", row["document"]),
        date.fromisoformat(row["day"]),
        Link(row["line"], f"money/{unit}/#{anchor_of('l', row['line'])}"),
        payee,
        int(row["rupiah"]),
        goods,
    )


def _good(walk: Walk, row: Row) -> str:
    """What a good is called on this page, as in all figures of goods."""
    return walk.book.word("good", named(row["good"], row["unit"]))


def _numbers(row: Row) -> list[str]:
    return row["payments"].split(arrivals.BETWEEN) if row["payments"] else []


def anchor_of(kind: str, text: str) -> str:
    """Where something stands on its page. kind: n for a number of a paper, l for a budget line."""
    return f"{kind}-{slugify(text.replace('.', '-'))}"


def _grouped(rows: Sequence[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return dict(found)
