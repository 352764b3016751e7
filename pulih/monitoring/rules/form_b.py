"""Form B of PP 39/2006: one page a programme, one row an activity. Source: REPORT-04."""

from .document import Column, Document, Page, Row, Table
from .facts import QuarterFacts
from .layouts import (
    LAYOUT_NOTE,
    OPENING,
    PROGRESS,
    budget,
    budget_cells,
    fund_numbers,
    general,
    named,
    obstacles,
    progress_cells,
    subtitle,
)
from .tree import Node, tree_of

NAME = Column("Kode dan nama kegiatan", "text", 34, "1")


def form_b(facts: QuarterFacts) -> Document:
    """Return Form B of every programme of the unit."""
    pages = [_page(facts, programme) for programme in tree_of(facts).children]
    return Document("B", f"Formulir B {facts.unit_name}", LAYOUT_NOTE, tuple(pages))


def _page(facts: QuarterFacts, programme: Node) -> Page:
    heading = facts.heading(programme.part.programme)
    outcome = " ".join(
        str(word) for word in (heading.indicator, heading.volume, heading.measured_in) if word
    )
    where = (
        ("Program", named(programme.part.programme, heading.name)),
        ("Indikator hasil", outcome or "–"),
    )
    every = [facts]
    columns = (NAME, *budget(every), *PROGRESS)
    rows = [
        Row(
            (
                named(node.code, facts.heading(node.part.programme, node.part.activity).name),
                *budget_cells(every, node, fund_numbers(every, node)),
                *progress_cells(node),
            )
        )
        for node in programme.children
    ]
    total = Row(("Jumlah", *budget_cells(every, programme), *progress_cells(programme)), "total")
    notes = [note for note in facts.notes if note.programme == programme.part.programme]
    return Page(
        "Formulir B: laporan program",
        subtitle(facts),
        general(facts) + where,
        (
            Table("II. Data keuangan dan fisik", columns, (*rows, total)),
            obstacles(facts, notes, "III. Kendala dan tindak lanjut"),
        ),
        opening=OPENING,
        sheet=f"Formulir B {programme.part.programme}",
    )
