"""What stands on each public page: its path, its template, its context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.measures.models import Measure
from pulih.web.words import language

from .. import rhythm
from ..areas import NATION
from ..datasets import DATASETS
from ..index import PRESSED_ENDINGS
from ..manifest import FOLDER_PAGE
from ..models import PublicFigure, Release, Scope
from ..reads.releases import newer_of
from ..standards.dcat import title_of
from .book import Book
from .page import Page
from .places import places, proposals, province, regency_page
from .rows import (
    BUDGET_KEYS,
    BY_MONTH,
    CHAIN_KEYS,
    GOODS,
    IN_PROVINCES,
    IN_TABLES,
    MOST_CHANGES,
    PageRow,
    Shelf,
    bars_of,
    by_firms,
    changed,
    details_of,
    figure_rows,
    goods_in,
    has_page,
    history_of,
    is_more_than_provinces,
    labels_of,
    left_out_of,
    name_in,
    of_programme,
    province_row,
    unit_row,
    units_of,
)
from .walk import Walk, anchor_of, documents, receivers, walk_of

ABOUT_FILES = ("manifest", "SHA256SUMS", "verify")  # They tell of the others, and stand last.


def pages(shelf: Shelf) -> Iterator[Page]:
    yield front(shelf)
    yield places(shelf)
    for place in shelf.book.areas.of_level("province"):
        yield province(shelf, place)
        for regency in shelf.book.areas.within(place.code):
            if has_page(shelf.book, regency):
                yield regency_page(shelf, place, regency)
    yield from measures(shelf)
    yield proposals(shelf)
    walk = walk_of(shelf)
    yield from money(shelf, walk)
    yield from goods(shelf, walk)
    yield from figures(shelf)
    yield releases(shelf)
    yield calendar(shelf)
    yield data(shelf)
    yield about(shelf.book)


def about(book: Book) -> Page:
    """How the figures are made and protected, with the counts that include each other."""
    outer = [key for key in book.measures if book.parts_of(key)]
    pairs = [(book.means(key), [book.means(one) for one in book.parts_of(key)]) for key in outer]
    return Page("about/", "about.html", {"inclusions": pairs})


def front(shelf: Shelf) -> Page:
    book = shelf.book
    chain = [(book.means(key), book.number(key, NATION)) for key in CHAIN_KEYS]
    return Page(
        "",
        "front.html",
        {
            "chain": chain,
            "asked": book.number("help_asked", NATION),
            "promised": book.number("help_promised", NATION),
            "paid": book.number("help_paid", NATION),
            "firms": book.number("affected_firms", NATION),
            "workers": book.number("workers_hit", NATION),
            "bars": bars_of([number for _means, number in chain[:4]]),
            "heads": labels_of(book, IN_PROVINCES),
            "provinces": [province_row(book, place) for place in by_firms(book)],
            "goods": goods_in(book, NATION),
            "good_heads": labels_of(book, GOODS),
            "papers": book.number("handovers_signed", NATION),
            "rivals": rivals(),
            "files": files(shelf.folder, shelf.release),
        },
    )


def rivals() -> list[dict[str, Any]]:
    """Figures that others print, as they print them, with what tells them apart."""
    spoken = language()
    return [
        {
            **{name: one.said(name, spoken) for name in ("quoted", "definition", "differs")},
            "coverage": one.said("coverage", spoken),
            "as_of": one.as_of,
            "source": one.source,
            "key": one.key,
        }
        for one in PublicFigure.objects.select_related("source").order_by("pk")
    ]


def measures(shelf: Shelf) -> Iterator[Page]:
    """One page a measure of support that somebody asked for or that a budget line pays for."""
    book = shelf.book
    asked = book.categories("help_asked", NATION, "programme")
    funded = book.categories("budget_ceiling", NATION, "programme")
    supports = Measure.objects.filter(code__in={*asked, *funded}).order_by("name_indonesian")
    rows = []
    for one in supports:
        rows.append(
            PageRow(
                one.name,
                [
                    *of_programme(book, IN_TABLES, NATION, one.code),
                    book.number("budget_ceiling", NATION, "programme", one.code),
                ],
                url=f"measures/{one.code}/",
            )
        )
        yield Page(
            f"measures/{one.code}/",
            "measure.html",
            {
                "support": one,
                "chain": [
                    (book.means(key), book.number(key, NATION, "programme", one.code))
                    for key in CHAIN_KEYS[:6]
                ],
                "heads": labels_of(book, IN_TABLES),
                "provinces": [
                    PageRow(
                        place.name,
                        of_programme(book, IN_TABLES, place.code, one.code),
                        f"places/{place.code}/",
                    )
                    for place in book.areas.of_level("province")
                    if ("help_asked", place.code, "programme", one.code) in book.cells
                ],
                "budget": [
                    (book.means(key), book.number(key, NATION, "programme", one.code))
                    for key in BUDGET_KEYS
                ],
            },
        )
    heads = [*labels_of(book, IN_TABLES), _("Budget lines")]
    yield Page("measures/", "measures.html", {"rows": rows, "heads": heads})


def money(shelf: Shelf, walk: Walk) -> Iterator[Page]:
    book = shelf.book
    units = units_of(book, NATION)
    months = book.categories("budget_realised", NATION, "month")
    yield Page(
        "money/",
        "money.html",
        {
            "totals": [(book.means(key), book.number(key, NATION)) for key in BUDGET_KEYS],
            "units": [
                unit_row(book, NATION, code) for code in sorted(units, key=name_in(book, "unit"))
            ],
            "heads": labels_of(book, BY_MONTH),
            "months": [
                PageRow(
                    month,
                    [book.number(key, NATION, "month", month) for key in BY_MONTH],
                )
                for month in sorted(months)
            ],
        },
    )
    lines: dict[str, list[str]] = {}
    for line in book.categories("budget_ceiling", NATION, "line"):
        lines.setdefault(line.split("/")[0], []).append(line)
    for code in units:
        anchors = _anchors(lines.get(code, []))
        yield Page(
            f"money/{code}/",
            "unit.html",
            {
                "name": book.word("unit", code),
                "code": code,
                "has_documents": code in walk.payments,
                "totals": [
                    (book.means(key), book.number(key, NATION, "unit", code)) for key in BUDGET_KEYS
                ],
                "lines": [
                    PageRow(
                        book.word("line", line),
                        [book.number(key, NATION, "line", line) for key in BUDGET_KEYS],
                        code=line.split("/", 1)[1],
                        anchor=anchors.get(line, ""),
                    )
                    for line in sorted(lines.get(code, []))
                ],
            },
        )
        if code in walk.payments:
            yield documents(walk, code, book.word("unit", code))


def _anchors(lines: Sequence[str]) -> dict[str, str]:
    """Where lines stand on the page of their unit; of one key under two funds the first alone."""
    found = {anchor_of("l", line.rsplit("/", 1)[1]): line for line in sorted(lines, reverse=True)}
    return {line: anchor for anchor, line in found.items()}


def goods(shelf: Shelf, walk: Walk) -> Iterator[Page]:
    """What was made and what arrived, in the country and in each province that made something."""
    book = shelf.book
    made = [
        (place, goods_in(book, place.code), place.code in walk.arrivals)
        for place in book.areas.of_level("province")
        if goods_in(book, place.code) or place.code in walk.arrivals
    ]
    yield Page(
        "goods/",
        "goods.html",
        {
            "goods": goods_in(book, NATION),
            "good_heads": labels_of(book, GOODS),
            "papers": book.number("handovers_signed", NATION),
            "provinces": made,
        },
    )
    for place in book.areas.of_level("province"):
        if place.code in walk.arrivals:
            yield receivers(walk, place)


def figures(shelf: Shelf) -> Iterator[Page]:
    book = shelf.book
    means = [book.means(key) for key in book.measures]
    yield Page(
        "figures/",
        "figures.html",
        {"figures": [(one, book.number(one["key"], NATION)) for one in means]},
    )
    for one in means:
        key = one["key"]
        yield Page(
            f"figures/{key}/",
            "figure.html",
            {
                "figure": one,
                "number": book.number(key, NATION),
                "areas": list(figure_rows(book, key)),
                "is_more_than_provinces": is_more_than_provinces(book, key),
                "details": details_of(book, key),
                "history": history_of(shelf, key),
                "hidden": len(book.hidden.get(key, ())),
                "left_out": left_out_of(book, key),
                "around": [book.means(one) for one in book.around(key)],
                "parts": [book.means(one) for one in book.parts_of(key)],
                "corrections": list(_corrections(shelf, key)),
            },
        )


def _corrections(shelf: Shelf, key: str) -> Iterator[dict[str, Any]]:
    """What each release states otherwise of a figure than one before of the same day."""
    for again in shelf.restatements:
        if found := again.of(key):
            book = next(each for each in shelf.books if each.release == again.release)
            more = max(len(found) - MOST_CHANGES, 0)
            yield {"again": again, "changes": changed(book, found), "more": more}


def releases(shelf: Shelf) -> Page:
    """Every release on show with what it changes, and why others are gone."""
    found = []
    for at, book in enumerate(shelf.books):
        again = next((one for one in shelf.restatements if one.release == book.release), None)
        wholes = again.wholes if again else []
        found.append(
            {
                "release": book.release,
                "is_newest": at == 0,
                "left_out": left_out_of(book, ""),
                "corrected_by": newer_of([each.release for each in shelf.books], book.release),
                "again": again,
                "changes": changed(book, wholes),
                "more": max(len(wholes) - MOST_CHANGES, 0),
            }
        )
    return Page("releases/", "releases.html", {"releases": found, "withdrawn": shelf.withdrawn})


def calendar(shelf: Shelf) -> Page:
    """When which figures come out, counted from the day on which this release was published."""
    release = shelf.release
    published = timezone.localtime(release.published_at or release.known_at).date()
    newest = {scope: rhythm.newest_of(shelf.books, scope) for scope in Scope.values}
    return Page(
        "calendar/",
        "calendar.html",
        {"rhythms": [(one, newest[one.scope]) for one in rhythm.rhythms(published)]},
    )


def data(shelf: Shelf) -> Page:
    book = shelf.book
    return Page(
        "data/",
        "data.html",
        {
            "files": [
                (_table_name(name), name, kinds)
                for name, kinds in files(shelf.folder, shelf.release)
            ],
            "cells": len(book.cells),
            "hidden": sum(cell.marker == "[c]" for cell in book.cells.values()),
            "releases": [each.release for each in shelf.books],
            "left_out": left_out_of(book, ""),
        },
    )


def _table_name(name: str) -> str:
    """What a file holds, in the language of the page; its own name where no dataset has it."""
    general = {
        "cells": _("All figures"),
        "manifest": _("What the release holds"),
        "SHA256SUMS": _("Hash of each file"),
        "verify": _("Code of the release"),
    }
    if name in general:
        return general[name]
    own = next((each.title for each in DATASETS if each.key == name), None)
    title = own or title_of(name)
    return title.in_language(language()) if title else name


def files(folder: Path, release: Release) -> list[tuple[str, list[tuple[str, str, int]]]]:
    """Files of a release by their name without ending: (ending, address, bytes)."""
    home = folder / "data" / "r" / release.number
    found: dict[str, list[tuple[str, str, int]]] = {}
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home).as_posix()
        if not path.is_file() or path.suffix in PRESSED_ENDINGS or name == FOLDER_PAGE:
            continue
        stem = name.rsplit(".", 1)[0] if "." in path.name else name
        ending = path.suffix.lstrip(".").upper() or path.name
        size = path.stat().st_size
        found.setdefault(stem, []).append((ending, f"/data/r/{release.number}/{name}", size))
    order = {"cells": 0} | dict.fromkeys(ABOUT_FILES, 2)
    return sorted(found.items(), key=lambda pair: (order.get(pair[0], 1), pair[0]))
