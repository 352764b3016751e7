"""Reads a delivered file: the one way from an office's sheet to clean rows and every problem."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from pulih import places
from pulih.common.errors import Message
from pulih.intake import (
    blocks,
    budget_rows,
    firm_checks,
    headings,
    impact_rows,
    label_forms,
    limits,
    problems,
    refusals,
    sheet_places,
    sheet_rows,
    titles,
    totals,
    treasury_rows,
)
from pulih.intake.blocks import Part, Unread
from pulih.intake.cells import Sheet
from pulih.intake.kinds import KINDS, Kind, kind_of
from pulih.intake.label_forms import Listed
from pulih.intake.layout import SUMMARY, find
from pulih.intake.wording import WARNING
from pulih.intake.work import Asked, SheetRows, finish
from pulih.intake.workbook import Book, open_book
from pulih.places import Place

EXAMPLES = {
    "budget": ("Kode", "Akun", "Uraian", "Pagu"),
    "treasury": ("Nomor SP2D", "Tanggal SP2D", "Akun", "Jumlah Pengeluaran"),
    "other": ("Nama Usaha", "Nama Pemilik", "NIK", "Alamat"),
}


@dataclass
class Intake:
    """A file that was read.

    rows: `record_id`, `row`, `sheet`, `verdict`, the contract's columns, unknown ones.
    problems: `row`, `sheet`, `column`, `cell`, `value`, `kind`, `rule` and both messages of each.
    summary: what `--json` prints. kind: firms, impact or budget.
    on: the day whose places and codes held. headings: by sheet, each with its column or None.
    elsewhere: why the list as a whole belongs to another province than asked; None if it does not.
    """

    path: Path
    kind: str
    rows: pl.DataFrame
    problems: pl.DataFrame
    summary: dict[str, Any]
    on: date
    elsewhere: Message | None = None
    headings: dict[str, list[tuple[str, str | None]]] = field(default_factory=dict)


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
    works, skipped = _read_sheets(book, kind, on, within, asked_mapping, progress)
    if not works:
        examples = EXAMPLES.get(kind, EXAMPLES["other"])
        raise refusals.nothing_recognised(book.path.name, examples)
    taken = _finish(book, works, skipped)
    taken.elsewhere = _elsewhere(works, taken, within)
    taken.summary["seconds"] = round(time.perf_counter() - started, 3)
    return taken


def _read_sheets(
    book: Book, kind: str, on: date | None, within: Place | None, mapping: Mapping[str, str],
    progress: Callable[[int, int | None], None] | None,
) -> tuple[list[SheetRows], list[str]]:  # fmt: skip
    """Read every sheet that holds a table of the kind; a book has one kind throughout."""
    works: list[SheetRows] = []
    skipped: list[str] = []
    chosen = KINDS.get(kind)
    done = 0
    for sheet in book.sheets():
        found = _read_sheet(sheet, chosen, on, within, mapping, book)
        if not found:
            skipped.append(sheet.label)
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


def _read_sheet(
    sheet: Sheet, chosen: Kind | None, on: date | None, within: Place | None,
    mapping: Mapping[str, str], book: Book,
) -> list[SheetRows]:  # fmt: skip
    """Read the tables of one sheet; none when it holds no table of the kind, as summaries do."""
    if sheet.cells.is_empty():
        return []
    if (listed := label_forms.as_list(sheet, chosen)) is not None:
        return _read_forms(listed, chosen, Asked(on or book.dated, within, mapping), on)
    kind = chosen or kind_of(sheet)
    if kind is None and mapping:
        kind = KINDS["firms"]
    if kind is None:
        return []
    table = find(sheet, kind.dictionary, tuple(mapping))
    if table is None:
        return []
    parts, unread = blocks.split(sheet, table, kind, tuple(mapping))
    works = []
    for part in parts:
        work = _read_table(part, kind, Asked(on or book.dated, within, mapping))
        if work is not None:
            _check(work, Asked(on or _day_of(work, book), within, mapping))
            works.append(work)
    if works:
        for one in unread:
            _tell_unread(works[0], one)
        if sheet.hidden:
            _tell_hidden(works[0])
    return works


def _read_forms(
    listed: Listed, chosen: Kind | None, asked: Asked, on: date | None
) -> list[SheetRows]:
    """Read the forms of a sheet, each as a row that keeps its places in the sheet."""
    kind = chosen or kind_of(listed.sheet) or KINDS["firms"]
    work = _read_table(Part(listed.sheet, listed.table), kind, asked)
    if work is None:
        return []
    work.moved, work.moved_rows = listed.cells, listed.rows
    _check(work, replace(asked, on=on or asked.on))
    return [work]


def _read_table(part: Part, kind: Kind, asked: Asked) -> SheetRows | None:
    """Read one table of a sheet; None when it holds nothing of the kind."""
    sheet = part.sheet
    work = sheet_rows.read_sheet(sheet, part.table, kind, asked)
    work.mark = part.mark
    if not any(key in work.values for key in kind.keys):
        return None
    if kind.name == "treasury" and not treasury_rows.is_list(work):
        return None
    if sheet.name and SUMMARY.search(sheet.name) and len(work.values) < 4:
        return None
    if kind.name == "impact":
        impact_rows.fill_month(work)
    return work


def _check(work: SheetRows, asked: Asked) -> None:
    """Complete what the rows of a table say, and doubt what does not agree."""
    work.on = asked.on
    if work.kind.name == "budget":
        budget_rows.check(work, asked)
    elif work.kind.name == "treasury":
        treasury_rows.check(work, asked)
    else:
        sheet_places.read_places(work, asked)
        firm_checks.check(work)
    totals.check(work)


def _tell_unread(work: SheetRows, unread: Unread) -> None:
    """Say at its heading that a table beside or below a list was not read."""
    message = Message(
        f'tabel "{unread.words}" ({unread.rows} baris) bukan bagian daftar dan tidak dibaca. '
        "Bila ini daftar, pindahkan ke lembar sendiri dengan judul kolomnya.",
        f'the table "{unread.words}" ({unread.rows} rows) is no part of the list and was not '
        "read. If it is a list, move it to a sheet of its own with its headings.",
    )
    work.tell(
        unread.row, unread.column, None, unread.words, WARNING, "table_not_read", message
    )


def _day_of(work: SheetRows, book: Book) -> date:
    """Return the day for which a sheet speaks: its reports, its titles, else the file's own."""
    today = datetime.now(UTC).date()
    reported = work.values.get("reported")
    if reported is not None and reported.count():
        latest = reported.max()
        assert isinstance(latest, date)
        return min(latest, today)
    month = work.values.get("month")
    if month is not None and month.count():
        return min(date.fromisoformat(f"{month.max()!s}-28"), today)
    years = work.values.get("fiscal_year")
    year = years.max() if years is not None else titles.year_told(work.table, work.sheet.name)
    if isinstance(year, int) and 2010 <= year <= today.year:
        return min(date(year, 12, 31), today)
    return min(book.dated, today)


def _tell_hidden(work: SheetRows) -> None:
    message = Message(
        f'lembar "{work.sheet.name}" tersembunyi tetapi ikut dibaca. Hapus lembarnya bila tidak '
        f"untuk dikirim.",
        f'the sheet "{work.sheet.name}" is hidden but was read. Delete it if it was not meant to '
        f"be sent.",
    )
    work.tell(work.table.first + 1, 0, None, work.sheet.name, WARNING, "hidden_sheet", message)


def _finish(book: Book, works: list[SheetRows], skipped: list[str]) -> Intake:
    parts: list[pl.DataFrame] = []
    told: list[pl.DataFrame] = []
    for work in works:
        rows, found = finish(work)
        identity = f"{book.sha256[:12]}:{work.sheet.label}:"
        beside = f".{work.mark}" if work.mark else ""
        record = pl.lit(identity) + pl.col("row").cast(pl.String) + pl.lit(beside)
        parts.append(rows.with_columns(record_id=record))
        told.append(found)
        work.values.clear()
        work.raw.clear()
    rows = _stacked(parts, works[0].kind)
    if rows.is_empty():
        raise refusals.no_rows(book.path.name)
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
    home = sheet_places.home_province(Asked(taken.on, within, {}))
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
