"""One declaration a column: it knows its headings, reads its cells and words their problems."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from pulih.common.errors import Message
from pulih.intake.readings.reading import Reading


@dataclass(frozen=True)
class Column:
    """A column of a kind of sheet.

    title: how a problem calls it. must: what its cells have to hold.
    headings: words that offices write over it, besides its own name, in full spelling.
    doubtful: headings that may mean it where nothing better is found.
    is_money: amounts in rupiah, which a unit in the heading (`dalam ribuan`) multiplies.
    is_signed: a negative amount is a return, and no mistake.
    """

    name: str
    title: Message
    must: Message
    reading: Reading
    headings: tuple[str, ...]
    doubtful: tuple[str, ...] = ()
    is_money: bool = False
    is_signed: bool = False

    @cached_property
    def all_headings(self) -> tuple[str, ...]:
        """Return every sure heading, the column's own name first."""
        return (self.name.replace("_", " "), *self.headings)


def declared(
    kind: str,
    name: str,
    title: tuple[str, str],
    must: tuple[str, str],
    reading: Reading,
    *,
    is_money: bool = False,
) -> Column:
    """Declare a column of a kind of sheet; its headings stand in `data/headings.csv`."""
    sure, doubtful = _headings().get((kind, name), ((), ()))
    return Column(name, Message(*title), Message(*must), reading, sure, doubtful, is_money)


@cache
def _headings() -> dict[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the sure and the doubtful headings of every column, in the order of the list."""
    text = files("pulih.intake").joinpath("data", "headings.csv").read_text("utf-8")
    found: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for row in csv.DictReader(text.splitlines()):
        sure, doubtful = found.setdefault((row["kind"], row["column"]), ([], []))
        (doubtful if row["doubtful"] else sure).append(row["heading"])
    return {key: (tuple(sure), tuple(doubtful)) for key, (sure, doubtful) in found.items()}


def guide(columns: Iterable[Column], language: str = "id") -> str:
    """Return the offices' manual of a kind of sheet: a table of its columns, what they hold."""
    heads = {
        "id": ("Kolom", "Isi", "Judul yang dikenali", "Nama baku"),
        "en": ("Column", "Holds", "Headings recognised", "Standard name"),
    }["en" if language.startswith("en") else "id"]
    lines = ["| " + " | ".join(heads) + " |", "| --- | --- | --- | --- |"]
    for one in columns:
        titles = one.title.in_language(language), one.must.in_language(language)
        examples = ", ".join(one.headings[:6])
        lines.append(f"| {titles[0]} | {titles[1]} | {examples} | `{one.name}` |")
    return "\n".join(lines) + "\n"
