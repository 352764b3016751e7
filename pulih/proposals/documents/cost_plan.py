"""The cost plan (RAB) as the sheet and the PDF that officers sign; read back by `cost_sheet`.

The layout is from memory (verified = no).
"""

from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from pulih.common.money import grouped
from pulih.documents.codes import written
from pulih.documents.seals import seal
from pulih.documents.signing import Signature, values_of
from pulih.documents.typesetting import typeset
from pulih.documents.workbooks import HEAD, OPTIONS, RUPIAH, set_print

from ..models import Proposal
from ..papers import COST_PLAN, code_of
from ..presenters import ShownPlan, office_name

TEMPLATE = Path(__file__).with_name("cost_plan.typ")
HEADS = (
    "No",
    "Uraian",
    "Akun",
    "Perhitungan",
    "Satuan",
    "Harga Satuan (Rp)",
    "Jumlah (Rp)",
    "SBM (Rp)",
)
WIDTHS = (5, 48, 10, 32, 12, 18, 18, 16)


def cost_plan_workbook(proposal: Proposal, plan: ShownPlan) -> bytes:
    """Return the sheet. Text stays text, so that no formula ever runs."""
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, OPTIONS) as file:
        sheet = file.add_worksheet("RAB")
        bold, head = file.add_format({"bold": True}), file.add_format(HEAD)
        money = file.add_format(RUPIAH)
        for line, text in enumerate(_about(proposal)):
            sheet.write_string(line, 0, text, bold)
        top = len(_about(proposal)) + 1
        for column, (words, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
            sheet.write_string(top, column, words, head)
            sheet.set_column(column, column, width)
        for place, cells in enumerate(_rows(plan), start=1):
            for column, value in enumerate(cells):
                if isinstance(value, int):
                    sheet.write_number(top + place, column, value, money)
                elif value is not None:
                    sheet.write_string(top + place, column, value)
        last = top + len(plan.rows) + 1
        sheet.write_string(last, 1, "Jumlah", bold)
        sheet.write_number(last, 6, plan.sums.rupiah, money)
        for line, (left, right) in enumerate(_signatures(proposal), start=last + 3):
            sheet.write_string(line, 1, left)
            sheet.write_string(line, 5, right)
        sheet.freeze_panes(top + 1, 2)
        set_print(sheet, proposal.title, heads=(top, top))
    return memory.getvalue()


def _signatures(proposal: Proposal) -> list[tuple[str, str]]:
    """Return the lines of the block that officers sign, left and right, then the paper's code.

    None of them has an amount, so that a sheet that is read back has no row more.
    """
    code = code_of(COST_PLAN, proposal)
    left, right = _signs(proposal)
    lines = list(zip(left.lines(), right.lines(), strict=True))
    return [*lines, ("", ""), (f"Kode verifikasi {written(code)}", "")] if code else lines


def _signs(proposal: Proposal) -> tuple[Signature, Signature]:
    return (
        Signature("Pejabat Pembuat Komitmen", nip=""),
        Signature("Kuasa Pengguna Anggaran", nip="", place=proposal.province.name),
    )


def cost_plan_paper(proposal: Proposal, plan: ShownPlan) -> bytes:
    """Return the PDF, with room for the signatures."""
    return typeset(
        TEMPLATE,
        {
            "about": _about(proposal),
            "heads": list(HEADS),
            "rows": [[_written(value) for value in cells] for cells in _rows(plan)],
            "total": grouped(plan.sums.rupiah),
            "signs": values_of(_signs(proposal)),
            "seal": seal(code_of(COST_PLAN, proposal)),
        },
    )


def _about(proposal: Proposal) -> list[str]:
    return [
        "RENCANA ANGGARAN BIAYA (RAB)",
        f"{proposal.number} · {proposal.title}",
        f"{office_name(proposal.province)} · Tahun anggaran {proposal.round.fiscal_year}",
        f"Langkah: {proposal.measure.name_indonesian}",
    ]


def _rows(plan: ShownPlan) -> list[tuple[Any, ...]]:
    return [
        (
            place,
            shown.row.text,
            shown.row.account,
            shown.calculation,
            shown.checked.unit,
            shown.row.unit_cost,
            shown.row.rupiah,
            shown.standard,
        )
        for place, shown in enumerate(plan.rows, start=1)
    ]


def _written(value: Any) -> str:
    return grouped(value) if isinstance(value, int) else value or "–"
