"""The imprest that a list tells of: kept row by row, for the positions of its unit."""

from datetime import date

import polars as pl

from ..models import ImprestRow, ListKind, Reconciliation
from ..rules.imprest import Movement, of_payment

Amount = dict[str, int | None]


def keep_imprest(reconciliation: Reconciliation, rows: pl.DataFrame) -> None:
    """Keep what the rows of a list say of the imprest; once a list, however often compared."""
    if reconciliation.imprest_rows.exists():
        return
    found: list[tuple[Movement, str | None]]
    if reconciliation.list_kind == ListKind.IMPREST:
        found = [(one, None) for row in rows.iter_rows(named=True) for one in of_sheet(row)]
    elif reconciliation.list_kind == ListKind.PAYMENTS:
        found = of_payments(rows)
    else:
        return
    ImprestRow.objects.bulk_create(
        (
            ImprestRow(
                reconciliation=reconciliation,
                unit_id=reconciliation.unit_id,
                province_id=reconciliation.province_id,
                imprest_kind=one.kind,
                day=one.day,
                given=one.given,
                used=one.used,
                refilled=one.refilled,
                accounted=one.accounted,
                returned=one.returned,
                document_number=(number or "")[:80],
            )
            for one, number in found
        ),
        batch_size=5_000,
    )


def of_sheet(row: Amount) -> list[Movement]:
    """Return what one row of an imprest sheet says; a row may tell of UP and of TUP."""
    kind = str(row["imprest_kind"] or "UP")
    day = row["sp2d_date"] or date.fromisoformat(f"{row['month']}-01")
    assert isinstance(day, date)
    is_tup = kind == "TUP"
    general = row["given"] or 0
    used, returned = row["used"] or 0, row["returned"] or 0
    up = Movement(
        "UP",
        day,
        given=(row["up"] or 0) + (0 if is_tup else general),
        used=max(0 if is_tup else used, row["gup"] or 0),
        refilled=row["gup"] or 0,
        accounted=row["gup_nihil"] or 0,
        returned=0 if is_tup else returned,
    )
    tup = Movement(
        "TUP",
        day,
        given=(row["tup"] or 0) + (general if is_tup else 0),
        accounted=max(row["ptup"] or 0, used if is_tup else 0),
        returned=returned if is_tup else 0,
    )
    return [one for one in (up, tup) if one != Movement(one.kind, day)]


def of_payments(rows: pl.DataFrame) -> list[tuple[Movement, str | None]]:
    """Return what the SP2D of a list do to the imprest; each document once."""
    named = rows.filter(pl.col("method").is_not_null() & pl.col("sp2d_date").is_not_null())
    gathered = named.group_by("sp2d_number", "method").agg(
        pl.col("gross").sum(), pl.col("sp2d_date").min()
    )
    found = []
    for number, method, rupiah, day in gathered.sort("sp2d_date", "sp2d_number").iter_rows():
        if rupiah and (movement := of_payment(method, day, rupiah)):
            found.append((movement, number))
    return found
