"""The DIPA of a unit on paper (PDF/UA), pages I to IV, as it stood on a day: what is in force, from
the ledger. The layout follows the DIPA Petikan from memory; the lawful one is the paper that the
Ministry of Finance signed. Source: TREASURY-08."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils import timezone

from pulih.budget.documents.pok import head_of
from pulih.budget.documents.signing import NOBODY, open_signature, signers_of
from pulih.budget.documents.words import LEVEL_WORDS, LEVEL_WORDS_FROM_2021
from pulih.budget.heading_names import fund_names, names_of
from pulih.budget.models import Appointment, BudgetLine, FundTerm, SpendingUnit
from pulih.budget.office_heads import typed_of
from pulih.budget.reads import LineRow, rows_of
from pulih.budget.reads.documents import Hold, holds
from pulih.budget.reads.funds import term_of, terms_on
from pulih.budget.rules.documents import number_on_paper
from pulih.budget.rules.keys import LineKey
from pulih.budget.rules.pok_tree import PokLine, PokRow, tree
from pulih.budget.rules.revenue_and_loans import in_currency
from pulih.common import periods
from pulih.common.money import grouped, rupiah
from pulih.common.number_words import in_words
from pulih.documents.typesetting import typeset
from pulih.people.models import User
from pulih.references.charts import AccountNames
from pulih.web.as_of import AsOf

from .page_three import UnitPage, page_sheet

TEMPLATE = Path(__file__).with_name("dipa.typ")
NO_ORIGINAL = (
    "Cetakan kerja dari Pulih menurut dokumen yang dibukukan; yang sah ialah DIPA yang disahkan "
    "Kementerian Keuangan."
)
DEEPEST = {"programme", "activity", "output", "suboutput"}


@dataclass(frozen=True)
class UnitDipa:
    """What the pages of one unit say: lines with their amounts, and the rest beside them."""

    page: UnitPage
    rows: Sequence[LineRow]
    held: Sequence[Hold]
    terms: Sequence[FundTerm]


def dipa_of_units(pages: Iterable[UnitPage], year: int, seen: AsOf, by: User) -> bytes:
    """Return the DIPA of all units as one PDF."""
    kept = [gathered(page, year, seen) for page in pages]
    sheets = [sheet_of(one, year, seen, by) for one in kept]
    return typeset(TEMPLATE, {"title": f"DIPA {year}", "sheets": sheets})


def gathered(page: UnitPage, year: int, seen: AsOf) -> UnitDipa:
    """Read what the pages of a unit say on the days shown."""
    lines = BudgetLine.objects.filter(unit=page.unit, fiscal_year=year)
    rows = [
        row
        for row in rows_of(lines.order_by("line_key", "id"), seen.day, seen.known)
        if row.amounts.ceiling
    ]
    terms = terms_on(page.unit, year, seen.day, seen.known)
    return UnitDipa(page, rows, holds(lines, seen.day, seen.known), terms)


def sheet_of(one: UnitDipa, year: int, seen: AsOf, by: User) -> dict[str, Any]:
    """Return the values of one unit's pages, as the template takes them."""
    unit, names = one.page.unit, names_of(one.page.unit, year)
    third = page_sheet(one.page, year, seen, by)
    total = sum(row.amounts.ceiling for row in one.rows)
    known = f", sebagaimana diketahui per {periods.day(seen.known)}" if seen.known else ""
    accounts = AccountNames(seen.day, "id")
    signer = signers_of([unit.pk], seen.day).get(unit.pk, NOBODY)
    return {
        "title": f"DAFTAR ISIAN PELAKSANAAN ANGGARAN (DIPA) PETIKAN TAHUN ANGGARAN {year}",
        "head": [list(pair) for pair in head_of(unit, year, seen)],
        "about": [
            f"Data per {periods.day(seen.day)}{known}. Nilai dalam rupiah penuh. {NO_ORIGINAL}",
            f"Diunduh {periods.moment(timezone.now())} oleh {by}.",
        ],
        "total": grouped(total),
        "in_words": f"{in_words(total)} rupiah",
        "performance": _performance(one.rows, names, year),
        "funds": _funds(one, fund_names()),
        "officials": _officials(unit, seen),
        "types": third["types"],
        "details": _details(one.rows, names, year),
        "third": third,
        "receipts": _receipts(one.terms),
        "held": [_hold(each, accounts) for each in one.held],
        "held_total": grouped(sum(each.rupiah for each in one.held)),
        "usable": grouped(total - sum(each.rupiah for each in one.held)),
        "signature": open_signature(signer).values(),
    }


def _pok_line(row: LineRow, amount: int) -> PokLine:
    line = row.line
    key = LineKey(
        line.activity, line.output, line.suboutput, line.component, line.subcomponent, line.account
    )
    return PokLine(key, amount, programme=line.programme, fund_source=line.fund_source)


def _headings(rows: Iterable[LineRow], amount: str) -> list[PokRow]:
    """Return programmes down to suboutputs with an amount of the lines below each."""
    lines = [_pok_line(row, getattr(row.amounts, amount)) for row in rows]
    return [one for one in tree(lines) if one.level in DEEPEST]


def _words(row: PokRow, names: dict[str, str], year: int) -> list[str]:
    words = LEVEL_WORDS_FROM_2021 if year > 2020 else LEVEL_WORDS
    return [f"{words[row.level]} {row.code}", names.get(row.code, "")]


def _performance(rows: Sequence[LineRow], names: dict[str, str], year: int) -> list[dict[str, Any]]:
    blocked = {(one.level, one.path): one.amount for one in _headings(rows, "blocked")}
    below = [
        {
            "level": one.level,
            "cells": [
                *_words(one, names, year), grouped(one.amount or 0),
                grouped(blocked[one.level, one.path] or 0),
            ],
        }
        for one in _headings(rows, "ceiling")
    ]  # fmt: skip
    return [*below, *_in_all([""], [rows], ("ceiling", "blocked"))]


def _in_all(
    before: Sequence[str], groups: Sequence[Sequence[LineRow]], amounts: Sequence[str]
) -> list[dict[str, Any]]:
    """Return the last row of a page: the sums of groups of lines, after the cells before them."""
    sums = [
        grouped(sum(getattr(row.amounts, name) for row in group))
        for group in groups
        for name in amounts
    ]
    return [{"level": "total", "cells": ["Jumlah", *before, *sums]}] if any(groups) else []


def _details(rows: Sequence[LineRow], names: dict[str, str], year: int) -> list[dict[str, Any]]:
    """Return page II: each heading by spending type, below outputs also by fund source."""
    types = sorted({row.line.account[:2] for row in rows})
    by_type = {
        name: {
            (one.level, one.path): one.amount or 0
            for one in _headings([row for row in rows if row.line.account[:2] == name], "ceiling")
        }
        for name in types
    }
    below = [
        {
            "level": one.level,
            "cells": [
                *_words(one, names, year),
                _fund_of(one, rows),
                *(grouped(by_type[name].get((one.level, one.path), 0)) for name in types),
                grouped(one.amount or 0),
            ],
        }
        for one in _headings(rows, "ceiling")
    ]
    groups = [[row for row in rows if row.line.account[:2] == name] for name in types]
    return [*below, *_in_all(["", ""], [*groups, rows], ("ceiling",))]


def _fund_of(heading: PokRow, rows: Sequence[LineRow]) -> str:
    """Return the fund sources below an output, with a star where money of it is blocked."""
    if heading.level not in ("output", "suboutput"):
        return ""
    below = [row for row in rows if _pok_line(row, 0).path[: len(heading.path)] == heading.path]
    star = " *" if any(row.amounts.blocked for row in below) else ""
    return ", ".join(sorted({row.line.fund_source for row in below})) + star


def _funds(one: UnitDipa, names: dict[str, str]) -> list[list[str]]:
    ordered = sorted(one.rows, key=lambda row: row.line.fund_source)
    found = []
    for fund, group in groupby(ordered, key=lambda row: row.line.fund_source):
        amounts = [row.amounts for row in group]
        ceiling = sum(each.ceiling for each in amounts)
        said = _said(term_of(fund, one.terms), ceiling)
        blocked = sum(each.blocked for each in amounts)
        found.append([fund, names.get(fund, ""), grouped(ceiling), grouped(blocked), said])
    return found


def _said(term: FundTerm | None, ceiling: int) -> str:
    """Return what a fund's newest letter says: how much may be paid, or what a loan is worth."""
    if term is None:
        return ""
    if term.maximum is not None:
        return f"Maksimum pencairan {rupiah(term.maximum)} ({_letter(term)})"
    assert term.rate is not None
    worth = _decimal(in_currency(ceiling, term.rate))
    register = f"Register {term.register}: " if term.register else ""
    return f"{register}{term.currency} {worth} pada kurs Rp{_decimal(term.rate)} ({_letter(term)})"


def _letter(term: FundTerm) -> str:
    return f"{term.letter}, {term.office}, berlaku {periods.day(term.effective_on)}"


def _decimal(number: Decimal) -> str:
    whole, _point, rest = f"{number:.2f}".partition(".")
    return f"{grouped(int(whole))},{rest}"


def _officials(unit: SpendingUnit, seen: AsOf) -> list[list[str]]:
    held = Appointment.objects.on(seen.day).filter(unit=unit).select_related("person")
    order = ("kpa", "ppk", "ppspm", "treasurer")
    posts = dict(zip(order, ("KPA", "PPK", "PPSPM", "Bendahara pengeluaran"), strict=True))
    found = sorted(held, key=lambda one: (order.index(one.post), one.pk))
    typed = typed_of(unit.pk, seen.day.year, seen.day).nips
    return [
        [posts[one.post], name, one.nip or typed.get(name, ""), one.decree]
        for one in found
        for name in [str(one.person)]
    ]


def _receipts(terms: Sequence[FundTerm]) -> list[list[str]]:
    """Return what of the unit's own revenue is known; nobody states an estimate of it here."""
    return [
        [term.fund_source, rupiah(term.deposited), rupiah(term.maximum), _letter(term)]
        for term in terms
        if term.maximum is not None and term.deposited is not None
    ]


def _hold(one: Hold, accounts: AccountNames) -> list[str]:
    line = one.line
    blocking = [entry.posting for entry in one.entries if entry.rupiah > 0]
    said = "; ".join(
        dict.fromkeys(
            " ".join(filter(None, (number, post.party and f"({post.party})")))
            + (f": {post.reason}" if post.reason else "")
            for post in blocking
            for number in [number_on_paper(post.document_number)]
        )
    )
    rupiah_held, name = grouped(one.rupiah), accounts(line.account)
    return [line.programme, line.line_key, line.fund_source, rupiah_held, said, name]
