"""Tags of the public pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from html import escape

from django.template import Context, Library
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pulih.common import money
from pulih.places.spellings import other_names
from pulih.web import numbers
from pulih.web.words import language

from ..pages.book import MARKERS, Number
from ..pages.rows import PageRow

register = Library()


def amount(rupiah: int) -> str:
    """Write an amount as people say it: `Rp0`, `Rp812,4 juta`, `Rp22,84 miliar`."""
    if rupiah == 0:
        return numbers.rupiah(0)
    return numbers.billions(rupiah) if abs(rupiah) >= money.BILLION else numbers.millions(rupiah)


STYLES: dict[str, Callable[[int], str]] = {
    "whole": numbers.whole,
    "rupiah": numbers.rupiah,
    "amount": amount,
    "millions": lambda value: numbers.millions(value, bare=True) if value else "0",
}


@register.simple_tag(takes_context=True)
def number(context: Context, one: Number, style: str = "whole") -> SafeString:
    """Write a figure that opens: a link to its rows, with its exact value and its cell."""
    return SafeString(_opening(context["prefix"], one, style))


@register.simple_tag(takes_context=True)
def rows_by_place(context: Context, rows: Iterable[PageRow], style: str) -> SafeString:
    """The rows of a figure's table of places: name, code, figures.

    They are most of what a release writes, and a loop of a template takes many times as long.
    """
    prefix = context["prefix"]
    return SafeString("".join(_row_by_place(prefix, row, style) for row in rows))


def _row_by_place(prefix: str, row: PageRow, style: str) -> str:
    code, name = escape(row.code), escape(row.name)
    anchor = f' id="{code}"' if code else ""
    of_sum = ' class="sum"' if len(row.code) == 2 else ""
    if row.url:
        name = f'<a href="{escape(prefix + row.url)}">{name}</a>'
    shown = "".join(_opening(prefix, one, style) for one in row.numbers)
    return (
        f'<tr{anchor}{of_sum}>\n<th scope="row">{name}</th>\n'
        f'<td>{code}</td>\n<td class="num">{shown}</td>\n</tr>\n'
    )


def _opening(prefix: str, one: Number, style: str) -> str:
    # A release holds some 40,000 of them, so they are put together by hand; only what stands in
    # quotation marks or is typed by people is escaped.
    url = escape(f"{prefix}{one.anchor}")
    cell = f'data-cell="{escape(one.cell)}"'
    if one.release:
        cell += f' data-release="{escape(one.release)}"'
    if one.value is None:
        return (
            f'<a class="marker" href="{url}">'
            f'<abbr title="{escape(one.explained)}" {cell}>{one.marker}</abbr></a>'
        )
    shown = (
        f'<a class="figure" href="{url}">'
        f'<data value="{one.value}" {cell}>{STYLES[style](one.value)}</data></a>'
    )
    if one.marker:
        shown += f' <abbr title="{escape(one.explained)}">{one.marker}</abbr>'
    return shown


@register.simple_tag
def reason(own: str, english: str) -> SafeString:
    """A reason in the language of the page; as Indonesian where nobody wrote it in English."""
    if language() == "en" and english:
        return format_html("{}", english)
    return format_html('<span lang="id">{}</span>', own)


@register.filter
def beside(labels: Sequence[object], values: Sequence[object]) -> list[tuple[object, object]]:
    """Each value of a row with the heading of its column, which a narrow screen shows beside it."""
    return list(zip(labels, values, strict=True))


@register.simple_tag
def also(place: str) -> SafeString:
    """The attribute that holds other names of a place, by which it is looked for."""
    others = "|".join(other_names(place))
    return format_html(' data-also="{}"', others) if others else SafeString()


@register.simple_tag
def markers() -> Iterable[tuple[str, str]]:
    """What stands in the place of a figure or beside it, each with its meaning."""
    return [(marker, str(words)) for marker, words in MARKERS.items()]


@register.simple_tag(takes_context=True)
def day_of(context: Context, measure: str) -> date:
    """The day that the release's figures of a measure are of."""
    day: date = context["release"].day_of(measure, "province")
    return day


@register.filter
def style_of(figure: dict[str, str]) -> str:
    """How a measure is written: money as whole rupiah, all else as a whole number."""
    return "rupiah" if figure["kind"] == "money" else "whole"


@register.filter
def kilobytes(size: int) -> str:
    """Write a size: `12 kB`, `3,4 MB`."""
    if size < 1_000_000:
        return f"{numbers.whole(max(size / 1000, 1))} kB"
    return f"{numbers.decimal(size / 1_000_000, 1)} MB"
