"""Form C of PP 39/2006: the office's programmes by function, and the province's offices together.

Source: REPORT-04.
"""

from collections.abc import Sequence

from pulih.common.errors import Message

from . import quarters
from .document import Cell, Column, Document, Page, Row, Table
from .facts import Heading, QuarterFacts
from .layouts import (
    OPENING,
    PROGRESS,
    budget,
    budget_cells,
    fund_numbers,
    named,
    obstacles,
    page,
    progress_cells,
)
from .tree import Node, joined, tree_of

PROGRAMMES = Column("Fungsi, sub-fungsi, dan program", "text", 34, "1")
OFFICES = Column("Satuan kerja", "text", 34, "1")
LAYOUT_NOTE = Message(
    "Formulir C disusun dari ingatan menurut kepala dan kolom Formulir B.",
    "Form C is laid out from memory after the heads and columns of Form B.",
)
NO_FUNCTION = "Fungsi belum diisi"


def form_c(facts: QuarterFacts) -> Document:
    """Return Form C of the unit."""
    tree = tree_of(facts)
    total = Row(("Jumlah", *budget_cells([facts], tree), *progress_cells(tree)), "total")
    columns = (PROGRAMMES, *budget([facts]), *PROGRESS)
    table = Table("II. Data keuangan dan fisik", columns, (*_rows(facts, tree), total))
    told = obstacles(facts, facts.notes, "III. Kendala dan tindak lanjut")
    title = f"Formulir C {facts.unit_name}"
    face = page(facts, "Formulir C: laporan satuan kerja", (table, told))
    return Document("C", title, LAYOUT_NOTE, (face,))


def _rows(facts: QuarterFacts, tree: Node) -> list[Row]:
    told = [(facts.heading(node.part.programme), node) for node in tree.children]
    return _by_function([facts], told)


def _by_function(every: Sequence[QuarterFacts], told: Sequence[tuple[Heading, Node]]) -> list[Row]:
    """Return one row a programme, under the function that its heading names."""
    groups: dict[str, list[Row]] = {}
    for heading, node in told:
        money = budget_cells(every, node, fund_numbers(every, node))
        cells = (named(heading.programme, heading.name), *money)
        groups.setdefault(heading.function, []).append(Row((*cells, *progress_cells(node))))
    if set(groups) <= {""}:  # Nobody has named a function: the face shows no empty heads.
        return groups.get("", [])
    blank: tuple[Cell, ...] = (None,) * (len(budget(every)) + len(PROGRESS))
    return [
        row
        for function, rows in sorted(groups.items())
        for row in (Row((function or NO_FUNCTION, *blank), "group"), *rows)
    ]


def consolidation(province: str, every: Sequence[QuarterFacts]) -> Document:
    """Return one Form C of several units of a province: what each reported, added up.

    By function and programme as every Form C, then by office.

    Thousands are added as the offices report them, so that each office finds its own figure.
    """
    assert every
    first = every[0]
    rows, total = [_office_row(every, facts, tree_of(facts)) for facts in every], _total(every)
    columns = (*budget(every), *PROGRESS)
    programmes = Table(
        "II. Data keuangan dan fisik",
        (PROGRAMMES, *columns),
        (*_by_function(every, _programmes(every)), total),
    )
    offices = Table("Data yang sama menurut satuan kerja", (OFFICES, *columns), (*rows, total))
    notes = [obstacles(facts, facts.notes, f"III. Kendala: {facts.unit_name}") for facts in every]
    face = Page(
        "Formulir C gabungan dekonsentrasi dan tugas pembantuan",
        f"{quarters.name(first.fiscal_year, first.quarter)} · nilai uang dalam ribu rupiah",
        (("Provinsi", province), ("Satuan kerja", str(len(every)))),
        (programmes, offices, *notes),
        "bappeda",
        OPENING,
        "Formulir C gabungan",
    )
    return Document("consolidation", f"Formulir C gabungan {province}", LAYOUT_NOTE, (face,))


def _programmes(every: Sequence[QuarterFacts]) -> list[tuple[Heading, Node]]:
    """Return each programme as all units report it, under the first heading that was told."""
    nodes: dict[str, list[Node]] = {}
    headings: dict[str, Heading] = {}
    for facts in every:
        for node in tree_of(facts).children:
            programme = node.part.programme
            nodes.setdefault(programme, []).append(node)
            heading = facts.heading(programme)
            if programme not in headings or not headings[programme].name:
                headings[programme] = heading
    return [(headings[programme], joined(nodes[programme])) for programme in sorted(nodes)]


def _office_row(every: Sequence[QuarterFacts], facts: QuarterFacts, tree: Node) -> Row:
    name = named(facts.unit_code, facts.unit_name)
    money = budget_cells(every, tree, fund_numbers([facts], tree))
    return Row((name, *money, *progress_cells(tree, facts.authority)))


def _total(every: Sequence[QuarterFacts]) -> Row:
    whole = joined([tree_of(facts) for facts in every])
    return Row(("Jumlah", *budget_cells(every, whole), *progress_cells(whole)), "total")
