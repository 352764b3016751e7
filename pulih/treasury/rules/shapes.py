"""What comparisons are given and what they find: columns, and what the ledger is asked for."""

from dataclasses import dataclass, field
from datetime import date

import polars as pl

from .documents import COMMITMENT, PAYMENT, RETURN
from .fitting import Balance, Contract

MISSING_HERE, MISSING_THERE, AMOUNT, DATE = "missing_here", "missing_there", "amount", "date"
LINE_UNKNOWN, CONTENT, OVERSPEND = "line_unknown", "content", "overspend"
PARTY, METHOD, CONTRACT, ORDER = "party", "method", "contract", "order"
FINDINGS = {
    "unit_id": pl.Int64, "kind": pl.String, "document_kind": pl.String, "number": pl.String,
    "line_id": pl.Int64, "line_text": pl.String, "amount_kind": pl.String,
    "theirs": pl.Int64, "ours": pl.Int64, "their_day": pl.Date, "our_day": pl.Date,
    "posting_id": pl.Int64, "can_post": pl.Boolean,
    "why_indonesian": pl.String, "why_en": pl.String,
    "content": pl.String, "identity": pl.String, "sheet": pl.String, "row": pl.Int64,
}  # fmt: skip
POSTED = {
    "unit_id": pl.Int64, "document_kind": pl.String, "number": pl.String, "number_key": pl.String,
    "posting_id": pl.Int64, "our_day": pl.Date, "ours": pl.Int64, "our_lines": pl.String,
    "our_party": pl.String, "our_party_key": pl.String, "our_method": pl.String,
    "our_contract": pl.String, "our_contract_key": pl.String,
    "our_order": pl.String, "our_order_key": pl.String,
}  # fmt: skip


# Payment orders (SPM) in force: what each still orders to be paid, by line and in all.
ORDERS = {
    "order_key": pl.String, "ordered": pl.Int64, "ordered_lines": pl.String,
    "ordered_contract_key": pl.String,
}  # fmt: skip


@dataclass(frozen=True)
class Books:
    """What the ledger says of the units of a list.

    posted: its documents, columns of POSTED. balances: by line. contracts: by unit and number, as
    numbers are compared. orders: columns of ORDERS. ordered_since: the day of the unit's first SPM
    in the ledger; from it on a list's SPM must be known, before it the office kept none. as_of: the
    list's own day.
    """

    fiscal_year: int
    today: date
    posted: pl.DataFrame
    balances: dict[int, Balance]
    contracts: dict[tuple[int, str], Contract]
    orders: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=ORDERS))
    ordered_since: date | None = None
    as_of: date = date.max

    def keeps_orders(self) -> pl.Expr:
        """Tell of each document whether the unit kept its SPM in the ledger by its day."""
        if self.ordered_since is None:
            return pl.lit(False)
        return (pl.col("day") >= self.ordered_since).fill_null(False)


def content(covered: pl.Expr | None = None) -> pl.Expr:
    """Return, as JSON, all that posting the document needs."""
    names = ("lines", "party", "method", "purpose", "contract", "order_number")
    more = [] if covered is None else [covered.alias("covered")]
    return pl.struct(*names, *more).struct.json_encode()


def kinds_of(list_kind: str) -> tuple[str, ...]:
    """Return the kinds of documents that a list of this kind holds."""
    return (COMMITMENT,) if list_kind == COMMITMENT else (PAYMENT, RETURN)
