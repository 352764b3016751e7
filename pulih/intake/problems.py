"""The table of problems: what is wrong, where, and what to do, one row each."""

from collections.abc import Mapping, Sequence

import polars as pl

from pulih.common.errors import Message
from pulih.intake.cells import address, letters
from pulih.intake.columns import Column
from pulih.intake.wording import RULES

TEXTS = ("sheet", "column", "value", "kind", "rule", "message_id", "message_en", "cell")
SCHEMA = {"row": pl.Int64, **dict.fromkeys(TEXTS, pl.String)}
LONGEST_VALUE = 80


def none() -> pl.DataFrame:
    """Return an empty table of problems."""
    return pl.DataFrame(schema=SCHEMA)


def of_cells(
    sheet: str | None,
    column: Column,
    position: int,
    found: pl.DataFrame,
) -> pl.DataFrame:
    """Word the problems of the cells of one column.

    position: of the column in the sheet, from 0. found: `row` (from 1), `value` and `rule`.
    """
    if found.is_empty():
        return none()
    parts = [
        _worded(column, position, rule, part)
        for (rule,), part in found.partition_by("rule", as_dict=True, maintain_order=True).items()
    ]
    worded = pl.concat(parts).with_columns(
        pl.lit(sheet, dtype=pl.String).alias("sheet"), pl.lit(column.name).alias("column")
    )
    return worded.select(pl.col(name).cast(dtype) for name, dtype in SCHEMA.items())


def _worded(column: Column, position: int, rule: str, found: pl.DataFrame) -> pl.DataFrame:
    letter = letters(position)
    found = found.with_columns(cell=pl.lit(letter) + pl.col("row").cast(pl.String))
    sentences = RULES[rule].message
    return found.with_columns(
        pl.lit(RULES[rule].kind).alias("kind"),
        _sentence(sentences.id, column.title.id, column.must.id, letter).alias("message_id"),
        _sentence(sentences.en, column.title.en, column.must.en, letter).alias("message_en"),
    )


def _sentence(template: str, title: str, must: str, letter: str) -> pl.Expr:
    fixed = template.replace("{title}", title).replace("{must}", must).replace("{letter}", letter)
    value = pl.col("value").fill_null("").str.replace_all(r"\s+", " ")
    short = (
        pl.when(value.str.len_chars() > LONGEST_VALUE)
        .then(value.str.slice(0, LONGEST_VALUE) + "…")
        .otherwise(value)
    )
    holes = [pl.col("cell"), short] if "{value}" in fixed else [pl.col("cell")]
    return pl.format(fixed.replace("{cell}", "{}").replace("{value}", "{}"), *holes)


def single(
    sheet: str | None,
    row: int,
    position: int,
    column: str | None,
    value: str | None,
    kind: str,
    rule: str,
    message: Message,
) -> pl.DataFrame:
    """Word one problem of a heading, a title or a total; the cell is put before the sentence."""
    cell = address(row, position)
    told = [
        row,
        sheet,
        column,
        value,
        kind,
        rule,
        f"{cell}: {message.id}",
        f"{cell}: {message.en}",
        cell,
    ]
    return pl.DataFrame([told], schema=SCHEMA, orient="row")


def moved(found: pl.DataFrame, cells: Mapping[str, str], rows: Mapping[int, int]) -> pl.DataFrame:
    """Tell the problems of a form's cells where they stand in the office's own sheet."""
    lines = []
    for line in found.iter_rows(named=True):
        old = line["cell"]
        new = cells.get(old, old)
        line |= {"cell": new, "row": rows.get(line["row"], line["row"])}
        for name in ("message_id", "message_en"):
            line[name] = line[name].replace(f"{old}:", f"{new}:", 1)
        lines.append(line)
    # A cell that several rows of the list share, as a buyer of several goods, is told once.
    return pl.DataFrame(lines, schema=found.schema).unique(maintain_order=True) if lines else found


def joined(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Put tables of problems together, sorted by sheet, row and column."""
    filled = [part for part in parts if not part.is_empty()]
    if not filled:
        return none()
    return pl.concat(filled).sort("sheet", "row", "cell", "rule", maintain_order=True)
