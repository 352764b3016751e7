"""A list of people pasted from a sheet, one a line: read whole, or refused with every fault.

Columns are parted by tabs or semicolons. A first line of headings says which is which; without one
they are name, NIK, sex, village, disability, laid off.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from pulih.common.errors import Message
from pulih.common.identity_numbers import cut_typed, unparted
from pulih.registry.nik import Doubt

from . import nik as numbers

ORDER = ("name", "nik", "sex", "village", "has_disability", "is_laid_off")
HEADINGS = {
    "name": {"nama", "nama lengkap", "nama peserta", "name"},
    "nik": {"nik", "no ktp", "nomor ktp", "nik ktp"},
    "sex": {"jk", "l/p", "jenis kelamin", "kelamin", "sex"},
    "village": {"desa", "kelurahan", "desa/kelurahan", "village"},
    "has_disability": {"difabel", "disabilitas", "penyandang disabilitas", "disability"},
    "is_laid_off": {"phk", "dirumahkan", "phk/dirumahkan", "laid off"},
    "address": {"alamat", "alamat lengkap", "address"},
    "household": {"rumah tangga", "no kk", "nomor kk", "keluarga", "household"},
    "points": {"nilai", "nilai dinas", "nilai wawancara", "points"},
}
SEXES = {
    **dict.fromkeys(("l", "lk", "laki-laki", "laki laki", "pria", "m", "man"), "L"),
    **dict.fromkeys(("p", "pr", "perempuan", "wanita", "f", "woman"), "P"),
}
YES = {"ya", "y", "yes", "1", "x", "v", "✓", "√"}
NO = {"", "tidak", "t", "no", "n", "0", "-"}
MOST_LINES = 1_000
LONGEST_NAME, LONGEST_VILLAGE, LONGEST_ADDRESS, LONGEST_HOUSEHOLD = 120, 80, 200, 40
MOST_POINTS = 100


@dataclass(frozen=True)
class Entry:
    """One person as typed. line: where in the pasted text, from 1. nik: "" for none.

    household: any word that its members share, the number of a family card too. points: 0 to 100,
    given by an office.
    """

    line: int
    name: str
    nik: str
    sex: str
    village: str
    has_disability: bool
    is_laid_off: bool
    address: str = ""
    household: str = ""
    points: int = 0


def read(text: str, regency_codes: Collection[str]) -> tuple[list[Entry], list[Message]]:
    """Return the people of a pasted list and everything wrong with it, in its order."""
    lines = [(at, line) for at, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_LINES:
        return [], [
            Message(
                f"Daftar ini {len(lines)} baris; paling banyak {MOST_LINES}. Bagilah.",
                f"This list has {len(lines)} lines, at most {MOST_LINES} fit. Split it.",
            )
        ]
    order: Sequence[str] = ORDER
    if lines and (told := _headings(lines[0][1])):
        order, lines = told, lines[1:]
    entries, faults = [], []
    for at, line in lines:
        entry, wrong = _entry(at, dict(zip(order, _cells(line), strict=False)))
        entries.append(entry)
        faults += [(at, each) for each in wrong]
    faults += _number_faults(entries, regency_codes)
    return entries, [_at_line(at, each) for at, each in sorted(faults, key=lambda one: one[0])]


def _cells(line: str) -> list[str]:
    return [cell.strip().strip('"') for cell in re.split(r"\t|;", line)]


def _headings(line: str) -> list[str] | None:
    """Return the column of each heading; "" for one that is not read; None for no headings."""
    words = [" ".join(cell.lower().replace(".", "").split()) for cell in _cells(line)]
    order = [next((key for key, all_ in HEADINGS.items() if word in all_), "") for word in words]
    return order if "name" in order and sum(map(bool, order)) > 1 else None


def _entry(line: int, cells: dict[str, str]) -> tuple[Entry, list[Message]]:
    wrong = []
    # A number of a person is read in its own column alone; among words it is cut.
    name = cut_typed(" ".join(cells.get("name", "").split()))
    village = cut_typed(cells.get("village", ""))
    if not name:
        wrong.append(Message("nama kosong", "the name is missing"))
    if len(name) > LONGEST_NAME or len(village) > LONGEST_VILLAGE:
        wrong.append(Message("nama atau desa terlalu panjang", "name or village is too long"))
    sex = SEXES.get(cells.get("sex", "").lower(), "")
    if not sex:
        wrong.append(Message("jenis kelamin harus L atau P", "the sex must be L or P"))
    flags: dict[str, Any] = {}
    for key in ("has_disability", "is_laid_off"):
        word = cells.get(key, "").lower()
        flags[key] = word in YES
        if word not in YES | NO:
            shown = cut_typed(word)
            wrong.append(Message(f"“{shown}” bukan ya atau tidak", f"“{shown}” is no yes or no"))
    number = unparted(cells.get("nik", ""))
    more, more_wrong = _for_applicants(cells)
    return Entry(line, name, number, sex, village, **flags, **more), [*wrong, *more_wrong]


def _for_applicants(cells: dict[str, str]) -> tuple[dict[str, Any], list[Message]]:
    """Read what only a list of applicants tells: address, household and points."""
    wrong = []
    address, household = cut_typed(cells.get("address", "")), cells.get("household", "")
    if len(address) > LONGEST_ADDRESS or len(household) > LONGEST_HOUSEHOLD:
        wrong.append(
            Message("alamat atau rumah tangga terlalu panjang", "address or household is too long")
        )
    points = cells.get("points", "") or "0"
    is_number = points.isascii() and points.isdecimal() and len(points) <= 3
    if not is_number or int(points) > MOST_POINTS:
        wrong.append(
            Message(
                f"nilai harus bilangan bulat 0 sampai {MOST_POINTS}",
                f"the points must be a whole number from 0 to {MOST_POINTS}",
            )
        )
        points = "0"
    return {"address": address, "household": household, "points": int(points)}, wrong


def _number_faults(
    entries: Sequence[Entry], regency_codes: Collection[str]
) -> list[tuple[int, Message]]:
    faults = []
    told = numbers.faults(
        [each.nik for each in entries], [each.sex or "L" for each in entries], regency_codes
    )
    first: dict[str, int] = {}
    for entry, wrong in zip(entries, told, strict=True):
        if wrong and not (wrong is numbers.WRONG[Doubt.SEX] and not entry.sex):
            faults.append((entry.line, wrong))
        if entry.nik and (at := first.setdefault(entry.nik, entry.line)) != entry.line:
            faults.append(
                (
                    entry.line,
                    Message(f"NIK sama dengan baris {at}", f"the NIK of line {at} again"),
                )
            )
    return faults


def _at_line(line: int, wrong: Message) -> Message:
    return Message(f"Baris {line}: {wrong.id}.", f"Line {line}: {wrong.en}.")
