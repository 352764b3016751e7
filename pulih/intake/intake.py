"""Reads a delivered file: the one way from an office's sheet to clean rows and every problem."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from pulih import places
from pulih.common.errors import Message
from pulih.intake import (
    confidence,
    drawing,
    headings,
    limits,
    problems,
    refusals,
    repeats,
    sheet_places,
    sheet_tables,
    unread,
)
from pulih.intake.kinds import KINDS, Kind
from pulih.intake.sheet_tables import Delivered
from pulih.intake.work import IntakeRequest, SheetRows, finish
from pulih.intake.workbook import Book, open_book
from pulih.places import Place


@dataclass
class Intake:
    """A file that was read.

    rows: `record_id`, `row`, `sheet`, `verdict`, the contract's columns, unknown ones.
    problems: `row`, `sheet`, `column`, `cell`, `value`, `kind`, `rule` and both messages of each.
    summary: what `--json` prints. kind: firms, impact or budget.
    on: the day whose places and codes held. headings: by sheet, each with its column or None.
    elsewhere: why the list as a whole belongs to another province than asked; None if it does not.
    tables: how each table was understood, to be drawn on a page, as `drawing.of_tables` says.
    """

    path: Path
    kind: str
    rows: pl.DataFrame
    problems: pl.DataFrame
    summary: dict[str, Any]
    on: date
    elsewhere: Message | None = None
    headings: dict[str, list[tuple[str, str | None]]] = field(default_factory=dict)
    tables: list[dict[str, Any]] = field(default_factory=list)


def read(
    path: Path | str,
    *,
    kind: str = "auto",
    on: date | None = None,
    within: Place | None = None,
    mapping: Mapping[str, str] | None = None,
    progress: Callable[[int, int | None], None] | None = None,
) -> Intake:
    """Read a file as an office sent it. Refuses, in one clear sentence, what cannot be read at all.

    kind: firms, impact, budget, or auto. on: the day whose places and codes hold; None: the file
    tells. within: the area of the office that sent it. mapping: column by heading, as the office
    explained once. progress: called with rows done and, when known, rows in all.
    """
    started = time.perf_counter()
    book = open_book(Path(path))
    asked_mapping = {headings.normal(one): name for one, name in (mapping or {}).items()}
    file = Delivered(on, within, asked_mapping, book.dated, book.path.name)
    works, skipped = _read_sheets(book, kind, file, progress)
    if not works:
        misdirected = unread.misdirected(book.sheets(), kind, book.path.name)
        unusable = next(iter(file.unusable), None)
        raise misdirected or unusable or unread.nothing(book.sheets(), kind, book.path.name)
    taken = _finish(book, works, skipped, file.left_out, kind)
    if not unread.is_of_its_kind(taken.kind, taken.rows, taken.summary["rejected"]):
        misdirected = unread.misdirected(book.sheets(), kind, book.path.name)
        lacking = unread.lacking(taken.kind, taken.rows.columns, book.path.name)
        if (refusal := misdirected or lacking) is not None:
            raise refusal
    taken.elsewhere = _elsewhere(works, taken, within)
    taken.summary["seconds"] = round(time.perf_counter() - started, 3)
    return taken


def _read_sheets(
    book: Book, kind: str, file: Delivered, progress: Callable[[int, int | None], None] | None
) -> tuple[list[SheetRows], list[str]]:  # fmt: skip
    """Read every sheet that holds a table of the kind; a book has one kind throughout."""
    works: list[SheetRows] = []
    skipped: list[str] = []
    chosen = KINDS.get(kind)
    done = 0
    for sheet in book.sheets():
        found = sheet_tables.read(sheet, chosen, file)
        if not found and works:
            found = sheet_tables.read_continued(sheet, works[-1], file)
        if not found:
            skipped.append(sheet.label)
            if unread.holds_rows(sheet):
                file.left_out.append(unread.left_out(sheet))
            continue
        if chosen is None:
            chosen = found[0].kind
        works += found
        done += sum(work.height for work in found)
        if done > limits.ROWS:
            raise refusals.too_many(book.path.name, ("baris", "rows"), limits.ROWS)
        if progress:
            progress(done, None)
    return works, skipped


def _finish(
    book: Book, works: list[SheetRows], skipped: list[str], left_out: list[pl.DataFrame], asked: str
) -> Intake:  # fmt: skip
    if works[0].kind.keys == KINDS["firms"].keys and len(works) > 1:
        repeats.merge(works)
    sure, drawn = confidence.summary(works), drawing.of_tables(works)
    parts: list[pl.DataFrame] = []
    told: list[pl.DataFrame] = list(left_out)
    for work in works:
        rows, found = finish(work)
        identity = f"{book.sha256[:12]}:{work.sheet.label}:"
        beside = pl.lit(f".{work.mark}" if work.mark else "")
        if work.marks:
            marks = work.row_numbers.replace_strict(work.marks, return_dtype=pl.String)
            beside = pl.lit("." + marks)
        record = pl.lit(identity) + pl.col("row").cast(pl.String) + beside
        parts.append(rows.with_columns(record_id=record))
        told.append(found)
        work.values.clear()
        work.raw.clear()
    rows = _stacked(parts, works[0].kind)
    if rows.is_empty():
        elsewhere = unread.misdirected(book.sheets(), asked, book.path.name)
        raise elsewhere or refusals.no_rows(book.path.name)
    counts = dict(rows["verdict"].value_counts().iter_rows())
    schemes = sorted({str(work.areas.scheme) for work in works if work.areas.scheme})
    summary: dict[str, Any] = {
        "file": book.path.name,
        "sha256": book.sha256,
        "kind": works[0].kind.name,
        "sheets": len({work.sheet.label for work in works}),
        "rows": rows.height,
        "accepted": counts.get("accepted", 0),
        "corrected": counts.get("corrected", 0),
        "rejected": counts.get("rejected", 0),
        "columns": {
            "recognised": _recognised(works),
            "unknown": list(
                dict.fromkeys(n for work in works for n in work.assignment.unknown.values())
            ),
        },
        "scheme": schemes[0] if len(schemes) == 1 else (schemes or None),
        "skipped": skipped,
        "confidence": sure,
    }
    told_headings = {work.sheet.label: _headings(work) for work in reversed(works)}
    told_headings = dict(reversed(told_headings.items()))
    found = problems.joined(told)
    return Intake(
        book.path,
        works[0].kind.name,
        rows,
        found,
        summary,
        works[0].on or book.dated,
        None,
        told_headings,
        drawn,
    )


def _recognised(works: list[SheetRows]) -> dict[str, dict[str, str]]:
    """Return by sheet what its headings stand for; the first of its tables has the first word."""
    found: dict[str, dict[str, str]] = {}
    for work in works:
        known = found.setdefault(work.sheet.label, {})
        for heading, name in work.assignment.heading_map().items():
            known.setdefault(heading, name)
    return found


def _headings(work: SheetRows) -> list[tuple[str, str | None]]:
    """Return each heading of a sheet, from left to right, with the column it was taken for."""
    names = work.assignment.taken()
    return [
        (text, names.get(position)) for position, text in sorted(work.assignment.written.items())
    ]


def _stacked(parts: list[pl.DataFrame], kind: Kind) -> pl.DataFrame:
    """Put the sheets under each other: the contract's columns in its order, then the others."""
    rows = pl.concat(parts, how="diagonal_relaxed", rechunk=False)
    ours = ["record_id", "row", "sheet", "verdict", *(one.name for one in kind.columns)]
    first = [name for name in ours if name in rows.columns]
    return rows.select(*first, *(name for name in rows.columns if name not in first))


def _elsewhere(works: list[SheetRows], taken: Intake, within: Place | None) -> Message | None:
    """Say that most rows lie in another province than the office's."""
    home = sheet_places.home_province(IntakeRequest(taken.on, within, {}))
    if home is None:
        return None
    keys = pl.concat([work.areas.provinces for work in works]).drop_nulls()
    away = keys.filter(keys != home.key)
    if len(away) * 2 <= max(len(keys), taken.rows.height // 2):
        return None
    other = places.place(int(away.mode().sort()[0]))
    count, total = len(away), taken.rows.height
    return Message(
        f"Daftar ini tampaknya milik {other.name}, bukan {home.name}: {count} dari {total} baris "
        f"terletak di sana. "
        f"Kirim daftar {home.name}, atau minta kantor {other.name} mengirimnya.",
        f"This list seems to belong to {other.name}, not {home.name}: {count} of {total} rows "
        f"lie there. "
        f"Send the list of {home.name}, or ask the office of {other.name} to send it.",
    )
