"""The ledger as the treasury's lists: realisation, SP2D and contracts, as they can be read again.

Each figure is of two days: in effect by `day`, and known by `known` (None: all that is known). A
document and its corrections are one row a line; what was reversed is none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum

from pulih.budget.models import AmountKind, BudgetLine, DocumentKind, Entry, Posting
from pulih.budget.models.lines import BudgetLineQuerySet
from pulih.budget.rules.amounts import Amounts

from .models import ListKind

OF_A_UNIT = ("Kode Satker", "Nama Satker", "Tahun Anggaran")
EXPORT_HEADINGS = {
    ListKind.REALISATION: (
        *OF_A_UNIT, "Provinsi", "Kewenangan", "Sumber Dana", "Program", "Kode", "Uraian Akun",
        "Pagu", "Blokir", "Komitmen", "Realisasi s.d. Saat Ini", "Sisa Pagu",
    ),
    ListKind.PAYMENTS: (
        *OF_A_UNIT, "Nomor SP2D", "Tanggal SP2D", "Jenis SPM", "Kewenangan", "Sumber Dana", "Kode",
        "Bruto", "Penerima", "Keperluan", "Nomor Kontrak",
    ),
    ListKind.COMMITMENTS: (
        *OF_A_UNIT, "Nomor Kontrak", "Tanggal Kontrak", "Rekanan", "Kewenangan", "Sumber Dana",
        "Kode", "Nilai Kontrak", "Realisasi", "Sisa Kontrak", "Keperluan",
    ),
}  # fmt: skip
TITLES_INDONESIAN = {
    ListKind.REALISATION: "Daftar realisasi anggaran",
    ListKind.PAYMENTS: "Daftar SP2D",
    ListKind.COMMITMENTS: "Daftar kontrak",
}
FILES = {
    ListKind.REALISATION: "realisasi",
    ListKind.PAYMENTS: "sp2d",
    ListKind.COMMITMENTS: "kontrak",
}
PAID = (DocumentKind.PAYMENT, DocumentKind.RETURN)
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Seen:
    """The two days on which the ledger is read."""

    day: date
    known: date | None = None


def rows(kind: ListKind, lines: BudgetLineQuerySet, seen: Seen) -> Iterator[Row]:
    """Yield the rows of one list over some lines, in the columns of EXPORT_HEADINGS."""
    chosen = lines.select_related("unit__province").order_by("unit__code", "line_key", "id")
    by_id = {line.pk: line for line in chosen}
    if kind == ListKind.REALISATION:
        return _realisation(by_id, seen)
    if kind == ListKind.PAYMENTS:
        return _payments(by_id, seen)
    return _contracts(by_id, seen)


def _realisation(lines: dict[int, BudgetLine], seen: Seen) -> Iterator[Row]:
    amounts = Entry.objects.filter(line__in=list(lines)).amounts_by("line_id", seen.day, seen.known)
    for line in lines.values():
        one = amounts.get(line.pk, Amounts())
        if one != Amounts():
            yield (
                *_unit(line), line.province.name, line.authority, line.fund_source, line.programme,
                line.line_key, line.detail[:200], one.ceiling, one.blocked, one.committed,
                one.realised, one.ceiling - one.realised,
            )  # fmt: skip


def _payments(lines: dict[int, BudgetLine], seen: Seen) -> Iterator[Row]:
    paid = _sums(lines, AmountKind.REALISATION, seen)
    roots = _documents(paid, PAID)
    settled = {one["settles"] for one in roots.values() if one["settles"]}
    contracts = dict(Posting.objects.filter(pk__in=settled).values_list("pk", "document_number"))
    for root, line, rupiah in _in_order(_by_root(paid, roots), roots, lines):
        one, at = roots[root], lines[line]
        yield (
            *_unit(at), one["document_number"], one["effective_on"], one["method"],
            at.authority, at.fund_source, at.line_key, rupiah, one["party"], one["reason"],
            contracts.get(one["settles"], ""),
        )  # fmt: skip


def _contracts(lines: dict[int, BudgetLine], seen: Seen) -> Iterator[Row]:
    committed = _sums(lines, AmountKind.COMMITMENT, seen)
    roots = _documents(committed, (DocumentKind.COMMITMENT,))
    paid = {
        (root, line): rupiah
        for root, line, rupiah in _by_root(_sums(lines, AmountKind.REALISATION, seen), roots)
    }
    for root, line, rupiah in _in_order(_by_root(committed, roots), roots, lines):
        one, at, spent = roots[root], lines[line], paid.get((root, line), 0)
        yield (
            *_unit(at), one["document_number"], one["effective_on"], one["party"], at.authority,
            at.fund_source, at.line_key, rupiah, spent, rupiah - spent, one["reason"],
        )  # fmt: skip


def _unit(line: BudgetLine) -> Row:
    return line.unit.code, line.unit.name, line.fiscal_year


def _sums(
    lines: dict[int, BudgetLine], kind: AmountKind, seen: Seen
) -> list[tuple[int, int | None, int | None, int, int]]:
    """Return posting, what it refers to and settles, line and rupiah of all entries of a kind."""
    entries = Entry.objects.known_by(seen.known).filter(
        line__in=list(lines), effective_on__lte=seen.day, amount_kind=kind
    )
    names = ("posting_id", "posting__refers_to", "posting__settles", "line_id")
    found = entries.order_by().values_list(*names).annotate(Sum("rupiah"))
    return [(*row[:4], int(row[4])) for row in found.iterator(20_000)]


def _documents(
    sums: list[tuple[int, int | None, int | None, int, int]], kinds: tuple[DocumentKind, ...]
) -> dict[int, dict[str, Any]]:
    """Return the documents of some kinds that moved money; an addendum is part of its contract."""
    named = {key for row in sums for key in row[:3] if key}
    names = ("document_number", "effective_on", "party", "reason", "method", "settles")
    found: QuerySet[Any, dict[str, Any]] = Posting.objects.filter(
        pk__in=named, document_kind__in=kinds
    ).values("pk", *names)
    is_contract = DocumentKind.COMMITMENT in kinds
    return {one["pk"]: one for one in found if not (is_contract and one["settles"])}


def _by_root(
    sums: list[tuple[int, int | None, int | None, int, int]], roots: dict[int, dict[str, Any]]
) -> Iterator[tuple[int, int, int]]:
    """Add up what documents, their corrections and addenda moved on each line."""
    total: dict[tuple[int, int], int] = {}
    for posting, refers_to, settles, line, rupiah in sums:
        root = next((key for key in (posting, refers_to, settles) if key in roots), None)
        if root is not None:
            total[root, line] = total.get((root, line), 0) + rupiah
    for (root, line), rupiah in total.items():
        if rupiah:
            yield root, line, rupiah


def _in_order(
    found: Iterator[tuple[int, int, int]],
    roots: dict[int, dict[str, Any]],
    lines: dict[int, BudgetLine],
) -> list[tuple[int, int, int]]:
    return sorted(
        found,
        key=lambda one: (
            lines[one[1]].unit.code,
            roots[one[0]]["effective_on"],
            roots[one[0]]["document_number"],
            lines[one[1]].line_key,
        ),
    )
