"""Fiscal Data Package 1.0rc1: every budget line with its amounts, and every payment.

Two tables and their description; a payee is named where it is a body. Amounts are whole rupiah.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from pulih.budget.rules.parties import kind_of

from .rows import About, FiscalLine, Ledger

Values = dict[str, Any]
Row = tuple[str | int, ...]


class Field(NamedTuple):
    """One column. column_type: of the budget taxonomy 1.0rc1; blank where it has none."""

    name: str
    title: str
    type: str
    column_type: str


PLACE = (
    Field("fiscal_year", "Tahun anggaran", "integer", "date:fiscal-year"),
    Field("unit", "Kode satker", "string", "administrative-classification:generic:code"),
    Field("unit_name", "Satuan kerja", "string", "administrative-classification:generic:label"),
    Field("province", "Kode provinsi (Kemendagri)", "string", "geo:target:code"),
    Field("province_name", "Provinsi", "string", "geo:target:title"),
)
LINES = (
    *PLACE,
    Field("line", "Baris POK", "string", "budget-line-id"),
    Field("authority", "Kewenangan", "string", "expenditure-type:code"),
    Field("fund_source", "Sumber dana", "string", "fin-source:generic:code"),
    Field("programme", "Program", "string", "activity:generic:program:code"),
    Field("activity", "Kegiatan", "string", "activity:generic:subprogram:code"),
    Field("output", "Output", "string", "activity:generic:project:code"),
    Field("component", "Komponen", "string", "activity:generic:subproject:code"),
    Field("account", "Akun", "string", "economic-classification:generic:code"),
    Field("account_name", "Uraian akun", "string", "economic-classification:generic:label"),
    Field("measure", "Langkah strategis", "string", ""),
    Field("ceiling", "Pagu", "integer", "value"),
    Field("blocked", "Blokir", "integer", "value"),
    Field("committed", "Komitmen", "integer", "value"),
    Field("realised", "Realisasi", "integer", "value"),
    Field("reserved", "Dicadangkan", "integer", "value"),
)
PAYMENTS = (
    *PLACE,
    Field("line", "Baris POK", "string", "budget-line-id"),
    Field("document", "Nomor dokumen", "string", ""),
    Field("kind", "Jenis dokumen", "string", "value-kind:code"),
    Field("day", "Tanggal", "date", "date:generic"),
    Field("method", "Cara bayar", "string", ""),
    Field("payee_kind", "Jenis penerima", "string", ""),
    Field("payee", "Penerima (badan saja)", "string", ""),
    Field("rupiah", "Rupiah", "integer", "value"),
)  # fmt: skip
PAYMENTS_FILE = "fiscal/payments.csv"
AMOUNTS = {
    "ceiling": "adjusted",
    "blocked": "adjusted",
    "committed": "executed",
    "realised": "executed",
    "reserved": "adjusted",
}
DIMENSIONS = {
    "year": ("datetime", None, "fiscal_year", None),
    "unit": ("classification", "administrative", "unit", "unit_name"),
    "province": ("location", None, "province", "province_name"),
    "line": ("classification", None, "line", None),
    "activity": ("activity", None, "activity", None),
    "account": ("classification", "economic", "account", "account_name"),
}


def lines_csv(ledger: Ledger) -> str:
    rows = sorted(_line(line) for line in ledger.lines.values())
    return _csv(LINES, rows)


def payments_csv(ledger: Ledger) -> str:
    return _csv(PAYMENTS, payments(ledger))


def payments(ledger: Ledger) -> Iterator[Row]:
    """Yield what each document added to the realisation of each line; returns are negative.

    Where a payment names nobody, its contract says who is paid.
    """
    contracts = {one.key: one for one in ledger.documents if one.root == one.key}
    for one in ledger.documents:
        names = one if one.party.strip() or one.root is None else contracts.get(one.root, one)
        for change in one.changes:
            if change.kind == "realisation":
                line = ledger.lines[change.line]
                yield (
                    *_place(line), line.key, one.number, one.kind, one.day.isoformat(), one.method,
                    (names.stated or kind_of(names.party)).value, names.payee or "", change.rupiah,
                )  # fmt: skip


def package(about: About, fiscal_year: int) -> Values:
    return {
        "profile": "tabular-data-package",  # As the official schema of a fiscal package asks.
        "name": f"pulih-{about.number}",
        "title": f"Anggaran dukungan industri kecil {fiscal_year}, per {about.as_of.isoformat()}",
        "homepage": about.site,
        "created": about.published_at.isoformat(),
        "licenses": [{"name": "CC-BY-4.0", "path": about.licence}],
        "sources": [{"title": "DIPA, POK, dan dokumen perbendaharaan satker", "path": about.site}],
        "countryCode": "ID",
        "granularity": "transactional",
        "fiscalPeriod": {"start": f"{fiscal_year}-01-01", "end": f"{fiscal_year}-12-31"},
        "resources": [
            _resource("lines", "Baris anggaran", "lines.csv", LINES),
            _resource("payments", "Pembayaran", "payments.csv", PAYMENTS),
        ],
        "model": {
            "measures": {name: _measure(name, phase) for name, phase in AMOUNTS.items()},
            "dimensions": {name: _dimension(*parts) for name, parts in DIMENSIONS.items()},
        },
    }


def _place(line: FiscalLine) -> Row:
    return line.fiscal_year, line.unit, line.unit_name, line.province, line.province_name


def _line(line: FiscalLine) -> Row:
    return tuple(getattr(line, "key" if field.name == "line" else field.name) for field in LINES)


def _csv(fields: tuple[Field, ...], rows: Iterable[Row]) -> str:
    memory = io.StringIO()
    writer = csv.writer(memory, lineterminator="\n")
    writer.writerow(field.name for field in fields)
    writer.writerows([csv_cell(cell) for cell in row] for row in rows)
    return memory.getvalue()


def csv_cell(cell: str | int) -> str | int:
    """A text in one line, which no spreadsheet takes for a formula."""
    if isinstance(cell, int):
        return cell
    text = " ".join(cell.split())
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def _resource(name: str, title: str, path: str, fields: tuple[Field, ...]) -> Values:
    return {
        "name": name,
        "title": title,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": [_field(one) for one in fields], "missingValues": [""]},
    }


def _field(field: Field) -> Values:
    found = {"name": field.name, "title": field.title, "type": field.type}
    return found | ({"columnType": field.column_type} if field.column_type else {})


def _measure(name: str, phase: str) -> Values:
    return {
        "source": name,
        "resource": "lines",
        "currency": "IDR",
        "direction": "expenditure",
        "phase": phase,
    }


def _dimension(kind: str, classification: str | None, key: str, label: str | None) -> Values:
    attributes: Values = {key: {"source": key, "resource": "lines"}}
    if label:
        attributes[label] = {"source": label, "resource": "lines", "labelfor": key}
    found: Values = {"dimensionType": kind, "primaryKey": key, "attributes": attributes}
    return found | ({"classificationType": classification} if classification else {})
