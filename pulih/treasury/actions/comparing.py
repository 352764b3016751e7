"""One list of one unit and year beside the ledger: documents by number, realisation by line."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from pulih.budget.identity import with_number_key, with_party_key
from pulih.budget.models import PaymentMethod, SpendingUnit
from pulih.common.errors import Message, Refusal

from ..models import ListKind
from ..rules import documents, realisations
from ..rules.comparing import Period, is_in_thousands, period_of
from ..rules.comparing import compare as compare_documents
from ..rules.matching_lines import BESIDE_THE_KEY, PARTS, Lines, written_key
from ..rules.matching_lines import Found as Match
from ..rules.shapes import FINDINGS, Books
from . import books

KEY = (*PARTS, *BESIDE_THE_KEY)
SMALL = 1_000_000  # A whole list below it per document may be in thousands of rupiah.
ENOUGH = 3


@dataclass
class Found:
    """What one list came to. period: the days it covers; None: the whole year.

    stated: the identity of all that the list states, whether it differs or not.
    """

    findings: pl.DataFrame
    stated: pl.Series
    documents: int = 0
    agreeing: int = 0
    period: Period | None = None
    doubt: Message | None = None


def refuse_without_lines(unit: SpendingUnit, fiscal_year: int) -> None:
    """Refuse a list of a year for which the unit has no budget."""
    if not books.lines_of(unit, fiscal_year).exists():
        raise Refusal(
            Message(
                f"Satker {unit.code} belum punya baris anggaran {fiscal_year}. Kirim POK tahun itu "
                "lebih dahulu, atau periksa tahun dan Data per. Belum ada yang disimpan.",
                f"Unit {unit.code} has no budget lines of {fiscal_year}. Send that year's POK "
                "first, or check the year and the day asked. Nothing was saved.",
            )
        )


def compare(
    unit: SpendingUnit, year: int, kind: ListKind, rows: pl.DataFrame, as_of: date, today: date
) -> Found:
    """Compare the rows of one list. May refuse: amounts a thousand times too small."""
    if kind == ListKind.IMPREST:
        nothing = pl.Series([], dtype=pl.String)
        return Found(pl.DataFrame(schema=FINDINGS), nothing, rows.height, rows.height)
    matches = _matches(unit, year, rows)
    if kind == ListKind.REALISATION:
        return _realisation(unit, year, rows, matches, as_of)
    return _documents(unit, year, kind, _stated(rows, kind, matches), as_of, today)


def _matches(unit: SpendingUnit, year: int, rows: pl.DataFrame) -> dict[tuple[str, ...], Match]:
    """Find the lines of each different key that the rows state."""
    lines = Lines(books.to_match(books.lines_of(unit, year)))
    different = rows.select(KEY).unique().iter_rows()
    return {key: lines.find(unit.pk, dict(zip(KEY, key, strict=True))) for key in different}


def _stated(
    rows: pl.DataFrame, kind: ListKind, matches: dict[tuple[str, ...], Match]
) -> pl.DataFrame:
    """Return the rows of documents in the shape of `documents.ROWS`."""
    found = pl.DataFrame(
        [
            (
                *key,
                match.line_id,
                written_key(dict(zip(KEY, key, strict=True))),
                match.why.id if match.why else None,
                match.why.en if match.why else None,
            )
            for key, match in matches.items()
        ],
        schema={
            **dict.fromkeys(KEY, pl.String),
            "line_id": pl.Int64,
            **dict.fromkeys(("line_text", "why_indonesian", "why_en"), pl.String),
        },
        orient="row",
    )
    joined = rows.join(found, on=list(KEY), how="left", nulls_equal=True)
    is_contract = kind == ListKind.COMMITMENTS
    named = "contract_number" if is_contract else "sp2d_number"
    shaped = joined.with_columns(
        number=pl.col(named).str.strip_chars().str.slice(0, 80),
        day=pl.col("contract_date" if is_contract else "sp2d_date"),
        rupiah=pl.col("contract_value" if is_contract else "gross"),
        states_line=pl.any_horizontal(pl.col(name).is_not_null() for name in PARTS),
        party=pl.col("payee"),
        contract=pl.lit(None, pl.String) if is_contract else pl.col("contract_number"),
        order_number=pl.lit(None, pl.String) if is_contract else pl.col("spm_number"),
        method=pl.when(pl.col("method").is_in(list(PaymentMethod.values))).then(pl.col("method")),
    )
    keyed = with_number_key(shaped, "number", "number_key")
    keyed = with_number_key(keyed, "contract", "contract_key")
    keyed = with_number_key(keyed, "order_number", "order_key")
    keyed = with_party_key(keyed, "party", "party_key").with_columns(
        pl.col(name).replace("", None)
        for name in ("number_key", "contract_key", "order_key", "party_key")
    )
    kept = keyed.filter(pl.col("number_key").is_not_null() & pl.col("rupiah").is_not_null())
    return kept.select(pl.col(name).cast(dtype) for name, dtype in documents.ROWS.items())


def _documents(
    unit: SpendingUnit,
    year: int,
    kind: ListKind,
    stated: pl.DataFrame,
    as_of: date,
    today: date,
) -> Found:
    spent = stated.filter(~_of_imprest()) if kind == ListKind.PAYMENTS else stated
    once = documents.counted_once(spent)
    kinds = (
        documents.of_payments(once)
        if kind == ListKind.PAYMENTS
        else once.with_columns(document_kind=pl.lit(documents.COMMITMENT))
    )
    gathered = documents.documents(kinds)
    ledger = replace(books.books(unit, year, kind, today), as_of=as_of)
    period = period_of(gathered["day"], as_of)
    _refuse_other_year(gathered, year)
    if is_in_thousands(gathered, ledger.posted):
        raise Refusal(_THOUSANDS)
    compared = compare_documents(gathered, ledger, period)
    doubt = _doubt(gathered, ledger) if not compared.known else None
    agreeing = compared.agreeing
    return Found(compared.findings, compared.stated, compared.documents, agreeing, period, doubt)


def _of_imprest() -> pl.Expr:
    """Tell payments that give an imprest: they charge no line."""
    return pl.col("method").is_in(["UP", "TUP"]).fill_null(False) | pl.col(
        "line_text"
    ).str.contains(r"(?:^|\.)8\d{5}$").fill_null(False)


def _refuse_other_year(gathered: pl.DataFrame, year: int) -> None:
    """Refuse a list most of whose documents are of another year."""
    days = gathered["day"].drop_nulls()
    inside = days.is_between(date(year - 1, 10, 1), date(year, 12, 31)).sum()
    if len(days) and inside * 2 < len(days):
        told = int(days.dt.year().mode().sort()[0] or 0)
        raise Refusal(
            Message(
                f"Sebagian besar dokumen daftar ini bertanggal {told}, bukan tahun anggaran "
                f"{year}. Pilih Data per di tahun {told}, atau periksa tanggalnya. Belum ada yang "
                "disimpan.",
                f"Most documents of this list are dated {told}, not in fiscal year {year}. Choose "
                f"a day of {told} as the day it speaks for, or check the dates. Nothing was saved.",
            )
        )


def _doubt(gathered: pl.DataFrame, ledger: Books) -> Message | None:
    """Doubt a list of small amounts none of which the ledger knows: thousands may be meant."""
    plain = gathered.filter(pl.col("rounded_to") == 1)
    largest = plain.select(pl.col("total").abs().max()).item() or 0
    room = sum(balance.free for balance in ledger.balances.values())
    total = plain.select(pl.col("total").abs().sum()).item() or 0
    if plain.height < ENOUGH or largest >= SMALL or total * 1_000 > max(room, 1):
        return None
    return Message(
        "Semua dokumen daftar ini di bawah Rp1 juta; mungkin angkanya dalam ribuan. Bila benar "
        "rupiah penuh, bukukan satu per satu; bila ribuan, tulis “(dalam ribuan)” di judulnya dan "
        "kirim lagi.",
        "All documents of this list are below Rp1 million; their amounts may be in thousands. If "
        "they are whole rupiah, post them one by one; if not, write “(dalam ribuan)” in the title "
        "and send it again.",
    )


def _realisation(
    unit: SpendingUnit,
    year: int,
    rows: pl.DataFrame,
    matches: dict[tuple[str, ...], Match],
    as_of: date,
) -> Found:
    day = min(as_of, date(year, 12, 31))
    ours = books.amounts_on(unit, year, day)
    keys = {line.line_id: (unit.pk, line.line_key)
            for line in books.to_match(books.lines_of(unit, year))}  # fmt: skip
    stated = [_row(unit, one, matches[tuple(one[name] for name in KEY)])
              for one in rows.iter_rows(named=True)]  # fmt: skip
    if realisations.scale_of(stated, ours):
        raise Refusal(_THOUSANDS)
    compared = realisations.compare(stated, ours, keys)
    findings = pl.DataFrame(compared.findings, schema=FINDINGS)
    named = pl.Series(compared.stated, dtype=pl.String)
    return Found(findings, named, compared.compared, compared.agreeing)


def _row(unit: SpendingUnit, row: dict[str, Any], match: Match) -> realisations.RealisationRow:
    return realisations.RealisationRow(
        unit_id=unit.pk,
        lines=match.lines,
        line_text=written_key({name: row[name] for name in KEY}),
        why=match.why,
        ceiling=row["ceiling"],
        blocked=row["blocked"],
        committed=row["committed"],
        realised=row["realised"],
        rounded_to=row["rounded_to"] or 1,
        sheet=row["sheet"],
        row=row["row"],
    )


_THOUSANDS = Message(
    "Angka daftar ini seribu (atau sejuta) kali lebih kecil daripada buku besar, tetapi judulnya "
    "tidak menyebut satuan. Tulis “(dalam ribuan)” atau “(dalam jutaan)” di judulnya, lalu kirim "
    "lagi. Belum ada yang disimpan.",
    "The amounts of this list are a thousand (or a million) times smaller than the ledger's, but "
    "no heading names their unit. Write “(dalam ribuan)” or “(dalam jutaan)” in the title and send "
    "it again. Nothing was saved.",
)
