"""Form A of PP 39/2006: one page an activity, one row an output. Source: REPORT-04."""

from decimal import Decimal

from .document import UNKNOWN, Cell, Column, Document, Page, Row, Table
from .facts import QuarterFacts
from .layouts import (
    LAYOUT_NOTE,
    OPENING,
    budget,
    budget_cells,
    fund_numbers,
    general,
    named,
    obstacles,
    subtitle,
)
from .tree import Node, tree_of

QUARTER, SO_FAR = "Triwulan ini", "Kumulatif"
NAME = Column("Kode dan nama sub-kegiatan", "text", 26, "1")
REST = (
    Column("Indikator", "text", 16, "6", "Keluaran"),
    Column("Satuan", "text", 8, "7", "Keluaran"),
    Column("Target", "volume", 8, "8", "Keluaran"),
    Column("Keu. target", "percent", 8, "9", QUARTER),
    Column("Keu. realisasi", "percent", 8, "10", QUARTER),
    Column("Fisik target", "percent", 8, "11", QUARTER),
    Column("Fisik realisasi", "percent", 8, "12", QUARTER),
    Column("Keu. target", "percent", 8, "13", SO_FAR),
    Column("Keu. realisasi", "percent", 8, "14", SO_FAR),
    Column("Keu. realisasi", "thousand", 12, "14a", SO_FAR),
    Column("Fisik target", "percent", 8, "15", SO_FAR),
    Column("Fisik realisasi", "percent", 8, "16", SO_FAR),
    Column("Volume", "volume", 8, "17", SO_FAR),
    Column("Keterangan", "text", 14, "18"),
)


def form_a(facts: QuarterFacts) -> Document:
    """Return Form A of every activity of the unit."""
    pages = [
        _page(facts, activity)
        for programme in tree_of(facts).children
        for activity in programme.children
    ]
    title = f"Formulir A {facts.unit_name}"
    return Document("A", title, LAYOUT_NOTE, tuple(pages))


def _page(facts: QuarterFacts, activity: Node) -> Page:
    programme, code, _output = activity.part
    name = named(code, facts.heading(programme, code).name)
    where = (
        ("Program", named(programme, facts.heading(programme).name)),
        ("Kegiatan", name),
        ("KPA / PPK", " / ".join(_holder(facts, role) for role in ("kpa", "ppk"))),
    )
    columns = (NAME, *budget([facts]), *REST)
    rows = [_row(facts, node) for node in activity.children]
    blank = budget_cells([facts], activity), ("", "", "")
    total = Row(("Jumlah", *_cells(activity, *blank, "", "")), "total")
    notes = [n for n in facts.notes if (n.programme, n.activity) == (programme, code)]
    return Page(
        "Formulir A: laporan kegiatan",
        subtitle(facts),
        general(facts) + where,
        (
            Table("II. Data keuangan dan indikator", columns, (*rows, total)),
            obstacles(facts, notes, "III–V. Kendala, tindak lanjut, dan pihak yang membantu"),
        ),
        "ppk",
        OPENING,
        f"Formulir A {programme} {code}",
    )


def _holder(facts: QuarterFacts, role: str) -> str:
    signer = facts.signer(role)
    return signer.name if signer else UNKNOWN


def _row(facts: QuarterFacts, node: Node) -> Row:
    told, every = facts.output(node.part), [facts]
    money = budget_cells(every, node, fund_numbers(every, node))
    plan = (told.indicator, told.measured_in, told.volume)
    return Row(
        (named(node.code, told.name), *_cells(node, money, plan, told.volume_done, told.remark)),
    )


def _cells(
    node: Node, money: tuple[Cell, ...], plan: tuple[Cell, ...], done: Cell, remark: str
) -> tuple[Cell, ...]:
    return (
        *money,
        *plan,
        _gain(node.percent(node.planned), node.percent(node.planned_before)),
        _gain(node.percent(node.realised), node.percent(node.realised_before)),
        _gain(node.physical_target, node.physical_target_before),
        _gain(node.physical, node.physical_before),
        node.percent(node.planned),
        node.percent(node.realised),
        node.realised_k,
        node.physical_target,
        node.physical,
        done,
        remark,
    )


def _gain(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    return None if now is None or before is None else now - before
