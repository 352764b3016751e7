"""One sheet from raw cells to typed columns: the way that every kind of sheet goes."""

import re
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

import polars as pl

from pulih.common.errors import Message
from pulih.intake import body as bodies
from pulih.intake import (
    choices,
    code_columns,
    currency_cells,
    evidence,
    firm_checks,
    group_cells,
    habits,
    legends,
    marks,
    merged_cells,
    names,
    numbered_names,
    one_firm,
    quick,
    ragged,
    scales,
    staff,
    titles,
)
from pulih.intake.assignment import assign
from pulih.intake.cells import Sheet
from pulih.intake.kinds import Kind
from pulih.intake.layout import Table
from pulih.intake.readings import days, exporting, identifiers, words
from pulih.intake.readings.reading import Reading, read_all
from pulih.intake.totals import written as written_totals
from pulih.intake.treasury import IMPREST
from pulih.intake.wording import CORRECTED, WARNING
from pulih.intake.work import IntakeRequest, SheetRows

OF_MONEY = ("budget", "treasury")  # Kinds whose rows are money, not firms.
LONG_LIST = 5_000  # Rows from which two threads are worth their start.
# A row of amounts alone is one, so a total shows by its words only.
KEYS_OF_AMOUNTS = defaultdict(tuple, proposed=("amount",), needs=("quantity",), treasury=IMPREST)
NOT_OF_FIRMS = (*OF_MONEY, "needs", "proposed")


def read_sheet(sheet: Sheet, table: Table, kind: Kind, asked: IntakeRequest) -> SheetRows:
    """Read all data rows of a sheet."""
    body = sheet.cells.slice(table.body)
    body = merged_cells.fill_merged(body, table, sheet.merged)
    table = currency_cells.headed_at_amounts(table, body)
    body = names.joined(body, table, kind.dictionary)
    if kind.name in OF_MONEY:
        body = code_columns.joined(body, table, kind)
    year = titles.year_told(table, sheet.name) if kind.name in OF_MONEY else None
    assignment = assign(table, body, kind.dictionary, asked.mapping, year)
    if (mended := ragged.mend(sheet, body, table, assignment, kind)) is not None:
        sheet, body = mended
        assignment = assign(table, body, kind.dictionary, asked.mapping, year)
    keys = [assignment.recognised[name] for name in kind.keys if name in assignment.recognised]
    amounts = [
        assignment.recognised[name] for name in ("ceiling",) if name in assignment.recognised
    ]
    by_amount = any(name in assignment.recognised for name in KEYS_OF_AMOUNTS[kind.name])
    texts = [at for at in range(body.width) if at not in keys] if by_amount else []
    found = bodies.data_rows(body, table, keys, amounts, texts)
    followers: one_firm.Followers = {}
    if kind.name not in NOT_OF_FIRMS:
        followers = one_firm.followers(sheet, table, assignment, body)
        followers |= one_firm.members(table, assignment, body, found.kept)
    listed = one_firm.join(body, table, assignment, followers) if followers else body
    if followers:
        found.kept = found.kept.filter(~found.kept.is_in(list(followers)))
    numbers = (found.kept.cast(pl.Int64) + table.body + 1).alias("row")
    work = SheetRows(sheet, table, kind, assignment, numbers)
    work.explained = frozenset(asked.mapping)
    _take_cells(work, listed, found)
    staff.add_up(work)
    numbered_names.take_off(work)
    one_firm.tell(work, body, followers)
    marks.tell_faults(work)
    marks.take_out(work)
    _put_back_swapped(work)
    _read_columns(work)
    scales.doubt_full_amounts(work)
    ragged.doubt_short(work)
    if kind.name not in NOT_OF_FIRMS:
        firm_checks.put_back_swapped_cells(work)
    return work


def _take_cells(work: SheetRows, body: pl.DataFrame, found: bodies.Body) -> None:
    """Gather the data rows of each column; nothing is copied where every row is one."""
    whole = len(found.kept) == body.height
    numeric = merged_cells.filled_flags(work.sheet.numeric, work.table, work.sheet.merged)
    for name, position in work.assignment.recognised.items():
        texts = body.to_series(position)
        work.raw[name] = texts if whole else texts[found.kept]
        work.columns[name] = work.kind.column(name)
        if numeric is not None:
            flags = numeric.to_series(position)
            work.numeric[name] = flags if whole else flags[found.kept]
    _take_ticks(work, body, found, whole)
    for position, name in {**work.assignment.unknown, **work.assignment.kept}.items():
        texts = body.to_series(position)
        work.extra[name] = (texts if whole else texts[found.kept]).alias(name)
    work.totals = written_totals(work, body, found.totals)
    _fill_sections(work, found)
    if work.kind.name not in NOT_OF_FIRMS:
        group_cells.fill_down(work)
    _tell_left_out(work, body, found)


def _tell_left_out(work: SheetRows, body: pl.DataFrame, found: bodies.Body) -> None:
    """Tell the rows between the firms that read like notes or signatures and were left out."""
    for position in found.doubted:
        cells = body.row(position)
        filled = [i for i, cell in enumerate(cells) if cell]
        at = next((i for i in filled if re.search(r"[^\W\d_]{2}", cells[i] or "")), filled[0])
        message = Message(
            f'baris "{cells[at]}" dibaca sebagai catatan dan tidak dihitung. Beri nomor urut bila '
            "ini usaha.",
            f'the row "{cells[at]}" was read as a note and not counted. Give it a running number '
            "if it is a firm.",
        )
        row = work.table.body + position + 1
        work.tell(row, at, None, cells[at], WARNING, "row_left_out", message)


def _take_ticks(work: SheetRows, body: pl.DataFrame, found: bodies.Body, whole: bool) -> None:
    """Read the columns to tick together: one text a row of what they say."""
    ticked = work.assignment.choices
    for name in dict.fromkeys(one.name for one in ticked):
        ours = [one for one in ticked if one.name == name]
        first = work.assignment.recognised[name]
        general = first if first not in {one.position for one in ours} else None
        texts = choices.joined(body, ours, general)
        work.raw[name] = texts if whole else texts[found.kept]
        work.numeric.pop(name, None)


def _fill_sections(work: SheetRows, found: bodies.Body) -> None:
    """Give the rows below a lone `KECAMATAN …` that district, where they name none themselves."""
    if work.kind.name in NOT_OF_FIRMS:
        return
    for level in dict.fromkeys(level for _, level, _ in found.sections):
        marks = {position: text for position, one, text in found.sections if one == level}
        positions = pl.DataFrame({"at": found.kept.cast(pl.Int64)})
        starts = pl.DataFrame({"at": list(marks), "text": list(marks.values())}).sort("at")
        filled = positions.join_asof(starts, on="at")["text"]
        old = work.raw.get(level, pl.Series([None], dtype=pl.String).new_from_index(0, work.height))
        work.raw[level] = old.zip_with(quick.is_filled(old), filled)
        work.columns[level] = work.kind.column(level)
        if level not in work.assignment.recognised:
            work.numeric.pop(level, None)
        elif level in work.numeric:
            work.numeric[level] = work.numeric[level] & quick.is_filled(old)


def _put_back_swapped(work: SheetRows) -> None:
    for first, second in evidence.swaps(work.raw):
        for store in (work.raw, work.numeric):
            if first in store and second in store:
                store[first], store[second] = store[second], store[first]
        one, other = work.columns[first], work.columns[second]
        for name in (first, second):
            message = Message(
                f"kolom {one.title.id} dan {other.title.id} tertukar isinya dan ditukar kembali. "
                "Perbaiki judul kolomnya bila ini salah.",
                f"the columns {one.title.en} and {other.title.en} had changed places and were "
                f"put back. "
                "Mend their headings if that is wrong.",
            )
            work.tell_heading(name, CORRECTED, "swapped", message)
        recognised = work.assignment.recognised
        recognised[first], recognised[second] = recognised[second], recognised[first]


def _read_columns(work: SheetRows) -> None:
    """Read every recognised column, each by what the column as a whole shows of itself."""
    title_scale = titles.scale_told(work.table)
    if title_scale and any(work.columns[name].is_money for name in work.raw):
        scales.tell_title(work, title_scale)
    for name in work.raw:
        work.readings[name] = _fitted(work, name, title_scale[0] if title_scale else 1)
    names = list(work.raw)
    if work.height < LONG_LIST:
        for name, result in read_all(work.raw, work.numeric, work.readings).items():
            work.take(name, result)
        return
    with ThreadPoolExecutor(max_workers=2) as pool:  # Polars lets go of the interpreter's lock.
        for name, result in zip(names, pool.map(work.read_cells, names), strict=True):
            work.take(name, result)


def _fitted(work: SheetRows, name: str, title_scale: int) -> Reading:
    """Return the column's reading, fitted to the evidence of all its cells."""
    column, texts, numeric = work.columns[name], work.raw[name], work.numeric.get(name)
    if column.is_money or name == "capacity":
        return scales.fitted(work, name, title_scale)
    if name in ("nik", "family_card", "npwp"):
        if evidence.lost_nothing(texts, numeric):
            return identifiers.without_loss(column.reading)
        if numeric is None and name != "npwp" and evidence.lost_in_text(texts):
            return evidence.with_lost_digits(column.reading)
    if column.reading.dtype == pl.Date and (order := habits.day_order(texts)) != days.USUAL:
        return days.days(order)
    if (by_legend := legends.reading_of(_heading(work, name), name, column.reading)) is not None:
        return by_legend
    if name == "exports" and evidence.only_crosses(texts):
        return exporting.CROSSED
    if name == "owner_sex" and evidence.man_is_p(texts):
        return words.sexes(man_is_p=True)
    if name == "owner_sex" and evidence.sex_by_number(texts):
        return words.sexes(by_number=True)
    return column.reading


def _heading(work: SheetRows, name: str) -> str:
    """Return the heading that a column was recognised by; none where its ticks are read."""
    at = work.assignment.recognised.get(name, -1)
    if not 0 <= at < len(work.table.headings) or name in {
        one.name for one in work.assignment.choices
    }:
        return ""
    return work.table.headings[at] or ""
