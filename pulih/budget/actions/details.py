"""Keeping the rows below a line, as a sheet or a revision states them."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from ..models import BudgetLine, LineDetail

Row = Mapping[str, Any]


def replace_details(line: BudgetLine, rows: Iterable[Row]) -> None:
    """Let a line be made of `rows` (text, volume, unit, unit_cost, rupiah); the history keeps
    what it was made of before."""
    LineDetail.objects.filter(line=line).delete()
    LineDetail.objects.bulk_create(details_of(line, rows))


def details_of(line: BudgetLine, rows: Iterable[Row]) -> list[LineDetail]:
    """Return the rows as they are stored, unsaved, in their order."""
    return [
        LineDetail(
            line=line,
            province_id=line.province_id,
            position=position,
            text=str(row.get("text") or "").strip(),
            volume=_volume(row.get("volume")),
            unit=str(row.get("unit") or "").strip()[:40],
            unit_cost=row.get("unit_cost"),
            rupiah=row["rupiah"],
        )
        for position, row in enumerate(rows, start=1)
    ]


def row_of(detail: LineDetail) -> dict[str, Any]:
    """Return a kept row as revisions hold it."""
    return {
        "text": detail.text,
        "volume": None if detail.volume is None else str(detail.volume),
        "unit": detail.unit,
        "unit_cost": detail.unit_cost,
        "rupiah": detail.rupiah,
    }


def _volume(value: Any) -> Decimal | None:
    return None if value in (None, "") else round(Decimal(str(value)), 3)
