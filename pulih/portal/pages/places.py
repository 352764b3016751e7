"""The pages of places, and of what their offices proposed."""

from __future__ import annotations

from datetime import date

from ..areas import NATION, Place
from .book import OF_REGENCIES, Book
from .page import Page
from .promises import promises_of
from .rows import (
    BUDGET_KEYS,
    CHAIN_KEYS,
    GOODS,
    IN_REGENCIES,
    IN_TABLES,
    PageRow,
    Shelf,
    goods_in,
    has_page,
    labels_of,
    programme_row,
    province_row,
    quoted_of,
    regencies_of,
    shares_of,
    unit_row,
    units_of,
)


def places(shelf: Shelf) -> Page:
    book = shelf.book
    found = [
        (province_row(book, place), [_row_of(book, one) for one in regencies_of(book, place.code)])
        for place in book.areas.of_level("province")
    ]
    return Page("places/", "places.html", {"provinces": found})


def _row_of(book: Book, place: Place) -> PageRow:
    own = f"places/{place.code}/"
    url = own if has_page(book, place) else f"places/{place.parent}/#{place.code}"
    return PageRow(book.name_of(place), [], url)


def regency_page(shelf: Shelf, province: Place, place: Place) -> Page:
    book, code = shelf.book, place.code
    return Page(
        f"places/{code}/",
        "regency.html",
        {
            "place": place,
            "province": province,
            "facts": [(book.means(key), book.number(key, code)) for key in OF_REGENCIES],
            "shares": shares_of(book, code),
            "quoted": quoted_of(book, OF_REGENCIES, code),
            "regency_day": older_day(book),
        },
    )


def proposals(shelf: Shelf) -> Page:
    """What was proposed and answered, by province and by measure."""
    book = shelf.book
    outcomes = sorted(book.categories("proposals_answered", NATION, "outcome"))
    keys = ("proposals_asked", "proposals_answered")
    provinces = [
        PageRow(
            place.name,
            [
                *book.numbers(keys, place.code),
                *(
                    book.number("proposals_answered", place.code, "outcome", one)
                    for one in outcomes
                ),
            ],
            f"places/{place.code}/",
        )
        for place in book.areas.of_level("province")
    ]
    programmes = book.categories("help_asked", NATION, "programme")
    return Page(
        "asked/",
        "proposals.html",
        {
            "asked": book.number("proposals_asked", NATION),
            "answered": book.number("proposals_answered", NATION),
            "outcomes": [*labels_of(book, keys), *(book.word("outcome", one) for one in outcomes)],
            "provinces": provinces,
            "heads": labels_of(book, IN_TABLES),
            "programmes": [programme_row(book, NATION, each) for each in programmes],
        },
    )


def province(shelf: Shelf, place: Place) -> Page:
    book, code = shelf.book, place.code
    programmes = book.categories("help_asked", code, "programme")
    regencies = [
        PageRow(
            book.name_of(each),
            book.numbers(IN_REGENCIES, each.code),
            f"places/{each.code}/" if has_page(book, each) else "",
            each.code,
        )
        for each in regencies_of(book, code)
    ]
    whole = book.numbers(IN_REGENCIES, code)
    shown = [*whole, *(one for row in regencies for one in row.numbers)]
    return Page(
        f"places/{code}/",
        "place.html",
        {
            "place": place,
            "chain": [(book.means(key), book.number(key, code)) for key in CHAIN_KEYS],
            "asked": book.number("help_asked", code),
            "promised": book.number("help_promised", code),
            "paid": book.number("help_paid", code),
            "proposals": book.number("proposals_asked", code),
            "answered": book.number("proposals_answered", code),
            "promises": promises_of(book, code),
            "heads": labels_of(book, IN_TABLES),
            "programmes": [programme_row(book, code, each) for each in programmes],
            "regencies": regencies,
            "regency_heads": labels_of(book, IN_REGENCIES),
            "whole": whole,
            "goods": goods_in(book, code),
            "good_heads": labels_of(book, GOODS),
            "papers": book.number("handovers_signed", code),
            "firms": book.number("affected_firms", code),
            "workers": book.number("workers_hit", code),
            "trained": book.number("people_in_training", code),
            "hidden": sum(one.marker == "[c]" for one in shown),
            "shares": shares_of(book, code),
            "budget": [(book.means(key), book.number(key, code)) for key in BUDGET_KEYS],
            "quoted": quoted_of(book, (*CHAIN_KEYS, *IN_REGENCIES), code),
            "units": [unit_row(book, code, each) for each in units_of(book, code)],
            "regency_day": older_day(book),
        },
    )


def older_day(book: Book) -> date | None:
    """The day of regencies' figures where it is not that of their province's."""
    means = book.means("affected_firms")
    day: date = means["as_of_regency"]
    return day if day != means["as_of"] else None
