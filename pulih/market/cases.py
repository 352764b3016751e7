"""What the market knows becomes a case of `pulih.matching`: needs, makers, groups, what is placed.

Codes: `n5` a need, `f7` a firm, `g3` a group, `a101` an area; a product by its own code. Makers
whose capacity is too old to count or who have no regency are left out and counted; for one who
states no price the product's usual price stands.
"""

import csv
import io
import math
import zipfile
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import polars as pl

from pulih import places
from pulih.common.errors import Fault
from pulih.impact.models import ImpactReport
from pulih.matching import Case, case_from_tables
from pulih.people.models import User
from pulih.people.scope import speaking_as_system
from pulih.planning.cases import toml_of, zipped
from pulih.registry.models import Enterprise

from . import transport
from .models import Capacity, Certificate, Group, Member, Need, Order, OrderPart, Product
from .rules.freshness import LEFT_OUT_AFTER_DAYS

SCHEME = places.Scheme.KEMENDAGRI
STILL_MADE = ("accepted", "confirmed", "sent", "partly")
WORK = "work"  # Stands for orders that are accepted.
Rows = list[tuple[Any, ...]]
COLUMNS: dict[str, tuple[str, ...]] = {
    "areas": ("area", "parent", "island"),
    "products": ("product", "name", "unit", "gram"),
    "needs": (
        *("need", "area", "product", "quantity", "due", "standard", "max_price"),
        *("min_order", "max_suppliers", "weight"),
    ),
    "firms": ("firm", "regency", "severity", "free_from"),
    "capacities": ("firm", "product", "per_week", "price", "lot", "min_order"),
    "transport": ("class", "per_consignment", "per_kg", "days"),
    "certificates": ("firm", "certificate", "valid_to"),
    "accepts": ("standard", "certificate"),
    "groups": ("group", "area", "min_order", "fee"),
    "members": ("group", "firm"),
    "placed": ("firm", "product", "quantity", "due"),
    "barred": ("need", "supplier"),
}
USUAL: dict[str, Any] = {"full_weeks": 2, "tolerance": [0.0, 0.0], "fill": [[1.0, 1.0]]}


@dataclass(frozen=True)
class Material:
    """A case as tables of text. left_out: makers that it does not hold, by reason."""

    settings: Mapping[str, Any]
    rows: Mapping[str, Rows]
    left_out: Mapping[str, int] = field(default_factory=dict)

    def case(self) -> Case | list[Fault]:
        """The case, or everything wrong with it."""
        return case_from_tables(self.settings, {name: self.frame(name) for name in COLUMNS})

    def frame(self, name: str) -> pl.DataFrame:
        texts = [[None if cell is None else str(cell) for cell in row] for row in self.rows[name]]
        schema = dict.fromkeys(COLUMNS[name], pl.String)
        return pl.DataFrame(texts, schema=schema, orient="row")

    def archive(self) -> bytes:
        """The case as a zip that `pulih match` reads once unpacked; always the same bytes."""
        files: dict[str, Any] = {"case.toml": toml_of(dict(self.settings))}
        files |= {f"{name}.csv": self.frame(name).write_csv() for name in COLUMNS}
        return zipped(files)

    @property
    def sha256(self) -> str:
        return sha256(self.archive()).hexdigest()

    def with_rows(self, **added: Iterable[tuple[Any, ...]]) -> "Material":
        """The same case with more rows: what would be if they were there."""
        rows = {name: [*self.rows[name], *added.get(name, ())] for name in COLUMNS}
        return replace(self, rows=rows)


def material_of(
    needs: Sequence[Need],
    *,
    by: User,
    as_of: date,
    settings: Mapping[str, Any] | None = None,
    of: Enterprise | None = None,
) -> Material:
    """Read everything that decides how `needs` are shared out among the makers that `by` sees.

    settings: those of `case.toml` that differ from the usual ones. of: this maker alone.
    """
    products = Product.objects.filter(needs__in=needs).distinct().order_by("code")
    capacities, left_out = _capacities(products, by, as_of, of)
    firms = {one.enterprise_id: one for one in capacities}
    groups, members = _groups(firms, by, as_of)
    work, orders = placed(firms)
    standing = _standing(needs)
    regencies = {need.regency_id for need in needs} | {
        one.regency_id for one in capacities if one.regency_id is not None
    }
    standards = [need.terms.standard for need in needs if need.terms and need.terms.standard]
    rows: dict[str, Rows] = {
        "areas": _areas(regencies, as_of),
        "products": [
            *((one.code, one.name_indonesian, one.unit_indonesian, one.gram) for one in products),
            *([(WORK, "Pekerjaan yang disanggupi", "bagian", 1)] if work else []),
        ],
        "needs": [_need(one, standing[one.pk]) for one in needs],
        "firms": _firms(capacities, by),
        "capacities": [*(_capacity(one) for one in capacities), *work],
        "transport": list(transport.classes()),
        "certificates": _certificates(firms, by, as_of),
        "accepts": sorted(
            {(one.code, kind) for one in standards for kind in one.accepts if kind != one.code}
        ),
        "groups": [(f"g{one.pk}", f"a{one.regency_id}", one.min_order, one.fee) for one in groups],
        "members": members,
        "placed": orders,
        "barred": _barred(needs, by, firms, {one.pk for one in groups}),
    }
    said = {"title": "", "as_of": as_of.isoformat(), **USUAL, **(settings or {})}
    return Material(said, rows, left_out)


def rows_of(archive: bytes, table: str) -> list[list[str]]:
    """Read one table of a frozen case, without its head."""
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        text = files.read(f"{table}.csv").decode()
    return list(csv.reader(io.StringIO(text)))[1:]


def changed_firms(archive: bytes, now: Material) -> set[int]:
    """Return the firms of which a frozen case says anything else than the case of now."""
    later, found = now.archive(), set()
    for table in ("firms", "capacities", "certificates", "placed"):
        before, after = (set(map(tuple, rows_of(one, table))) for one in (archive, later))
        found |= {key_of_code(row[0]) for row in before ^ after}
    return found


def key_of_code(code: str) -> int:
    """The id behind `f7`, `g3`, `n5` or `a101`."""
    return int(code[1:])


def placed(firms: Iterable[int]) -> tuple[Rows, Rows]:
    """Return capacities and placed orders of the work that firms accepted and still do.

    It is counted as a product of its own, in parts of a week that make every order a whole number:
    so it takes the weeks that it took when it was offered, whatever the firm states today.
    """
    parts = OrderPart.objects.filter(enterprise__in=list(firms), order__state__in=STILL_MADE)
    by_firm: dict[int, list[OrderPart]] = {}
    for part in parts.select_related("order").order_by("enterprise_id", "pk"):
        by_firm.setdefault(part.enterprise_id, []).append(part)
    capacities: Rows = []
    orders: Rows = []
    for firm, own in by_firm.items():
        whole = math.lcm(*(part.per_week for part in own))
        capacities.append((f"f{firm}", WORK, whole, 1, 1, 1))
        due: dict[date, int] = {}
        for part in own:
            units = part.quantity * (whole // part.per_week)
            due[part.order.ready_by] = due.get(part.order.ready_by, 0) + units
        orders += [(f"f{firm}", WORK, units, day.isoformat()) for day, units in sorted(due.items())]
    return capacities, orders


def _areas(regencies: Iterable[int], on: date) -> Rows:
    rows: set[tuple[str, str | None, str | None]] = set()
    for key in regencies:
        above = places.parent_of(places.place(key), on)
        assert above is not None, f"regency {key} lies in no province on {on}"
        code = places.code_of(above, SCHEME, on) or ""
        rows.add((f"a{above.key}", None, transport.island_of(code) or None))
        rows.add((f"a{key}", f"a{above.key}", None))
    return sorted(rows, key=str)


def _standing(needs: Sequence[Need]) -> Counter[int]:
    """Count the suppliers that hold a live order of each need, wherever they are."""
    with speaking_as_system():
        return Counter(Order.objects.live().filter(need__in=needs).values_list("need", flat=True))


def _barred(needs: Sequence[Need], by: User, firms: Container[int], groups: Container[int]) -> Rows:
    """Suppliers that hold an order of a need, one at a time each, or declined it on these terms."""
    rows = Order.objects.visible_to(by).settled().filter(need__in=needs)
    found = set()
    for need, firm, group in rows.values_list("need", "enterprise", "group"):
        if firm in firms:
            found.add((f"n{need}", f"f{firm}"))
        elif group in groups:
            found.add((f"n{need}", f"g{group}"))
    return sorted(found)


def _need(need: Need, standing: int) -> tuple[Any, ...]:
    """standing: suppliers that hold an order of it already and count among the most it takes."""
    terms = need.terms
    assert terms is not None
    most = terms.max_suppliers
    return (
        f"n{need.pk}",
        f"a{need.regency_id}",
        need.product.code,
        need.missing,
        terms.due.isoformat(),
        terms.standard.code if terms.standard else None,
        terms.max_price,
        min(terms.min_order, need.missing),
        None if most is None else max(1, most - standing),
        terms.weight,
    )


def _capacities(
    products: Iterable[Product], by: User, as_of: date, of: Enterprise | None
) -> tuple[list[Capacity], dict[str, int]]:
    rows = Capacity.objects.visible_to(by).of_listed().filter(product__in=list(products))
    rows = rows if of is None else rows.filter(enterprise=of)
    found = rows.select_related("product").order_by("enterprise_id", "product_id")
    since = as_of - timedelta(LEFT_OUT_AFTER_DAYS)
    kept, left_out = [], {"old": 0, "placeless": 0}
    for one in found:
        if one.confirmed_on < since:
            left_out["old"] += 1
        elif one.regency_id is None:
            left_out["placeless"] += 1
        else:
            kept.append(one)
    return kept, left_out


def _capacity(one: Capacity) -> tuple[Any, ...]:
    price = one.price or one.product.usual_price
    code = one.product.code
    return f"f{one.enterprise_id}", code, one.per_week, price, one.lot, one.min_order


def _firms(capacities: Iterable[Capacity], by: User) -> Rows:
    """Firms with the severity of their newest report: those without one count as not hit.

    A case knows one day for all that a firm makes: its latest, so that nothing is promised early.
    """
    listed: dict[int, Capacity] = {}
    for one in capacities:
        known = listed.setdefault(one.enterprise_id, one)
        if (one.free_from or date.min) > (known.free_from or date.min):
            listed[one.enterprise_id] = one
    keys = list(listed)
    reports = ImpactReport.objects.visible_to(by).filter(enterprise__in=keys, is_latest=True)
    severity = dict(reports.exclude(severity=None).values_list("enterprise_id", "severity"))
    return [
        (f"f{one.enterprise_id}", f"a{one.regency_id}", severity.get(one.enterprise_id, 0),
         one.free_from.isoformat() if one.free_from else None)
        for one in listed.values()
    ]  # fmt: skip


def _certificates(firms: Iterable[int], by: User, as_of: date) -> Rows:
    """Certificates that an office has seen; one without a last day has no end."""
    rows = Certificate.objects.visible_to(by).filter(enterprise__in=list(firms))
    held: dict[tuple[str, str], date] = {}
    for one in rows.exclude(verified_at=None).select_related("standard"):
        codes = [one.kind, *([one.standard.code] if one.standard else [])]
        if one.valid_from and one.valid_from > as_of:
            continue
        for code in codes:
            key = (f"f{one.enterprise_id}", code)
            held[key] = max(held.get(key, date.min), one.valid_to or date.max)
    return sorted(
        (firm, code, None if end == date.max else end.isoformat())
        for (firm, code), end in held.items()
    )


def _groups(firms: Mapping[int, Any], by: User, as_of: date) -> tuple[list[Group], Rows]:
    members = Member.objects.visible_to(by).on(as_of).filter(enterprise__in=list(firms))
    inside = [one for one in members if firms[one.enterprise_id].regency_id == one.regency_id]
    groups = Group.objects.filter(pk__in={one.group_id for one in inside}).order_by("pk")
    rows: Rows = sorted((f"g{one.group_id}", f"f{one.enterprise_id}") for one in inside)
    return list(groups), rows
