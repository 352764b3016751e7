"""Which rows below the headings are data: blanks, totals, signatures and numbering are not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import polars as pl

from pulih.intake.cells import Range
from pulih.intake.headings import normal
from pulih.intake.layout import Table

TOTAL = re.compile(
    r"^(?:grand\s+|sub\s*-?\s*)?(?:total|jumlah|jml|rata\s*-?\s*rata|rerata|average|sum)\b"
    r"(?:\s*(?:[:.=]|total|keseluruhan|seluruhnya|seluruh|semua|umum|besar|akhir|pagu|anggaran|"
    r"belanja|biaya|ikm|usaha|data|"
    r"tenaga kerja|dipindahkan|halaman|per|provinsi|kab|kota|kec|desa|kel|satker|i{1,3}|[a-z]|"
    r"\d).*)?$",
    re.IGNORECASE,
)
SIGNED = re.compile(
    r"^(?:mengetahui|menyetujui|disetujui|mengesahkan|kepala\s+(?:dinas|bidang|seksi|sub|badan|"
    r"bagian|kantor|uptd|desa)|"
    r"kabid|kasi\b|plt\.?|plh\.?|a\.?n\.?\s+kepala|nip\b|petugas|pendata|tertanda|ttd|"
    r"yang\s+membuat|dibuat\s+oleh|"
    r"diperiksa|pejabat|kuasa\s+pengguna|an\.\s|pembina\b|penata\b|sekretaris\s+dinas|bendahara)",
    re.IGNORECASE,
)
DATED = re.compile(
    r"^[A-Z][A-Za-z. ]+,\s*(?:\d{0,2}|\.{2,}|_+)\s*(?:jan|feb|peb|mar|apr|mei|jun|jul|agu|sep|"
    r"okt|nov|nop|des)[a-z]*\s*\d{4}$",
    re.IGNORECASE,
)
NOTED = re.compile(
    r"^(?:\*|catatan|keterangan\s*:|ket\s*[.:]|sumber|note|nb\b|\(\*)", re.IGNORECASE
)
SECTION = re.compile(
    r"^(?:[ivx]+\.|[a-z]\.|\d+\.)?\s*(?P<level>kabupaten|kab\.?|kota|provinsi|prov\.?|kecamatan|"
    r"kec\.?|desa|kelurahan|kel\.?)\s*:?\s+\S",
    re.IGNORECASE,
)
SPECIAL = (
    r"(?i)^\W*(?:grand\s|sub\s*-?\s*total|total|jumlah|jml\b|rata|rerata|average|sum\b|"
    r"mengetahui|menyetujui|disetujui|mengesahkan|"
    r"kepala\s|kabid|kasi\b|plt|plh|a\.?n\.?\s|nip\b|petugas|pendata|tertanda|ttd|yang\s+membuat|"
    r"dibuat|diperiksa|pejabat|"
    r"kuasa|catatan|keterangan|ket\s*[.:]|sumber|note|nb\b|kabupaten|kab\b|kota\b|prov|kec|"
    r"desa\b|kel|"
    r"pembina|penata|sekretaris|bendahara|\d{1,3}\W*$)|^[A-Za-z. ]+,\s*(?:\d{1,2}|"
    r"\.+)?\s*[A-Za-z]+\s*\d{4}$|^\*"
)
NUMBERING = re.compile(r"^\(?\s*(\d{1,3})\s*[.)]?(?:\s*=.*)?\)?$")
RUNNING = {"nomor", "no", "nomor urut", "no urut", "urut", "nomer", "number"}
SECTION_LEVELS = {
    "kab": "regency",
    "kot": "regency",
    "pro": "province",
    "kec": "district",
    "des": "village",
    "kel": "village",
}


@dataclass
class Body:
    """What was found below the headings; positions count the rows of the body from 0.

    kept: positions of the data rows. totals: positions of total rows.
    sections: level and text of a place that stands alone in a row, and holds for what follows.
    """

    kept: pl.Series
    totals: list[int] = field(default_factory=list)
    sections: list[tuple[int, str, str]] = field(default_factory=list)


def fill_merged(body: pl.DataFrame, table: Table, merged: Sequence[Range]) -> pl.DataFrame:
    """Fill what is merged over several rows down into each of them that holds anything."""
    start = table.body
    tall = [
        (top - start, left, bottom - start)
        for (top, left), (bottom, _) in merged
        if bottom > top and top >= start and left < body.width and top - start < body.height
    ]
    if not tall:
        return body
    blank = body.select(pl.all_horizontal(pl.all().is_null())).to_series()
    columns = {i: body.to_series(i) for i in {left for _, left, _ in tall}}
    for top, left, bottom in tall:
        value = columns[left][top]
        rows = [row for row in range(top + 1, min(bottom + 1, body.height)) if not blank[row]]
        if value is not None and rows:
            columns[left] = columns[left].scatter(rows, value)
    return body.with_columns(*columns.values())


def data_rows(
    body: pl.DataFrame, table: Table, keys: Sequence[int], amounts: Sequence[int] = ()
) -> Body:
    """Tell the data rows from the others. Only rows that look odd by their keys are looked at.

    keys: positions of the columns of which a data row has at least one. amounts: positions of
    columns that a footer never fills, as a ceiling.
    """
    if body.is_empty():
        return Body(pl.Series([], dtype=pl.UInt32))
    names = body.columns
    filled = body.select(pl.sum_horizontal(pl.all().is_not_null()).alias("n")).to_series()
    typical = _typical(body, filled, keys)
    sparse = max(1, min(3, typical // 2))
    odd = body.select(_is_odd([names[key] for key in keys], names, table)).to_series() & (
        filled > 0
    )
    found = Body(pl.Series([], dtype=pl.UInt32))
    dropped = set[int]()
    running = _running_numbers(table)
    looked_at = list(odd.arg_true())
    width = len(looked_at)
    index = 0
    while index < width:
        position = looked_at[index]
        index += 1
        cells = body.row(position)
        count = int(filled[position])
        if _is_total(cells, keys):
            found.totals.append(position)
            dropped.add(position)
        elif _is_numbering(cells):
            dropped.add(position)
        elif _repeats_headings(cells, table):
            dropped.update(_titles_above(body, filled, position, keys), {position})
        elif count <= max(sparse, 2) and _is_signed(cells, typical):
            dropped.update(_signature(filled, position, max(sparse, 3), typical))
        elif count == 1 and typical > 2 and (section := _section(cells)):
            found.sections.append((position, *section))
            dropped.add(position)
        elif (count <= sparse and _is_note(cells)) or _is_unfilled(cells, running):
            dropped.add(position)
    _drop_tail(body, filled, odd, dropped, [*keys, *amounts], sparse, running)
    keep = (filled > 0) & ~pl.int_range(body.height, eager=True).is_in(sorted(dropped))
    found.kept = keep.arg_true()
    return found


def _typical(body: pl.DataFrame, filled: pl.Series, keys: Sequence[int]) -> int:
    """Return how many cells a row with a key usually fills."""
    keyed = filled > 1  # The lines of a signature hold one cell each.
    if keys:
        keyed &= body.select(pl.any_horizontal(pl.nth(*keys).is_not_null())).to_series()
    middle = filled.filter(keyed).quantile(0.5, "higher")
    return int(middle or 1)


def _is_odd(keys: list[str], names: list[str], table: Table) -> pl.Expr:
    """Find rows without any key, or whose key reads like a total, a signature or a heading."""
    looked = keys or names
    blank = pl.all_horizontal(pl.col(name).is_null() for name in looked)
    special = pl.any_horizontal(
        pl.col(name).str.contains(SPECIAL).fill_null(False) for name in looked
    )
    heading_texts = sorted({cell for row in table.parts for cell in row if cell})
    repeated = pl.any_horizontal(
        pl.col(name).is_in(heading_texts).fill_null(False) for name in looked
    )
    return blank | special | repeated


def _is_total(cells: tuple[str | None, ...], keys: Sequence[int]) -> bool:
    """Say whether a row sums up: it says so first, and no key says anything else."""
    texts = [(i, cell) for i, cell in enumerate(cells) if cell is not None]
    marks = [i for i, cell in texts if TOTAL.match(cell) and len(cell) < 80]
    if not marks:
        return False
    words_before = [cell for i, cell in texts if i < marks[0] and not NUMBERING.match(cell)]
    others = [
        key
        for key in keys
        if cells[key] is not None
        and key not in marks
        and not re.fullmatch(r"[\d.,\s Rp-]+", cells[key] or "")
    ]
    return not words_before and not others


def _is_numbering(cells: tuple[str | None, ...]) -> bool:
    """Say whether a row only numbers the columns: (1) (2) (3), rising, in each column."""
    texts = [cell for cell in cells if cell is not None]
    numbers = [NUMBERING.match(text) for text in texts]
    if len(texts) < 3 or not all(numbers):
        return False
    values = [int(number[1]) for number in numbers if number]
    return values[0] <= 3 and all(0 < b - a <= 3 for a, b in pairwise(values))


def _running_numbers(table: Table) -> set[int]:
    """Return the columns that only number the rows; one without a heading may do so too."""
    return {i for i, text in enumerate(table.headings) if not text or normal(text) in RUNNING}


def _is_unfilled(cells: tuple[str | None, ...], running: set[int]) -> bool:
    """Say whether a row was only prepared: its number, and zeros or dashes of formulas."""
    return all(
        cell is None
        or re.fullmatch(r"[-–0]|0[.,]0+", cell)
        or (i in running and re.fullmatch(r"\d{1,6}[.)]?", cell))
        for i, cell in enumerate(cells)
    )


def _repeats_headings(cells: tuple[str | None, ...], table: Table) -> bool:
    texts = {
        i: " ".join(cell.split()).casefold() for i, cell in enumerate(cells) if cell is not None
    }
    if len(texts) < 2:
        return False
    same = 0
    for i, text in texts.items():
        words = [row[i] for row in table.parts if i < len(row) and row[i]]
        same += any(text == " ".join((word or "").split()).casefold() for word in words)
    return same * 2 > len(texts)


def _titles_above(
    body: pl.DataFrame, filled: pl.Series, position: int, keys: Sequence[int]
) -> set[int]:
    """Return the titles straight above repeated headings: a cell or two, none of them a key."""
    titles: set[int] = set()
    at = position - 1
    while at >= 0 and filled[at] <= 2 and not any(body.row(at)[key] for key in keys):
        titles.add(at)
        at -= 1
    return titles


def _is_signed(cells: tuple[str | None, ...], typical: int) -> bool:
    if typical <= 1:
        return False
    return any(SIGNED.match(cell) or DATED.match(cell) for cell in cells if cell)


def _is_note(cells: tuple[str | None, ...]) -> bool:
    first = next(cell for cell in cells if cell is not None)
    return bool(NOTED.match(first))


def _section(cells: tuple[str | None, ...]) -> tuple[str, str] | None:
    text = next(cell for cell in cells if cell is not None)
    found = SECTION.match(text)
    if found is None:
        return None
    return SECTION_LEVELS[found["level"][:3].lower()], re.sub(
        r"^(?:[ivxIVX]+\.|[A-Za-z]\.|\d+\.)\s*", "", text
    )


def _signature(filled: pl.Series, start: int, sparse: int, typical: int) -> range:
    """Return the rows of a signature block: from its first line while rows stay nearly empty."""
    end = start
    limit = min(sparse, max(typical - 1, 1))
    while end + 1 < len(filled) and filled[end + 1] <= limit and end - start < 25:
        end += 1
    return range(start, end + 1)


def _drop_tail(
    body: pl.DataFrame, filled: pl.Series, odd: pl.Series, dropped: set[int], keys: Sequence[int],
    sparse: int, running: set[int],
) -> None:  # fmt: skip
    """Drop the nearly empty rows without a key below the last data row, the rest of a footer."""
    position = body.height - 1
    while position >= 0 and (filled[position] == 0 or position in dropped or odd[position]):
        cells = body.row(position)
        bare = filled[position] and position not in dropped and filled[position] <= sparse
        tells = any(re.search(r"\d{5,}", cell) for cell in cells if cell)
        tells |= filled[position] > 1 and any((cells[i] or "").isdigit() for i in running)
        if bare and not tells and not any(cells[key] for key in keys):
            dropped.add(position)
        position -= 1
