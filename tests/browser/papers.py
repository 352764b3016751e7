"""Files such as people send: small, invented, made again for each test."""

import secrets
from pathlib import Path

import openpyxl

HEADS = ("Nama Usaha", "Nama Pemilik", "NIK", "Kab/Kota", "Provinsi", "Produk", "Jumlah TK", "Ket")
NEW = secrets.token_hex(4)  # In every file, so that none was ever sent before.
WEST_JAVA = ("Kab. Indramayu", "Jawa Barat")
EAST_JAVA = ("Kab. Sidoarjo", "Jawa Timur")


def firms(
    trade: str, count: int, place: tuple[str, str] = WEST_JAVA, start: int = 1
) -> list[list[object]]:
    """Return rows under HEADS, each with an owner and a NIK of nobody."""
    return [
        [f"{trade} {n}", f"Wati {n}", f"32120141018{n:05d}", *place, trade, 4, NEW]
        for n in range(start, start + count)
    ]


def workbook(path: Path, *rows: object, heads: tuple[str, ...] = HEADS) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Daftar IKM"
    for row in (heads, *rows):
        sheet.append(row)
    book.save(path)
    return path


def text(path: Path, *rows: list[object]) -> Path:
    lines = [";".join(map(str, row)) for row in (HEADS, *rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def photo(path: Path) -> Path:
    path.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + NEW.encode() + bytes(5000))
    return path
