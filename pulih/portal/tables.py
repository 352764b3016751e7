"""The tables of a release as files: all cells and each dataset, as CSV, JSON, XLSX and Parquet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl

from .areas import areas_on, is_unstated
from .models import Cell, Release
from .workbooks import write_workbook

COLUMNS = (
    "cell", "measure", "period", "area", "area_name", "area_level", "dimension", "category",
    "category_name", "value", "marker", "unit", "definition", "as_of", "source", "dataset",
)  # fmt: skip
LONG = ("unit", "definition", "source")  # Said once a measure in JSON and XLSX.
UNSTATED = "Kabupaten/kota tidak disebut"


def write_tables(release: Release, folder: Path) -> None:
    """Write `cells.*` and a file of each dataset. Documents are in Indonesian."""
    cells = frame_of(release)
    _write(release, folder, "cells", cells)
    for dataset in cells["dataset"].unique().sort():
        _write(release, folder, str(dataset), cells.filter(pl.col("dataset") == dataset))


def frame_of(release: Release) -> pl.DataFrame:
    """Every cell of a release with the words of its measure, in the order of their keys."""
    places = areas_on(release.as_of).places
    cells = Cell.objects.filter(release=release).order_by(
        "dataset", "measure", "area", "dimension", "category"
    )
    rows = []
    for cell in cells.iterator(chunk_size=5_000):
        means = release.measures[cell.measure]
        place = places[cell.area]
        name = place.name
        if is_unstated(place):
            name = f"{UNSTATED} ({name})"
        word = release.words.get(cell.dimension, {}).get(cell.category, {})
        rows.append(
            (cell.cell, cell.measure, cell.period, cell.area, name, cell.area_level,
             cell.dimension, cell.category, word.get("id", ""), cell.value, cell.marker,
             means["unit_id"], means["definition_id"],
             release.day_of(cell.measure, cell.area_level).isoformat(),
             means["source_id"], cell.dataset)
        )  # fmt: skip
    schema: dict[str, Any] = dict.fromkeys(COLUMNS, pl.String)
    return pl.DataFrame(rows, schema=schema | {"value": pl.Int64}, orient="row")


def _write(release: Release, folder: Path, name: str, cells: pl.DataFrame) -> None:
    cells.write_csv(folder / f"{name}.csv")
    cells.write_parquet(folder / f"{name}.parquet", statistics=False)
    (folder / f"{name}.json").write_text(_json(release, cells), "utf-8")
    _write_workbook(release, folder / f"{name}.xlsx", cells)


def _json(release: Release, cells: pl.DataFrame) -> str:
    used = set(cells["measure"].unique())
    content = {
        "release": release.number,
        "as_of": release.as_of.isoformat(),
        "licence": "CC-BY-4.0",
        "measures": {key: words for key, words in release.measures.items() if key in used},
        "cells": cells.drop(*LONG, "as_of").to_dicts(),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def _write_workbook(release: Release, path: Path, cells: pl.DataFrame) -> None:
    words = [{"measure": key, **means} for key, means in release.measures.items()]
    used = pl.DataFrame(words, infer_schema_length=None).drop("dimensions")
    sheets = {"sel": cells.drop(*LONG), "definisi": used}
    write_workbook(path, sheets, release.known_at.replace(tzinfo=None))
