"""The managerial report: absorption, output reached, obstacles, follow-up (PP 7/2008 article 30).

The four parts are the law's; how they are laid out is ours. Source: REPORT-02, REPORT-05.
"""

from decimal import Decimal

from pulih.common.errors import Message

from .document import Column, Document, Page, Row, Table, Words, written
from .facts import QuarterFacts
from .layouts import general, named, obstacles, subtitle
from .tree import Node, tree_of

LAYOUT_NOTE = Message(
    "Isi laporan manajerial menurut PP 7/2008 pasal 30; tata letaknya disusun sendiri.",
    "The managerial report's contents follow PP 7/2008 article 30; its layout is ours.",
)
ABSORPTION = (
    Column("Program dan kegiatan", "text", 40, "1"),
    Column("Pagu", "thousand", 14, "2"),
    Column("Target", "percent", 12, "3"),
    Column("Realisasi", "thousand", 14, "4"),
    Column("Realisasi", "percent", 12, "5"),
    Column("Selisih target", "points", 12, "6"),
    Column("Sisa pagu", "thousand", 14, "7"),
)
OUTPUTS = (
    Column("Keluaran", "text", 34, "1"),
    Column("Indikator", "text", 24, "2"),
    Column("Satuan", "text", 10, "3"),
    Column("Target", "volume", 10, "4"),
    Column("Tercapai", "volume", 10, "5"),
    Column("Tercapai", "percent", 10, "6"),
    Column("Fisik target", "percent", 10, "7"),
    Column("Fisik realisasi", "percent", 10, "8"),
    Column("Keterangan", "text", 20, "9"),
)


def managerial(facts: QuarterFacts) -> Document:
    """Return the managerial report of the unit."""
    tree = tree_of(facts)
    face = Page(
        "Laporan manajerial",
        subtitle(facts),
        general(facts),
        (
            Words("Ringkasan", (summary(tree),)),
            Table("1. Perkembangan penyerapan dana", ABSORPTION, _absorption(facts, tree)),
            Table("2. Pencapaian target keluaran", OUTPUTS, _outputs(facts, tree)),
            obstacles(facts, facts.notes, "3–4. Kendala dan saran tindak lanjut"),
        ),
    )
    return Document("managerial", f"Laporan manajerial {facts.unit_name}", LAYOUT_NOTE, (face,))


def summary(tree: Node) -> str:
    """Return the report in one sentence."""
    ceiling = written(tree.ceiling_k, "thousand")
    paid = written(tree.realised_k, "thousand")
    share = written(tree.percent(tree.realised), "percent")
    text = f"Realisasi {paid} ribu rupiah dari pagu {ceiling} ribu rupiah ({share}%)"
    gap = _gap(tree)
    if gap is not None:
        where = "di atas" if gap >= 0 else "di bawah"
        text += f", {written(abs(gap), 'percent')} poin {where} target"
    if tree.physical is not None:
        text += f"; fisik {written(tree.physical, 'percent')}%"
    return f"{text}."


def _gap(node: Node) -> Decimal | None:
    planned, realised = node.percent(node.planned), node.percent(node.realised)
    return None if planned is None or realised is None else realised - planned


def _absorption(facts: QuarterFacts, tree: Node) -> tuple[Row, ...]:
    rows = [
        row
        for programme in tree.children
        for row in (
            _money(facts, programme, "group"),
            *(_money(facts, activity, "line") for activity in programme.children),
        )
    ]
    return (*rows, Row(("Jumlah", *_amounts(tree)), "total"))


def _money(facts: QuarterFacts, node: Node, level: str) -> Row:
    name = facts.heading(node.part.programme, node.part.activity).name
    return Row((named(node.code, name), *_amounts(node)), "group" if level == "group" else "line")


def _amounts(node: Node) -> tuple[int | Decimal | None, ...]:
    return (
        node.ceiling_k,
        node.percent(node.planned),
        node.realised_k,
        node.percent(node.realised),
        _gap(node),
        node.ceiling_k - node.realised_k,
    )


def _outputs(facts: QuarterFacts, tree: Node) -> tuple[Row, ...]:
    leaves = [
        leaf
        for programme in tree.children
        for activity in programme.children
        for leaf in activity.children
    ]
    return tuple(_output(facts, leaf) for leaf in leaves)


def _output(facts: QuarterFacts, leaf: Node) -> Row:
    told = facts.output(leaf.part)
    reached = None
    if told.volume and told.volume_done is not None:
        reached = told.volume_done * 100 / told.volume
    return Row(
        (
            named(f"{leaf.part.activity}.{leaf.code}", told.name),
            told.indicator,
            told.measured_in,
            told.volume,
            told.volume_done,
            reached,
            leaf.physical_target,
            leaf.physical,
            told.remark,
        )
    )
