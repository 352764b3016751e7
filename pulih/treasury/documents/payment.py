"""SPM, receipt, SPTJB, list of taxes and checklist of supporting papers on paper.

The layouts and their words are drawn from memory; no form was compared, so each paper says that its
layout is not verified.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulih.budget.documents.signing import dated_signatures
from pulih.budget.documents.words import MINISTRY
from pulih.budget.models import Post
from pulih.budget.reads.dipa import dipa_of
from pulih.common.money import rupiah
from pulih.common.number_words import in_words
from pulih.common.periods import day
from pulih.documents.seals import seal
from pulih.documents.signing import Signature, values_of
from pulih.documents.typesetting import typeset

from ..reads.papers import RequestPaper
from .tables import Table, gross_of, paid_in, spending, supporting, withheld, withheld_of

TEMPLATE = Path(__file__).with_name("payment.typ")
Pairs = list[list[str]]
ORDERED = (
    "Kuasa Bendahara Umum Negara agar melakukan pembayaran sejumlah yang tertulis di bawah ini.",
)
RECEIVED = ("Sudah terima dari Kuasa Pengguna Anggaran satuan kerja di atas.",)
RESPONSIBLE = (
    "Yang bertanda tangan di bawah ini bertanggung jawab penuh atas kebenaran pengeluaran dan "
    "perhitungan pajak dalam daftar berikut, yang dibayarkan kepada yang berhak menerimanya.",
    "Bukti pengeluaran disimpan satuan kerja untuk kelengkapan administrasi dan pemeriksaan. Bila "
    "di kemudian hari ada kelebihan pembayaran, kelebihan itu disetor ke kas negara.",
)


@dataclass(frozen=True)
class Layout:
    """What makes one kind of paper. tables: what it lists; posts: who signs."""

    title: str
    text: tuple[str, ...]
    tables: tuple[Callable[[RequestPaper], Table], ...]
    posts: tuple[Post, ...]


LAYOUTS = {
    "order": Layout(
        "Surat Perintah Membayar", ORDERED, (spending, withheld), (Post.ORDER_OFFICER,)
    ),
    "receipt": Layout(
        "Kuitansi", RECEIVED, (spending, withheld), (Post.COMMITMENT_OFFICER, Post.TREASURER)
    ),
    "statement": Layout(
        "Surat Pernyataan Tanggung Jawab Belanja", RESPONSIBLE, (spending, withheld),
        (Post.COMMITMENT_OFFICER,),
    ),
    "taxes": Layout("Daftar Potongan dan Setoran Pajak", (), (paid_in,), (Post.TREASURER,)),
    "supporting": Layout(
        "Daftar Kelengkapan Dokumen Pendukung", (), (supporting,), (Post.COMMITMENT_OFFICER,)
    ),
}  # fmt: skip


def pdf(one: RequestPaper) -> bytes:
    return typeset(TEMPLATE, values(one))


def values(one: RequestPaper) -> dict[str, Any]:
    """Texts, tables and signatures for the template; the same rows always give the same paper."""
    layout, unit = LAYOUTS[one.key], one.request.unit
    signs = dated_signatures(one.request.unit_id, one.of.effective_on, layout.posts)
    return {
        "title": layout.title,
        "number": one.of.document_number,
        "office": [MINISTRY, f"{unit.code} {unit.name}"],
        "about": _about(one),
        "text": list(layout.text),
        "tables": [table(one) for table in layout.tables],
        "sums": _sums(one),
        "signs": values_of([*_payee(one), *signs]),
        "seal": seal(one.paper.code if one.paper else ""),
    }


def _about(one: RequestPaper) -> Pairs:
    request = one.request
    number, on = dipa_of(request.unit, request.fiscal_year, one.of.effective_on)
    asked = f"{request.document_number}, {day(request.effective_on)}"
    return [
        ["Tanggal", day(one.of.effective_on)],
        ["Tahun anggaran", str(request.fiscal_year)],
        ["DIPA", f"{number}, {day(on)}" if on else "–"],
        ["Cara bayar", request.method or "LS"],
        *([["SPP", asked]] if one.key == "order" else []),
        *_purpose(one),
    ]


def _purpose(one: RequestPaper) -> Pairs:
    contract = one.request.refers_to
    what = one.request.reason or (contract.reason if contract else "")
    pairs = [["Kepada", one.request.party or "–"], ["Keperluan", what or "–"]]
    if contract:
        pairs.append(["Kontrak", f"{contract.document_number}, {day(contract.effective_on)}"])
    return pairs


def _sums(one: RequestPaper) -> Pairs:
    taken = withheld_of(one)
    if one.key == "supporting":
        return []
    if one.key == "taxes":
        return [["Terbilang", f"{in_words(taken)} rupiah"]]
    gross = gross_of(one)
    return [
        ["Bruto", rupiah(gross)],
        ["Potongan", rupiah(taken)],
        ["Dibayarkan", rupiah(gross - taken)],
        ["Terbilang", f"{in_words(gross - taken)} rupiah"],
    ]


def _payee(one: RequestPaper) -> list[Signature]:
    return [Signature("Penerima", one.request.party)] if one.key == "receipt" else []
