"""A stored file as intake reads it, with the office's own headings and each row in its place."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from pulih import intake, places
from pulih.common.drafts import draft_folder
from pulih.common.errors import Message, Refusal
from pulih.common.identity_numbers import cut_in
from pulih.intake import in_child

from . import placing, understood, uploads
from .models import ColumnMapping, ImportBatch, Kind

OUTSIDE_WARNING = (
    "other_province"  # Intake only warns of what the inbox, knowing the office, rejects.
)
OURS = ("record_id", "row", "sheet", "verdict", "province_id", "regency_id", "is_elsewhere")
Progress = Callable[[int, int | None], None]


@dataclass(frozen=True)
class Read:
    """A file that was read. taken: what intake says, our own problems among it.

    rows: its rows with province_id, regency_id and the final verdict.
    """

    taken: intake.Intake
    rows: pl.DataFrame

    @property
    def counts(self) -> dict[str, int]:
        """Rows by verdict; they add up to all rows."""
        found = dict(self.rows["verdict"].value_counts().iter_rows())
        return {name: int(found.get(name, 0)) for name in ("accepted", "corrected", "rejected")}


def read(batch: ImportBatch, progress: Progress | None = None) -> Read:
    """Read the file of a batch. May refuse: unreadable, or the list of another province."""
    office = places.place(batch.office_id)
    try:
        with uploads.readable(batch.stored_name) as path:
            taken = in_child.read(
                path,
                kind=batch.kind,
                on=batch.as_of,
                within=None if office.key == placing.COUNTRY else office,
                mapping=_mapping(batch),
                progress=progress,
            )
    except in_child.Interrupted:
        raise
    except Refusal as refusal:
        raise Refusal(_named_as_delivered(refusal.message, batch)) from refusal
    if taken.elsewhere:
        raise Refusal(taken.elsewhere)
    rows = placing.place_rows(taken.rows, office, batch.as_of)
    away = placing.elsewhere(rows, office, _regency_letters(taken))
    rows = rows.rename(_without_numbers(rows.columns))
    verdict = pl.when("is_elsewhere").then(pl.lit("rejected")).otherwise(pl.col("verdict"))
    rows = rows.with_columns(verdict.alias("verdict"))
    return Read(replace(taken, problems=_together(taken.problems, away)), rows)


def delivered_values(rows: pl.DataFrame) -> list[str]:
    """Return the columns of a row that the office itself filled."""
    return [name for name in rows.columns if name not in OURS]


def _without_numbers(names: list[str]) -> dict[str, str]:
    """Return new names for the columns whose heading holds the number of a person."""
    renamed: dict[str, str] = {}
    for name in names:
        if (cut := cut_in(name)) != name:
            while cut in names or cut in renamed.values():
                cut += "_"
            renamed[name] = cut
    return renamed


def layout(taken: intake.Intake) -> dict[str, Any]:
    """Return what a page needs to draw the sheets: headings, and how each table was understood."""
    return {
        "headings": {
            sheet: [[cut_in(heading), column] for heading, column in found]
            for sheet, found in taken.headings.items()
        },
        "tables": [understood.kept(table) for table in taken.tables],
        "ask_below": taken.summary["confidence"]["ask_below"],
    }


def write_checked(batch: ImportBatch, taken: intake.Intake) -> str:
    """Write the office's own file with the problems marked; return the name it is stored under."""
    name = f"{batch.sha256[:2]}/{batch.sha256[:32]}.{batch.pk}.checked.xlsx"
    _write_marked(batch, taken, name, cut=False)
    return name


def cut_name(batch: ImportBatch) -> str:
    """Return where the marked file without whole numbers of persons lies, if it was written."""
    return f"{batch.sha256[:2]}/{batch.sha256[:32]}.{batch.pk}.cut.xlsx"


def write_cut(batch: ImportBatch, taken: intake.Intake) -> None:
    """Write the office's file with its problems marked and the numbers of persons cut."""
    _write_marked(batch, taken, cut_name(batch), cut=True)


def _write_marked(batch: ImportBatch, taken: intake.Intake, name: str, *, cut: bool) -> None:
    with uploads.readable(batch.stored_name) as path, draft_folder(uploads.folder()) as folder:
        home = folder / "marked"  # Marking has a draft of its own, and each holds its folder.
        home.mkdir()
        uploads.keep(in_child.annotate(path, taken, home / "marked.xlsx", cut=cut), name)


def _named_as_delivered(message: Message, batch: ImportBatch) -> Message:
    """Say the name that the office knows, not the one under which we keep its file."""
    names = (Path(batch.stored_name).name, batch.file_name)
    return Message(message.id.replace(*names), message.en.replace(*names))


def _mapping(batch: ImportBatch) -> dict[str, str]:
    known = ColumnMapping.objects.filter(office=batch.office_id)
    if batch.kind != Kind.AUTO:
        known = known.filter(kind=batch.kind)
    remembered: dict[str, str] = dict(known.values_list("heading", "column"))
    said: dict[str, str] = batch.mapping
    return remembered | said


def _together(found: pl.DataFrame, away: pl.DataFrame) -> pl.DataFrame:
    if away.is_empty():
        return found
    keys = away.select("sheet", "row")
    doubled = found.filter(pl.col("rule") == OUTSIDE_WARNING)
    kept = found.filter(pl.col("rule") != OUTSIDE_WARNING)
    rest = doubled.join(keys, on=["sheet", "row"], how="anti", nulls_equal=True)
    same = away.select(pl.col(name).cast(kind) for name, kind in found.schema.items())
    return pl.concat([kept, rest, same]).sort("sheet", "row", "cell", "rule", maintain_order=True)


def _regency_letters(taken: intake.Intake) -> dict[str, str]:
    """Return the letter of each sheet's column of regencies, as the problems in it tell."""
    told = taken.problems.filter(pl.col("column") == "regency", pl.col("cell") != "")
    letters = told.with_columns(pl.col("cell").str.extract(r"^([A-Z]+)").alias("letter"))
    sheets = letters.select(pl.col("sheet").fill_null("1"), "letter").drop_nulls().unique("sheet")
    return dict(sheets.iter_rows())
