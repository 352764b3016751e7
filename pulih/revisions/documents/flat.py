"""The matrix as plain lines, for spreadsheets and other programs."""

from collections.abc import Iterator

from ..rules.matrix import LEVELS
from .books import Book, remark

HEADS = (
    "kode_satker", "satker", "provinsi", "program", "kegiatan", "output", "suboutput", "komponen",
    "akun", "uraian", "semula", "menjadi", "tambah_kurang", "keterangan", "sumber_dana",
    "diblokir",
)  # fmt: skip
Row = tuple[str | int, ...]


def flat_rows(book: Book) -> Iterator[Row]:
    """Yield one row per budget line, without subtotals: they would be counted twice."""
    for unit in book.units:
        path = [""] * len(LEVELS)
        for row in unit.matrix.rows:
            if row.level in LEVELS:
                depth = LEVELS.index(row.level)
                path[depth:] = [row.code, *[""] * (len(LEVELS) - depth - 1)]
            elif row.level == "line":
                yield (
                    unit.code, unit.name, unit.province, *path, row.code, row.words,
                    row.before, row.after, row.change, remark(row), row.fund_source, row.blocked,
                )  # fmt: skip
