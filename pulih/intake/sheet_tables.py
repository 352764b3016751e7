"""One sheet as it was delivered to the tables that were read in it, each checked on its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import polars as pl

from pulih.common.errors import Message, Refusal
from pulih.intake import (
    blocks,
    budget_rows,
    continued,
    directories,
    firm_checks,
    goods_columns,
    impact_rows,
    label_forms,
    makers,
    money_years,
    periods,
    proposed,
    requests,
    shared_cells,
    sheet_places,
    sheet_rows,
    titles,
    totals,
    treasury_rows,
    unread,
)
from pulih.intake.cells import Sheet
from pulih.intake.kinds import KINDS, Kind, kind_of
from pulih.intake.label_forms import Listed
from pulih.intake.layout import SUMMARY, find
from pulih.intake.parts import Part, Unread
from pulih.intake.wording import WARNING
from pulih.intake.work import IntakeRequest, SheetRows
from pulih.places import Place


@dataclass(frozen=True)
class Delivered:
    """What is known of a file before its sheets are read.

    on: the day that was asked for; None: the sheets tell. dated: the day of the file itself.
    unusable: why lists of money in it cannot be used. left_out: problems of sheets not read.
    """

    on: date | None
    within: Place | None
    mapping: Mapping[str, str]
    dated: date
    name: str = ""
    unusable: list[Refusal] = field(default_factory=list)
    left_out: list[pl.DataFrame] = field(default_factory=list)

    def asked(self, on: date | None = None) -> IntakeRequest:
        """Return what a reader is told: the day asked for, else the one that a sheet told."""
        return IntakeRequest(self.on or on or self.dated, self.within, self.mapping)


def read(sheet: Sheet, chosen: Kind | None, file: Delivered) -> list[SheetRows]:
    """Read the tables of one sheet; none when it holds no table of the kind, as summaries do."""
    if sheet.cells.is_empty():
        return []
    if (listed := label_forms.as_list(sheet, chosen)) is not None:
        return _read_forms(listed, chosen, file)
    if (turned := goods_columns.as_list(sheet, chosen)) is not None:
        turned_works = _read_forms(turned.listed, KINDS["needs"], file)
        for each in turned_works:
            each.marks = turned.marks
            goods_columns.tell(each, turned)
        return turned_works
    unfolded = directories.unfold(sheet, chosen)
    sheet = sheet if unfolded is None else unfolded.sheet
    kind = chosen or kind_of(sheet)
    if kind is None and file.mapping:
        kind = KINDS["firms"]
    table = None if kind is None else find(sheet, kind.dictionary, tuple(file.mapping))
    if kind is None or table is None:
        return []
    is_whole = unfolded is not None
    parts, unread = blocks.split(sheet, table, kind, tuple(file.mapping), is_whole=is_whole)
    read_one = _read_plain if is_whole else _read_part
    works = [work for part in parts if (work := read_one(part, kind, file)) is not None]
    if works and unfolded is not None:
        directories.tell(works, unfolded)
    if works:
        for one in unread:
            _tell_unread(works[0], one)
        if sheet.hidden:
            _tell_hidden(works[0])
    return works


def _read_part(part: Part, kind: Kind, file: Delivered) -> SheetRows | None:
    """Read a table; where a column's cells hold a text and a number, as two columns."""
    shared = shared_cells.part(part, kind) if kind.name not in sheet_rows.NOT_OF_FIRMS else None
    work = _read_plain(part if shared is None else shared.part, kind, file)
    if work is not None and shared is not None:
        shared_cells.tell(work, shared, part.sheet, part.table)
    return work


def _read_plain(part: Part, kind: Kind, file: Delivered) -> SheetRows | None:
    work = _read_table(part, kind, file)
    if work is not None:
        _check(work, file.asked(_day_of(work, file.dated)), file.on)
    return work


def _read_forms(listed: Listed, chosen: Kind | None, file: Delivered) -> list[SheetRows]:
    """Read the forms of a sheet, each as a row that keeps its places in the sheet."""
    kind = chosen or kind_of(listed.heads()) or KINDS["firms"]
    work = _read_table(Part(listed.sheet, listed.table), kind, file)
    if work is None:
        return []
    work.moved, work.moved_rows = listed.cells, listed.rows
    _check(work, file.asked(_day_of(work, file.dated)), file.on)
    return [work]


def read_continued(sheet: Sheet, before: SheetRows, file: Delivered) -> list[SheetRows]:
    """Read a sheet without headings that carries on the list of the sheet before it."""
    part = None if sheet.cells.is_empty() else continued.carries_on(sheet, before)
    work = None if part is None else _read_table(part, before.kind, file)
    if work is None:
        return []
    _check(work, file.asked(before.on), file.on)
    continued.tell(work, before)
    return [work]


def _read_table(part: Part, kind: Kind, file: Delivered) -> SheetRows | None:
    """Read one table of a sheet; None when it holds nothing of the kind."""
    sheet = part.sheet
    work = sheet_rows.read_sheet(sheet, part.table, kind, file.asked())
    work.mark = part.mark
    if not any(key in work.values for key in kind.keys):
        return None
    if kind.name == "treasury" and not treasury_rows.is_list(work):
        return None
    if kind.name in sheet_rows.OF_MONEY and (reason := unread.reason(work, file.name)):
        file.unusable.append(reason)
        return None
    if sheet.name and SUMMARY.search(sheet.name) and len(work.values) < 4:
        return None
    if kind.name == "impact":
        impact_rows.fill_month(work)
    return work


def _check(work: SheetRows, asked: IntakeRequest, on: date | None) -> None:
    """Complete what the rows of a table say, and doubt what does not agree."""
    work.on = asked.on
    if work.kind.name == "budget":
        budget_rows.check(work, asked)
    elif work.kind.name == "treasury":
        treasury_rows.check(work, asked)
    elif work.kind.name == "proposed":
        sheet_places.read_places(work, asked)
        proposed.check(work)
    elif work.kind.name == "needs":
        sheet_places.read_places(work, asked)
        requests.check(work)
    else:
        sheet_places.read_places(work, asked)
        firm_checks.check(work)
        if work.kind.name == "makers":
            makers.check(work)
    firm_checks.tell_second_headings(work)
    money_years.tell(work)
    money_years.tell_unread_payments(work)
    periods.doubt_days(work, on)
    periods.doubt_serials(work)
    totals.check(work)


def _tell_unread(work: SheetRows, unread: Unread) -> None:
    """Say at its heading that a table beside or below a list was not read."""
    message = Message(
        f'tabel "{unread.words}" ({unread.rows} baris) bukan bagian daftar dan tidak dibaca. '
        "Bila ini daftar, pindahkan ke lembar sendiri dengan judul kolomnya.",
        f'the table "{unread.words}" ({unread.rows} rows) is no part of the list and was not '
        "read. If it is a list, move it to a sheet of its own with its headings.",
    )
    work.tell(unread.row, unread.column, None, unread.words, WARNING, "table_not_read", message)


def _day_of(work: SheetRows, dated: date) -> date:
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
    return min(dated, today)


def _tell_hidden(work: SheetRows) -> None:
    message = Message(
        f'lembar "{work.sheet.name}" tersembunyi tetapi ikut dibaca. Hapus lembarnya bila tidak '
        f"untuk dikirim.",
        f'the sheet "{work.sheet.name}" is hidden but was read. Delete it if it was not meant to '
        f"be sent.",
    )
    work.tell(work.table.first + 1, 0, None, work.sheet.name, WARNING, "hidden_sheet", message)
