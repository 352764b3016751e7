"""What forms A, B and C share: the general data, columns of money and progress, obstacles.

Columns 1 to 7 and the headers are as printed on 123dok.com; the rest of the layouts is from
memory. Source: REPORT-04.
"""

from collections.abc import Iterable, Sequence

from pulih.common.errors import Message
from pulih.common.periods import in_full

from . import quarters
from .document import Cell, Column, Page, Row, Table
from .facts import Note, QuarterFacts
from .funds import FUNDS, shown
from .tree import Node

MINISTRY = "Kementerian Perindustrian"
LAYOUT_NOTE = Message(
    "Kolom 1-7 dan kepala formulir dicocokkan dengan lampiran PP 39/2006; kolom lainnya dan bagian "
    "III-V disusun dari ingatan.",
    "Columns 1-7 and the heads were compared with the annex of PP 39/2006; the other columns and "
    "parts III-V rest on memory.",
)
OPENING = "I. Data umum"
NO_CODE = "Belum berkode program"
AUTHORITIES = {
    "DK": "Dekonsentrasi",
    "TP": "Tugas Pembantuan",
    "KP": "Kantor Pusat",
    "KD": "Kantor Daerah",
    "UB": "Urusan Bersama",
}
PROGRESS = (
    Column("Target", "percent", 8, "6", "Penyerapan kumulatif"),
    Column("Realisasi", "percent", 9, "7", "Penyerapan kumulatif"),
    Column("Realisasi", "thousand", 13, "7a", "Penyerapan kumulatif"),
    Column("Target", "percent", 8, "8", "Fisik kumulatif"),
    Column("Realisasi", "percent", 9, "9", "Fisik kumulatif"),
    Column("Keterangan", "text", 18, "10"),
)
OBSTACLES = (
    Column("Kegiatan", "text", 20),
    Column("Kendala", "text", 40),
    Column("Tindak lanjut yang diperlukan", "text", 40),
    Column("Pihak yang diharapkan membantu", "text", 30),
)


def subtitle(facts: QuarterFacts) -> str:
    """Return the line under a form's title: the quarter, and the unit of its money."""
    return f"{quarters.name(facts.fiscal_year, facts.quarter)} · nilai uang dalam ribu rupiah"


def general(facts: QuarterFacts) -> tuple[tuple[str, str], ...]:
    """Return the general data as the DIPA has them."""
    dated = f", {in_full(facts.dipa_date)}" if facts.dipa_date else ""
    return (
        ("Kementerian", MINISTRY),
        ("Satuan kerja", f"{facts.unit_code} {facts.unit_name}"),
        ("Kewenangan", AUTHORITIES.get(facts.authority, facts.authority)),
        ("Nomor DIPA", f"{facts.dipa_number}{dated}" if facts.dipa_number else "–"),
        ("Lokasi", facts.location or facts.province),
    )


def named(code: str, name: str) -> str:
    return f"{code} {name}".strip() or NO_CODE


def budget(every: Sequence[QuarterFacts]) -> tuple[Column, ...]:
    """Return the columns of the budget: a column for each fund that the units have money of."""
    funds = (FUNDS[place] for place in shown(every))
    return (
        Column("No. PHLN", "text", 9, "2", "Anggaran"),
        *(Column(fund.head, "thousand", 12, fund.number, "Anggaran") for fund in funds),
        Column("Total", "thousand", 13, "5", "Anggaran"),
    )


def budget_cells(every: Sequence[QuarterFacts], node: Node, numbers: str = "") -> tuple[Cell, ...]:
    """Return the cells of `budget`. numbers: of foreign loans and grants; blank in a total."""
    return (numbers, *(node.by_fund_k[place] for place in shown(every)), node.ceiling_k)


def fund_numbers(every: Iterable[QuarterFacts], node: Node) -> str:
    """Return under which numbers the foreign money of a node is registered."""
    parts = node.parts
    found = {
        facts.fund_number(part, source)
        for facts in every
        for part, source in facts.foreign()
        if part in parts
    }
    return "; ".join(sorted(found - {""}))


def progress_cells(node: Node, remark: str = "") -> tuple[Cell, ...]:
    """Return the cells of PROGRESS."""
    return (
        node.percent(node.planned),
        node.percent(node.realised),
        node.realised_k,
        node.physical_target,
        node.physical,
        remark,
    )


def obstacles(facts: QuarterFacts, notes: Iterable[Note], title: str) -> Table:
    """Return what hampers, what must follow and who should help; `Nihil` when nothing was told."""
    rows = [
        Row(
            (
                named(note.activity, facts.heading(note.programme, note.activity).name),
                note.obstacle,
                note.follow_up,
                note.helper,
            )
        )
        for note in notes
        if note.obstacle or note.follow_up
    ]
    return Table(title, OBSTACLES, tuple(rows))


def page(facts: QuarterFacts, title: str, parts: tuple[Table, ...], signer: str = "kpa") -> Page:
    return Page(title, subtitle(facts), general(facts), parts, signer, OPENING)
