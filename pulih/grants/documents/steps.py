"""The papers of a grant beside its deed: from the receiver's willingness to the report.

What they say follows steps and checklists in use elsewhere; no form of the ministry was found
(verified = no), so each paper says that its layout is not verified. Before its step a paper is a
draft with room for its number.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import Any

from pulih.common import periods
from pulih.common.money import grouped
from pulih.delivery.actions.activities import place_of
from pulih.delivery.documents.parts import (
    Cell,
    authorised_user,
    letterhead,
    long_day,
    table,
    written,
)
from pulih.delivery.documents.sheets import TEMPLATE
from pulih.documents.lookups import code_in_force
from pulih.documents.seals import seal
from pulih.documents.signing import Signature
from pulih.documents.typesetting import typeset

from ..models import GrantCase, GrantPaper
from ..papers import KIND_OF_STEP
from ..rules.steps import DEED, MANAGER, USER, steps
from . import deed

Values = dict[str, Any]
TITLES = {
    "willingness": "Surat Pernyataan Kesediaan Menerima Hibah",
    "team": "Berita Acara Tim Internal",
    "application": "Permohonan Persetujuan Hibah",
    "approval": "Persetujuan Hibah",
    DEED: "Naskah Perjanjian Hibah",
    "final_bast": "Berita Acara Serah Terima Hibah",
    "striking_off": "Keputusan Penghapusan Barang Milik Negara",
    "report": "Laporan Pelaksanaan Hibah",
}
APPROVERS = {
    USER: "Pengguna Barang (Kementerian Perindustrian)",
    MANAGER: "Pengelola Barang (Kementerian Keuangan, KPKNL)",
}
BLANK = "........................................"
HEAD_OF_UNIT = "Kuasa Pengguna Barang"


def pdf(case: GrantCase, step: str) -> bytes:
    if step == DEED:
        return deed.pdf(case)
    return typeset(TEMPLATE, written(values(case, step)))


def values(case: GrantCase, step: str) -> Values:
    """Texts, the table of the goods and signatures, for template and workbook."""
    papers = {one.step: one for one in case.papers.order_by("pk")}
    own = papers.get(step)
    return {
        "title": TITLES[step],
        "office": letterhead(case.handover.activity),
        "number": _named(own) if own else f"{BLANK} (rancangan)",
        "about": _about(case),
        "tables": [_goods(case)],
        "notes": [],
        "seal": seal(code_in_force(KIND_OF_STEP[step], case.pk)),
        **PARTS[step](case, papers),
    }


def _named(paper: GrantPaper | None) -> str:
    return f"{paper.number}, {periods.day(paper.dated)}" if paper else BLANK


def _receiver(case: GrantCase) -> str:
    return ", ".join(
        part for part in (case.handover.receiver_name, case.handover.receiver.address) if part
    )


def _about(case: GrantCase) -> list[list[str]]:
    handover = case.handover
    return [
        ["Kegiatan", handover.activity.title],
        ["BAST barang", f"{handover.number}, {periods.day(handover.sent_on)}"],
        ["Penerima", _receiver(case)],
    ]


def _goods(case: GrantCase) -> Values:
    handover = case.handover
    heads = [
        ("Barang", "1fr"), ("Satuan", "16mm"), ("Tahun", "14mm"), ("Banyaknya", "20mm"),
        ("Nilai satuan (Rp)", "28mm"), ("Nilai (Rp)", "30mm"),
    ]  # fmt: skip
    year = str(handover.activity.starts_on.year)
    row: list[Cell] = [
        handover.item.name, handover.item.unit, year, handover.received or 0, case.unit_value,
        case.value,
    ]  # fmt: skip
    return table(heads, [row], title="Barang")


def _willingness(case: GrantCase, _papers: Any) -> Values:
    name = case.handover.receiver_name
    return {
        "office": [name, case.handover.receiver.address],
        "clauses": [["Nama", BLANK], ["Jabatan", BLANK], ["Atas nama", name]],
        "text": [
            "Kami menyatakan bersedia menerima hibah Barang Milik Negara di bawah ini, serta "
            "mencatat, menggunakan, memelihara, dan mengamankannya."
        ],
        "signs": [Signature(f"Penerima, {name}")],
    }


def _team(case: GrantCase, papers: Any) -> Values:
    asked = (
        "Dokumen anggaran (DIPA, KAK, RKA-K/L, atau POK) yang menyatakan barang untuk dihibahkan",
        f"Identitas penerima: {_receiver(case)}",
        f"Surat kesediaan penerima: {_named(papers.get('willingness'))}",
        "Barang: jenis, banyaknya, dan keadaannya",
    )
    rows = [[str(at), what, ""] for at, what in enumerate(asked, 1)]
    heads = [("No.", "9mm"), ("Yang diperiksa", "1fr"), ("Hasil", "50mm")]
    return {
        "clauses": [["Keputusan tim", BLANK]],
        "text": ["Tim internal telah memeriksa dokumen, identitas penerima, dan barang berikut."],
        "tables": [_goods(case), table(heads, rows, title="Pemeriksaan", is_tall=True)],
        "signs": [Signature("Ketua"), Signature("Anggota"), Signature("Anggota")],
    }


def _application(case: GrantCase, papers: Any) -> Values:
    return {
        "clauses": [["Kepada", APPROVERS[case.approver]]],
        "text": [
            "Kami memohon persetujuan hibah barang di bawah ini, yang sejak semula dimaksudkan "
            "untuk diserahkan. Nilai satuan menentukan siapa yang menyetujui: "
            f"Rp{grouped(case.unit_value)} per {case.handover.item.unit}."
        ],
        "notes": [
            f"Lampiran: surat kesediaan penerima {_named(papers.get('willingness'))}; berita "
            f"acara tim internal {_named(papers.get('team'))}."
        ],
        "signs": [_head_of_unit(case)],
    }


def _approval(case: GrantCase, papers: Any) -> Values:
    approver = APPROVERS[case.approver]
    return {
        "office": [approver],
        "text": [
            f"Atas permohonan {_named(papers.get('application'))}, hibah barang di bawah ini "
            "kepada penerima tersebut disetujui. Naskah hibah dan BAST hibah ditandatangani "
            "dalam tahun anggaran berjalan."
        ],
        "signs": [Signature(approver)],
    }


def _deed(case: GrantCase, papers: Any) -> Values:
    """The deed as a workbook has it; as PDF it has a form of its own, see deed.py."""
    return {
        "clauses": [
            ["Pihak Kesatu", str(place_of(case.handover.activity))],
            ["Pihak Kedua", _receiver(case)],
            ["Persetujuan", _named(papers.get("approval"))],
        ],
        "text": [f"{heading}. {words}" for heading, words in deed.ARTICLES],
        "tables": [_goods(case), _documents(papers, until=DEED)],
        "signs": [Signature("Pihak Kesatu"), Signature("Pihak Kedua")],
    }


def _final_bast(case: GrantCase, papers: Any) -> Values:
    own = papers.get("final_bast")
    on = long_day(own.dated) if own else BLANK
    return {
        "text": [
            f"Pada hari {on}, Pihak Kesatu menyerahkan dan Pihak Kedua menerima barang di bawah "
            f"ini, berdasarkan persetujuan {_named(papers.get('approval'))} dan naskah hibah "
            f"{_named(papers.get('deed'))}.",
            "Sejak BAST ini ditandatangani, barang bukan lagi Barang Milik Negara dan menjadi "
            "milik Pihak Kedua.",
        ],
        "signs": [
            _head_of_unit(case, "Pihak Kesatu"),
            Signature(f"Pihak Kedua, {case.handover.receiver_name}"),
            Signature("Saksi"),
        ],
    }


def _striking_off(case: GrantCase, papers: Any) -> Values:
    return {
        "text": [
            "Barang di bawah ini dihapus dari daftar barang, karena telah dihibahkan dengan "
            f"naskah hibah {_named(papers.get('deed'))} dan BAST hibah "
            f"{_named(papers.get('final_bast'))}."
        ],
        "signs": [_head_of_unit(case)],
    }


def _report(case: GrantCase, papers: Any) -> Values:
    return {
        "clauses": [["Kepada", APPROVERS[MANAGER]]],
        "text": ["Hibah barang di bawah ini telah dilaksanakan dengan dokumen berikut."],
        "tables": [_goods(case), _documents(papers, until="report")],
        "notes": [f"Kebenaran jenis dan nilai barang menjadi tanggung jawab {HEAD_OF_UNIT}."],
        "signs": [_head_of_unit(case)],
    }


def _documents(papers: Any, until: str) -> Values:
    """The papers of the steps before one, with room for those that are not there."""
    before = takewhile(lambda rule: rule.key != until, steps())
    rows: list[list[Cell]] = [
        [str(at), rule.id, papers[rule.key].number, periods.day(papers[rule.key].dated)]
        if rule.key in papers else [str(at), rule.id, "", ""]
        for at, rule in enumerate(before, 1)
    ]  # fmt: skip
    heads = [("No.", "9mm"), ("Langkah", "1fr"), ("Nomor", "50mm"), ("Tanggal", "28mm")]
    return table(heads, rows, title="Dokumen")


def _head_of_unit(case: GrantCase, before: str = "") -> Signature:
    """The head of the unit holds its goods; named where the post is filled."""
    last = case.papers.order_by("dated").values_list("dated", flat=True).last()
    found = authorised_user(case.handover.activity, last or case.opened_on)
    return replace(found, post=", ".join(part for part in (before, HEAD_OF_UNIT) if part))


PARTS = {
    "willingness": _willingness,
    "team": _team,
    "application": _application,
    "approval": _approval,
    DEED: _deed,
    "final_bast": _final_bast,
    "striking_off": _striking_off,
    "report": _report,
}
