"""What the ledger answers once the story is told: from 113.15 to 75.77 bn, by source and use."""

from datetime import date
from decimal import Decimal

from rich.table import Table

from pulih.common.errors import Message
from pulih.common.money import BILLION, decimal
from pulih.common.periods import day

from .story import CUT, PLANNED, refocused

NEXT_DAY = date(2020, 4, 7)
TITLE = Message(
    "Refocusing menurut buku besar, miliar rupiah", "Refocusing as the ledger tells it, billion Rp"
)
KNOWN = Message("{0}, diketahui {1}", "{0}, known {1}")
FROM, TO = Message("Dari", "From"), Message("Untuk", "To")
TOTAL, FOR_IKM = Message("Jumlah", "Total"), Message("di antaranya IKM", "of which small firms")
Row = tuple[str, str, str, str]


def rows(language: str) -> list[Row]:
    """Return each source, each use and the sums, in billions, on the three views of the story."""
    views = (refocused(PLANNED, NEXT_DAY), refocused(PLANNED), refocused(CUT))
    found = [
        *_block(FROM, [one.by_source for one in views], language),
        *_block(TO, [one.by_use for one in views], language),
    ]
    sums = ((TOTAL, [one.total for one in views]), (FOR_IKM, [one.for_ikm for one in views]))
    return found + [_row(name.in_language(language), amounts, language) for name, amounts in sums]


def table(language: str) -> Table:
    """Return the same as a table for the terminal."""
    made = Table(title=TITLE.in_language(language))
    made.add_column("")
    planned, next_day, cut = (_short(on, language) for on in (PLANNED, NEXT_DAY, CUT))
    known = KNOWN.in_language(language).format(planned, next_day)
    for head in (known, planned, cut):
        made.add_column(head, justify="right", no_wrap=True)
    for row in rows(language):
        made.add_row(*row)
    return made


def _short(on: date, language: str) -> str:
    return day(on, language).rpartition(" ")[0]


def _block(head: Message, views: list[dict[str, int]], language: str) -> list[Row]:
    names = sorted(views[-1], key=lambda name: -views[-1][name])
    every = [_row(name, [one.get(name, 0) for one in views], language) for name in names]
    return [(head.in_language(language), "", "", ""), *every]


def _row(name: str, amounts: list[int], language: str) -> Row:
    first, second, third = (decimal(Decimal(amount) / BILLION, 2, language) for amount in amounts)
    return name, first, second, third
