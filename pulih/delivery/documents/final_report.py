"""The final report of an activity on paper: every figure from what stands, and what is missing.

The order of its chapters is from memory (verified = no). It names no participant.
"""

from __future__ import annotations

from typing import Any

from pulih.areas.rows import area_of
from pulih.common.money import grouped
from pulih.common.periods import day
from pulih.documents.signing import Signature

from ..models import Activity
from ..reads.decrees import numbers_in_words
from ..reads.report import FinalReport
from .parts import Cell, authorised_user, table, unit_of

NUMBER = ("No.", "9mm")
COSTS = {
    "person": "Peserta", "hour": "JP seorang peserta (45 menit)",
    "piece": "Barang yang lolos pemeriksaan",
}  # fmt: skip


def chapters(activity: Activity, report: FinalReport, dated: Any) -> dict[str, Any]:
    """Texts and tables for the template of sheets."""
    found = [_classes(report), _groups(report)]
    found += [_goods(report)] if report.goods else []
    found += _money(report)
    found += [_mentoring(report)] if report.mentoring else []
    found += [_missing(activity, report)]
    unit = unit_of(activity)
    return {
        "about": [
            ["Kegiatan", activity.title],
            ["Langkah", activity.measure.name_indonesian],
            ["Tanggal", f"{day(activity.starts_on)} sampai {day(activity.ends_on)}"],
            ["Wilayah", str(area_of(activity))],
            ["SK peserta", numbers_in_words(activity) or "–"],
            ["Usulan", activity.proposal.number if activity.proposal else "–"],
            ["Satker", f"{unit.code} {unit.name}" if unit else "–"],
            ["Keadaan per", day(dated)],
        ],
        "text": [*_summary(report), *report.others],
        "tables": found,
        "notes": [f"Sidik jari digital angka laporan ini: {report.digest}"],
        "signs": [authorised_user(activity, dated), Signature("Penyelenggara")],
    }


def _summary(report: FinalReport) -> list[str]:
    people, places = sum(one.people for one in report.classes), sum(
        one.places for one in report.classes
    )  # fmt: skip
    said = [
        f"Sebanyak {grouped(people)} orang duduk di {grouped(places)} kursi dalam "
        f"{len(report.classes)} angkatan; {grouped(report.completed)} orang menyelesaikan "
        f"pelatihan dan {grouped(report.certificates)} orang memegang sertifikat yang berlaku."
    ]
    if report.handovers:
        said.append(
            f"Barang diserahkan dengan {report.handovers} BAST: {report.unanswered} belum dijawab "
            f"penerima, {report.with_difference} dengan selisih yang disebut sebabnya."
        )
    return said


def _classes(report: FinalReport) -> dict[str, Any]:
    heads = [NUMBER, ("Angkatan", "1fr"), ("Kursi", "14mm"), ("Peserta", "16mm"), ("JP", "12mm"),
             ("Hari orang hadir", "20mm"), ("Selesai", "16mm"), ("Tidak selesai", "16mm"),
             ("Belum pasti", "16mm")]  # fmt: skip
    rows: list[list[Cell]] = [
        [str(at), f"{one.name}, {one.place}", one.places, one.people, one.hours, one.person_days,
         one.passed, one.failed, one.open]
        for at, one in enumerate(report.classes, 1)
    ]  # fmt: skip
    sums: list[Cell] = [sum(int(row[at]) for row in rows) for at in range(2, 9)]
    sums[2] = ""  # Hours of classes are no sum.
    return table(heads, rows, title="Peserta dan kehadiran", foot=["", "Jumlah", *sums])


def _groups(report: FinalReport) -> dict[str, Any]:
    heads = [("Di antaranya", "1fr"), ("Peserta", "30mm"), ("Selesai", "30mm")]
    return table(heads, report.groups)


def _goods(report: FinalReport) -> dict[str, Any]:
    heads = [("Barang", "1fr"), ("Dibeli", "15mm"), ("Dibuat", "15mm"), ("Lolos", "15mm"),
             ("Dipakai", "16mm"), ("Afkir, hilang", "15mm"), ("Dikirim", "16mm"),
             ("Diterima", "17mm"), ("Sisa", "15mm"), ("Nilai sisa (Rp)", "22mm")]  # fmt: skip
    rows: list[list[Cell]] = [
        [f"{one.name} ({one.unit})", one.bought, one.made, one.passed, one.used, one.gone,
         one.sent, one.received, one.left, one.value]
        for one in report.goods
    ]  # fmt: skip
    return table(heads, rows, title="Barang")


def _money(report: FinalReport) -> list[dict[str, Any]]:
    if report.money is None or report.costs is None:
        return []
    lines: list[list[Cell]] = [list(one) for one in report.money.lines]
    sums = [sum(int(row[at]) for row in lines) for at in (1, 2, 3)]
    heads = [("Baris anggaran", "1fr"), ("Dicadangkan (Rp)", "32mm"), ("Terikat (Rp)", "32mm"),
             ("Dibayar (Rp)", "32mm")]  # fmt: skip
    found = [table(heads, lines, title="Keuangan menurut buku besar", foot=["Jumlah", *sums])]
    heads = [("Biaya tiap", "1fr"), ("Menurut rencana (Rp)", "40mm"), ("Dibayar (Rp)", "40mm")]
    rows = [[COSTS[key], _rupiah(plan), _rupiah(paid)] for key, plan, paid in report.costs.rows]
    return [*found, table(heads, rows)]


def _rupiah(value: int | None) -> Cell:
    return "belum ada" if value is None else value


def _mentoring(report: FinalReport) -> dict[str, Any]:
    heads = [("Tanggal", "22mm"), ("Temuan pendampingan", "1fr"), ("Yang harus dikerjakan", "60mm")]
    rows = [[when, finding, task or "–"] for when, finding, task in report.mentoring]
    return table(heads, rows)


def _missing(activity: Activity, report: FinalReport) -> dict[str, Any]:
    found = missing(activity, report) or ["Tidak ada yang kurang menurut catatan."]
    heads = [NUMBER, ("Yang belum ada atau belum selesai", "1fr")]
    return table(heads, [[str(at), words] for at, words in enumerate(found, 1)])


def missing(activity: Activity, report: FinalReport) -> list[str]:
    """Say everything that a reader would look for and that does not stand yet."""
    goods = sum(one.left for one in report.goods)
    counted = [
        (report.unrecorded, "kehadiran peserta per sesi belum dicatat"),
        (report.differing, "kehadiran berbeda menurut dua ponsel dan belum diputuskan"),
        (max(0, report.completed - report.certificates), "orang selesai tanpa sertifikat"),
        (report.provisional, "kursi tanpa NIK, tidak dapat dibayar"),
        (report.unclaimed, "orang dalam angkatan belum punya kursi menurut SK"),
        (report.unchecked, "orang belum pernah diperiksa"),
        (report.objections, "keberatan belum dijawab"),
        (report.unanswered, "BAST belum dijawab penerima"),
        (goods, "satuan barang masih pada kegiatan"),
        (report.unvisited, "kunjungan pendampingan belum dilaporkan"),
    ]
    said = [f"{grouped(number)} {words}." for number, words in counted if number]
    if not activity.decree_number:
        said.insert(0, "Nomor dan tanggal SK penetapan peserta.")
    return [*said, *_missing_money(report)]


def _missing_money(report: FinalReport) -> list[str]:
    if not report.sees_money:
        return ["Keuangan: buku besar tidak tampil bagi kantor yang mencetak laporan ini."]
    if report.money is None:
        return ["Keuangan: tidak ada usulan yang mendanai atau dananya belum dicadangkan."]
    said = []
    if report.costs and report.costs.is_shared:
        said.append("Biaya per peserta: usulannya mendanai kegiatan lain juga.")
    if not report.money.lists:
        said.append("Daftar nominatif pembayaran peserta.")
    if report.money.lists_unpaid:
        said.append(f"{report.money.lists_unpaid} daftar nominatif belum dibayar seluruhnya.")
    if report.money.claimed:
        said.append(f"Rp{grouped(report.money.claimed)} harus ditagih kembali dari peserta.")
    return said
