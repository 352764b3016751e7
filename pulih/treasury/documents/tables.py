"""The tables that papers of payments print: what is spent, what is withheld, what was paid in,
which supporting papers are there.
"""

from __future__ import annotations

from typing import Any

from pulih.budget.models import AmountKind
from pulih.common.money import grouped
from pulih.common.periods import day

from ..reads import taxes as reads
from ..reads.papers import RequestPaper
from ..reads.supporting import PaperLine, checklist_of
from ..rules import taxes
from ..rules.taxes import Way

Table = dict[str, Any]
WAYS_INDONESIAN = {Way.ORDER: "potongan SPM", Way.TREASURER: "bendahara"}
NOTHING_WITHHELD = ["–", "nihil", "", "0"]


def spending(one: RequestPaper) -> Table:
    entries = _entries(one).select_related("line").order_by("line__line_key")
    return {
        "title": "Pengeluaran",
        "widths": ["52mm", "1fr", "34mm"],
        "right": [2],
        "heads": ["Kode", "Uraian", "Jumlah (Rp)"],
        "rows": [
            [entry.line.line_key, entry.line.detail[:80] or "–", grouped(entry.rupiah)]
            for entry in entries
        ],
        "foot": ["Jumlah", "", grouped(gross_of(one))],
    }


def withheld(one: RequestPaper) -> Table:
    rows = [
        [*_named(row), grouped(row.base), grouped(row.rupiah)]
        for row in reads.of_request(one.request)
    ]
    return {
        "title": "Potongan",
        "widths": ["24mm", "1fr", "34mm", "34mm"],
        "right": [2, 3],
        "heads": ["MAP", "Pajak", "Dasar (Rp)", "Jumlah (Rp)"],
        "rows": rows or [NOTHING_WITHHELD],
        "foot": ["Jumlah", "", "", grouped(withheld_of(one))],
    }


def paid_in(one: RequestPaper) -> Table:
    return {
        "title": "",
        "widths": ["18mm", "1fr", "28mm", "28mm", "36mm", "22mm"],
        "right": [2],
        "heads": ["MAP", "Pajak", "Jumlah (Rp)", "Disetor oleh", "NTPN", "Tanggal"],
        "rows": [
            [
                *_named(row),
                grouped(row.rupiah),
                WAYS_INDONESIAN[Way(row.withholding.way)],
                *_proof(row),
            ]
            for row in reads.of_request(one.request)
        ],
        "foot": ["Jumlah", "", grouped(withheld_of(one)), "", "", ""],
    }


def supporting(one: RequestPaper) -> Table:
    return {
        "title": "",
        "widths": ["9mm", "1fr", "40mm", "26mm", "38mm"],
        "right": [0],
        "heads": ["No.", "Dokumen", "Nomor", "Tanggal", "Keterangan"],
        "rows": [
            [
                str(place),
                paper.words.id,
                paper.number or "–",
                day(paper.dated) if paper.dated else "–",
                _state(paper),
            ]
            for place, paper in enumerate(checklist_of(one.request), 1)
        ],
        "foot": [],
    }


def _state(paper: PaperLine) -> str:
    if paper.is_there:
        return "ada" if paper.number else "dipegang Pulih"
    return f"tidak ada: {paper.reason}" if paper.reason else "belum ada"


def gross_of(one: RequestPaper) -> int:
    """Return what the paper's document asks for or orders, in rupiah."""
    return sum(_entries(one).values_list("rupiah", flat=True))


def withheld_of(one: RequestPaper) -> int:
    return one.withheld.withheld if one.withheld else 0


def _entries(one: RequestPaper) -> Any:
    kind = AmountKind.ORDER if one.key == "order" else AmountKind.REQUEST
    return one.of.entries.filter(amount_kind=kind)


def _named(row: Any) -> list[str]:
    tax = taxes.taxes()[row.tax]
    return [tax.map, tax.words.id]


def _proof(row: Any) -> list[str]:
    return [row.ntpn or "–", day(row.proof_on) if row.proof_on else "–"]
