"""Needs out of delivered sheets (rekapitulasi kebutuhan): drafts that an office publishes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl
from django.utils.translation import ngettext

from pulih.areas.models import Area
from pulih.common.errors import Message, Refusal
from pulih.inbox.models import ImportBatch
from pulih.people.models import User

from ..models import Buyer, BuyerKind, BuyerName, Need, NeedSource, Product, Standard
from ..rules.capacity import units_in_one
from ..rules.products import Vocabulary
from . import needs
from .needs import GivenTerms

KINDS = (
    (("rumah sakit", "rsud", "rs ", "puskesmas", "klinik"), BuyerKind.HEALTH_FACILITY),
    (("gugus tugas", "satgas", "satuan tugas"), BuyerKind.TASK_FORCE),
)
UNDONE = ("draft", "open")
MOST_NAMED = 5
Row = Mapping[str, Any]


def take(batch: ImportBatch, rows: pl.DataFrame, *, by: User) -> dict[str, int]:
    """Draft a need for each row, and write down buyers that are new. May refuse the whole file."""
    known, faults, made = _Known.of(rows), [], 0
    for row in rows.iter_rows(named=True):
        try:
            _draft(batch, row, known, by)
            made += 1
        except Refusal as refusal:
            faults.append((row["row"], refusal.message))
    if faults:
        raise Refusal(_all_of(faults))
    return {"needs_new": made}


@dataclass(frozen=True)
class _Known:
    """What rows may name, read once: goods by code with standards, regencies, buyers by name."""

    words: Vocabulary
    products: Mapping[str, Product]
    regencies: Mapping[int, Area]
    buyers: dict[tuple[int, str], Buyer]

    @classmethod
    def of(cls, rows: pl.DataFrame) -> "_Known":
        regencies = Area.objects.in_bulk(rows["regency_id"].drop_nulls().unique().to_list())
        names = BuyerName.objects.filter(regency__in=regencies).select_related("buyer__regency")
        products = Product.objects.prefetch_related("standards")
        return cls(
            Product.objects.vocabulary(),
            {one.code: one for one in products},
            regencies,
            {(one.regency_id, one.name.upper()): one.buyer for one in names.order_by("-pk")},
        )


def withdraw(batch: ImportBatch, *, by: User) -> dict[str, int]:
    """Take back what a file asked for. May refuse: what makers work on stays."""
    asked = Need.objects.filter(source__batch=batch)
    if busy := asked.filter(ordered__gt=0).count():
        raise Refusal(
            ngettext(
                "Makers work on %(n)d need of this file: cancel its orders first.",
                "Makers work on %(n)d needs of this file: cancel their orders first.",
                busy,
            )
            % {"n": busy}
        )
    return {"needs_withdrawn": _withdraw(asked, batch, by)}


def supersede(old: ImportBatch, *, by: User) -> dict[str, int]:
    """Let the corrected file ask instead; what makers work on stays as it is."""
    asked = Need.objects.filter(source__batch=old, ordered=0)
    return {"needs_withdrawn": _withdraw(asked, old, by)}


def _withdraw(asked: Iterable[Need], batch: ImportBatch, by: User) -> int:
    undone = [need for need in asked if need.state in UNDONE]
    for need in undone:
        needs.withdraw_need(
            need, reason=f"Berkas {batch.file_name} tidak berlaku lagi"[:200], by=by
        )
    return len(undone)


def _draft(batch: ImportBatch, row: Row, known: _Known, by: User) -> None:
    product = _product(row["product"], known)
    regency = _regency(row, known)
    each = _each(row.get("unit") or "", product)
    price, least = row.get("max_price"), row.get("min_order")
    if each != 1 and (price or least):
        raise Refusal(_of_which(product))
    terms = GivenTerms(
        _whole(row["quantity"] * each, row.get("unit")),
        row["due"],
        standard=_standard(row.get("standard"), product),
        max_price=price,
        min_order=least or 1,
        place=(row.get("address") or "")[:200],
    )
    buyer, today = _buyer(row["buyer"], regency, batch.as_of, known, by), batch.as_of
    need = needs.state_need(buyer, product, terms, regency=regency, today=today, by=by)
    NeedSource.objects.create(need=need, source_record_id=row["source_id"], batch=batch)


def _product(text: str, known: _Known) -> Product:
    code = text if text in known.products else known.words.find(text)
    if code is None:
        raise Refusal(
            Message(
                f"barang “{text}” tidak ada di daftar produk",
                f"the goods “{text}” are not on the list of products",
            )
        )
    return known.products[code]


def _each(unit: str, product: Product) -> Fraction:
    """Return how many units of the product one of what the row is counted in makes."""
    own = (product.unit_indonesian.casefold(), product.unit_en.casefold())
    if unit.strip().casefold() in own:
        return Fraction(1)
    each = units_in_one(unit, product.made)
    if each is None:
        raise Refusal(
            Message(
                f"satuan “{unit}” tidak dapat dihitung dalam {product.unit_indonesian}",
                f"the unit “{unit}” cannot be counted in {product.unit_en}",
            )
        )
    return each


def _of_which(product: Product) -> Message:
    """Ask for one unit throughout: who knows whether a price beside dozens is that of a dozen."""
    return Message(
        "jumlahnya dalam satuan lain, jadi tidak jelas satuan mana yang dimaksud harga atau "
        f"kiriman terkecilnya; tulis semuanya per {product.unit_indonesian}",
        "its quantity is in another unit, so nobody knows of which its price or smallest "
        f"consignment is; write all of them in {product.unit_en}",
    )


def _whole(units: Fraction, unit: str | None) -> int:
    if units.denominator == 1:
        return int(units)
    raise Refusal(
        Message(
            f"jumlah dalam “{unit}” tidak genap dalam satuan produknya",
            f"the quantity in “{unit}” makes no whole units of its product",
        )
    )


def _standard(text: str | None, product: Product) -> Standard | None:
    if not text:
        return None
    for one in product.standards.all():
        if text.strip().lower() in (
            one.code.lower(),
            one.name_indonesian.lower(),
            one.name_en.lower(),
        ):
            return one
    raise Refusal(
        Message(
            f"standar “{text}” bukan standar produk {product.name_indonesian}",
            f"the standard “{text}” is not one of the product {product.name_en}",
        )
    )


def _regency(row: Row, known: _Known) -> Area:
    if row["regency_id"] is None:
        raise Refusal(
            Message("kabupaten/kota pemesan tidak disebut", "the buyer's regency is not named")
        )
    return known.regencies[row["regency_id"]]


def _buyer(name: str, regency: Area, on: date, known: _Known, by: User) -> Buyer:
    """Return the buyer of this name in the regency; a new one waits to be verified."""
    name = name.strip()[:120]
    key = regency.pk, name.upper()
    if key not in known.buyers:
        known.buyers[key] = needs.add_buyer(
            name=name, kind=_kind(name), regency=regency, person="", phone="", today=on, by=by
        )
    return known.buyers[key]


def _kind(name: str) -> str:
    lower = f"{name.lower()} "
    return next(
        (kind for words, kind in KINDS if any(word in lower for word in words)),
        BuyerKind.PUBLIC_OFFICE,
    )


def _all_of(faults: list[tuple[int, Message]]) -> Message:
    """Name the rows that cannot be used, the first few in words."""
    told = faults[:MOST_NAMED]
    more = len(faults) - len(told)
    rest_id, rest_en = (f"; dan {more} baris lain", f"; and {more} more") if more else ("", "")
    rows_id = "; ".join(f"baris {row}: {message.id.rstrip('.')}" for row, message in told)
    rows_en = "; ".join(f"row {row}: {message.en.rstrip('.')}" for row, message in told)
    return Message(
        f"{rows_id[0].upper()}{rows_id[1:]}{rest_id}. Perbaiki, lalu kirim lagi. Belum ada yang "
        "disimpan.",
        f"{rows_en[0].upper()}{rows_en[1:]}{rest_en}. Correct them and send the file again. "
        "Nothing was kept.",
    )
