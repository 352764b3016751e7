"""Lines of the tables on public pages, and what the pages are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from ..areas import NATION, Place, is_unstated
from ..datasets import ALL
from ..datasets.budget import MEASURES as BUDGET
from ..datasets.help_given import CHAIN
from ..models import LeftOut, Release, Withdrawal
from ..plain_cells import PlainCell
from ..reads.releases import Change, newer_of
from ..restating import Restatement, restatements
from ..tables_named import table_name, title_of
from .book import Book, Number

CHAIN_KEYS = tuple(measure.key for measure in CHAIN)
IN_TABLES = ("help_asked", "help_promised", "help_funded", "help_paid")
IN_PROVINCES = ("affected_firms", *IN_TABLES)
BUDGET_KEYS = tuple(measure.key for measure in BUDGET.values())
GOODS = ("goods_made", "goods_received", "goods_to_firms")
IN_REGENCIES = ("affected_firms", "workers_hit", "people_in_training")
BY_MONTH = ("budget_committed", "budget_realised")
MOST_CHANGES = 200  # Of a release on one page; all of them stand in a file.
SHARES = ("status", "commodity_group", "need", "obstacle")


@dataclass(frozen=True)
class PageRow:
    """A line of a table: a name, where it leads, its figures, where it stands on its page."""

    name: str
    numbers: list[Number]
    url: str = ""
    code: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class History:
    """The country's figure as each release on show states it."""

    release: Release
    number: Number
    corrected_by: Release | None


@dataclass(frozen=True)
class Shelf:
    """Everything that pages are made of. books: of all releases on show, the newest first."""

    book: Book
    books: Sequence[Book]
    withdrawn: Sequence[Withdrawal]
    folder: Path

    @property
    def release(self) -> Release:
        return self.book.release

    @cached_property
    def restatements(self) -> Sequence[Restatement]:
        return restatements({book.release: book.cells for book in self.books})


def changed(book: Book, changes: Sequence[Change]) -> list[tuple[str, str, Change]]:
    """Figures that changed, each with what it is called and the place or category it is of."""
    return [
        (book.means(each.cell.measure)["label"], _place_of(book, each.cell), each)
        for each in changes[:MOST_CHANGES]
    ]


def _place_of(book: Book, cell: PlainCell) -> str:
    name = book.name_of(book.areas.places[cell.area])
    if cell.dimension == ALL:
        return name
    return f"{name}, {book.word(cell.dimension, cell.category)}"


def labels_of(book: Book, measures: tuple[str, ...]) -> list[str]:
    return [book.means(measure)["label"] for measure in measures]


def by_firms(book: Book) -> list[Place]:
    """Provinces: most affected firms first; unknown last."""
    return sorted(
        book.areas.of_level("province"),
        key=lambda place: (-(book.number("affected_firms", place.code).value or -1), place.name),
    )


def province_row(book: Book, place: Place) -> PageRow:
    found = book.numbers(IN_PROVINCES, place.code)
    return PageRow(place.name, found, f"places/{place.code}/", place.code)


def programme_row(book: Book, area: str, code: str) -> PageRow:
    found = of_programme(book, IN_TABLES, area, code)
    return PageRow(
        book.word("programme", code), found, f"measures/{code}/" if code != "none" else ""
    )


def of_programme(book: Book, keys: tuple[str, ...], area: str, code: str) -> list[Number]:
    return [book.number(key, area, "programme", code) for key in keys]


def units_of(book: Book, area: str) -> list[str]:
    return book.categories("budget_ceiling", area, "unit")


def unit_row(book: Book, area: str, code: str) -> PageRow:
    found = [book.number(key, area, "unit", code) for key in BUDGET_KEYS]
    return PageRow(book.word("unit", code), found, f"money/{code}/", code)


def name_in(book: Book, dimension: str) -> Any:
    return lambda category: book.word(dimension, category)


def regencies_of(book: Book, province: str) -> list[Place]:
    """The regencies of a province; the one for firms without a regency where there are any."""
    return [
        place
        for place in book.areas.within(province)
        if not is_unstated(place) or ("affected_firms", place.code, "all", "") in book.cells
    ]


def has_page(book: Book, regency: Place) -> bool:
    """Say whether a regency has a page of its own: where something is recorded of it."""
    if is_unstated(regency):
        return False
    return regency.code in book.recorded


def goods_in(book: Book, area: str) -> list[PageRow]:
    """What was made and what arrived, by good."""
    found = {good for key in GOODS for good in book.categories(key, area, "good")}
    return [
        PageRow(book.word("good", good), [book.number(key, area, "good", good) for key in GOODS])
        for good in sorted(found)
    ]


def quoted_of(
    book: Book, measures: tuple[str, ...], area: str
) -> list[tuple[dict[str, Any], Number]]:
    """What each measure means and its figure, where the release states one."""
    found = [(book.means(key), book.number(key, area)) for key in measures]
    return [(means, one) for means, one in found if one.value is not None]


def shares_of(book: Book, area: str) -> list[dict[str, Any]]:
    """Affected firms of an area by status, commodity group, need and obstacle, most first."""
    found = []
    for dimension in SHARES:
        categories = book.categories("affected_firms", area, dimension)
        rows = [
            PageRow(
                book.word(dimension, category),
                [book.number("affected_firms", area, dimension, category)],
            )
            for category in categories
        ]
        rows.sort(key=lambda row: -(row.numbers[0].value or 0))
        if rows:
            found.append({"title": title_of(dimension), "rows": rows})
    return found


def figure_rows(book: Book, key: str) -> Iterator[PageRow]:
    """The country, then each province with its regencies: rows whose sum is the figure."""
    yield PageRow("Indonesia", [book.number(key, NATION)], code=NATION)
    for place in book.areas.of_level("province"):
        yield PageRow(
            place.name, [book.number(key, place.code)], f"places/{place.code}/", code=place.code
        )
        for good in book.categories(key, place.code, "good"):
            yield PageRow(book.word("good", good), [book.number(key, place.code, "good", good)])
        for each in book.areas.within(place.code):
            if (key, each.code, "all", "") in book.cells:
                url = f"places/{each.code}/" if has_page(book, each) else ""
                yield PageRow(book.name_of(each), [book.number(key, each.code)], url, each.code)


def is_more_than_provinces(book: Book, key: str) -> bool:
    """Whether the country holds what lies in no province, and all of its provinces are shown."""
    country = book.number(key, NATION).value
    provinces = [book.number(key, each.code) for each in book.areas.of_level("province")]
    if country is None or any(one.marker == "[c]" for one in provinces):
        return False
    return country > sum(one.value or 0 for one in provinces)


def details_of(book: Book, key: str) -> list[dict[str, Any]]:
    """Each dimension of a figure for the country, but for budget lines, which have their pages."""
    dimensions = sorted(book.dimensions.get(key, set()) - {"all", "line"})
    return [
        {
            "title": title_of(dimension),
            "rows": [
                PageRow(book.word(dimension, each), [book.number(key, NATION, dimension, each)])
                for each in sorted(book.categories(key, NATION, dimension))
            ],
        }
        for dimension in dimensions
    ]


def left_out_of(book: Book, key: str) -> list[tuple[str, LeftOut]]:
    """Tables of a figure that the release does not publish, each with its name."""
    return [
        (table_name(book.measures, each), each)
        for each in book.left_out
        if key in ("", each.measure)
    ]


def history_of(shelf: Shelf, key: str) -> list[History]:
    every = [book.release for book in shelf.books]
    return [
        History(book.release, _of_its_release(shelf, book, key), newer_of(every, book.release))
        for book in shelf.books
        if key in book.release.measures
    ]


def _of_its_release(shelf: Shelf, book: Book, key: str) -> Number:
    """Cells of all releases have the same names: a figure of an older one says whose it is."""
    number = book.number(key, NATION)
    return number if book is shelf.book else replace(number, release=book.release.number)


def bars_of(chain: Sequence[Number], most: int = 0) -> list[tuple[Number, int]]:
    """Each part of the chain with its length of 1,000. most: the longest, if it is of another."""
    most = most or max((number.value or 0 for number in chain), default=0)
    return [(number, round((number.value or 0) * 1000 / most)) for number in chain if most]
