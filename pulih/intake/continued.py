"""A sheet without headings of its own that carries on the list of the sheet before it."""

import polars as pl

from pulih.common.errors import Message
from pulih.intake.body import RUNNING_NUMBER, running_numbers
from pulih.intake.cells import Sheet
from pulih.intake.layout import SUMMARY, Table
from pulih.intake.parts import Part
from pulih.intake.readings.reading import read
from pulih.intake.wording import WARNING
from pulih.intake.work import SheetRows

LEAST_FILLED = 0.6


def carries_on(sheet: Sheet, before: SheetRows) -> Part | None:
    """Return the sheet as a table under the headings of the one before, if its cells fit."""
    filled = sheet.cells.filter(pl.any_horizontal(pl.all().is_not_null()))
    headings = before.table.headings
    if SUMMARY.search(sheet.name or "") or not filled.height or before.moved:
        return None
    if not 2 < filled.width <= len(headings):
        return None
    if not (_is_named(filled, before) and _is_numbered(filled, before) and _reads(filled, before)):
        return None
    return Part(sheet, Table(headings, before.table.parts, -1, -1, (), before.table.score))


def _is_named(filled: pl.DataFrame, before: SheetRows) -> bool:
    """Say whether every key of the list before stands in most rows, as words."""
    taken = before.assignment.recognised
    keys = [taken[name] for name in before.kind.keys if name in taken]
    texts = [filled.to_series(at) for at in keys if at < filled.width]
    return len(texts) == len(keys) > 0 and all(
        int(one.str.contains(r"\p{L}").sum()) >= LEAST_FILLED * filled.height for one in texts
    )


def _is_numbered(filled: pl.DataFrame, before: SheetRows) -> bool:
    """Say whether running numbers stand where they stood in the list before."""
    running = [i for i in running_numbers(before.table) if before.table.headings[i]]
    return all(
        at < filled.width
        and int(filled.to_series(at).str.contains(RUNNING_NUMBER).sum())
        >= LEAST_FILLED * filled.height
        for at in running
    )


def _reads(filled: pl.DataFrame, before: SheetRows) -> bool:
    """Say whether most cells can be read as the columns under which they would stand."""
    for name, at in before.assignment.recognised.items():
        if at >= filled.width or name not in before.readings:
            continue
        texts = filled.to_series(at).drop_nulls().head(200)
        rules = read(texts, None, before.kind.column(name).reading).rules
        if len(texts) and rules.is_in(["unreadable", "wrong_length"]).sum() * 2 > len(texts):
            return False
    return True


def tell(work: SheetRows, before: SheetRows) -> None:
    """Say that a sheet was read under the headings of another one."""
    message = Message(
        f'lembar "{work.sheet.name}" tidak berjudul kolom dan dibaca sebagai lanjutan lembar '
        f'"{before.sheet.name}". Salin judul kolomnya bila ini salah.',
        f'the sheet "{work.sheet.name}" has no headings and was read as carrying on the sheet '
        f'"{before.sheet.name}". Give it headings of its own if that is wrong.',
    )
    work.tell(1, 0, None, work.sheet.name, WARNING, "carries_on", message)
