"""Affected firms and the people who lost their work, by area, status, need and obstacle."""

from collections.abc import Iterator
from typing import Any

import polars as pl
from django.db import connection

from pulih.classifications import commodities, needs, obstacles
from pulih.common.errors import Message
from pulih.impact.models import Status
from pulih.portal.areas import NATION, UNSTATED, is_unstated

from .base import ALL, Dataset, Measure, Moment, Raw, not_recorded

UNSTATED_WORD = Message("tidak disebut", "not stated")
STATUS = {
    Status.SAME: Message("berproduksi", "producing"),
    Status.CHANGED: Message("berproduksi, ganti produk", "producing, changed product"),
    Status.STOPPED: Message("berhenti sementara", "stopped for a time"),
    Status.CLOSED: Message("tutup", "closed"),
    Status.NOT_FOUND: Message("tidak ditemukan", "not found"),
    "unstated": UNSTATED_WORD,
}
FIRMS = Measure(
    "affected_firms",
    Message("IKM terdampak dalam register", "Affected firms in the register"),
    Message(
        "Usaha yang laporan terbarunya sampai tanggal data menyatakan terdampak krisis, dikenal "
        "satu per satu menurut nama; satu usaha dihitung sekali.",
        "Firms whose newest report up to the day says that the crisis hit them, each known by "
        "name; one firm is counted once.",
    ),
    Message("usaha", "firms"),
    "count",
    parts=("status", "commodity_group"),
    answers=("need", "obstacle"),
    within=("known_firms",),
    counts=("maker",),
    differs=Message(
        "Bukan jumlah IKM di Indonesia dan bukan jumlah yang dilaporkan dinas tanpa daftar nama.",
        "Neither the number of firms in the country nor what offices reported without names.",
    ),
)
WORKERS = Measure(
    "workers_hit",
    Message("Pekerja dirumahkan atau diberhentikan", "Workers sent home or laid off"),
    Message(
        "Pekerja yang dirumahkan atau diberhentikan menurut laporan terbaru usaha terdampak.",
        "Workers sent home or laid off, by the newest reports of affected firms.",
    ),
    Message("orang", "people"),
    "sum",
    belongs_to="affected_firms",
)
# Firms that were merged count once; rows that a split took elsewhere count there.
NEWEST = """
SELECT province_id, regency_id, status, commodity_group,
       array_to_string(needs, ' '), array_to_string(obstacles, ' '),
       coalesce(is_affected, false), coalesce(workers_hit, 0)
FROM (
    SELECT DISTINCT ON (firm) * FROM (
        SELECT coalesce(e.merged_into_id, e.id) AS firm, r.*
        FROM impact_impactreport r
        LEFT JOIN registry_splitmove m
            ON m.source_record_id = r.source_record_id AND m.undone_at IS NULL
        JOIN registry_enterprise e ON e.id = coalesce(m.to_enterprise_id, r.enterprise_id)
        WHERE r.month <= %(day)s AND r.reported <= %(day)s AND NOT r.is_withdrawn
    ) known
    ORDER BY firm, month DESC, source_record_id DESC
) newest
"""
SCHEMA: dict[str, Any] = {
    "province": pl.Int64, "regency": pl.Int64, "status": pl.String, "commodity_group": pl.String,
    "need": pl.List(pl.String), "obstacle": pl.List(pl.String),
    "is_affected": pl.Boolean, "workers": pl.Int64,
}  # fmt: skip
LISTS = [name for name, kind in SCHEMA.items() if kind == pl.List]


def collect(moment: Moment) -> Iterator[Raw]:
    """Rows of every area that some firm reported from; [x] for the others."""
    reports = _placed(moment)
    reporting = _in_each_area(reports)["area"].unique().to_list()
    yield from counted(reports)
    silent = [
        place.code
        for place in moment.areas.places.values()
        if place.code not in reporting and not is_unstated(place)
    ]
    yield from not_recorded((FIRMS, WORKERS), silent)


def counted(reports: pl.DataFrame) -> Iterator[Raw]:
    """reports: a row a firm, with `regency_code`, `province_code` and the columns of SCHEMA.

    Zeros are stated for every area with a report and every category that occurs.
    """
    placed = _in_each_area(reports)
    areas = placed.select("area").unique()
    hit = placed.filter("is_affected")
    for dimension in (ALL, "status", "commodity_group", "need", "obstacle"):
        facts = _facts(hit, dimension)
        firms = facts.group_by("area", "category").len("value")
        grid = areas.join(facts.select("category").unique(), how="cross")
        if dimension == ALL:
            grid = areas.with_columns(pl.lit("").alias("category"))
        for area, category, value in (
            grid.join(firms, on=["area", "category"], how="left").fill_null(0).sort("area").rows()
        ):
            yield Raw(FIRMS.key, area, dimension, category, value)
    yield from _workers(hit, areas)


def _workers(hit: pl.DataFrame, areas: pl.DataFrame) -> Iterator[Raw]:
    some = hit.filter(pl.col("workers") > 0).sort("workers", descending=True)
    sums = some.group_by("area").agg(
        pl.col("workers").sum().alias("value"),
        pl.len().alias("contributors"),
        pl.col("workers").first().alias("largest"),
        pl.col("workers").slice(1, 1).sum().alias("second"),
    )
    rows = areas.join(sums, on="area", how="left").fill_null(0).sort("area").rows(named=True)
    for row in rows:
        area = row.pop("area")
        numbers = {name: int(value) for name, value in row.items()}
        yield Raw(WORKERS.key, area, ALL, "", numbers.pop("value"), "", **numbers)


def _facts(hit: pl.DataFrame, dimension: str) -> pl.DataFrame:
    if dimension == ALL:
        return hit.select("area", pl.lit("").alias("category"))
    if dimension in FIRMS.answers:
        named = hit.select("area", pl.col(dimension).list.unique().alias("category"))
        return named.explode("category").drop_nulls()
    word = pl.when(pl.col(dimension).fill_null("") == "").then(pl.lit("unstated"))
    return hit.select("area", word.otherwise(pl.col(dimension)).alias("category"))


def _in_each_area(reports: pl.DataFrame) -> pl.DataFrame:
    """Each firm in its regency, its province and the country."""
    codes = (pl.col("regency_code"), pl.col("province_code"), pl.lit(NATION))
    return pl.concat([reports.select(code.alias("area"), *SCHEMA) for code in codes])


def _placed(moment: Moment) -> pl.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, {"day": moment.as_of})
        columns = list(zip(*cursor.fetchall(), strict=True)) or [()] * len(SCHEMA)
    # Lists come as one text: a list for each row would cost more than all the rest.
    plain = SCHEMA | dict.fromkeys(LISTS, pl.String)
    frame = pl.DataFrame(
        [pl.Series(name, column, plain[name]) for name, column in zip(plain, columns, strict=True)]
    ).with_columns(pl.col(name).replace("", None).str.split(" ") for name in LISTS)
    codes = moment.areas.code_of
    stated = frame.with_columns(
        pl.col(level)
        .replace_strict(codes, default=None, return_dtype=pl.String)
        .alias(f"{level}_code")
        for level in ("province", "regency")
    )
    # A regency that has moved since lies where it lay on that day.
    parents = {place.code: place.parent for place in moment.areas.places.values()}
    return stated.with_columns(
        pl.coalesce("regency_code", pl.col("province_code") + UNSTATED).alias("regency_code")
    ).with_columns(
        pl.col("regency_code")
        .replace_strict(parents, return_dtype=pl.String)
        .alias("province_code")
    )


def words(dimension: str, category: str) -> Message | None:
    if category == "unstated":
        return UNSTATED_WORD
    if dimension == "status":
        return STATUS.get(category)
    lists = {"need": needs.LIST, "obstacle": obstacles.LIST, "commodity_group": commodities.LIST}
    found = lists[dimension].find(category) if dimension in lists else None  # type: ignore[attr-defined]
    return Message(found.name_indonesian, found.name_en) if found else None


DATASET = Dataset(
    "impact",
    Message("Dampak", "Impact"),
    Message(
        "Daftar yang diserahkan dinas provinsi dan kabupaten/kota",
        "Lists that provincial and regency offices delivered",
    ),
    Message(
        "wilayah yang menyerahkan daftar; yang lain bertanda [x]",
        "areas that delivered a list; the others are marked [x]",
    ),
    (FIRMS, WORKERS),
    collect,
    words,
)
