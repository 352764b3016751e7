"""Two things in one column, under a heading that names both: `Nama / NIK`, `NIK / NPWP`.

The number, or the second text, is moved into a column of its own beside the sheet; what is told of
it is told at its cell. Where each cell holds one number or the other, its digits say which.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import polars as pl

from pulih.common.errors import Message
from pulih.intake.cells import Sheet, address
from pulih.intake.headings import OF_NAMES, normal, whose_group
from pulih.intake.kinds import Kind
from pulih.intake.layout import Table
from pulih.intake.parts import Part
from pulih.intake.wording import CORRECTED
from pulih.intake.work import SheetRows

PARTED_BY = re.compile(r"\s*(?:[/\n,&+]|\b(?:dan|atau)\b)\s*", re.IGNORECASE)
OF_DIGITS = {"nik", "family_card", "nib", "npwp", "phone"}
OF_WORDS = {"business_name", "owner_name", "address", "product"}
FIGURE = r"(?:\d[ .\-]{0,2})"
TWO_TEXTS = (  # Such a text seldom holds the sign that parts it from the other.
    {"business_name", "owner_name"}, {"village", "district"}, {"district", "regency"},
    {"address", "village"}, {"address", "district"}, {"business_name", "address"},
    {"owner_name", "address"},
)  # fmt: skip
SIGNS = ("/", "\n", ",", "(")
# One number or the other: what a cell holds where it is the second. A NIK never begins with 0, an
# NPWP of 16 figures does, and a spreadsheet drops the zeros in front.
ONE_OR_OTHER = {
    ("nik", "npwp"): rf"^\D*(0{FIGURE}{{15}}|{FIGURE}{{12,14}}\d)\D*$",
    ("nik", "nib"): rf"^\D*({FIGURE}{{11,12}}\d)\D*$",
    ("npwp", "nib"): rf"^\D*({FIGURE}{{11,12}}\d)\D*$",
}
THREE = {"nik", "npwp", "nib"}  # Of these, the NIB is parted first.
OF_SEXES = re.compile(
    r"(?i)\W(?:l\s*[/+&,]\s*p|lk\s*[/+&,]\s*pr|laki\W?laki\s*[/+&,]\s*perempuan)\W*$"
)
MOST_SHARE = 0.8
MAIL = r"([\w.+\-]+@[\w.\-]+\.\w+)"
BESIDE = r"(?:^|[\s/,;|(])(\+?\d[\d .\-]{7,}\d)(?:[\s/,;|)]|$)"
LEAST_SHARE, LEAST_ROWS = 0.5, 3
LABEL = r"(?:nik|ktp|no\.?\s*ktp|nib|npwp|telp?|telepon|hp|no\.?\s*hp|wa|no\.?\s*wa|no)"
NUMBER = rf"(?i)(?:\b{LABEL}\b[\s.:]*)?\(?(\+?\d[\d .\-]{{7,}}\d)\)?"
EDGES = " \t\n,;:/()-"


@dataclass(frozen=True)
class Two:
    """The columns of the text and of the number in one cell, and what the heading calls them.

    first, rest: where each of two texts stands in a cell; blank where the second is a number.
    other: how a cell looks that holds the second number alone; blank where cells hold both.
    """

    words: str
    digits: str
    heading: str
    second: str
    first: str = ""
    rest: str = ""
    other: str = ""


@dataclass(frozen=True)
class Shared:
    """A table whose shared cells were parted.

    columns: where each that is shared stood, and what it holds; of three numbers, twice.
    moved: where each number stands in the office's sheet.
    """

    part: Part
    columns: list[tuple[int, Two]]
    moved: dict[str, str]


def part(whole: Part, kind: Kind) -> Shared | None:
    """Part the cells of each column that is shared; None where none is."""
    found = {
        at: two
        for at, heading in enumerate(whole.table.headings)
        if heading and (two := _found(whole, at, heading, kind))
    }
    if not found:
        return None
    width, height = whole.sheet.cells.width, whole.sheet.cells.height
    moved = {
        address(row, width + at): address(row, at) for at in found for row in range(1, height + 1)
    }
    table = _table(whole.table, found, width)
    parted = replace(whole, sheet=_sheet(whole, found), table=table)
    columns = list(found.items())
    if any(PARTED_BY.search(two.heading) for two in found.values()):
        again = part(parted, kind)
        if again is not None:
            return Shared(again.part, columns + again.columns, moved | again.moved)
    return Shared(parted, columns, moved)


def _found(whole: Part, at: int, heading: str, kind: Kind) -> Two | None:
    if (mail := _mail_and_phone(whole, at, heading, kind)) is not None:
        return mail
    two = _two(heading, kind)
    if two is not None and _is_shared(whole, at):
        return two
    return (
        _two_texts(whole, at, heading, kind)
        or _two_sexes(whole, at, heading, kind)
        or _one_number_or_other(heading, kind)
    )


def _two_texts(whole: Part, at: int, heading: str, kind: Kind) -> Two | None:
    """Return two texts whose cells one and the same sign parts, all but a few of them."""
    words = PARTED_BY.split(heading.strip().removesuffix(")").replace("(", "/"))
    if len(words) != 2:
        return None
    names = [_whose(_name(word, kind), heading) for word in words]
    if set(names) not in TWO_TEXTS:
        return None
    of_street = names[1] == "address"  # The sign may stand in it again.
    texts = whole.sheet.cells.to_series(at).slice(whole.table.body).drop_nulls()
    for sign in SIGNS if len(texts) >= LEAST_ROWS else ():
        mark = re.escape(sign)
        other = "." if of_street else rf"[^{mark}]"
        first, rest = (
            rf"^([^{mark}]*\p{{L}}{{2}}[^{mark}]*?)\s*{mark}",
            rf"^[^{mark}]*{mark}\s*({other}+?)\)?$",
        )
        # A street's `RT 01/02 Mlati` and `RT 01/RW 02` are one text.
        whole_cell = rf"(?s)^[^{mark}]*\p{{L}}{{2}}[^{mark}]*{mark}\s*\p{{L}}{{2}}{other}*$"
        both = texts.str.contains(whole_cell) & ~texts.str.contains(rf"(?i){mark}\s*rw\b")
        if int(both.sum()) >= MOST_SHARE * len(texts):
            return Two(names[0], names[1], words[0], words[1], f"(?s){first}", f"(?s){rest}")
    return None


def _mail_and_phone(whole: Part, at: int, heading: str, kind: Kind) -> Two | None:
    """Return an address and a number of `Email / No HP`, found by what each looks like."""
    words = PARTED_BY.split(heading.strip())
    named = {_name(word, kind): word for word in words}
    if len(words) != 2 or set(named) != {"email", "phone"}:
        return None
    texts = whole.sheet.cells.to_series(at).slice(whole.table.body).drop_nulls()
    if int((texts.str.contains(MAIL) & texts.str.contains(BESIDE)).sum()) * 2 < len(texts) or (
        texts.is_empty()
    ):
        return None
    return Two("email", "phone", named["email"], named["phone"], MAIL, BESIDE)


def _two_sexes(whole: Part, at: int, heading: str, kind: Kind) -> Two | None:
    """Return men and women of `TK (L/P)`, counted in one cell: `3/2`."""
    match = kind.dictionary.match(heading, fuzzy=False)
    if match is None or match.name != "workers" or not OF_SEXES.search(heading):
        return None
    texts = whole.sheet.cells.to_series(at).slice(whole.table.body).drop_nulls()
    counted = texts.str.contains(r"^\s*\d{1,4}\s*[/+&,]\s*\d{1,4}\s*$")
    if len(texts) < LEAST_ROWS or int(counted.sum()) < MOST_SHARE * len(texts):
        return None
    men, women = "workers_male", "workers_female"
    titles = kind.column(men).title.id, kind.column(women).title.id
    return Two(
        men, women, titles[0], titles[1], r"^\s*(\d{1,4})\s*[/+&,]", r"[/+&,]\s*(\d{1,4})\s*$"
    )


def _one_number_or_other(heading: str, kind: Kind) -> Two | None:
    """Return the two numbers of `NIK/NPWP`, of which each cell holds one; of three, the last."""
    words = PARTED_BY.split(heading.strip())
    named = {_name(word, kind): word for word in words}
    if len(words) == len(THREE) and set(named) == THREE:
        rest = f"{named['nik']}/{named['npwp']}"
        return Two("nik", "nib", rest, named["nib"], other=ONE_OR_OTHER["nik", "nib"])
    for (first, second), other in ONE_OR_OTHER.items():
        if len(words) == 2 and set(named) == {first, second}:
            return Two(first, second, named[first], named[second], other=other)
    return None


def _two(heading: str, kind: Kind) -> Two | None:
    """Return what a heading names where that is a text and a number."""
    words = PARTED_BY.split(heading.strip())
    if len(words) != 2:
        return None
    first, second = (_name(word, kind) for word in words)
    if first in OF_WORDS and second in OF_DIGITS:
        return Two(first, second, *words)
    if second in OF_WORDS and first in OF_DIGITS:
        return Two(second, first, *words[::-1])
    return None


def _name(word: str, kind: Kind) -> str:
    if normal(word) in OF_NAMES:  # Beside a number of a person.
        return "owner_name"
    match = kind.dictionary.match(word, fuzzy=False)
    return match.name if match else ""


def _whose(name: str, heading: str) -> str:
    """Return the firm's name for the `Nama` of `Nama dan Alamat Perusahaan`."""
    of_firm = name == "owner_name" and whose_group(heading) == "business_name"
    return "business_name" if of_firm else name


def _is_shared(whole: Part, at: int) -> bool:
    """Say whether most cells hold a text and a number."""
    texts = whole.sheet.cells.to_series(at).slice(whole.table.body).drop_nulls()
    rest = texts.str.replace(NUMBER, "")
    both = (rest != texts) & rest.str.contains(r"\p{L}{3}")
    least = LEAST_SHARE if len(texts) >= LEAST_ROWS else 1.0
    return len(texts) > 0 and int(both.sum()) >= least * len(texts)


def _table(table: Table, found: dict[int, Two], width: int) -> Table:
    """Give each shared column the two headings that its own names."""
    headings = [*table.headings, *[None] * (2 * width - len(table.headings))]
    for at, two in found.items():
        headings[at], headings[width + at] = two.heading, two.second
    parts = tuple((*row, *[None] * (2 * width - len(row))) for row in table.parts)
    return replace(table, headings=tuple(headings), parts=parts)


def _sheet(whole: Part, found: dict[int, Two]) -> Sheet:
    cells, body = whole.sheet.cells, whole.table.body
    blank = pl.Series([None], dtype=pl.String).new_from_index(0, cells.height)
    texts = [cells.to_series(at) for at in range(cells.width)]
    numbers = [blank] * cells.width
    below = pl.int_range(cells.height, eager=True) >= body
    for at in found:
        own, two = texts[at], found[at]
        if two.first:
            first = own.str.extract(two.first, 1)
            second = own.str.extract(two.rest, 1).set(first.is_null(), None)
            rest = first.zip_with(first.is_not_null() & second.is_not_null(), own)
            second = second.set(first.is_null(), None)
        elif two.other:
            second = own.str.extract(two.other, 1)
            rest = own.set(second.is_not_null(), None)
        else:
            rest = own.str.replace(NUMBER, "").str.strip_chars(EDGES)
            second = own.str.extract(NUMBER, 1)
        rest = rest.set(rest == "", None)
        texts[at] = rest.zip_with(below, own)
        numbers[at] = second.zip_with(below, blank)
    joined = [*texts, *numbers]
    flags = whole.sheet.numeric
    return replace(
        whole.sheet,
        parted=True,
        cells=pl.DataFrame([one.alias(str(at)) for at, one in enumerate(joined)]),
        numeric=None if flags is None else _wider(flags),
    )


def _wider(flags: pl.DataFrame) -> pl.DataFrame:
    names = [str(at) for at in range(2 * flags.width)]
    none = pl.Series([False]).new_from_index(0, flags.height)
    return pl.DataFrame(
        [one.alias(name) for one, name in zip([*flags, *[none] * flags.width], names, strict=True)]
    )


def tell(work: SheetRows, shared: Shared, office: Sheet, table: Table) -> None:
    """Keep where the numbers stood, and tell each shared column at its heading."""
    work.moved, work.folded = shared.moved, office
    for at, two in shared.columns:
        heading = table.headings[at]
        words, digits = (work.kind.column(name).title for name in (two.words, two.digits))
        if two.first or two.other:
            parts = len(PARTED_BY.split((heading or "").strip()))
            many = ("tiga", "three") if parts == len(THREE) else ("dua", "two")
            message = Message(
                f'judul "{heading}" memuat {many[0]} hal; isi selnya dibaca sebagai {words.id} dan '
                f"{digits.id}. Pisahkan menjadi {many[0]} kolom.",
                f'the heading "{heading}" names {many[1]} things; its cells were read as the '
                f"{words.en} and the {digits.en}. Part them into {many[1]} columns.",
            )
        else:
            message = _of_a_number(heading, words, digits)
        row = table.last + 1
        work.tell(row, at, two.words, heading, CORRECTED, "cells_parted", message)


def _of_a_number(heading: str | None, words: Message, digits: Message) -> Message:
    return Message(
        f'judul "{heading}" memuat dua hal; angkanya dibaca sebagai {digits.id}, selebihnya '
        f"sebagai {words.id}. Pisahkan menjadi dua kolom.",
        f'the heading "{heading}" names two things; the numbers were read as the {digits.en}, '
        f"the rest as the {words.en}. Part them into two columns.",
    )
