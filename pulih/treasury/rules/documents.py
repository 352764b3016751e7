"""The documents that a list states: one a number, over one or several lines, each counted once."""

import polars as pl

PAYMENT, RETURN, COMMITMENT = "sp2d", "return", "commitment"
# What tells two rows apart; a row that agrees in all of it stands twice and counts once.
SAME = (
    *("unit_id", "number_key", "day", "rupiah", "line_id", "line_text", "method", "party"),
    *("purpose", "contract_key", "order_number", "deductions"),
)
ROWS = {
    "unit_id": pl.Int64, "number": pl.String, "number_key": pl.String, "day": pl.Date,
    "rupiah": pl.Int64,
    "line_id": pl.Int64, "line_text": pl.String, "states_line": pl.Boolean,
    "why_indonesian": pl.String, "why_en": pl.String, "method": pl.String, "party": pl.String,
    "party_key": pl.String, "purpose": pl.String, "contract": pl.String,
    "contract_key": pl.String, "order_number": pl.String, "order_key": pl.String,
    "deductions": pl.Int64, "rounded_to": pl.Int64, "sheet": pl.String, "row": pl.Int64,
}  # fmt: skip
KEY = ("unit_id", "document_kind", "number_key")


def counted_once(rows: pl.DataFrame) -> pl.DataFrame:
    """Keep each row once, and of a document with its own total either that or its lines."""
    once = rows.sort("sheet", "row", nulls_last=True).unique(
        SAME, keep="first", maintain_order=True
    )
    headed = once.group_by("unit_id", "number_key").agg(
        total=pl.col("rupiah").filter(~pl.col("states_line")).sum(),
        lines=pl.col("rupiah").filter("states_line").sum(),
        is_headed=pl.col("states_line").any() & ~pl.col("states_line").all(),
    )
    headed = headed.filter(pl.col("is_headed") & (pl.col("total") == pl.col("lines")))
    of_number = ["unit_id", "number_key"]
    marked = once.join(headed.select(*of_number, of_total=True), of_number, how="left",
                       nulls_equal=True)  # fmt: skip
    return marked.filter(~(pl.col("of_total").fill_null(False) & ~pl.col("states_line"))).drop(
        "of_total"
    )


def of_payments(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `document_kind`: what a row takes back is a return, never netted into its payment."""
    least = pl.col("rupiah").max().over("unit_id", "number_key")  # A zero goes with its document.
    is_back = (pl.col("rupiah") < 0) | ((pl.col("rupiah") == 0) & (least <= 0))
    only_zero = pl.col("rupiah").abs().max().over("unit_id", "number_key") == 0
    return rows.with_columns(
        document_kind=pl.when(is_back & ~only_zero).then(pl.lit(RETURN)).otherwise(pl.lit(PAYMENT))
    )


def documents(rows: pl.DataFrame) -> pl.DataFrame:
    """Gather rows (with `document_kind`) into documents; whatever the order of the rows.

    lines: the rupiah of each line (line_id null: unknown), sorted, without those that come to
    nothing; signature: the same as a text. line_id: the only one, if it is one.
    is_mixed: some line is given and another one taken. method, party_key: null where the rows of a
    document do not agree; contract, order_number: all that they name.
    """
    by_line = rows.group_by(*KEY, "line_id").agg(
        pl.col("rupiah").sum(), is_stated=pl.col("states_line").any()
    )
    moved = by_line.filter(pl.col("rupiah") != 0).sort("line_id", nulls_last=True)
    lines = moved.group_by(*KEY, maintain_order=True).agg(
        lines=pl.struct("line_id", "rupiah"),
        signature=signature(),
        line_id=pl.when(pl.len() == 1).then(pl.col("line_id").first()),
        is_known=pl.col("line_id").is_not_null().all(),
        is_mixed=(pl.col("rupiah") > 0).any() & (pl.col("rupiah") < 0).any(),
    )
    texts = ("number", "party", "purpose")
    unknown = pl.col("line_id").is_null() & pl.col("states_line")
    gathered = rows.group_by(*KEY).agg(
        total=pl.col("rupiah").sum(),
        day=pl.col("day").min(),
        rounded_to=pl.col("rounded_to").max(),
        states_lines=pl.col("states_line").all(),
        line_text=pl.col("line_text").filter(unknown).min().fill_null(pl.col("line_text").min()),
        why_indonesian=pl.col("why_indonesian").min(),
        why_en=pl.col("why_en").min(),
        sheet=pl.col("sheet").min(),
        row=pl.col("row").min(),
        method=_alike("method"),
        party_key=_alike("party_key"),
        contract=_every("contract"),
        contract_key=_every("contract_key"),
        order_number=_every("order_number"),
        order_key=_every("order_key"),
        **{name: pl.col(name).min() for name in texts},
    )
    return gathered.join(lines, on=list(KEY), how="left").with_columns(
        pl.col("is_known").fill_null(False), pl.col("is_mixed").fill_null(False)
    )


def _alike(name: str) -> pl.Expr:
    return pl.when(pl.col(name).min() == pl.col(name).max()).then(pl.col(name).min())


def _every(name: str) -> pl.Expr:
    first, last = pl.col(name).min(), pl.col(name).max()
    return pl.when(first == last).then(first).otherwise(pl.format("{}, {}", first, last))


def signature() -> pl.Expr:
    """Return lines and their rupiah as one text; the rows must be sorted by line."""
    return pl.format("{}:{}", pl.col("line_id").fill_null(0), "rupiah").str.join(";")
