"""Keeping the rows below a line, as a sheet or a revision states them."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from ..models import BudgetLine, LineDetail, SpendingUnit

Row = Mapping[str, Any]


def replace_details(line: BudgetLine, rows: Iterable[Row], posting_id: int | None = None) -> None:
    """Let a line be made of `rows` (text, volume, unit, unit_cost, rupiah); the history keeps
    what it was made of before. posting_id: the document that brought them."""
    LineDetail.objects.filter(line=line).delete()
    LineDetail.objects.bulk_create(details_of(line, rows, posting_id))


def keep_details(
    stated: Iterable[tuple[BudgetLine, list[dict[str, Any]]]],
    postings: Mapping[tuple[SpendingUnit, int], int],
) -> int:
    """Let each line be made of the rows that a sheet states for it; return how many changed.

    A sheet that says nothing of a line's rows leaves them as they were. postings: what the sheet
    posted for each unit and year.
    """
    wanted = {
        line.pk: details_of(line, rows, postings.get((line.unit, line.fiscal_year)))
        for line, rows in stated
        if rows
    }
    there: dict[int, list[LineDetail]] = {}
    for one in LineDetail.objects.filter(line_id__in=wanted).order_by("line_id", "position"):
        there.setdefault(one.line_id, []).append(one)
    changed = {pk for pk, rows in wanted.items() if _said(rows) != _said(there.get(pk, []))}
    LineDetail.objects.filter(line_id__in=changed).delete()
    LineDetail.objects.bulk_create(one for pk in sorted(changed) for one in wanted[pk])
    return len(changed)


def _said(rows: Iterable[LineDetail]) -> list[tuple[Any, ...]]:
    return [(one.text, one.volume, one.unit, one.unit_cost, one.rupiah) for one in rows]


def details_of(
    line: BudgetLine, rows: Iterable[Row], posting_id: int | None = None
) -> list[LineDetail]:
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
            posting_id=posting_id,
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
