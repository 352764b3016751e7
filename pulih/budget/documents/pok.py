"""The POK of spending units as it stood on a day: its lines in their tree, a sheet for each unit,
authority and programme."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils import timezone

from pulih.common import periods
from pulih.common.money import rupiah
from pulih.people.models import User
from pulih.web.as_of import AsOf

from ..detail_history import details_on
from ..heading_names import names_of
from ..models import BudgetLine, SpendingUnit
from ..models.lines import BudgetLineQuerySet
from ..reads import LineRow, rows_of
from ..reads.dipa import dipa_of
from ..rules.keys import LineKey
from ..rules.pok_tree import PokItem, PokLine, PokRow, items_of, tree
from .signing import NOBODY, Signer, signers_of
from .words import LEVEL_WORDS, LEVEL_WORDS_FROM_2021, MINISTRY

ABOUT_ROWS = "Baris bertanda - adalah rincian akun di atasnya; judul memuat jumlah di bawahnya."


@dataclass(frozen=True)
class PokSheet:
    """The POK of one unit, authority and programme. head: label and value pairs above it."""

    name: str
    title: str
    head: tuple[tuple[str, str], ...]
    about: tuple[str, ...]
    rows: tuple[PokRow, ...]
    fiscal_year: int
    signs: Signer = NOBODY
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(row.amount or 0 for row in self.rows if row.level == "account")


def sheets_of(lines: BudgetLineQuerySet, seen: AsOf, by: User) -> list[PokSheet]:
    """Return the sheets of lines of one year; lines without a ceiling that day are on none."""
    chosen = lines.select_related("unit__province", "measure").order_by(
        "unit__code", "authority", "programme", "id"
    )
    rows = [row for row in rows_of(chosen, seen.day, seen.known) if row.amounts.ceiling]
    details = details_on([row.line for row in rows], seen.day, seen.known)
    signs = signers_of({row.line.unit_id for row in rows}, seen.day)
    sheets: list[PokSheet] = []
    for _one, group in groupby(rows, key=lambda row: _place(row.line)):
        sheets.append(_sheet(list(group), details, seen, by, signs, sheets))
    return sheets


def head_of(
    unit: SpendingUnit, year: int, seen: AsOf, authority: str = ""
) -> tuple[tuple[str, str], ...]:
    """Return what stands above a paper of a unit's year: the unit and its DIPA on the day."""
    number, dated = dipa_of(unit, year, seen.day, seen.known)
    return (
        ("Kementerian/lembaga", MINISTRY),
        ("Satuan kerja", f"{unit.code} {unit.name}"),
        ("Provinsi", str(unit.province)),
        ("Kewenangan", authority or unit.authority),
        ("Nomor DIPA", number or "……………………………………"),
        ("Tanggal DIPA", periods.day(dated) if dated else "……………………"),
    )


def code_words(row: PokRow, year: int) -> str:
    """Return the code of a row after what kind of heading it is."""
    words = LEVEL_WORDS_FROM_2021 if year > 2020 else LEVEL_WORDS
    word = words.get(row.level, "Subkomponen" if row.level == "subcomponent" else "")
    return f"{word} {row.code}".strip()


def _place(line: BudgetLine) -> tuple[int, int, str, str]:
    return line.unit_id, line.fiscal_year, line.authority, line.programme


def _sheet(
    rows: list[LineRow],
    details: dict[int, list[Any]],
    seen: AsOf,
    by: User,
    signs: dict[int, Signer],
    before: list[PokSheet],
) -> PokSheet:
    line = rows[0].line
    unit, year = line.unit, line.fiscal_year
    name = f"{unit.code} TA {year}"
    same = sum(one.name.startswith(name) for one in before)
    known = f", sebagaimana diketahui per {periods.day(seen.known)}" if seen.known else ""
    return PokSheet(
        f"{name} ({same + 1})" if same else name,
        f"PETUNJUK OPERASIONAL KEGIATAN (POK) TAHUN ANGGARAN {year}",
        head_of(unit, year, seen, line.authority),
        (
            f"Data per {periods.day(seen.day)}{known}. Nilai dalam rupiah penuh. {ABOUT_ROWS}",
            f"Diunduh {periods.moment(timezone.now())} oleh {by}.",
        ),
        tuple(tree(_line(row, details.get(row.line.pk, [])) for row in rows)),
        year,
        signs.get(unit.pk, NOBODY),
        names_of(unit, year),
    )


def _line(row: LineRow, details: Iterable[Any]) -> PokLine:
    line, amounts = row.line, row.amounts
    key = LineKey(
        line.activity, line.output, line.suboutput, line.component, line.subcomponent, line.account
    )
    words = row.account_name or line.detail
    items = [PokItem(one.text, one.rupiah, one.volume, one.unit, one.unit_cost) for one in details]
    return PokLine(
        key,
        amounts.ceiling,
        words,
        line.programme,
        line.fund_source,
        line.measure.code if line.measure else "",
        f"Diblokir {rupiah(amounts.blocked)}" if amounts.blocked else "",
        items_of(items, amounts.ceiling, "" if line.detail == words else line.detail),
    )
