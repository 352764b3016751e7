"""The tables of a release as files: all cells and each dataset, as CSV, JSON, XLSX and Parquet."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from pulih.common.errors import Message

from .areas import areas_on, is_unstated
from .models import Cell, Release
from .workbooks import write_workbook

COLUMNS = (
    "cell", "measure", "period", "area", "area_name", "area_level", "dimension", "category",
    "category_name", "value", "marker", "unit", "definition", "as_of", "source", "dataset",
    # In English, and what the measure is called; at the end, so that a column keeps its place.
    "measure_name", "measure_name_en", "area_name_en", "category_name_en", "unit_en",
    "definition_en", "source_en",
)  # fmt: skip
KEPT = (
    "dataset", "measure", "period", "area", "area_level", "dimension", "category", "value",
    "marker",
)  # fmt: skip
TEXTS = {  # Columns with what a measure means, by the name of the text as a release keeps it.
    "measure_name": "label_id", "measure_name_en": "label_en", "unit": "unit_id",
    "unit_en": "unit_en", "definition": "definition_id", "definition_en": "definition_en",
    "source": "source_id", "source_en": "source_en",
}  # fmt: skip
LONG = tuple(TEXTS)  # Said once a measure in JSON and XLSX.
UNSTATED = Message("Kabupaten/kota tidak disebut", "Regency or city not stated")


def write_tables(release: Release, folder: Path) -> None:
    """Write `cells.*` and a file of each dataset, its words in both languages."""
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
            *(
                pl.col("area").replace_strict(area_names(release.as_of, language)).alias(name)
                for name, language in (("area_name", "id"), ("area_name_en", "en"))
            ),
            pl.col("category_name", "category_name_en").fill_null(""),
        )
        .select(COLUMNS)
    )


def lines_of(release: Release) -> dict[str, str]:
    """Each cell as its line of `cells.csv`, by its name; the headings under the empty one."""
    cells = frame_of(release)
    # No text of a release holds a line break, so each cell is one line; nothing stands for none.
    blank = cells.with_columns(pl.col(pl.String).replace("", None))
    heads, *lines = blank.write_csv().splitlines(keepends=True)
    return {"": heads, **dict(zip(cells["cell"], lines, strict=True))}


def _meanings(release: Release, cells: pl.DataFrame) -> pl.DataFrame:
    """What each measure means, and of which day it is at a level."""
    return pl.DataFrame(
        [
            {"measure": measure, "area_level": level}
            | {column: release.measures[measure][text] for column, text in TEXTS.items()}
            | {"as_of": release.day_of(measure, level).isoformat()}
            for measure, level in cells.select("measure", "area_level").unique().rows()
        ],
        schema=dict.fromkeys(("measure", "area_level", *LONG, "as_of"), pl.String),
    )


def _category_names(release: Release) -> pl.DataFrame:
    names = [
        (dimension, category, word["id"], word["en"])
        for dimension, words in release.words.items()
        for category, word in words.items()
    ]
    columns = ("dimension", "category", "category_name", "category_name_en")
    return pl.DataFrame(names, schema=dict.fromkeys(columns, pl.String), orient="row")


def area_names(day: date, language: str) -> dict[str, str]:
    unstated = UNSTATED.in_language(language)
    return {
        place.code: f"{unstated} ({place.name})" if is_unstated(place) else place.name
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
    }
    head = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f'{head[:-1]},"cells":{rows_as_json(cells.drop(*LONG, "as_of"))}}}\n'


def rows_as_json(rows: pl.DataFrame) -> str:
    """Write texts and whole numbers as `json.dumps` would, in a fraction of its time."""
    return f"[{','.join(rows.select(pl.struct(pl.all()).struct.json_encode()).to_series())}]"


def _write_workbook(release: Release, path: Path, cells: pl.DataFrame) -> None:
    words = [{"measure": key, **means} for key, means in release.measures.items()]
    lists = ("dimensions", "within")  # Those that the release is not too old to have.
    used = pl.DataFrame(words, infer_schema_length=None).drop(lists, strict=False)
    sheets = {"sel": cells.drop(*LONG), "definisi": used}
    write_workbook(path, sheets, release.known_at.replace(tzinfo=None))
