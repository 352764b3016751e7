"""What papers of this room are made of: letterhead, tables, names under signatures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pulih.budget.documents.signing import signature_of
from pulih.budget.documents.words import MINISTRY
from pulih.budget.models import Post, SpendingUnit
from pulih.common.money import grouped
from pulih.documents.signing import Signature, values_of
from pulih.proposals.presenters import office_name

from ..actions.activities import place_of
from ..models import Activity

Cell = str | int
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def letterhead(activity: Activity) -> list[str]:
    """Return the lines at the top: the office, and the unit whose money pays, where it is seen."""
    place = place_of(activity)
    office = office_name(place) if place.level == "province" else f"Dinas Perindustrian {place}"
    unit = unit_of(activity)
    return [office, *([f"{MINISTRY} · satker {unit.code} {unit.name}"] if unit else [])]


def unit_of(activity: Activity) -> SpendingUnit | None:
    """Return who pays; None where nobody is named, or the reader sees no budget."""
    return SpendingUnit.objects.filter(pk=activity.unit_id or 0).first()


def authorised_user(activity: Activity, on: date) -> Signature:
    """Where whoever answers for the unit (KPA) on a day signs."""
    return signature_of(activity.unit_id or 0, on)


def payers(unit: int, on: date) -> list[Signature]:
    """Where a list of payments is approved, and where it is signed as paid."""
    return [
        signature_of(
            unit, on, Post.COMMITMENT_OFFICER, words="Setuju dibayar, Pejabat Pembuat Komitmen"
        ),
        signature_of(
            unit, on, Post.TREASURER, words="Lunas dibayar tanggal ............, Bendahara"
        ),
    ]


def table(
    heads: Sequence[tuple[str, str]], rows: Sequence[Sequence[Cell]], *, title: str = "",
    foot: Sequence[Cell] = (), is_tall: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Return a table for template and workbook. heads: words and width, `1fr` or millimetres.

    Numbers stay numbers. is_tall: leaves room for a signature in each row.
    """
    numbers = [
        at for at in range(len(heads))
        if any(isinstance(row[at], int) for row in [*rows, *([foot] if foot else [])])
    ]  # fmt: skip
    return {
        "title": title,
        "heads": [head for head, _width in heads],
        "widths": [width for _head, width in heads],
        "right": numbers,
        "rows": [list(row) for row in rows],
        "foot": list(foot),
        "is_tall": is_tall,
    }


def written(values: dict[str, Any]) -> dict[str, Any]:
    """Return the same values with each number written out, as the template wants them."""
    tables = [
        {**one, "rows": [_texts(row) for row in one["rows"]], "foot": _texts(one["foot"])}
        for one in values["tables"]
    ]
    signs = values_of(values["signs"]) if "signs" in values else []
    return {**values, "tables": tables, "signs": signs}


def _texts(row: Sequence[Cell]) -> list[str]:
    return [grouped(cell) if isinstance(cell, int) else cell for cell in row]


def long_day(value: date) -> str:
    """Write a day in full: `Kamis, 25 Juni 2020`."""
    return f"{DAYS[value.weekday()]}, {value.day} {MONTHS[value.month - 1]} {value.year}"
