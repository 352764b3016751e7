"""Documents that stand in a list and not in the ledger: which could be posted, and why not."""

from datetime import date

import polars as pl

from pulih.budget.rules.years import future
from pulih.common.errors import Message

from . import sentences
from .documents import COMMITMENT, PAYMENT, RETURN
from .fitting import FITS, OVERSPENDS, Move, in_turn
from .shapes import CONTRACT, LINE_UNKNOWN, MISSING_HERE, ORDER, OVERSPEND, Books, content

ORDER_OBSTACLES = tuple(sentences.OF_ORDERS)


def missing_here(stated: pl.DataFrame, books: Books) -> pl.DataFrame:
    """Judge what the ledger has not: what could be posted, and why the rest could not."""
    # A payment comes before the return of the same number and day, which needs it.
    is_return = pl.col("document_kind") == RETURN
    in_order = ("day", "number", is_return, "unit_id", "document_kind", "number_key")
    stated = _with_orders(stated, books)
    stated = stated.sort(*in_order, nulls_last=True).with_columns(
        obstacle=_obstacle(books), theirs="total", their_day="day"
    )
    open_ones = stated.filter(pl.col("obstacle").is_null())
    verdicts = in_turn(_moves(open_ones, books), books.balances)
    unfit = {
        at: sentences.unfit(verdict, books.balances)
        for at, verdict in enumerate(verdicts)
        if verdict.answer != FITS
    }
    judged = open_ones.with_columns(
        pl.Series("kind", [OVERSPEND if v.answer == OVERSPENDS else MISSING_HERE
                           for v in verdicts], dtype=pl.String),
        pl.Series("can_post", [v.answer == FITS for v in verdicts], dtype=pl.Boolean),
        pl.Series("why_indonesian",
                  [unfit[at].id if at in unfit else "" for at in range(len(verdicts))],
                  dtype=pl.String),
        pl.Series("why_en", [unfit[at].en if at in unfit else "" for at in range(len(verdicts))],
                  dtype=pl.String),
        pl.Series("covered", [[{"line_id": line, "rupiah": amount} for line, amount in v.covered]
                              for v in verdicts],
                  dtype=pl.List(pl.Struct({"line_id": pl.Int64, "rupiah": pl.Int64}))),
        # One that the ledger does not know is not looked for again as the document is posted.
        order_number=pl.when(pl.col("ordered").is_not_null()).then("order_number"),
    ).with_columns(content=content(pl.col("covered")))  # fmt: skip
    stopped = stated.filter(pl.col("obstacle").is_not_null())
    return pl.concat([judged, _stopped(stopped, books)], how="diagonal_relaxed")


def _obstacle(books: Books) -> pl.Expr:
    """Return the first thing that keeps a document from being posted, whatever the balances."""
    first = date(books.fiscal_year - 1, 10, 1)
    last = date(books.fiscal_year, 12, 31)
    is_commitment, is_payment = (pl.col("document_kind") == one for one in (COMMITMENT, PAYMENT))
    return (
        pl.when(~pl.col("is_known"))
        .then(pl.lit("line"))
        .when(pl.col("rounded_to") > 1)
        .then(pl.lit("rounded"))
        .when(pl.col("day").is_null())
        .then(pl.lit("no_day"))
        .when(~pl.col("day").is_between(first, last))
        .then(pl.lit("year"))
        .when(pl.col("day") > books.today)
        .then(pl.lit("future"))
        .when(pl.col("day") > books.as_of)
        .then(pl.lit("after_list"))
        .when(pl.col("is_mixed") | (is_commitment & (pl.col("total") < 0)))
        .then(pl.lit("mixed"))
        .when(pl.col("contract_key").is_not_null() & ~_names_a_known_contract(books))
        .then(pl.lit("contract"))
        .when(is_payment & pl.col("order_key").is_not_null() & pl.col("ordered").is_null()
              & books.keeps_orders())
        .then(pl.lit("order"))
        .when(is_payment & (pl.col("ordered") != pl.col("total")))
        .then(pl.lit("order_sum"))
        .when(is_payment & (pl.col("ordered_lines") != pl.col("signature")))
        .then(pl.lit("order_lines"))
    )  # fmt: skip


def _with_orders(stated: pl.DataFrame, books: Books) -> pl.DataFrame:
    """Add what the SPM that a payment names orders, and its contract where the list names none."""
    joined = stated.join(books.orders, on="order_key", how="left")
    named = pl.coalesce(
        "contract_key", pl.when(pl.col("document_kind") == PAYMENT).then("ordered_contract_key")
    )
    return joined.with_columns(contract_key=named)


def _names_a_known_contract(books: Books) -> pl.Expr:
    known = pl.Series([key for _unit, key in books.contracts], dtype=pl.String)
    return pl.col("contract_key").is_in(known.implode())


def _stopped(stopped: pl.DataFrame, books: Books) -> pl.DataFrame:
    """Say of each document what stops it; those of another year name their own day."""
    days = stopped.filter(pl.col("obstacle") == "year")["day"].unique().to_list()
    of_year = {on: sentences.other_year(books.fiscal_year, on) for on in days}
    told = {
        "rounded": sentences.ROUNDED,
        "no_day": sentences.NO_DAY,
        "future": future(books.today),
        "after_list": sentences.after_list(books.as_of),
        "mixed": sentences.MIXED,
    }
    return stopped.with_columns(
        kind=pl.when(pl.col("obstacle") == "line")
        .then(pl.lit(LINE_UNKNOWN))
        .when(pl.col("obstacle") == "contract")
        .then(pl.lit(CONTRACT))
        .when(pl.col("obstacle").is_in(ORDER_OBSTACLES))
        .then(pl.lit(ORDER))
        .otherwise(pl.lit(MISSING_HERE)),
        ours=pl.when(pl.col("obstacle") == "order_sum").then(pl.col("ordered")),
        can_post=pl.lit(False),
        why_indonesian=_reason("why_indonesian", told, of_year, "id"),
        why_en=_reason("why_en", told, of_year, "en"),
        content=content(),
    )  # fmt: skip


def _reason(
    name: str, told: dict[str, Message], of_year: dict[date, Message], language: str
) -> pl.Expr:
    days = {on: message.in_language(language) for on, message in of_year.items()}
    words = {obstacle: message.in_language(language) for obstacle, message in told.items()}
    by_day = pl.col("day").replace_strict(days, default=None, return_dtype=pl.String)
    usual = pl.col("obstacle").replace_strict(words, default=None, return_dtype=pl.String)
    unknown = pl.format(sentences.CONTRACT_UNKNOWN.in_language(language), pl.col("contract"))
    return pl.coalesce(
        pl.when(pl.col("obstacle") == "year").then(by_day),
        pl.when(pl.col("obstacle") == "contract").then(unknown),
        *(
            pl.when(pl.col("obstacle") == obstacle).then(
                pl.format(words.in_language(language), pl.col("order_number"))
            )
            for obstacle, words in sentences.OF_ORDERS.items()
        ),
        usual,
        pl.col(name),
    )


def _moves(documents: pl.DataFrame, books: Books) -> list[Move]:
    columns = ("unit_id", "document_kind", "number", "number_key", "day", "contract_key")
    lines = documents["lines"].to_list()
    paid = _contracts_paid(documents, books)
    found = []
    for at, (unit, kind, number, key, day, named) in enumerate(
        documents.select(columns).iter_rows()
    ):
        moved = tuple((one["line_id"], one["rupiah"]) for one in lines[at])
        contract_key = named or (paid.get(key) if kind == RETURN else None)
        contract = books.contracts.get((unit, contract_key)) if contract_key else None
        found.append(Move(day, number, moved, contract))
    return found


def _contracts_paid(documents: pl.DataFrame, books: Books) -> dict[str, str]:
    """Return by number the contract that a payment settles, here or in the ledger."""
    is_payment = pl.col("document_kind") == PAYMENT
    ours = books.posted.filter(is_payment & pl.col("our_contract_key").is_not_null())
    theirs = documents.filter(is_payment & pl.col("contract_key").is_not_null())
    return dict(ours.select("number_key", "our_contract_key").iter_rows()) | dict(
        theirs.select("number_key", "contract_key").iter_rows()
    )
