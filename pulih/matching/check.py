"""Judge an answer against its case in whole numbers, without trusting whoever made it.

Nothing here reads the solver's rows: every rule of the contract is said a second time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pulih.common.errors import Message
from pulih.matching.case import Case, Need
from pulih.matching.plan import Parts


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """A rule that an answer breaks, where, and by how much (units, rupiah or weeks)."""

    rule: str
    by: Fraction
    message: Message


def breaches(case: Case, parts: Parts) -> list[Breach]:
    """Return every rule the answer breaks; an empty list means lawful."""
    found = list(_strange(case, parts))
    if not found:  # Sums over parts that nobody knows would only repeat them.
        found += _barred(case, parts)
        found += _certificates(case, parts)
        found += _consignments(case, parts)
        found += _times(case, parts)
        found += _needs(case, parts)
        found += _shares(case, parts)
    return sorted(found)


def _breach(rule: str, by: Fraction | int, indonesian: str, english: str) -> Breach:
    return Breach(rule, Fraction(by), Message(indonesian, english))


def _strange(case: Case, parts: Parts) -> Iterator[Breach]:
    joined = {(member.group, member.firm) for member in case.members}
    for (need, supplier, firm), units in parts.items():
        name = f"part:{need}:{supplier}:{firm}"
        wanted = case.need.get(need)
        capacity = case.capacity.get((firm, wanted.product)) if wanted else None
        if capacity is None or (supplier != firm and (supplier, firm) not in joined):
            yield _breach(
                name,
                0,
                "Kebutuhan, usaha atau kelompok ini tidak ada, atau usaha tidak membuatnya.",
                "There is no such need, firm or group, or the firm does not make it.",
            )
        elif type(units) is not int or units < 1 or units % capacity.lot:
            yield _breach(
                name,
                0,
                "Jumlah harus kelipatan bulat dari satu lot.",
                "The quantity must be a whole multiple of a lot.",
            )


def _barred(case: Case, parts: Parts) -> Iterator[Breach]:
    barred = {(each.need, each.supplier) for each in case.barred}
    for need, supplier in sorted({(need, supplier) for need, supplier, _ in parts}):
        if (need, supplier) in barred:
            yield _breach(
                f"barred:{need}:{supplier}",
                0,
                "Pemasok ini sudah memegang atau menolak pesanan kebutuhan ini.",
                "This supplier has an order of this need already, or declined it.",
            )


def _certificates(case: Case, parts: Parts) -> Iterator[Breach]:
    held: dict[str, list[tuple[str, date | None]]] = {}
    for each in case.certificates:
        held.setdefault(each.firm, []).append((each.certificate, each.valid_to))
    for need, _, firm in parts:
        wanted = case.need[need]
        if not wanted.standard:
            continue
        accepted = {wanted.standard} | {
            each.certificate for each in case.accepts if each.standard == wanted.standard
        }
        if not any(
            name in accepted and (end is None or end >= wanted.due)
            for name, end in held.get(firm, ())
        ):
            yield _breach(
                f"certificate:{need}:{firm}",
                0,
                "Usaha tidak punya sertifikat yang berlaku pada tenggat.",
                "The firm holds no accepted certificate that is valid on the due day.",
            )


def _consignments(case: Case, parts: Parts) -> Iterator[Breach]:
    sent: dict[tuple[str, str], dict[str, int]] = {}
    for (asked, supplier, firm), count in parts.items():
        sent.setdefault((asked, supplier), {})[firm] = count
    for (code, supplier), by_firm in sent.items():
        need, units = case.need[code], sum(by_firm.values())
        group = case.group.get(supplier)
        own = group.min_order if group else case.capacity[supplier, need.product].min_order
        lacking = max(need.min_order, own) - units
        if lacking > 0:
            yield _breach(
                f"min_order:{code}:{supplier}",
                lacking,
                "Kiriman lebih kecil dari pesanan terkecil.",
                "The consignment is smaller than the smallest order.",
            )
        if need.max_price is None:
            continue
        excess = _bill(case, need, supplier, by_firm) - need.max_price * units
        if excess > 0:
            yield _breach(
                f"max_price:{code}:{supplier}",
                excess,
                "Kiriman lebih mahal dari harga tertinggi.",
                "The consignment costs more than the highest price.",
            )


def _bill(case: Case, need: Need, supplier: str, by_firm: dict[str, int]) -> int:
    group, units = case.group.get(supplier), sum(by_firm.values())
    start = group.area if group else case.firm[supplier].regency
    tariff = case.transport_of[case.class_between(start, need.area)]
    grams = units * case.product[need.product].gram
    goods = sum(case.capacity[firm, need.product].price * count for firm, count in by_firm.items())
    carried = Fraction(grams * tariff.per_kg, 1000).__ceil__()
    return goods + (group.fee if group else 0) * units + tariff.per_consignment + carried


def _times(case: Case, parts: Parts) -> Iterator[Breach]:
    """On every day that could matter: work due by then fits into the weeks until then."""
    new: dict[str, list[tuple[int, Fraction]]] = {}
    for (code, _, firm), units in parts.items():
        need = case.need[code]
        distance = case.class_between(case.firm[firm].regency, need.area)
        latest = need.due.toordinal() - case.transport_of[distance].days
        spent = Fraction(units, case.capacity[firm, need.product].per_week)
        new.setdefault(firm, []).append((latest, spent))
    old: dict[str, list[tuple[int, Fraction]]] = {}
    for each in case.placed:
        spent = Fraction(each.quantity, case.capacity[each.firm, each.product].per_week)
        old.setdefault(each.firm, []).append((each.due.toordinal(), spent))
    for firm, orders in new.items():
        start = max(case.settings.as_of, case.firm[firm].free_from or case.settings.as_of)
        before = old.get(firm, [])
        for day in sorted({day for day, _ in orders + before}):
            weeks = Fraction(day - start.toordinal(), 7) - _by(before, day)
            excess = _by(orders, day) - max(Fraction(0), weeks)
            if excess > 0:
                yield _breach(
                    f"weeks:{firm}:{date.fromordinal(day)}",
                    excess,
                    "Pekerjaan usaha sampai hari ini melebihi minggu yang ada.",
                    "The firm's work by this day exceeds the weeks there are.",
                )


def _by(orders: list[tuple[int, Fraction]], day: int) -> Fraction:
    return sum((spent for until, spent in orders if until <= day), Fraction(0))


def _needs(case: Case, parts: Parts) -> Iterator[Breach]:
    units = dict.fromkeys(case.need, 0)
    suppliers: dict[str, set[str]] = {code: set() for code in case.need}
    for (code, supplier, _), count in parts.items():
        units[code] += count
        suppliers[code].add(supplier)
    for need in case.needs:
        excess = units[need.code] - need.quantity
        if excess > 0:
            yield _breach(
                f"quantity:{need.code}",
                excess,
                "Kebutuhan menerima lebih dari yang diminta.",
                "The need gets more than it asks for.",
            )
        most = need.max_suppliers
        if most is not None and len(suppliers[need.code]) > most:
            yield _breach(
                f"suppliers:{need.code}",
                len(suppliers[need.code]) - most,
                "Pemasok lebih banyak dari yang diizinkan.",
                "There are more suppliers than allowed.",
            )


def _shares(case: Case, parts: Parts) -> Iterator[Breach]:
    asked: dict[str, int] = {}
    for need in case.needs:
        asked[need.product] = asked.get(need.product, 0) + need.quantity
    of_firm: dict[tuple[str, str], int] = {}
    of_regency: dict[tuple[str, str], int] = {}
    for (code, _, firm), units in parts.items():
        product, regency = case.need[code].product, case.firm[firm].regency
        of_firm[firm, product] = of_firm.get((firm, product), 0) + units
        of_regency[regency, product] = of_regency.get((regency, product), 0) + units
    for name, share, got in (
        ("firm_share", case.settings.firm_share, of_firm),
        ("regency_share", case.settings.regency_share, of_regency),
    ):
        for (who, product), units in got.items():
            if share is not None and units > (share * asked[product]).__floor__():
                yield _breach(
                    f"{name}:{who}:{product}",
                    units - (share * asked[product]).__floor__(),
                    "Porsi dari seluruh permintaan produk ini terlampaui.",
                    "The share of all that is asked for of this product is exceeded.",
                )
