"""Delivered rows of firms become capacities and certificates; what cannot be read says why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from pulih.common.errors import Message
from pulih.common.money import LARGEST_RUPIAH

from .capacity import UNREADABLE, Made, weekly, written
from .products import Vocabulary

LONGEST, LONGEST_NUMBER = 200, 80
MOST_UNITS = 2**31 - 1  # What a lot or a smallest order may hold.
OTHER_UNITS = {"unit_converted", "weight_to_units"}


@dataclass(frozen=True)
class Listed:
    """A product as the reading needs it: its key in the database and how it is counted."""

    id: int
    made: Made


class Terms(NamedTuple):
    """What a row offers beside its capacity: rupiah and units of the product; None: not said."""

    price: int | None = None
    lot: int | None = None
    min_order: int | None = None
    free_from: str | None = None


NOTHING_OFFERED = Terms()
NO_FIGURES = [None, None, None]


@dataclass(frozen=True)
class Statement:
    """A firm's capacity of one product as a row states it. guesses: pairs of rule and words."""

    source_id: int
    enterprise_id: int
    product_id: int
    per_week: int
    said: str
    guesses: tuple[tuple[str, str], ...]
    terms: Terms = NOTHING_OFFERED


@dataclass(frozen=True)
class Unread:
    """A capacity that stands in a row and cannot be used, with the reason."""

    source_id: int
    enterprise_id: int
    product_id: int
    said: str
    reason: Message


def statements(
    rows: Iterable[Mapping[str, Any]],
    words: Vocabulary,
    listed: Mapping[str, Listed],
    heading: str,
) -> Iterator[Statement | Unread]:
    """Read each row that states a capacity of a listed product.

    rows: source_id, enterprise_id, product, capacity, capacity_unit, workers; each may be missing.
    heading: of the capacity's column, which may name the period.
    """
    find = cache(words.find)  # A sheet says the same few products again and again.
    for row in rows:
        code = find(str(row.get("product") or ""))
        if code is None or row.get("capacity") is None:
            continue
        yield from _statements(row, listed[code], heading)


def _statements(
    row: Mapping[str, Any], product: Listed, heading: str
) -> Iterator[Statement | Unread]:
    value, unit = float(row["capacity"]), str(row.get("capacity_unit") or "")
    workers = row.get("workers")
    found = weekly(value, unit, product.made, heading=heading, workers=workers or None)
    source, firm = int(row["source_id"]), int(row["enterprise_id"])
    said = f"{written(value)} {unit}".strip()[:LONGEST]
    if found.per_week is None:
        yield Unread(source, firm, product.id, said, found.wrong or UNREADABLE)
        return
    guesses = tuple((guess.rule, guess.words[:LONGEST]) for guess in found.guesses)
    terms, wrong = _terms(row, is_other=any(rule in OTHER_UNITS for rule, _words in guesses))
    yield Statement(source, firm, product.id, found.per_week, said, guesses, terms)
    if wrong is not None:
        yield Unread(source, firm, product.id, said, wrong)


OF_OTHER_UNIT = Message(
    "Kapasitasnya ditulis dalam satuan lain, jadi harga, lot dan pesanan terkecilnya tidak "
    "dipakai. Tulis semuanya dalam satuan produk.",
    "Its capacity is written in another unit, so its price, lot and smallest order were not used. "
    "Write all of them in the unit of the product.",
)
NOT_LAWFUL = Message(
    "Harga, lot dan pesanan terkecil harus bilangan bulat di atas nol; yang lain tidak dipakai.",
    "Price, lot and smallest order must be whole numbers above nought; others were not used.",
)


def _terms(row: Mapping[str, Any], *, is_other: bool) -> tuple[Terms, Message | None]:
    """Return what a row offers, and why something of it was not used.

    is_other: the capacity is in dozens or kilograms, and who knows of which a price is.
    """
    said = [row.get("price"), row.get("lot_size"), row.get("min_order")]
    free_from = str(row["free_from"]) if row.get("free_from") else None
    if said == NO_FIGURES:  # As in most lists; the rest would take half of the reading's time.
        return Terms(free_from=free_from) if free_from else NOTHING_OFFERED, None
    if is_other:
        return Terms(free_from=free_from), OF_OTHER_UNIT
    price, lot, min_order = (
        None if one is None or not 0 < int(one) <= most else int(one)
        for one, most in zip(said, (LARGEST_RUPIAH, MOST_UNITS, MOST_UNITS), strict=True)
    )
    lost = (price, lot, min_order).count(None) > said.count(None)
    return Terms(price, lot, min_order, free_from), NOT_LAWFUL if lost else None


def newest(read: Iterable[Statement]) -> dict[tuple[int, int], Statement]:
    """Keep the last statement of each firm and product, by the id of its row."""
    found: dict[tuple[int, int], Statement] = {}
    for one in read:
        key = (one.enterprise_id, one.product_id)
        if key not in found or found[key].source_id < one.source_id:
            found[key] = one
    return found


class Held(NamedTuple):
    """A certificate that a row names; number and days only where it names this one alone."""

    source_id: int
    enterprise_id: int
    kind: str
    number: str = ""
    valid_from: str | None = None
    valid_to: str | None = None


def certificates_of(rows: Iterable[Mapping[str, Any]]) -> Iterator[Held]:
    """Yield every certificate that a row names."""
    for row in rows:
        said = row.get("certificates")
        kinds = said.split(";") if isinstance(said, str) else list(said or ())
        kinds = [kind.strip() for kind in kinds if kind.strip()]
        known = _numbered(row) if len(kinds) == 1 else ()
        for kind in kinds:
            yield Held(int(row["source_id"]), int(row["enterprise_id"]), kind, *known)


def _numbered(row: Mapping[str, Any]) -> tuple[str, str | None, str | None]:
    number = " ".join(str(row.get("certificate_number") or "").split())
    first, last = (
        str(row[name]) if row.get(name) else None for name in ("certificate_from", "certificate_to")
    )
    return number if len(number) <= LONGEST_NUMBER else "", first, last
