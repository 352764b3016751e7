"""The rows of a delivered list in one shape, each with its unit and year."""

from dataclasses import dataclass

import polars as pl
from django.db.models import QuerySet

from pulih.budget.models import BudgetLine, SpendingUnit
from pulih.common.errors import Message, Refusal
from pulih.inbox import bulk
from pulih.inbox.models import ImportBatch
from pulih.intake.treasury import IMPREST
from pulih.people.number_cipher import decrypt_texts

from ..rules.matching_lines import BESIDE_THE_KEY, PARTS

COUNTRY = 1
TEXTS = (
    *("list_kind", "unit_code", *PARTS, *BESIDE_THE_KEY, "sp2d_number", "spm_number", "method"),
    *("payee", "purpose", "contract_number", "imprest_kind", "month", "sheet"),
)
NUMBERS = (
    *("fiscal_year", "ceiling", "blocked", "committed", "realised", "gross", "deductions"),
    *("contract_value", *IMPREST, "rounded_to", "row"),
)
STORED = """
    SELECT sheet, "row", values::text FROM inbox_sourcerecord
    WHERE batch_id = {batch} AND verdict <> 'rejected' ORDER BY id
"""
DAYS = ("sp2d_date", "contract_date")
SHAPE = {
    **dict.fromkeys(TEXTS, pl.String),
    **dict.fromkeys(NUMBERS, pl.Int64),
    **dict.fromkeys(DAYS, pl.Date),
}


@dataclass(frozen=True)
class Placed:
    """Rows with `unit_id` and `fiscal_year`. unknown: first row of each unit that is not known."""

    rows: pl.DataFrame
    units: dict[int, SpendingUnit]
    unknown: dict[str, tuple[str, int]]


def whole(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows of intake in SHAPE; what a list does not state is null."""
    columns = [
        (pl.col(name) if name in rows.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in SHAPE.items()
    ]
    return rows.select(columns)


def stored(batch: ImportBatch) -> pl.DataFrame:
    """Return the rows of a list as they were stored, in SHAPE."""
    # Taken from the database as text: a day is no type of JSON.
    query = STORED.format(batch=int(batch.pk))
    texts = {name: pl.String if dtype == pl.Date else dtype for name, dtype in SHAPE.items()}
    found = bulk.fetch(query, {"at_sheet": pl.String, "at_row": pl.Int64, "values": pl.String})
    told = [name for name in SHAPE if name not in ("sheet", "row")]
    values = decrypt_texts(found["values"]).str.json_decode(
        pl.Struct({name: texts[name] for name in told})
    )
    rows = values.struct.unnest().with_columns(
        found["at_sheet"].alias("sheet"),
        found["at_row"].alias("row"),
        *(pl.col(name).str.to_date("%Y-%m-%d", strict=False) for name in DAYS),
    )
    return rows.select(list(SHAPE))


def placed(batch: ImportBatch, rows: pl.DataFrame) -> Placed:
    """Give every row its unit and year. Refuses a list that is wholly another's or of no unit."""
    codes = set(rows["unit_code"].drop_nulls().unique())
    known = {one.code: one for one in _within(batch).filter(code__in=codes)}
    lone = _only_unit(batch) if rows["unit_code"].null_count() else None
    ids = {code: unit.pk for code, unit in known.items()}
    unit_id = pl.col("unit_code").replace_strict(ids, default=None, return_dtype=pl.Int64)
    usual = pl.lit(lone.pk if lone else None, pl.Int64)
    found = rows.with_columns(
        unit_id=pl.when(pl.col("unit_code").is_null()).then(usual).otherwise(unit_id),
        fiscal_year=pl.col("fiscal_year").fill_null(batch.fiscal_year),
    )
    lost = found.filter(pl.col("unit_id").is_null())
    if lost.height == found.height:
        raise Refusal(_no_unit(batch, codes))
    first = lost.group_by("unit_code").agg(pl.col("sheet").first(), pl.col("row").first())
    unknown = {code or "": (sheet or "", row) for code, sheet, row in first.iter_rows()}
    units = {one.pk: one for one in [*known.values(), *([lone] if lone else [])]}
    return Placed(found.filter(pl.col("unit_id").is_not_null()), units, unknown)


def _within(batch: ImportBatch) -> QuerySet[SpendingUnit]:
    units = SpendingUnit.objects.select_related("province")
    return units if batch.province_id == COUNTRY else units.filter(province=batch.province_id)


def _only_unit(batch: ImportBatch) -> SpendingUnit | None:
    """Return the unit of an office that has just one with lines of the year."""
    lines = BudgetLine.objects.of_year(batch.fiscal_year or batch.as_of.year)
    units = list(_within(batch).filter(pk__in=lines.values("unit"))[:2])
    return units[0] if len(units) == 1 else None


def _no_unit(batch: ImportBatch, codes: set[str]) -> Message:
    if codes:
        named = ", ".join(sorted(codes)[:3])
        return Message(
            f"Satker {named} tidak dikenal di {batch.office.name}. Kirim POK-nya lebih dahulu, "
            "atau pilih kantor yang benar. Belum ada yang disimpan.",
            f"Unit {named} is not known in {batch.office.name}. Send its POK first, or choose the "
            "right office. Nothing was saved.",
        )
    return Message(
        "Daftar tidak menyebut kode satker, dan satkernya tidak dapat dipastikan. Tambahkan kolom "
        "Kode Satker, lalu kirim lagi. Belum ada yang disimpan.",
        "The list names no unit code, and which unit is meant is not certain. Add a column with "
        "it and send the list again. Nothing was saved.",
    )
