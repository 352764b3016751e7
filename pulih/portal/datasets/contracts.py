"""Contracts and other commitments of the units: how many, for how much, with what kind of payee."""

from collections import Counter
from collections.abc import Iterator

from pulih.budget.models import AmountKind
from pulih.budget.rules.parties import PartyKind, kind_of
from pulih.common.errors import Message
from pulih.portal.areas import NATION
from pulih.portal.standards import reading
from pulih.portal.standards.rows import Document, Ledger

from .base import ALL, Dataset, Measure, Moment, Raw, not_recorded, summed
from .proposals import provinces

KINDS: dict[str, Message] = {
    PartyKind.BODY: Message("badan (PT, CV, koperasi, dan lain-lain)", "bodies (PT, CV and so on)"),
    PartyKind.PERSON: Message("perorangan, UD, PD", "persons and sole traders"),
    PartyKind.LIST: Message("daftar nama", "lists of names"),
    PartyKind.UNKNOWN: Message("tidak diketahui", "unknown"),
}
NUMBER = Measure(
    "contracts",
    Message("Kontrak dan keputusan", "Contracts and decisions"),
    Message(
        "Komitmen yang masih bernilai pada tanggal data; pembayaran dari uang persediaan tidak "
        "termasuk.",
        "Commitments that have a value on the day; payments out of the imprest are left out.",
    ),
    Message("kontrak", "contracts"),
    "number",
)
VALUE = Measure(
    "contracts_value",
    Message("Nilai kontrak dan keputusan", "Value of contracts and decisions"),
    Message(
        "Nilai komitmen itu dengan perubahan dan pembatalannya sampai tanggal data.",
        "Value of those commitments with what changed or cancelled them up to the day.",
    ),
    Message("rupiah", "rupiah"),
    "money",
)


def collect(moment: Moment) -> Iterator[Raw]:
    ledger = reading.ledger(moment.as_of, moment.known_at)
    values = _values(ledger)
    if not values:
        yield from not_recorded((NUMBER, VALUE), provinces(moment))
        return
    numbers: Counter[tuple[str, str, str]] = Counter()
    rupiah: Counter[tuple[str, str, str]] = Counter()
    for one in ledger.documents:
        if value := values.get(one.key, 0):
            area = _area_of(one, ledger)
            kind = one.stated or kind_of(one.party)
            for dimension, category in ((ALL, ""), ("unit", one.unit), ("payee", kind)):
                numbers[area, dimension, category] += 1
                rupiah[area, dimension, category] += value
    yield from summed(NUMBER.key, moment.areas, numbers, provinces(moment))
    yield from summed(VALUE.key, moment.areas, rupiah, provinces(moment))


def _values(ledger: Ledger) -> Counter[int]:
    """What each commitment is worth, by its own key."""
    values: Counter[int] = Counter()
    for one in ledger.documents:
        for change in one.changes:
            if one.root is not None and change.kind == AmountKind.COMMITMENT:
                values[one.root] += change.rupiah
    return values


def _area_of(one: Document, ledger: Ledger) -> str:
    return next((ledger.lines[change.line].province for change in one.changes), NATION)


def words(dimension: str, category: str) -> Message | None:
    return KINDS.get(category) if dimension == "payee" else None


DATASET = Dataset(
    "contracts",
    Message("Kontrak", "Contracts"),
    Message("Buku besar dokumen anggaran", "Ledger of budget documents"),
    Message("satker yang menyerahkan POK", "units that delivered their guide (POK)"),
    (NUMBER, VALUE),
    collect,
    words,
)
