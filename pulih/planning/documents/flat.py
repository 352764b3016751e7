"""The matrix as plain lines, for spreadsheets and other programs."""

from collections.abc import Iterator

from .matrices import Book
from .workbook import remark

HEADS = (
    "kode_satker", "satker", "provinsi", "kegiatan", "output", "komponen", "akun", "uraian",
    "semula", "menjadi", "tambah_kurang", "keterangan",
)  # fmt: skip
Row = tuple[str | int, ...]


def flat_rows(book: Book) -> Iterator[Row]:
    """Yield one row per budget line, without subtotals: they would be counted twice."""
    for unit in book.units:
        path = {"activity": "", "output": "", "component": ""}
        for row in unit.matrix.rows:
            if row.level != "line":
                path[row.level] = row.code
                continue
            yield (
                unit.code, unit.name, unit.province, *path.values(), row.code, row.detail,
                row.before, row.after, row.change, remark(row),
            )  # fmt: skip
