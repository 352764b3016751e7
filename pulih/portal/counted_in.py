"""The rows of the newest release in which somebody is counted, read from the published files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import polars as pl

from pulih.areas.models import AreaCode, valid_on
from pulih.web import numbers
from pulih.web.published import PublishedRow
from pulih.web.words import language

from .datasets import ALL, DATASETS
from .index import index_on_show
from .open_api import table
from .pages.book import MARKERS

LATEST = "/data/latest/cells.parquet"


def rows(kinds: Sequence[str], regency: int) -> Sequence[PublishedRow]:
    """kinds: as `web.published` says them. A regency without a row has its province's."""
    index = index_on_show()
    if index is None or LATEST not in index.files:
        return []
    keys = [one.key for each in DATASETS for one in each.measures if set(one.counts) & set(kinds)]
    wholes = pl.col("dimension") == ALL
    stated = table(index.root / LATEST.lstrip("/")).filter(wholes, pl.col("measure").is_in(keys))
    return list(_nearest(stated, keys, regency)) if stated.height else []


def _nearest(stated: pl.DataFrame, keys: Sequence[str], regency: int) -> Iterator[PublishedRow]:
    day = date.fromisoformat(str(stated["as_of"].max()))
    codes = AreaCode.objects.filter(valid_on(day), scheme="kemendagri", area_id=regency)
    code = codes.values_list("code", flat=True).first() or ""
    recorded = stated.filter(pl.col("marker") != "[x]")
    cells = {(row["measure"], row["area"]): row for row in recorded.iter_rows(named=True)}
    for key in keys:
        if found := cells.get((key, code)) or cells.get((key, code[:2])):
            yield _row(found)


def _row(cell: dict[str, Any]) -> PublishedRow:
    is_english = language() == "en"
    ending, prefix = ("_en", "/en") if is_english else ("", "")
    if cell["value"] is None:
        text = f"{cell['marker']} {MARKERS[cell['marker']]}"
    else:
        text = f"{numbers.whole(cell['value'])} {cell[f'unit{ending}']}"
    return PublishedRow(
        cell[f"measure_name{ending}"],
        cell[f"area_name{ending}"],
        text,
        date.fromisoformat(cell["as_of"]),
        f"{prefix}/figures/{cell['measure']}/#{cell['area']}",
    )
