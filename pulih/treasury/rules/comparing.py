"""Documents of a list beside those of the ledger: what is missing, and what differs in each."""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from . import sentences
from .documents import KEY, PAYMENT
from .missing import missing_here
from .shapes import (
    AMOUNT,
    CONTENT,
    CONTRACT,
    DATE,
    FINDINGS,
    METHOD,
    MISSING_THERE,
    ORDER,
    PARTY,
    Books,
    content,
)

# What a difference of each kind shows: what the list says, and what the ledger says.
TEXTS = {
    PARTY: ("party", "our_party"),
    METHOD: ("method", "our_method"),
    CONTRACT: ("contract", "our_contract"),
    ORDER: ("order_number", "our_order"),
}


IDENTITY = pl.format("{} {}", "document_kind", "number_key").alias("identity")


@dataclass(frozen=True)
class Period:
    """The days that a list of documents speaks for."""

    first: date
    last: date


@dataclass
class Compared:
    """What a comparison found. agreeing: documents that stand in both alike; known: in both.

    stated: the identity of every document that the list states.
    """

    findings: pl.DataFrame
    documents: int
    agreeing: int
    known: int
    stated: pl.Series


def period_of(days: pl.Series, as_of: date) -> Period | None:
    """Return the months that a list covers: from its first to its last, or to the day asked."""
    if not days.count():
        return None
    first, last = days.min(), days.max()
    assert isinstance(first, date)
    assert isinstance(last, date)
    next_month = (last.replace(day=1) + timedelta(days=32)).replace(day=1)
    end_of_month = next_month - timedelta(days=1)
    return Period(first.replace(day=1), max(last, min(end_of_month, as_of)))


def compare(documents: pl.DataFrame, books: Books, period: Period | None) -> Compared:
    """Compare the documents of a list (see `documents`) with the ledger's."""
    both = documents.join(books.posted, on=list(KEY), how="inner")
    stated_only = documents.join(books.posted, on=list(KEY), how="anti")
    stated_only = stated_only.filter(pl.col("lines").is_not_null())  # Zero moves no rupiah.
    posted_only = books.posted.join(documents, on=list(KEY), how="anti")
    if period is not None:
        inside = pl.col("our_day").is_between(period.first, period.last)
        posted_only = posted_only.filter(inside)
    else:
        posted_only = posted_only.clear()
    differing = _differing(both, books)
    findings = pl.concat(
        [
            _shaped(differing),
            _shaped(missing_here(stated_only, books)),
            _shaped(_missing_there(posted_only)),
        ]
    )
    agreeing = both.height - differing.height
    stated = documents.select(IDENTITY).to_series()
    return Compared(findings, documents.height, agreeing, both.height, stated)


def _differing(both: pl.DataFrame, books: Books) -> pl.DataFrame:
    """Keep the documents that stand in both and do not say the same."""
    near = (pl.col("total") - pl.col("ours")).abs() < pl.col("rounded_to")
    told = pl.col("is_known") & (pl.col("rounded_to") == 1)
    same_lines = ~told | (pl.col("signature") == pl.col("our_lines"))
    same_day = pl.col("day").is_null() | (pl.col("day") == pl.col("our_day"))
    kind = (
        pl.when(~near)
        .then(pl.lit(AMOUNT))
        .when(~same_lines)
        .then(pl.lit(CONTENT))
        .when(~same_day)
        .then(pl.lit(DATE))
        .when(_contradicts("party_key", "our_party_key"))
        .then(pl.lit(PARTY))
        .when(_contradicts("method", "our_method"))
        .then(pl.lit(METHOD))
        .when(pl.col("contract_key").ne_missing(pl.col("our_contract_key"))
              & pl.col("contract_key").is_not_null())
        .then(pl.lit(CONTRACT))
        .when(_another_order(books))
        .then(pl.lit(ORDER))
    )  # fmt: skip
    differing = both.with_columns(kind=kind).filter(pl.col("kind").is_not_null())
    return differing.with_columns(
        theirs="total",
        their_day="day",
        can_post=pl.lit(False),
        why_indonesian=_why("id"),
        why_en=_why("en"),
        content=content(),
    )


def _contradicts(theirs: str, ours: str) -> pl.Expr:
    """Tell where both say something and not the same; what one leaves blank contradicts nothing."""
    return (pl.col(theirs) != pl.col(ours)).fill_null(False)


def _another_order(books: Books) -> pl.Expr:
    """Tell where a list names an SPM that the document does not pay in the ledger."""
    differs = pl.col("order_key").ne_missing(pl.col("our_order_key"))
    is_kept = pl.col("our_order_key").is_not_null() | books.keeps_orders()
    is_payment = pl.col("document_kind") == PAYMENT
    return is_payment & pl.col("order_key").is_not_null() & differs & is_kept


def _why(language: str) -> pl.Expr:
    """Say in one language what a document says otherwise, where the amounts do not show it."""
    found = pl.lit(sentences.POSTED_OTHERWISE.in_language(language))
    for kind, (theirs, ours) in TEXTS.items():
        words = sentences.SAYS_OTHERWISE[kind].in_language(language)
        told = pl.format(words, pl.col(theirs).fill_null("–"), pl.col(ours).fill_null("–"))
        found = pl.when(pl.col("kind") == kind).then(told).otherwise(found)
    return found


def _missing_there(posted: pl.DataFrame) -> pl.DataFrame:
    return posted.with_columns(
        kind=pl.lit(MISSING_THERE),
        can_post=pl.lit(False),
        why_indonesian=pl.lit(sentences.NOT_IN_LIST.id),
        why_en=pl.lit(sentences.NOT_IN_LIST.en),
    )


def _shaped(found: pl.DataFrame) -> pl.DataFrame:
    """Return findings in the one shape that is stored; each is known by what it speaks of."""
    missing = [
        pl.lit(None, dtype).alias(name)
        for name, dtype in FINDINGS.items()
        if name not in found.columns and name != "identity"
    ]
    whole = found.with_columns(*missing)
    return whole.with_columns(IDENTITY).select(
        pl.col(name).cast(dtype) for name, dtype in FINDINGS.items()
    )


def is_in_thousands(documents: pl.DataFrame, posted: pl.DataFrame) -> bool:
    """Tell whether the documents known to both are a thousand times smaller in the list."""
    both = documents.filter(pl.col("rounded_to") == 1).join(posted, on=list(KEY), how="inner")
    both = both.filter(pl.col("total") != 0)
    if both.is_empty():
        return False
    ratio = both.select((pl.col("ours") / pl.col("total")).round(3).median()).item()
    return any(abs(ratio - scale) < scale / 100 for scale in (1_000, 1_000_000))
