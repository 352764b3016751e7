"""The reports there are: what each is called, and how it is made of the facts."""

from collections.abc import Callable

from pulih.common.errors import Message

from .accountability import accountability
from .document import Document
from .facts import QuarterFacts
from .form_a import form_a
from .form_b import form_b
from .form_c import form_c
from .managerial import managerial

MAKERS: dict[str, Callable[[QuarterFacts], Document]] = {
    "A": form_a,
    "B": form_b,
    "C": form_c,
    "managerial": managerial,
    "accountability": accountability,
}
CONSOLIDATION = "consolidation"
NAMES = {
    "A": Message("Formulir A", "Form A"),
    "B": Message("Formulir B", "Form B"),
    "C": Message("Formulir C", "Form C"),
    "managerial": Message("Laporan manajerial", "Managerial report"),
    "accountability": Message("Laporan akuntabilitas (LRA, CaLK)", "Accountability (LRA, notes)"),
    CONSOLIDATION: Message("Formulir C gabungan", "Consolidated Form C"),
}
WHAT = {
    "A": Message("tiap kegiatan, menurut keluaran", "each activity, by output"),
    "B": Message("tiap program, menurut kegiatan", "each programme, by activity"),
    "C": Message("satuan kerja, menurut program", "the unit, by programme"),
    "managerial": Message(
        "penyerapan, keluaran, kendala, tindak lanjut",
        "absorption, output, obstacles, follow-up",
    ),
    "accountability": Message(
        "anggaran dan realisasi menurut akun, dalam rupiah",
        "budget and realisation by account, in rupiah",
    ),
    CONSOLIDATION: Message("semua satker provinsi", "all units of the province"),
}


def make(form: str, facts: QuarterFacts) -> Document:
    """Return the report of that form."""
    return MAKERS[form](facts)
