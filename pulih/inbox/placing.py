"""Which area each delivered row belongs to, and whether that is the office's own."""

from datetime import date

import polars as pl

from pulih import places
from pulih.common.errors import Message
from pulih.places import Level, Place, Scheme

WRITTEN = ("province", "province_code", "regency", "regency_code")
COUNTRY = 1
RULE = "other_area"


def place_rows(rows: pl.DataFrame, office: Place, on: date) -> pl.DataFrame:
    """Add province_id, regency_id and is_elsewhere to the rows that intake gave.

    A row that names no place belongs to the office. A row of another area is marked and given to
    the office, whose row it is: it will be rejected.
    """
    written = [name for name in WRITTEN if name in rows.columns]
    if not written:
        return rows.with_columns(*_home(office, on))
    different = rows.select(written).unique(maintain_order=True)
    found = [_place(one, office, on) for one in different.iter_rows(named=True)]
    placed = different.with_columns(
        pl.Series("province_id", [one[0] for one in found], pl.Int64),
        pl.Series("regency_id", [one[1] for one in found], pl.Int64),
        pl.Series("is_elsewhere", [one[2] for one in found], pl.Boolean),
    )
    # Only the columns of places are joined: joining all would copy the whole list.
    named = rows.select(written)
    joined = named.join(placed, on=written, how="left", nulls_equal=True, maintain_order="left")
    return rows.hstack(joined.select("province_id", "regency_id", "is_elsewhere"))


def elsewhere(rows: pl.DataFrame, office: Place, regency_columns: dict[str, str]) -> pl.DataFrame:
    """Return a problem, in the columns of intake, for each row of another area.

    regency_columns: letter of the column that names the regency, by sheet; blank when unknown.
    """
    away = rows.filter("is_elsewhere")
    message = Message(
        f"wilayah ini bukan bagian dari {office.name}. Baris ditolak; kantor wilayah itu yang "
        "mengirimnya.",
        f"this place is not part of {office.name}. The row is rejected; the office of that "
        "place sends it.",
    )
    letter = pl.col("sheet").fill_null("1").replace_strict(regency_columns, default="")
    cell = pl.concat_str(letter, pl.when(letter != "").then(pl.col("row").cast(pl.String)))
    where = pl.coalesce(cell, pl.concat_str(pl.lit("row "), pl.col("row").cast(pl.String)))
    return away.select(
        "row",
        "sheet",
        pl.lit("regency").alias("column"),
        _said(away).alias("value"),
        pl.lit("rejected").alias("kind"),
        pl.lit(RULE).alias("rule"),
        pl.format("{}: {}", where, pl.lit(message.id)).alias("message_id"),
        pl.format("{}: {}", where, pl.lit(message.en)).alias("message_en"),
        pl.coalesce(cell, pl.lit("")).alias("cell"),
    )


def _said(away: pl.DataFrame) -> pl.Expr:
    named = [
        pl.col(name).cast(pl.String) for name in ("regency", "province") if name in away.columns
    ]
    return pl.coalesce(*named, pl.lit(""))


def _home(office: Place, on: date) -> list[pl.Expr]:
    province, regency = _own(office, on)
    return [
        pl.lit(province, pl.Int64).alias("province_id"),
        pl.lit(regency, pl.Int64).alias("regency_id"),
        pl.lit(False).alias("is_elsewhere"),
    ]


def _own(office: Place, on: date) -> tuple[int, int | None]:
    if office.level == Level.REGENCY:
        above = places.parent_of(office, on)
        return (above.key if above else COUNTRY, office.key)
    return (office.key, None)


def _place(said: dict[str, str | None], office: Place, on: date) -> tuple[int, int | None, bool]:
    """Return province, regency and whether they lie outside the office."""
    home_province, home_regency = _own(office, on)
    home = places.place(home_province) if home_province != COUNTRY else None
    province = _resolve(said, "province", Level.PROVINCE, None, on)
    regency = _resolve(said, "regency", Level.REGENCY, province or home, on)
    regency = regency or _resolve(said, "regency", Level.REGENCY, None, on)
    above = places.parent_of(regency, on) if regency else None
    province = above or province
    if province is None:
        return (home_province, home_regency, False)
    is_inside = home is None or province.key == home.key
    if home_regency is not None and regency is not None:
        is_inside = regency.key == home_regency
    if not is_inside:
        return (home_province, home_regency, True)
    return (province.key, regency.key if regency else home_regency, False)


def _resolve(
    said: dict[str, str | None], name: str, level: Level, within: Place | None, on: date
) -> Place | None:
    if code := said.get(f"{name}_code"):
        found = places.resolve(code, on=on, scheme=Scheme.KEMENDAGRI, level=level)
        if found:
            return found
    if text := said.get(name):
        return places.resolve(text, on=on, level=level, within=within)
    return None
