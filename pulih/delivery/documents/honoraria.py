"""The nominative list of honoraria on paper and as a workbook, with room for signatures.

The columns follow published lists and memory; no form of the ministry was found, so the paper says
that its layout is not verified.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pulih.areas.rows import area_of
from pulih.common.number_words import in_words
from pulih.common.periods import day
from pulih.documents.lookups import code_in_force
from pulih.documents.seals import seal
from pulih.documents.signing import Signature
from pulih.documents.typesetting import typeset

from ..models import Honorarium, PaidSession, PaymentList, TaxPayee, TrainerRole
from ..papers import PAYMENT_LIST
from ..reads.honoraria import lines_of
from ..reads.payments import promise_of
from ..rules.payments import Basis
from .parts import Cell, letterhead, long_day, payers, table, written

TEMPLATE = Path(__file__).with_name("sheet.typ")
ROLES = {TrainerRole.TRAINER: "Instruktur", TrainerRole.ASSISTANT: "Asisten"}
PAYEES = {
    TaxPayee.SERVANT_2: "PNS gol. I/II", TaxPayee.SERVANT_3: "PNS gol. III",
    TaxPayee.SERVANT_4: "PNS gol. IV", TaxPayee.PERSON: "Bukan PNS",
}  # fmt: skip
COUNTED = {Basis.HOUR: "JP", Basis.FULL: "Jam", Basis.DUTY: "Hari", Basis.EACH: "Kali"}


def pdf(given: PaymentList) -> bytes:
    return typeset(TEMPLATE, written(values(given)))


def values(given: PaymentList) -> dict[str, Any]:
    """Texts, tables and a drawing for template and workbook; the same list gives the same paper."""
    activity, lines = given.activity, lines_of(given)
    return {
        "title": "Daftar Nominatif Honorarium",
        "is_wide": True,
        "office": letterhead(activity),
        "number": "",
        "about": [
            ["Nomor", f"{given.number}, {long_day(given.made_on)}"],
            ["Kegiatan", activity.title],
            ["Tanggal", f"{day(activity.starts_on)} sampai {day(activity.ends_on)}"],
            ["Wilayah", str(area_of(activity))],
            ["Akun", f"{given.row.account}, {given.row.text}"],
            ["Dokumen", str(given.request or "belum diminta")],
        ],
        "text": [f"DITARIK: {given.withdrawn_because}"] if given.withdrawn_on else [],
        "tables": [_people(given, lines), _sessions(lines)],
        "notes": [
            f"Terbilang: {in_words(given.net)} rupiah.",
            "Dibuat dari catatan siapa yang mengajar; hanya sesi yang dihadiri peserta.",
            f"Sidik jari digital daftar: {given.digest}",
        ],
        "signs": _signs(given),
        "seal": seal(code_in_force(PAYMENT_LIST, given.pk)),
    }


Lines = list[tuple[Honorarium, list[PaidSession]]]


def _people(given: PaymentList, lines: Lines) -> dict[str, Any]:
    heads = [
        ("No.", "9mm"), ("Nama", "1fr"), ("Sebagai", "22mm"), ("Angkatan", "26mm"),
        ("Pajak menurut", "30mm"), (COUNTED[Basis(given.basis)], "12mm"), ("Tarif (Rp)", "22mm"),
        ("Bruto (Rp)", "25mm"), ("PPh 21 (Rp)", "23mm"), ("Diterima (Rp)", "25mm"),
        ("Tanda tangan", "32mm"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            str(one.position), one.trainer.name, ROLES[TrainerRole(one.trainer.role)],
            one.trainer.cohort.name, _payee(one), one.times, one.rate, one.gross, one.tax,
            one.net, f"{one.position}.",
        ]
        for one, _paid in lines
    ]  # fmt: skip
    foot: list[Cell] = [
        "", f"Jumlah {len(lines)} orang", "", "", "", sum(one.times for one, _paid in lines), "",
        given.gross, given.tax, given.net, "",
    ]  # fmt: skip
    return table(heads, rows, foot=foot, is_tall=True)


def _payee(one: Honorarium) -> str:
    words = PAYEES[TaxPayee(one.payee)]
    return words if one.payee != TaxPayee.PERSON or one.has_npwp else f"{words}, tanpa NPWP"


def _sessions(lines: Lines) -> dict[str, Any]:
    heads = [
        ("No.", "9mm"), ("Nama", "70mm"), ("Angkatan", "34mm"), ("Hari", "50mm"), ("JP", "14mm"),
        ("Materi", "1fr"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            str(one.position), one.trainer.name, one.trainer.cohort.name,
            long_day(paid.session.day), paid.lesson_hours, paid.session.subject,
        ]
        for one, sessions in lines
        for paid in sessions
    ]  # fmt: skip
    return table(heads, rows, title="Sesi yang dibayar")


def _signs(given: PaymentList) -> list[Signature]:
    promise = promise_of(given.activity)
    return [
        *payers(promise.unit_id if promise else 0, given.made_on),
        Signature("Pembuat daftar", given.by.name),
    ]
