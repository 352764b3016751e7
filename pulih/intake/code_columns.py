"""The code of a POK line, each level in a column of its own under one heading, as in a print."""

import re

import polars as pl

from pulih.intake import quick
from pulih.intake.kinds import Kind
from pulih.intake.layout import Table

CODE = r"(?i)^(?:\d{3}\.\d{2}\.[0-9A-Z]{2}|[0-9A-Z]{1,4}(?:\.[0-9A-Z]{1,4})*|5\d{5})(?:\.0)?$"


def joined(body: pl.DataFrame, table: Table, kind: Kind) -> pl.DataFrame:
    """Put the codes right of `Kode` into its column, where no row has more than one of them."""
    for at, heading in enumerate(table.headings):
        match = kind.dictionary.match(heading) if heading else None
        if match is None or match.name != "line_code":
            continue
        columns = _of_codes(body, table, at)
        if len(columns) < 2:
            return body
        texts = [body.to_series(i) for i in columns]
        counts = pl.DataFrame(
            [quick.is_filled(one).cast(pl.Int8) for one in texts]
        ).sum_horizontal()
        if (counts > 1).any():
            return body
        code = texts[0]
        for other in texts[1:]:
            code = code.zip_with(quick.is_filled(code), other.str.replace(r"\.0$", ""))
        return body.with_columns(code.alias(body.columns[at]))
    return body


def _of_codes(body: pl.DataFrame, table: Table, first: int) -> list[int]:
    """Return the column of a heading and those right of it without one that hold codes alone."""
    found = [first]
    for at in range(first + 1, body.width):
        heading = table.headings[at] if at < len(table.headings) else None
        texts = quick.filled(body.to_series(at))
        if heading not in (None, table.headings[first]) or texts.is_empty():
            return found
        if not all(re.fullmatch(CODE, text.strip()) for text in texts.unique()):
            return found
        found.append(at)
    return found
