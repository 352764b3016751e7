"""The tables of a release as files: all cells and each dataset, as CSV, JSON, XLSX and Parquet."""

from __future__ import annotations

import json
from datetime import date
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
KEPT = (
    "dataset", "measure", "period", "area", "area_level", "dimension", "category", "value",
    "marker",
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
    rows = Cell.objects.filter(release=release).values_list(*KEPT)
    texts: dict[str, Any] = dict.fromkeys(KEPT, pl.String)
    cells = pl.DataFrame(list(rows), schema=texts | {"value": pl.Int64}, orient="row")
    key = pl.concat_str("measure", "period", "area", "dimension", "category", separator="|")
    return (
        cells.sort("dataset", "measure", "area", "dimension", "category")
        .join(
            _meanings(release, cells),
            on=["measure", "area_level"],
            how="left",
            maintain_order="left",
        )
        .join(
            _category_names(release),
            on=["dimension", "category"],
            how="left",
            maintain_order="left",
        )
        .with_columns(
            key.alias("cell"),
            pl.col("area").replace_strict(_area_names(release.as_of)).alias("area_name"),
            pl.col("category_name").fill_null(""),
        )
        .select(COLUMNS)
    )


def _meanings(release: Release, cells: pl.DataFrame) -> pl.DataFrame:
    """What each measure means, and of which day it is at a level."""
    return pl.DataFrame(
        [
            {"measure": measure, "area_level": level}
            | {name: release.measures[measure][f"{name}_id"] for name in LONG}
            | {"as_of": release.day_of(measure, level).isoformat()}
            for measure, level in cells.select("measure", "area_level").unique().rows()
        ],
        schema=dict.fromkeys(("measure", "area_level", *LONG, "as_of"), pl.String),
    )


def _category_names(release: Release) -> pl.DataFrame:
    names = [
        (dimension, category, word["id"])
        for dimension, words in release.words.items()
        for category, word in words.items()
    ]
    columns = ("dimension", "category", "category_name")
    return pl.DataFrame(names, schema=dict.fromkeys(columns, pl.String), orient="row")


def _area_names(day: date) -> dict[str, str]:
    return {
        place.code: f"{UNSTATED} ({place.name})" if is_unstated(place) else place.name
        for place in areas_on(day).places.values()
    }


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
