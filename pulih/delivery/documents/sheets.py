"""Sheets to sign on paper: participants' decree with its annex, a day's attendance, receipts.

The columns follow published lists and memory; no form of the ministry was found, so each sheet says
that its layout is not verified. Of a NIK only the ends stand on it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pulih.common.periods import ZONE_NAMES, day
from pulih.documents.seals import seal
from pulih.documents.typesetting import typeset
from pulih.web.masks import mask_nik
from pulih.workflow.calendars import zone_of

from ..models import Participant
from ..reads.sheets import Sheet

TEMPLATE = Path(__file__).with_name("sheet.typ")
Row = list[str]


def pdf(sheet: Sheet) -> bytes:
    return typeset(TEMPLATE, values(sheet))


def values(sheet: Sheet) -> dict[str, Any]:
    """Texts and a drawing for the template. columns: heads with their widths."""
    activity = sheet.activity
    heads, row, signs = PARTS[sheet.key]
    return {
        "title": str(TITLES[sheet.key]),
        "number": sheet.number if sheet.key == "decree" else "",
        "about": [
            ["Kegiatan", activity.title],
            ["Tanggal", f"{day(activity.starts_on)} sampai {day(activity.ends_on)}"],
            ["Wilayah", str(sheet.place)],
            ["SK peserta", activity.decree_number or "–"],
            *_of_class(sheet),
        ],
        "clauses": _clauses(sheet) if sheet.key == "decree" else [],
        "heads": [head for head, _width in heads],
        "widths": [width for _head, width in heads],
        "rows": [row(place, one) for place, one in enumerate(sheet.people, start=1)],
        "signs": signs,
        "seal": seal(sheet.paper.code if sheet.paper else ""),
    }


def _of_class(sheet: Sheet) -> list[Row]:
    if sheet.cohort is None:
        return []
    found = [["Angkatan", f"{sheet.cohort.name}, {sheet.cohort.site.name}"]]
    if sheet.session:
        zone = ZONE_NAMES[zone_of(sheet.cohort.regency_id)]
        same = sheet.cohort.sessions.filter(day=sheet.session.day)
        hours = sum(one.lesson_hours for one in same)
        begins = f"{sheet.session.starts_at:%H.%M} {zone}"
        found.append(["Hari ini", f"{day(sheet.session.day)}, mulai {begins}, {hours} JP"])
    return found


def _clauses(sheet: Sheet) -> list[Row]:
    people, activity = sheet.people.count(), sheet.activity
    return [
        ["Menimbang", f"bahwa untuk {activity.title} perlu ditetapkan pesertanya."],
        ["Mengingat", "PP 7/2008; DIPA dekonsentrasi tahun berjalan."],
        ["Menetapkan", f"{people} orang dalam lampiran ini sebagai peserta {activity.title}."],
    ]


def _decreed(place: int, one: Participant) -> Row:
    person = one.person
    lives = ", ".join(part for part in (person.village, str(one.regency)) if part)
    return [str(place), person.name, mask_nik(person.nik) or "–", lives, one.cohort.name]


def _present(place: int, one: Participant) -> Row:
    return [str(place), one.person.name, one.person.village or "–", ""]


def _received(place: int, one: Participant) -> Row:
    return [str(place), one.person.name, one.person.village or "–", "", "", ""]


TITLES = {
    "decree": "Keputusan Penetapan Peserta",
    "attendance": "Daftar Hadir",
    "receipts": "Daftar Tanda Terima",
}
NUMBER, NAME = ("No.", "9mm"), ("Nama", "1fr")
Part = tuple[list[tuple[str, str]], Callable[[int, Participant], Row], list[str]]
PARTS: dict[str, Part] = {
    "decree": (
        [NUMBER, NAME, ("NIK", "36mm"), ("Desa, kabupaten/kota", "1fr"), ("Angkatan", "34mm")],
        _decreed,
        ["Kuasa Pengguna Anggaran"],
    ),
    "attendance": (
        [NUMBER, NAME, ("Desa", "42mm"), ("Tanda tangan", "48mm")],
        _present,
        ["Pelatih", "Mengetahui, penyelenggara"],
    ),
    "receipts": (
        [NUMBER, NAME, ("Desa", "30mm"), ("Barang yang diterima", "48mm"), ("Tanggal", "22mm"),
         ("Tanda tangan", "36mm")],
        _received,
        ["Yang menyerahkan", "Mengetahui, penyelenggara"],
    ),
}  # fmt: skip
