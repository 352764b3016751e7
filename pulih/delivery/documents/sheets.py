"""Papers to sign: decree, invitation, schedule, lists of a day, receipts, stock card, inspection.

The columns follow published lists and memory; no form of the ministry was found (verified = no), so
each paper says that its layout is not verified. Of a NIK only the ends stand on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pulih.common.money import grouped
from pulih.common.periods import ZONE_NAMES, day
from pulih.documents.seals import seal
from pulih.documents.signing import Signature
from pulih.documents.typesetting import typeset
from pulih.web.masks import mask_nik
from pulih.workflow.calendars import zone_of

from ..models import Move, Participant, Session, Spot, Stock, TrainerRole
from ..reads.decrees import numbers_in_words
from ..reads.sheets import DECREES, Sheet
from ..rules.goods import ROUTES, STORE
from .final_report import chapters
from .parts import Cell, authorised_user, letterhead, long_day, table, written

TEMPLATE = Path(__file__).with_name("sheet.typ")
Values = dict[str, Any]
TITLES = {
    "decree": "Keputusan Penetapan Peserta",
    "further-decree": "Keputusan Penetapan Peserta",
    "attendance": "Daftar Hadir",
    "receipts": "Daftar Tanda Terima",
    "invitation": "Undangan",
    "schedule": "Jadwal Kegiatan",
    "stock-card": "Kartu Stok",
    "inspection": "Berita Acara Pemeriksaan Barang",
    "final-report": "Laporan Akhir Kegiatan",
}
MOVES = {
    "bought": "Pembelian", "issued": "Dibagikan ke angkatan", "returned": "Kembali dari angkatan",
    "used": "Dipakai dalam produksi", "made": "Hasil produksi", "passed": "Lolos pemeriksaan",
    "scrapped": "Afkir", "sent": "Dikirim ke penerima", "received": "Diterima",
    "came_back": "Kembali dari penerima", "lost_on_way": "Hilang di jalan",
    "unreceived": "Koreksi hitungan: tidak diterima",
    "unreturned": "Koreksi hitungan: tidak kembali", "unlost": "Koreksi hitungan: tidak hilang",
    "lost": "Hilang dari gudang",
}  # fmt: skip
SPOTS = {
    "store": "Gudang", "workshop": "Pada angkatan", "unchecked": "Dibuat, belum diperiksa",
    "on_the_way": "Di jalan ke penerima",
}  # fmt: skip
REPEALED_ON = date(2022, 5, 9)  # PP 19/2022 took the place of PP 7/2008. Source: REPORT-03.
NUMBER, NAME = ("No.", "9mm"), ("Nama", "1fr")
ORGANISER = "Mengetahui, penyelenggara"


def pdf(sheet: Sheet) -> bytes:
    return typeset(TEMPLATE, written(values(sheet)))


def values(sheet: Sheet) -> Values:
    """Texts, tables and a drawing for template and workbook."""
    activity = sheet.activity
    return {
        "title": TITLES[sheet.key],
        "office": letterhead(activity),
        "number": _decree_number(sheet) if sheet.key in DECREES else "",
        "about": [
            ["Kegiatan", activity.title],
            ["Tanggal", f"{day(activity.starts_on)} sampai {day(activity.ends_on)}"],
            ["Wilayah", str(sheet.place)],
            ["SK peserta", numbers_in_words(activity) or "–"],
            *_of_class(sheet),
        ],
        "text": [],
        "notes": [],
        "seal": seal(sheet.paper.code if sheet.paper else ""),
        **PARTS[sheet.key](sheet),
    }


def _decree_number(sheet: Sheet) -> str:
    return f"{sheet.number}, {long_day(sheet.dated)}" if sheet.dated else sheet.number


def _law_of(on: date) -> str:
    """Return by which regulation money of the centre was spent in the regions on a day."""
    return "PP 7/2008" if on < REPEALED_ON else "PP 19/2022"


def _of_class(sheet: Sheet) -> list[list[str]]:
    if sheet.cohort is None:
        return []
    found = [["Angkatan", f"{sheet.cohort.name}, {_site(sheet)}"]]
    if sheet.session:
        same = sheet.cohort.sessions.filter(day=sheet.session.day)
        hours = sum(one.lesson_hours for one in same)
        found.append(
            ["Hari ini", f"{day(sheet.session.day)}, {_begins(sheet.session)}, {hours} JP"]
        )
    return found


def _site(sheet: Sheet) -> str:
    assert sheet.cohort
    site = sheet.cohort.site
    return ", ".join(part for part in (site.name, site.address) if part)


def _begins(session: Session) -> str:
    zone = ZONE_NAMES[zone_of(session.cohort.regency_id)]
    return f"mulai {session.starts_at:%H.%M} {zone}"


def _decree(sheet: Sheet) -> Values:
    people, activity = list(sheet.people), sheet.activity
    rows = [
        [str(at), one.person.name, mask_nik(one.person.nik) or "–", _lives(one), one.cohort.name]
        for at, one in enumerate(people, 1)
    ]
    heads = [NUMBER, NAME, ("NIK", "36mm"), ("Desa, kabupaten/kota", "1fr"), ("Angkatan", "34mm")]
    named = f"{len(people)} orang dalam lampiran ini sebagai peserta {activity.title}."
    assert sheet.dated
    return {
        "clauses": [
            ["Menimbang", f"bahwa untuk {activity.title} perlu ditetapkan pesertanya."],
            ["Mengingat", f"{_law_of(sheet.dated)}; DIPA dekonsentrasi tahun berjalan."],
            ["Menetapkan", named],
        ],
        "tables": [table(heads, rows)],
        "signs": [authorised_user(activity, sheet.dated)],
    }


def _lives(one: Participant) -> str:
    return ", ".join(part for part in (one.person.village, str(one.regency)) if part)


def _attendance(sheet: Sheet) -> Values:
    heads = [NUMBER, NAME, ("Desa", "42mm"), ("Tanda tangan", "48mm")]
    return {
        "tables": [table(heads, _people(sheet, 1), is_tall=True)],
        "signs": [Signature("Pelatih"), Signature(ORGANISER)],
    }


def _receipts(sheet: Sheet) -> Values:
    heads = [NUMBER, NAME, ("Desa", "30mm"), ("Barang yang diterima", "48mm"), ("Tanggal", "22mm"),
             ("Tanda tangan", "36mm")]  # fmt: skip
    return {
        "tables": [table(heads, _people(sheet, 3), is_tall=True)],
        "signs": [Signature("Yang menyerahkan"), Signature(ORGANISER)],
    }


def _people(sheet: Sheet, blank: int = 0) -> list[list[Cell]]:
    """Return number, name and village of whoever sits there, then cells to fill by hand."""
    return [
        [str(at), one.person.name, one.person.village or "–", *[""] * blank]
        for at, one in enumerate(sheet.people, 1)
    ]


def _invitation(sheet: Sheet) -> Values:
    assert sheet.cohort
    sessions = _sessions(sheet)
    first, last, hours = sessions[0], sessions[-1], sum(one.lesson_hours for one in sessions)
    days = long_day(first.day)
    if last.day != first.day:
        days = f"{days} sampai {long_day(last.day)}"
    people = _people(sheet)
    heads = [NUMBER, NAME, ("Desa", "60mm")]
    video = "; alamat rapat videonya menyusul" if any(one.video for one in sessions) else ""
    return {
        "about": [
            ["Nomor", "........................................"],
            ["Lampiran", f"daftar {len(people)} peserta"],
            ["Hal", f"Undangan {sheet.activity.title}"],
            ["Kepada Yth.", "para peserta dalam lampiran ini"],
        ],
        "clauses": [
            ["Hari, tanggal", days],
            ["Waktu", f"{_begins(first)} pada hari pertama, seluruhnya {hours} JP (45 menit)"],
            ["Tempat", f"{_site(sheet)}, {sheet.place}{video}"],
            ["Angkatan", sheet.cohort.name],
        ],
        "text": [
            f"Bersama ini kami mengundang Saudara untuk mengikuti {sheet.activity.title} pada:",
        ],
        "notes": [
            "Kegiatan ini tidak dipungut biaya. Siapa pun yang meminta uang untuk kegiatan ini "
            "tidak berhak; laporkan kepada kantor kami.",
            "Bawalah KTP. Bila berhalangan, beri tahu penyelenggara sebelum hari pertama.",
        ],
        "is_letter": True,
        "tables": [table(heads, people, title="Lampiran: peserta yang diundang")],
        "signs": [authorised_user(sheet.activity, sheet.paper.dated if sheet.paper else first.day)],
    }  # fmt: skip


def _schedule(sheet: Sheet) -> Values:
    assert sheet.cohort
    sessions = _sessions(sheet)
    heads = [NUMBER, ("Hari, tanggal", "46mm"), ("Mulai", "24mm"), ("JP", "12mm"),
             ("Materi", "1fr"), ("Tempat", "38mm")]  # fmt: skip
    rows: list[list[Cell]] = [
        [str(at), long_day(one.day), _begins(one).removeprefix("mulai "), one.lesson_hours,
         one.subject, "rapat video" if one.video else sheet.cohort.site.name]
        for at, one in enumerate(sessions, 1)
    ]  # fmt: skip
    hours = sum(one.lesson_hours for one in sessions)
    trainers: list[list[Cell]] = [
        [str(at), one.name, _as(one.role), one.institution or "–"]
        for at, one in enumerate(sheet.cohort.trainers.order_by("-role", "name"), 1)
    ]
    found = [table(heads, rows, foot=["", "Jumlah", "", hours, "", ""])]
    if trainers:
        heads = [NUMBER, NAME, ("Sebagai", "30mm"), ("Lembaga", "60mm")]
        found.append(table(heads, trainers, title="Pengajar"))
    return {
        "tables": found,
        "notes": ["1 JP = 45 menit, tanpa istirahat."],
        "signs": [Signature(ORGANISER)],
    }


def _sessions(sheet: Sheet) -> Sequence[Session]:
    assert sheet.cohort
    found = list(sheet.cohort.sessions.order_by("day", "starts_at"))
    for one in found:
        one.cohort = sheet.cohort
    return found


def _as(role: str) -> str:
    return "Instruktur" if role == TrainerRole.TRAINER else "Asisten"


def _of_item(sheet: Sheet) -> list[list[str]]:
    assert sheet.item
    return [
        ["Barang", f"{sheet.item.name} ({sheet.item.unit})"],
        ["Standar", sheet.item.standard or "belum ada"],
        ["Kegiatan", sheet.activity.title],
        ["Wilayah", str(sheet.place)],
    ]


def _stock_card(sheet: Sheet) -> Values:
    assert sheet.item
    heads = [NUMBER, ("Tanggal", "21mm"), ("Uraian", "1fr"), ("Bukti", "36mm"), ("Masuk", "18mm"),
             ("Keluar", "18mm"), ("Sisa", "18mm"), ("Nilai sisa (Rp)", "26mm")]  # fmt: skip
    rows: list[list[Cell]] = []
    left = value = came = went = 0
    for one in sheet.moves:
        route = ROUTES[one.kind]
        if STORE not in (route.source, route.target):
            continue
        sign = 1 if route.target == STORE else -1
        left, value = left + sign * one.quantity, value + sign * one.value
        came, went = (came + one.quantity, went) if sign > 0 else (came, went + one.quantity)
        amounts: list[Cell] = [one.quantity, ""] if sign > 0 else ["", one.quantity]
        rows.append(
            [str(len(rows) + 1), day(one.day), _told(one), _proof(one), *amounts, left, value]
        )
    foot: list[Cell] = ["", "", "Jumlah", "", came, went, left, value]
    there = Stock.objects.filter(item=sheet.item, quantity__gt=0).exclude(spot=Spot.STORE)
    elsewhere: list[list[Cell]] = [
        [SPOTS[one.spot], one.quantity, one.value] for one in there.order_by("spot")
    ]
    found = [table(heads, rows, title="Gudang", foot=foot)]
    if elsewhere:
        heads = [("Di luar gudang", "1fr"), ("Banyaknya", "30mm"), ("Nilai (Rp)", "34mm")]
        found.append(table(heads, elsewhere))
    return {
        "about": _of_item(sheet),
        "tables": found,
        "notes": ["Urutan menurut pencatatan; setiap baris ditambahkan dan tidak pernah diubah."],
        "signs": [Signature("Penyimpan barang"), Signature(ORGANISER)],
    }


def _told(one: Move) -> str:
    return f"{MOVES[one.kind]}: {one.reason}" if one.reason else MOVES[one.kind]


def _proof(one: Move) -> str:
    if one.payment:
        return f"SP2D {one.payment}"
    return f"BAST {one.handover.number}" if one.handover else "–"


def _inspection(sheet: Sheet) -> Values:
    assert sheet.item
    assert sheet.dated
    heads = [NUMBER, ("Hasil", "36mm"), ("Banyaknya", "24mm"), ("Nilai (Rp)", "28mm"),
             ("Sebab", "1fr"), ("Dicatat oleh", "40mm")]  # fmt: skip
    moves = list(sheet.moves)
    rows: list[list[Cell]] = [
        [str(at), MOVES[one.kind], one.quantity, one.value, one.reason or "–", one.by.name]
        for at, one in enumerate(moves, 1)
    ]
    total = sum(one.quantity for one in moves)
    passed = sum(one.quantity for one in moves if one.kind == "passed")
    foot: list[Cell] = ["", "Diperiksa", total, sum(one.value for one in moves), "", ""]
    unit = sheet.item.unit
    return {
        "about": _of_item(sheet),
        "text": [
            f"Pada hari {long_day(sheet.dated)}, yang bertanda tangan di bawah ini memeriksa "
            f"{grouped(total)} {unit} {sheet.item.name} yang dibuat dalam kegiatan tersebut: "
            f"{grouped(passed)} {unit} lolos dan {grouped(total - passed)} {unit} afkir.",
        ],
        "tables": [table(heads, rows, foot=foot)],
        "notes": ["Yang lolos disimpan di gudang; yang afkir tidak dapat diserahkan."],
        "signs": [
            Signature("Pemeriksa"), Signature("Pemeriksa"), Signature("Penyimpan barang"),
        ],
    }  # fmt: skip


def _final_report(sheet: Sheet) -> Values:
    assert sheet.report
    dated = sheet.paper.dated if sheet.paper else sheet.activity.ends_on
    return chapters(sheet.activity, sheet.report, dated)


PARTS: dict[str, Callable[[Sheet], Values]] = {
    "decree": _decree,
    "further-decree": _decree,
    "attendance": _attendance,
    "receipts": _receipts,
    "invitation": _invitation,
    "schedule": _schedule,
    "stock-card": _stock_card,
    "inspection": _inspection,
    "final-report": _final_report,
}
