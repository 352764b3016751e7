"""Cells that hold no value of their own: ditto marks, and errors of formulas."""

from __future__ import annotations

import polars as pl

from pulih.common.errors import Message
from pulih.intake import quick
from pulih.intake.cells import Fault
from pulih.intake.problems import LONGEST_VALUE
from pulih.intake.wording import RULES
from pulih.intake.work import SheetRows

ERROR = (
    r"(?i)^(?:#(?:REF|N/?A|N/?D|NV|VALUE|WERT|DIV/0|NAME|NUM|NULL|SPILL|CALC|FIELD|BLOCKED|"
    r"CONNECT|UNKNOWN|BUSY|GETTING_DATA|BEZUG|ZAHL|VALOR|NOMBRE|NOM\?)[!?]?|#{2,}|Err:\d{3}|"
    r"#[A-Z/0-9_]{2,12}[!?])$"
)
QUOTES = r"(?:[\"”“„‟〃״″]|''|’’|´´|``|,,)"
AROUND = r"[-–—=~.\s\"'“”()<>]*"  # `-idem-`, `"sda"`, `( idem )`
DITTO = (
    rf"(?i)^(?:[-–—=\s]*{QUOTES}+[-–—=\s]*|{AROUND}(?:idem\.?(?:\s+(?:di\s?)?atas)?|id\.|"
    r"s\.?\s?d\.?\s?a\.?|ditto|sama\s+(?:dengan|dgn|dg|spt|seperti)\s+(?:yang\s+)?(?:di\s?)?atas|"
    rf"(?:seperti|spt)\s+(?:di\s?)?atas|sama\s+di\s?atas){AROUND})$"
)
LONGEST = 24
NO_VALUE = "no_stored_value"
FORMULA = r"^=\s*[-+(]*\s*(?:[A-Za-z_$'\[]|\d[\d.]*\s*[-+*/^&])"  # `=C2*2`; not `=5000000`.
KEPT_AS_TEXT = r'^="(.*)"$'  # How an export keeps the zeros of `="0812…"`.


def tell_faults(work: SheetRows) -> None:
    """Tell at each cell what the reader of the file had to guess there."""
    if not work.sheet.faults:
        return
    index = {int(row): at for at, row in enumerate(work.row_numbers)}
    names = {position: name for name, position in work.assignment.recognised.items()}
    found: dict[tuple[str, str], list[int]] = {}
    for fault in work.sheet.faults:
        at, name = index.get(fault.row + 1), names.get(fault.column)
        if at is not None and name in work.raw and fault.rule == NO_VALUE:
            continue  # Told where it is taken out.
        if at is not None and name in work.raw:
            found.setdefault((str(name), fault.rule), []).append(at)
        elif at is not None:
            _tell_elsewhere(work, fault)
    for (name, rule), rows in found.items():
        work.doubt(name, pl.Series(rows, dtype=pl.UInt32), rule)


def _tell_elsewhere(work: SheetRows, fault: Fault) -> None:
    """Tell a fault in a column that is kept under its own heading."""
    value = work.sheet.cells.to_series(fault.column)[fault.row]
    heading = work.assignment.written.get(fault.column, "")
    rule = RULES[fault.rule]
    message = Message(
        _filled(rule.message.id, heading, value, "nilainya"),
        _filled(rule.message.en, heading, value, "its value"),
    )
    work.tell(fault.row + 1, fault.column, None, value, rule.kind, fault.rule, message)


def _filled(sentence: str, heading: str, value: str | None, must: str) -> str:
    fixed = sentence.removeprefix("{cell}: ").replace("{must}", must).replace("{title}", heading)
    return fixed.replace("{value}", (value or "")[:LONGEST_VALUE])


def take_out(work: SheetRows) -> None:
    """Empty errors, and give ditto marks what the row above holds; each is told at its cell."""
    if not work.raw:
        return
    frame = pl.DataFrame(dict(work.raw))
    special = frame.select(
        (
            pl.all().str.contains(
                r"^[#\-–—=~.(<\s\"”“„‟〃״″'’´`,]|^(?i:id|s\.?\s?d|err:|ditto|sama|sep|spt)"
            )
        ).any()
    ).row(0)
    for name in [
        name for name, is_special in zip(frame.columns, special, strict=True) if is_special
    ]:
        _empty(work, name, work.raw[name].str.contains(ERROR), "error_cell")
        _empty(work, name, _uncomputed(work, name), NO_VALUE)
        work.raw[name] = work.raw[name].str.replace(KEPT_AS_TEXT, "${1}")
        _fill_dittos(work, name)


def _uncomputed(work: SheetRows, name: str) -> pl.Series:
    """Return where a formula was never computed. In a workbook only its reader knows: a text may
    begin with `=` too.
    """
    texts = work.raw[name]
    if work.sheet.delimiter is not None:
        return texts.str.contains(FORMULA)
    position = work.assignment.recognised.get(name)
    rows = {
        fault.row + 1
        for fault in work.sheet.faults
        if fault.rule == NO_VALUE and fault.column == position
    }
    return pl.Series([int(row) in rows for row in work.row_numbers], dtype=pl.Boolean)


def _empty(work: SheetRows, name: str, rows: pl.Series, rule: str) -> None:
    if not rows.any():
        return
    rows = quick.surely(rows)
    work.doubt(name, rows, rule)
    _put(work, name, rows, pl.Series([None], dtype=pl.String).new_from_index(0, len(rows)))


def _fill_dittos(work: SheetRows, name: str) -> None:
    texts = work.raw[name]
    marks = quick.surely((texts.str.len_bytes() <= LONGEST) & texts.str.contains(DITTO))
    if not marks.any():
        return
    work.doubt(name, marks, "ditto")
    rows = pl.int_range(len(texts), eager=True)
    above = rows.set(marks, None).fill_null(strategy="forward")
    if name in work.numeric:
        flags = work.numeric[name]
        work.numeric[name] = flags.zip_with(~marks, flags.gather(above).fill_null(False))
    _put(work, name, marks, texts.gather(above))


def _put(work: SheetRows, name: str, rows: pl.Series, texts: pl.Series) -> None:
    """Read other texts in some rows; what was written there stays in what is told of it."""
    work.raw[name] = work.raw[name].zip_with(~rows, texts)
