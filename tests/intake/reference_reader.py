"""The slowest and most obvious reader of a clean small sheet: cell by cell, with no cleverness."""

import csv
import re
from datetime import date
from pathlib import Path

MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni",
    "juli", "agustus", "september", "oktober", "november", "desember",
)  # fmt: skip


def read_list(path: Path, names: list[str]) -> list[dict[str, object]]:
    """Read a CSV whose first row holds headings, told one by one by our names for them."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    found: list[dict[str, object]] = []
    for number, cells in enumerate(rows[1:], start=2):
        if all(cell == "" for cell in cells):
            continue
        row: dict[str, object] = {"row": number}
        for name, cell in zip(names, cells, strict=True):
            row[name] = READERS.get(name, _text)(cell)
        found.append(row)
    return found


def _text(cell: str) -> str | None:
    return None if cell in ("", "-") else " ".join(cell.split())


def _digits(cell: str) -> str | None:
    return "".join(sign for sign in cell if sign.isdigit()) or None


def _phone(cell: str) -> str | None:
    digits = _digits(cell)
    if digits is None:
        return None
    if digits.startswith("62"):
        return f"+{digits}"
    return f"+62{digits.removeprefix('0')}"


def _count(cell: str) -> int | None:
    digits = _digits(cell)
    return None if digits is None else int(digits)


def _money(cell: str) -> int | None:
    text = cell.lower().replace("rp", "").strip(" .")
    if text in ("", "-"):
        return None
    for word in ("juta", "jt"):
        if text.endswith(word):
            return round(float(text.removesuffix(word).replace(",", ".")) * 1_000_000)
    text = re.sub(r",(?:00|-)$", "", text)
    return int(text.replace(".", "").replace(",", ""))


def _sex(cell: str) -> str | None:
    return cell[0] if cell else None


def _day(cell: str) -> date | None:
    if cell in ("", "-"):
        return None
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell):
        return date.fromisoformat(cell)
    day, month, year = re.split(r"[/\- ]", cell)
    number = int(month) if month.isdigit() else MONTHS.index(month.lower()) + 1
    return date(int(year), number, int(day))


READERS = {
    "nik": _digits,
    "phone": _phone,
    "workers": _count,
    "investment": _money,
    "year_established": _count,
    "owner_sex": _sex,
    "reported": _day,
}
