"""Needs with a column for each kind of goods (`Masker | Hazmat`), read as a need a row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from pulih.classifications import products
from pulih.common.errors import Message
from pulih.intake import counted_in, marks, merged_cells, not_data, quick, requests
from pulih.intake.cells import Sheet, address, letters
from pulih.intake.kinds import KINDS, Kind
from pulih.intake.label_forms import Listed
from pulih.intake.layout import Table, find
from pulih.intake.wording import CORRECTED, WARNING
from pulih.intake.work import SheetRows

LEAST_GOODS = 2
MOST_ROWS, MOST_COLUMNS = 5_000, 60
KEPT = {"buyer", "due", "note"} | requests.PLACES
SAYS_HOW_MANY = re.compile(r"^(?:jumlah|jml|kebutuhan|keb|permintaan)\b[.\s]*", re.IGNORECASE)
# How much is there, was given or is missing is no need, and two of them cannot be told apart.
NO_NEED = re.compile(
    r"\b(?:stok|stock|sisa|ada|tersedia|ketersediaan|persediaan|terpenuhi|realisasi|diterima|"
    r"penerimaan|terpakai|dipakai|pemakaian|kekurangan|kurang|selisih|bantuan|merek|merk|ukuran|"
    r"jenis|kapasitas|produksi)\b",
    re.IGNORECASE,
)
PRICE = re.compile(r"\b(?:harga|rp|biaya)\b", re.IGNORECASE)
UNIT = re.compile(r"\s*[(\[/]\s*(?:dalam\s+)?([A-Za-z]+)\s*[)\]]?\s*$")
RUNNING = re.compile(r"^no(?:mor)?\b[.\s]*", re.IGNORECASE)
COUNT = re.compile(r"^\W*\d")
NOTHING = re.compile(r"^[\s\-–—_.]*$|^0+(?:[.,]0+)?$|^nihil$|^tidak(?:\s+(?:ada|perlu))?$", re.I)


@dataclass(frozen=True)
class Goods:
    """A column of one kind of goods: its position, what it is called, and its unit if named."""

    at: int
    product: str
    unit: str | None


@dataclass(frozen=True)
class Needs:
    """Goods as columns turned to rows.

    marks: by row of the list, the letters of the column of its goods.
    unread: what counts beside them without being known goods: position and heading.
    """

    listed: Listed
    goods: tuple[Goods, ...]
    marks: dict[int, str]
    heading_row: int
    unread: tuple[tuple[int, str], ...] = ()


def as_list(sheet: Sheet, kind: Kind | None) -> Needs | None:
    """Return the needs of a sheet, a row for each count of a good; None if it is no such list."""
    needs = KINDS["needs"]
    if kind not in (None, needs):
        return None
    if sheet.cells.width > MOST_COLUMNS or sheet.cells.height > MOST_ROWS:
        return None
    table = find(sheet, needs.dictionary)
    if table is None:
        return None
    body = merged_cells.fill_merged(sheet.cells.slice(table.body), table, sheet.merged)
    known = _known(table, needs)
    goods = _goods(table, body, known)
    names = list(known.values())
    wanted = {"buyer"} if kind else {"buyer", "due"}
    if len(goods) < LEAST_GOODS or not wanted <= set(names) or len(set(names)) < len(names):
        return None
    sums = [at for at, name in known.items() if name == "quantity"]
    if not set(names) <= KEPT | {"quantity"} or not all(_sums_up(body, goods, at) for at in sums):
        return None
    places = _places(table, body, goods, known)
    if not places or _repeats_another_row(body, known, goods, {row for row, _ in places}):
        return None
    unread = tuple(
        (at, heading)
        for at, heading in enumerate(table.headings)
        if heading and at not in known and at not in {one.at for one in goods}
        if not RUNNING.match(heading) and _all_count(body, at, [row for row, _ in places])
    )
    return replace(_turned(sheet, table, body, goods, known, places), unread=unread)


def _repeats_another_row(
    body: pl.DataFrame, known: dict[int, str], goods: Sequence[Goods], rows: set[int]
) -> bool:
    """Say whether a ditto mark would no longer stand below the cell that it repeats.

    Above a count stands another good's once each has a row, and rows without counts are left out.
    """
    counted = {one.at for one in goods}
    for at in (*known, *counted):
        marked = body.to_series(at).str.contains(marks.DITTO).fill_null(value=False)
        for row in quick.where(marked):
            if at in counted or (row in rows and row - 1 not in rows):
                return True
    return False


def _all_count(body: pl.DataFrame, at: int, rows: Sequence[int]) -> bool:
    texts = [body[row, at] for row in rows if body[row, at] is not None]
    return bool(texts) and all(COUNT.match(text) or NOTHING.match(text) for text in texts)


def _goods(table: Table, body: pl.DataFrame, known: dict[int, str]) -> tuple[Goods, ...]:
    """Return the columns that each count one good; none where any of them may be no need."""
    named = [at for at, heading in enumerate(table.headings) if heading and _product(heading)]
    if not named or any(_is_no_need(heading) for heading in table.headings if heading):
        return ()
    of_buyers = [body.to_series(at).is_not_null() for at, name in known.items() if name == "buyer"]
    rows = body.filter(*of_buyers)  # Below them a signature may stand under the goods.
    group = (table.headings[named[0]] or "").rpartition(" / ")[0]
    # What stands among known goods, or in their group, is one too, though no list knows its name.
    among = [
        at
        for at, heading in enumerate(table.headings)
        if heading
        and (at in named or at not in known)
        and (named[0] <= at <= named[-1] or (group and heading.startswith(f"{group} / ")))
    ]
    found: list[Goods] = []
    for at in among:
        heading = table.headings[at] or ""
        if not _counts(rows.to_series(at)):
            return ()
        found.append(_named(at, heading))
    called = {one.product.casefold() for one in found}
    return tuple(found) if len(called) == len(found) else ()


def _named(at: int, heading: str) -> Goods:
    own = _own(heading)
    unit = UNIT.search(own)
    word = unit[1].casefold() if unit else None
    if word not in counted_in.COUNTED | counted_in.SEVERAL:
        return Goods(at, own, None)
    return Goods(at, UNIT.sub("", own), word)


def _own(heading: str) -> str:
    return SAYS_HOW_MANY.sub("", heading.rpartition(" / ")[2].strip())


def _product(heading: str) -> str | None:
    """Return the word of the list of products that a heading begins with."""
    own = _own(heading)
    word = products.find(own).word
    return word if word and own.casefold().startswith(word) else None


def _is_no_need(heading: str) -> bool:
    """Say whether a heading tells a price, or of a good something else than how much is needed."""
    names_good = products.find(heading).word is not None
    return bool(PRICE.search(heading) or (names_good and NO_NEED.search(heading)))


def _counts(cells: pl.Series) -> bool:
    """Say whether at least half of what is filled is a count; a column without any may be so."""
    filled = [cell for cell in cells.drop_nulls() if not NOTHING.match(cell)]
    return sum(bool(COUNT.match(cell)) for cell in filled) * 2 >= len(filled)


def _known(table: Table, kind: Kind) -> dict[int, str]:
    found: dict[int, str] = {}
    for at, heading in enumerate(table.headings):
        match = kind.dictionary.match(heading) if heading and not _product(heading) else None
        if match is not None:
            found[at] = match.name
    return found


def _sums_up(body: pl.DataFrame, goods: Sequence[Goods], at: int) -> bool:
    """Say whether a column is the sum of a row's goods, and so no quantity of its own."""
    for row in body.iter_rows():
        total, counts = row[at], [row[one.at] for one in goods]
        if total is None or not any(counts):
            continue
        if not_data.sum_of(counts) != not_data.sum_of([total]):
            return False
    return True


def _places(
    table: Table, body: pl.DataFrame, goods: Sequence[Goods], known: dict[int, str]
) -> list[tuple[int, Goods]] | None:
    """Return the row of the body and the good of each need; None where a buyer is not to be told.

    Totals, and what stands below the last row of counts, are none.
    """
    buyer = next(at for at, name in known.items() if name == "buyer")
    heads = [i for i, text in enumerate(table.headings) if text and RUNNING.fullmatch(text)]
    found: list[tuple[int, Goods]] = []
    waiting: list[tuple[int, Goods]] = []
    for number, row in enumerate(body.iter_rows()):
        numbered = any((row[at] or "").strip(". ").isdigit() for at in heads)
        if not_data.is_total(row, [buyer], numbered) or not_data.is_numbering(row):
            continue
        filled = [one for one in goods if row[one.at] and not NOTHING.match(row[one.at])]
        if not any(COUNT.match(row[one.at]) for one in filled):
            waiting += [(number, one) for one in filled if row[buyer]]
            continue
        if row[buyer] is None:
            return None
        found += [*waiting, *((number, one) for one in filled)]
        waiting = []
    return found


def _turned(
    sheet: Sheet, table: Table, body: pl.DataFrame, goods: tuple[Goods, ...],
    known: dict[int, str], places: list[tuple[int, Goods]],
) -> Needs:  # fmt: skip
    """Write a row for each need below the sheet's own rows, and note where its cells stand."""
    above = sheet.cells.height  # So that no cell of the list bears the address of another one.
    buyer = next(at for at, name in known.items() if name == "buyer")
    left = {buyer, *(one.at for one in goods)} | {a for a, n in known.items() if n == "quantity"}
    others = [at for at, text in enumerate(table.headings) if text and at not in left]
    heads = ["Nama Barang", "Jumlah", *(table.headings[at] or "" for at in (buyer, *others))]
    unit = ["Satuan"] if any(one.unit for one in goods) else []
    cells: dict[str, str] = {}
    lines, flags = [], []
    for line, (number, one) in enumerate(places, above + 2):
        own = [one.at, buyer, *others]
        said = [one.unit] if unit else []
        lines.append([one.product, *(body[number, at] for at in own), *said])
        row = table.body + number
        numeric = sheet.numeric
        stored = [numeric is not None and bool(numeric[row, at]) for at in own]
        flags.append([False, *stored, *(False for _ in unit)])
        heading = address(table.last + 1, one.at)
        stand = [heading, *(address(row + 1, at) for at in own), *(heading for _ in unit)]
        cells |= {address(line, column): cell for column, cell in enumerate(stand)}
    first = goods[0].at
    for column, at in enumerate([first, first, buyer, *others, first]):
        cells[address(above + 1, column)] = address(table.last + 1, at)
    found = (*heads, *unit)
    blank: list[list[str | None]] = [[None] * len(found)] * above
    listed = replace(
        sheet,
        cells=_frame([*blank, list(found), *lines], pl.String),
        numeric=_frame([[False] * len(found)] * (above + 1) + flags, pl.Boolean)
        if sheet.numeric is not None
        else None,
        merged=(),
        faults=(),
    )
    moved = Table(found, (found,), above, above, table.titles, float(len(found)))
    rows = {line: table.body + at + 1 for line, (at, _) in enumerate(places, above + 2)}
    columns = {line: letters(one.at) for line, (_, one) in enumerate(places, above + 2)}
    return Needs(Listed(listed, moved, rows, cells), goods, columns, table.last + 1)


def _frame(lines: Sequence[Sequence[object]], dtype: type[pl.DataType]) -> pl.DataFrame:
    columns = zip(*lines, strict=True)
    return pl.DataFrame([pl.Series(str(i), one, dtype=dtype) for i, one in enumerate(columns)])


def tell(work: SheetRows, needs: Needs) -> None:
    """Say at the first of the goods that each heading was read as a kind of goods."""
    named = ", ".join(f'"{one.product}"' for one in needs.goods)
    message = Message(
        f"judul kolom {named} dibaca sebagai nama barang; setiap jumlah di bawahnya menjadi satu "
        "kebutuhan. Tulis satu barang per baris bila ini salah.",
        f"the headings {named} were read as the names of goods; each number below them became a "
        "need. Write one kind of goods a row if that is wrong.",
    )
    first = needs.goods[0]
    work.tell(
        needs.heading_row, first.at, "product", first.product, CORRECTED, "goods_in_headings",
        message,
    )  # fmt: skip
    for at, heading in needs.unread:
        message = Message(
            f'kolom "{heading}" bukan barang yang dikenal; angkanya tidak menjadi kebutuhan. Bila '
            "ini barang, tulis satu barang per baris.",
            f'the column "{heading}" is of no known goods; its numbers became no needs. If it is '
            "of goods, write one kind of goods a row.",
        )
        work.tell(needs.heading_row, at, None, heading, WARNING, "not_of_goods", message)
