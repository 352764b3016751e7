"""What a reading is, and how a whole column is read with it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from pulih.intake import quick
from pulih.intake.readings.numbers import tidy

NOTHING_WRITTEN = (
    "-",
    "--",
    "---",
    "—",
    "–",
    "_",
    ".",
    "..",
    "...",
    "n/a",
    "na",
    "?",
    "null",
    "nan",
    "none",
    "<na>",
)


LONG, SAMPLE = 5_000, 1_000


class Answer(NamedTuple):
    """What one cell says: its value, and the rule applied if it was not read as written."""

    value: object = None
    rule: str | None = None


@dataclass(frozen=True)
class Reading:
    """A sort of value.

    plain: expressions text → value, tried in turn on what is left; null where not plain.
    number: the same for cells that hold a number, not a text; None treats them as texts.
    careful: what a single cell says that no expression could read.
    careful_number: the same for a cell that holds a number.
    """

    dtype: type[pl.DataType]
    plain: tuple[Callable[[pl.Expr], pl.Expr], ...]
    careful: Callable[[str], Answer]
    number: Callable[[pl.Expr], pl.Expr] | None = None
    careful_number: Callable[[str], Answer] | None = None


@dataclass(frozen=True)
class Result:
    """A read column: its values, and which rows (from 0) fell under which rule."""

    values: pl.Series
    rows: pl.Series
    rules: pl.Series


def read(texts: pl.Series, numeric: pl.Series | None, reading: Reading) -> Result:
    """Read a column of texts (null: blank). Nothing is raised: what cannot be read is null."""
    if numeric is not None and not numeric.any():
        numeric = None
    if numeric is None and _repeats_itself(texts):
        return _read_different(texts, reading)
    text = pl.col("text")
    if numeric is None:
        values = texts.to_frame("text").select(value=reading.plain[0](text)).to_series()
        return _finish(texts, None, values.cast(reading.dtype), reading)
    frame = pl.DataFrame({"text": texts, "is_number": numeric})
    as_number = (reading.number or reading.plain[0])(text)
    values = frame.select(
        value=pl.when(pl.col("is_number")).then(as_number).otherwise(reading.plain[0](text))
    ).to_series()
    return _finish(texts, numeric, values.cast(reading.dtype), reading)


def read_all(
    texts: Mapping[str, pl.Series],
    numeric: Mapping[str, pl.Series],
    readings: Mapping[str, Reading],
) -> dict[str, Result]:
    """Read all columns of a short list, as `read` does, by one query for what is plain."""
    frame, plain = dict(texts), []
    numeric = {name: flags for name, flags in numeric.items() if flags.any()}
    for name in texts:
        value = readings[name].plain[0](pl.col(name))
        if name in numeric:
            is_number = f"{name} is a number"
            frame[is_number] = numeric[name]
            as_number = (readings[name].number or readings[name].plain[0])(pl.col(name))
            value = pl.when(pl.col(is_number)).then(as_number).otherwise(value)
        plain.append(value.alias(name))
    values = pl.DataFrame(frame).select(plain)
    return {
        name: _finish(
            column, numeric.get(name), values[name].cast(readings[name].dtype), readings[name]
        )
        for name, column in texts.items()
    }


def _repeats_itself(texts: pl.Series) -> bool:
    """Say whether a long column holds few different texts, as names of places do."""
    if len(texts) < LONG:
        return False
    sample = texts.gather_every(len(texts) // SAMPLE)
    return sample.n_unique() < SAMPLE // 4


def _read_different(texts: pl.Series, reading: Reading) -> Result:
    """Read each different text once and give every row what its text says."""
    different = texts.unique().drop_nulls()
    frame = different.to_frame("text").select(value=reading.plain[0](pl.col("text")))
    result = _finish(different, None, frame.to_series().cast(reading.dtype), reading)
    values = texts.replace_strict(
        different, result.values, default=None, return_dtype=reading.dtype
    )
    ruled = different.gather(result.rows)
    rows = texts.is_in(ruled.implode()).fill_null(False).arg_true()
    rules = texts.gather(rows).replace_strict(
        ruled, result.rules, default=None, return_dtype=pl.String
    )
    return Result(values, rows.cast(pl.UInt32), rules)


def _finish(
    texts: pl.Series, numeric: pl.Series | None, values: pl.Series, reading: Reading
) -> Result:
    """Read what is left by the other plain expressions, then each different text by itself."""
    left = quick.where(quick.is_filled(texts) & quick.is_blank(values))
    for plain in reading.plain[1:]:
        if left.is_empty():
            break
        rest = texts[left].to_frame("text").select(value=plain(pl.col("text"))).to_series()
        if numeric is not None:
            rest = rest.zip_with(~numeric[left], pl.Series([None], dtype=rest.dtype))
        found = quick.is_filled(rest)
        if found.any():
            values = values.scatter(left.filter(found), rest.filter(found).cast(reading.dtype))
            left = left.filter(~found)
    if left.is_empty():
        return Result(values, pl.Series([], dtype=pl.UInt32), pl.Series([], dtype=pl.String))
    rest_texts = texts[left]
    is_number = numeric[left] if numeric is not None else None
    read_values, rules = _one_by_one(rest_texts, is_number, reading)
    values = values.scatter(left, read_values)
    ruled = quick.is_filled(rules)
    return Result(values, left.filter(ruled).cast(pl.UInt32), rules.filter(ruled))


def _one_by_one(
    texts: pl.Series, is_number: pl.Series | None, reading: Reading
) -> tuple[pl.Series, pl.Series]:
    """Ask the careful function once for each different text."""
    flags = [False] * len(texts) if is_number is None else is_number.to_list()
    cells = [(text, bool(flag)) for text, flag in zip(texts.to_list(), flags, strict=True)]
    answers = {
        (text, is_stored): reading.careful_number(text)
        if is_stored and reading.careful_number
        else reading.careful(text if is_stored else tidy(text))
        for text, is_stored in dict.fromkeys(cells)
    }
    found = [answers[cell] for cell in cells]
    values = pl.Series("value", [one.value for one in found], dtype=reading.dtype, strict=False)
    return values, pl.Series("rule", [one.rule for one in found], dtype=pl.String)


TO_CHOOSE = re.compile(  # What a list to choose from shows before anybody has chosen.
    r"\W*(?:sila(?:h)?kan )?(?:pilih|select|choose)(?: (?:salah satu|satu|one|option))?\W*"
)


def is_nothing(text: str) -> bool:
    """Say whether a text only says that nothing is written (`-`, `n/a`)."""
    bare = text.strip().lower()
    return bare in NOTHING_WRITTEN or TO_CHOOSE.fullmatch(bare) is not None
