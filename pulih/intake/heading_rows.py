"""Which rows under a first row of headings carry them on, and what each column's heading is."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pulih.intake.cells import Range
from pulih.intake.headings import Dictionary, normal

MOST_HEADING_ROWS = 5
LEAST_HEADED = 3
LEAST_WORDS = 4  # Of a title above two groups.
Row = Sequence[str | None]
Grid = list[list[str | None]]
UNIT_CELL = re.compile(
    r"[(\[]?\s*(?:(?:dalam|x)\s+)?(?:rp\.?|rupiah|idr|orang|org|jiwa|unit|buah|bh|kg|ton|liter|"
    r"ltr|pcs|set|%|persen|tahun|thn|th|bulan|bln|hari|ribuan?|jutaan?|ribu rp|juta rp|"
    r"rp\.?\s*(?:000|ribu|juta)|(?:ribu|juta)(?:an)?\s+rupiah|m2|l/p|ya/tidak)"
    r"(?:\s*(?:/|per)\s*(?:bulan|bln|tahun|thn|th|hari))?\s*[)\]]?",
    re.IGNORECASE,
)
HALF_WORD = re.compile(r"[^\W\d_]{2}-$")
SHORT_NUMBER = re.compile(r"\(?\d{1,2}\)?")
YEARS = re.compile(r"\b20[12]\d\b|000")
LONG_FIGURE = re.compile(r"\d{3,}")
MOST_REMEMBERED = 1 << 14  # Cells and rows: those of one file, since every kind asks for the same.
GENERAL = {
    "nomor", "uraian", "jumlah", "total", "arti", "kode", "volume", "harga", "persen",
    "jumlah ikm", "jumlah unit", "jumlah unit usaha", "jumlah usaha", "unit usaha", "jenis",
    "jenis mesin", "nama mesin", "nama alat", "nama barang", "nama kegiatan", "nama pelatihan",
    "nama sentra", "jenis alat", "jenis bantuan", "nama bantuan", "spesifikasi", "merek",
    "banyaknya", "l", "p", "umur", "pendidikan", "agama", "jabatan", "jenis belanja", "sektor",
    "tahun", "satuan", "keterangan", "nilai", "rincian", "indikator", "target", "capaian",
    "jumlah tenaga kerja", "tempat lahir", "tanggal lahir", "nama bank", "nomor rekening",
    "laki laki", "perempuan", "nama", "hari", "tanggal", "waktu", "tempat", "materi",
}  # fmt: skip

ANSWERS = {"ya", "tidak", "ada", "tidak ada", "belum", "sudah", "punya", "yes", "no"}


@dataclass(frozen=True)
class Heads:
    """Heading rows `first` to `last`: the heading of each column, and the cells of each row."""

    headings: tuple[str | None, ...]
    parts: tuple[tuple[str | None, ...], ...]
    first: int
    last: int


def heads_at(
    top: Grid, first: int, merged: Sequence[Range], dictionary: Dictionary, *, titled: bool
) -> Iterator[Heads]:
    """Offer the headings that begin in a row, with one heading row and more.

    titled: whether a title straight above them may be one of their rows.
    """
    if not titled and _is_title(top, first) and not any(one[0][0] == first for one in merged):
        return
    least = first
    top_row = first + _is_title(top, first)
    for last in range(first, min(first + MOST_HEADING_ROWS, len(top))):
        if last > first:
            if _surely_continues(top, top_row, last, merged, dictionary):
                least = last
            elif not _may_continue(top, last, merged):
                break
    reach = last if last == first or _carries(top, top_row, last, merged, dictionary) else last - 1
    for end in range(least, reach + 1):
        parts = tuple(tuple(_spread(top, row, first, end, merged)) for row in range(first, end + 1))
        yield Heads(_joined(parts), parts, first, end)


def _is_title(top: Grid, first: int) -> bool:
    """Say whether a row holds one text alone, over the first of several headings."""
    filled = [column for column, cell in enumerate(top[first]) if cell is not None]
    below = top[first + 1] if first + 1 < len(top) else []
    headed = [column for column, cell in enumerate(below) if cell is not None and normal(cell)]
    if len(filled) != 1 or filled[0] > min(headed, default=-1):
        return False
    is_sentence = len((top[first][filled[0]] or "").split()) >= LEAST_WORDS
    return len(headed) >= (LEAST_HEADED - is_sentence)


def _carries(
    top: Grid, first: int, row: int, merged: Sequence[Range], dictionary: Dictionary
) -> bool:
    return _surely_continues(top, first, row, merged, dictionary) or _may_continue(top, row, merged)


def _surely_continues(
    top: Grid, first: int, row: int, merged: Sequence[Range], dictionary: Dictionary
) -> bool:
    """Say whether a row is one of headings, of units, or only below headings merged down."""
    filled = [cell for cell in top[row] if cell is not None]
    tall = _tall(top, first, row, merged)
    if not filled:
        return bool(tall)
    if is_units(filled) or _ends_words(top, row):
        return True
    if any(top[row][column] for column in tall) or is_numbering(filled):
        return False
    if tall and not any(_has_number(cell) for cell in filled):
        return True
    if len(filled) >= 2 and share_of_words(filled, dictionary) >= 0.75:
        return True
    return _names_parts(top, first, row) and _may_continue(top, row, merged)


def _ends_words(top: Grid, row: int) -> bool:
    """Say whether a row ends words that the row above breaks off: `Inves-` above `tasi`."""
    above = top[row - 1]
    return any(
        cell and below and "-" in cell and HALF_WORD.search(cell) and below[:1].isalpha()
        for cell, below in zip(above, top[row], strict=True)
    )


def _tall(top: Grid, first: int, row: int, merged: Sequence[Range]) -> list[int]:
    """Return the columns whose heading in or below the first row is merged down over a row."""
    return [
        left
        for (upper, left), (lower, right) in merged
        if first <= upper < row <= lower and left == right and top[upper][left]
    ]


def is_units(filled: Sequence[str]) -> bool:
    """Say whether the cells of a row name units only, such as `(orang)` and `(Rp)`."""
    if not all(map(_is_unit, filled)):
        return False
    return len(filled) > 1 or filled[0].strip().startswith(("(", "["))


def is_numbering(filled: Sequence[str]) -> bool:
    return all(SHORT_NUMBER.fullmatch(cell) for cell in filled)


@lru_cache(maxsize=MOST_REMEMBERED)
def _is_unit(cell: str) -> bool:
    return UNIT_CELL.fullmatch(cell.strip()) is not None


def _has_number(cell: str) -> bool:
    """Say whether a cell holds a figure of three digits that is no year and no `000`."""
    if LONG_FIGURE.search(cell) is None:
        return False
    return LONG_FIGURE.search(YEARS.sub("", cell)) is not None


def share_of_words(filled: Sequence[str], dictionary: Dictionary) -> float:
    """Return how many of the cells read like headings and like nothing else, from 0 to 1."""
    return _share_of_words(tuple(filled), dictionary)


@lru_cache(maxsize=MOST_REMEMBERED)
def _share_of_words(filled: tuple[str, ...], dictionary: Dictionary) -> float:
    known = sum(is_heading(cell, dictionary) for cell in filled)
    return min(1.0, (known + sum(map(_is_unit, filled))) / len(filled)) if known else 0.0


@lru_cache(maxsize=MOST_REMEMBERED)
def is_heading(cell: str, dictionary: Dictionary) -> bool:
    """Say whether a cell is made of the words of headings."""
    if len(cell) > 80 or _has_number(cell) or SHORT_NUMBER.fullmatch(cell):
        return False
    if _is_unit(cell):
        return False
    text = normal(cell)
    if not text or text in ANSWERS:  # What rows of a survey say over and over.
        return False
    if text in GENERAL or dictionary.match(cell, fuzzy=False) or dictionary.possible(cell):
        return True
    return set(text.split()) <= _vocabulary(dictionary)


@lru_cache(maxsize=8)
def _vocabulary(dictionary: Dictionary) -> frozenset[str]:
    """Return the words that stand in the sure headings of a kind of sheet."""
    return frozenset(word for heading in dictionary.exact for word in heading.split())


def _names_parts(top: Grid, first: int, row: int) -> bool:
    """Say whether a row names parts (`L`, `P`) and leaves each heading that stands alone bare."""
    if row != first + 1:
        return False
    above, below = top[first], [*top[row], None]
    alone = [
        below[column] is None
        for column, cell in enumerate(above)
        if cell and (column + 1 == len(above) or above[column + 1])
    ]
    under_blank = any(cell and above[i] is None for i, cell in enumerate(top[row]))
    only_answers = all(normal(cell) in ANSWERS for cell in top[row] if cell)
    return len(alone) >= (1 if only_answers else 2) and all(alone) and under_blank


def _may_continue(top: Grid, row: int, merged: Sequence[Range]) -> bool:
    """Say whether a row only fills places that the row above leaves open or groups, with words."""
    cells, above = top[row], top[row - 1]
    filled = [column for column, cell in enumerate(cells) if cell is not None]
    if len(filled) < 2 or any(_has_number(cells[column] or "") for column in filled):
        return False
    if is_numbering([cells[column] or "" for column in filled]):
        return False
    grouped = _columns_below_groups(above, row - 1, merged)
    return all(column in grouped for column in filled)


def _columns_below_groups(above: Row, row: int, merged: Sequence[Range]) -> set[int]:
    """Return the columns over which the row above has a group heading, or nothing at all."""
    wide = {
        column
        for (_, left), (bottom, right) in merged
        if right > left and bottom == row
        for column in range(left, right + 1)
    }
    blank = {column for column, cell in enumerate(above) if cell is None}
    starts = {column - 1 for column in blank if column and above[column - 1] is not None}
    return wide | blank | starts


def _spread(
    top: Grid, row: int, first: int, last: int, merged: Sequence[Range]
) -> list[str | None]:
    """Write a group heading over all its columns; by merged ranges, else to the next heading."""
    cells = list(top[row])
    here = [(left, right, bottom) for (upper, left), (bottom, right) in merged if upper == row]
    for left, right, _ in here:
        if right > left:
            for column in range(left, min(right + 1, len(cells))):
                cells[column] = cells[column] or top[row][left]
    if row == last:
        return cells
    fixed = {column for left, right, _ in here for column in range(left, right + 1)}
    group: str | None = None
    for column, cell in enumerate(top[row]):
        below = any(top[lower][column] for lower in range(row + 1, last + 1))
        if cell is not None:
            units = is_units([top[row + 1][column] or "?"])
            group = cell if below and column not in fixed and not units else None
        elif column in fixed or not below or any(top[u][column] for u in range(first, row)):
            group = None
        elif group is not None:
            cells[column] = group
    return cells


def _joined(parts: tuple[tuple[str | None, ...], ...]) -> tuple[str | None, ...]:
    columns = zip(*parts, strict=True)
    return tuple(
        " / ".join(dict.fromkeys(_whole_words(" ".join(part.split()) for part in column if part)))
        or None
        for column in columns
    )


def _whole_words(parts: Iterable[str]) -> list[str]:
    """Join the halves of words: `Inves-`, `tasi`; of `Laki-`, `laki` the hyphen belongs to it."""
    found: list[str] = []
    for part in parts:
        if found and HALF_WORD.search(found[-1]) and part[:1].isalpha():
            half = found.pop()
            word = half.rstrip("- ")
            is_twice = word.casefold().split()[-1] == part.casefold().split()[0]
            part = f"{word}-{part}" if is_twice else f"{word}{part}"
        found.append(part)
    return found
