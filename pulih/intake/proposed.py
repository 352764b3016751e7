"""The sheet of earlier proposals (daftar usulan): proposals, and under each its cost rows.

A row whose number is blank belongs to the proposal of the row above it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pulih.intake import firms
from pulih.intake.budget import RUPIAH
from pulih.intake.columns import Column, declared
from pulih.intake.readings import amounts, counts, keys, measures, words

if TYPE_CHECKING:
    from pulih.intake.work import SheetRows

TEXT = ("teks", "text")
PEOPLE = ("bilangan bulat, misalnya 65", "a whole number such as 65")
PART = r"^(?:[A-Z]|[IVX]{1,4})[.)]\s*\p{L}{3}"
KEYS = ("proposal_number", "amount")
NEEDED = ("proposal_number", "amount")
PLACES = {"regency", "province", "regency_code", "province_code"}

column = partial(declared, "proposed")

COLUMNS: tuple[Column, ...] = (
    column("proposal_number", ("nomor usulan", "number of the proposal"), TEXT, words.TEXT),
    column("title", ("judul usulan", "title"), TEXT, words.TEXT),
    *(one for one in firms.COLUMNS if one.name in PLACES),
    column("measure", ("langkah", "measure"), TEXT, words.TEXT),
    column("people", ("jumlah peserta", "participants"), PEOPLE, counts.COUNT),
    column("outcome", ("hasil usulan", "what became of it"), TEXT, words.TEXT),
    column("cost_text", ("uraian biaya", "cost item"), TEXT, words.TEXT),
    column("account", ("akun", "account"), ("6 angka", "6 digits"), keys.code(r"\d{6}")),
    column(
        "volume",
        ("volume", "volume"),
        ("angka, misalnya 40", "a number such as 40"),
        measures.MEASURE,
    ),
    column("unit", ("satuan", "unit"), TEXT, words.TEXT),
    column("unit_cost", ("harga satuan", "unit cost"), RUPIAH, amounts.money(), is_money=True),
    column("amount", ("jumlah biaya", "amount"), RUPIAH, amounts.money(), is_money=True),
)


def check(work: SheetRows) -> None:
    """Join cost rows to the proposal above them; refuse rows without proposal or amount."""
    if "proposal_number" in work.values:
        numbers = work.values["proposal_number"]
        if "amount" in work.values:  # `B. Honor` heads a part of the costs above and below it.
            part = numbers.str.contains(PART) & work.values["amount"].is_null()
            numbers = numbers.set(part.fill_null(False), None)
        joined = numbers.forward_fill()
        work.values["proposal_number"] = joined
        work.doubt("proposal_number", joined.is_null(), "no_proposal")
    if "amount" in work.values:
        work.doubt("amount", work.values["amount"].is_null(), "not_asked")
