"""Goods that trainings made, and what public bodies received of them with a signature."""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.db.models import QuerySet, Sum

from pulih.common.errors import Message
from pulih.delivery.models import Handover, Move, MoveKind, ReceiverKind, Side, Signature

from ..goods_names import GoodsNames
from ..standards import reading
from ..standards.giving import to_industry
from ..standards.rows import Gift
from .base import ALL, Dataset, Measure, Moment, Raw, not_recorded, summed
from .proposals import provinces

# Firms and persons are no part of it: a gift to one of them could be found in its place.
BODIES = (ReceiverKind.TASK_FORCE, ReceiverKind.HEALTH, ReceiverKind.PUBLIC)
KINDS: dict[str, Message] = {
    ReceiverKind.TASK_FORCE: Message("gugus tugas atau satgas", "task forces"),
    ReceiverKind.HEALTH: Message("fasilitas kesehatan", "health facilities"),
    ReceiverKind.PUBLIC: Message("fasilitas umum", "public facilities"),
}
Goods = Counter[tuple[str, str, str]]  # By area, dimension, category.
UNITS = Message("menurut satuan barangnya", "in the unit of each good")
MADE = Measure(
    "goods_made",
    Message("Barang lolos periksa", "Goods that passed the check"),
    Message(
        "Barang yang dibuat dalam pelatihan dan lolos pemeriksaan sampai tanggal data. Barang yang "
        "satuannya berbeda tidak dijumlahkan.",
        "Goods made in trainings that passed the check up to the day. Goods of different units do "
        "not add up.",
    ),
    UNITS,
    "number",
)
HANDED = Measure(
    "goods_received",
    Message("Barang diterima lembaga", "Goods that public bodies received"),
    Message(
        "Barang yang dihitung dan ditandatangani gugus tugas, fasilitas kesehatan, dan fasilitas "
        "umum (BAST) sampai tanggal data.",
        "Goods that task forces, health and public facilities counted and signed for (BAST) up to "
        "the day.",
    ),
    UNITS,
    "number",
    differs=Message(
        "Barang untuk usaha dan perseorangan tidak termasuk; angkanya tersendiri.",
        "Goods for firms and persons are left out; they have a figure of their own.",
    ),
)
INDUSTRY = Message(
    "usaha dan perorangan, menurut berkas hibah rilis: badan bernama, dan perorangan bila "
    "sedikitnya lima menerima lewat satu langkah di satu tempat dalam satu bulan",
    "firms and persons, by the release’s file of grants: named bodies, and persons where at least "
    "five received through one measure in one place in one month",
)
LEFT_OUT = Message(
    "Kelompok di bawah lima orang tidak termasuk, agar tidak ada yang dikenali: ini bilangan "
    "paling sedikit.",
    "Groups of under five are left out, so that nobody is found: this is the least there can be.",
)
SENT = Measure(
    "goods_to_firms",
    Message("Barang untuk IKM", "Goods for small industry"),
    Message(
        f"Barang yang dikirim sampai tanggal data kepada {INDUSTRY.id}.",
        f"Goods that were sent up to the day to {INDUSTRY.en}.",
    ),
    UNITS,
    "number",
    differs=LEFT_OUT,
)
WORTH = Measure(
    "goods_to_firms_value",
    Message("Nilai barang untuk IKM", "Value of goods for small industry"),
    Message(
        f"Nilai barang yang dikirim sampai tanggal data kepada {INDUSTRY.id}.",
        f"Value of the goods that were sent up to the day to {INDUSTRY.en}.",
    ),
    Message("rupiah", "rupiah"),
    "money",
    differs=LEFT_OUT,
)
PAPERS = Measure(
    "handovers_signed",
    Message("BAST ditandatangani lembaga", "Hand-overs that public bodies signed"),
    Message(
        "Berita acara serah terima yang dijawab penerimanya, sebuah lembaga, sampai tanggal data.",
        "Hand-overs (BAST) that their receivers, public bodies, have answered up to the day.",
    ),
    Message("BAST", "hand-overs"),
    "number",
)


def collect(moment: Moment) -> Iterator[Raw]:
    """Goods have no whole, since their units differ: it is not applicable, not 0."""
    to_firms = to_industry(reading.gifts(moment.as_of, moment.known_at))
    counted = (_made(moment), _received(moment), _sent(to_firms))
    found = dict(zip((MADE, HANDED, SENT), side_by_side(*counted), strict=True))
    for measure, goods in found.items():
        if not goods:
            yield from not_recorded([measure], provinces(moment))
            continue
        for area in provinces(moment):
            yield Raw(measure.key, area, ALL, "", None, "[z]")
        rows = summed(measure.key, moment.areas, goods, [])
        yield from (row for row in rows if row.dimension != ALL)
    for measure, sums in ((PAPERS, _papers(moment)), (WORTH, _worth(to_firms))):
        if sums:
            yield from summed(measure.key, moment.areas, sums, provinces(moment))
        else:
            yield from not_recorded([measure], provinces(moment))


def side_by_side(*figures: Goods) -> list[Goods]:
    """A good that only one of the figures names is 0 in the others that are recorded at all."""
    recorded = [goods for goods in figures if goods]
    if len(recorded) < 2:
        return [*figures]
    none = dict.fromkeys(set().union(*recorded), 0)
    return [Counter({**none, **goods}) if goods else goods for goods in figures]


def _made(moment: Moment) -> Goods:
    moves = Move.objects.filter(kind=MoveKind.PASSED, day__lte=moment.as_of).order_by()
    sums = moves.values_list("province_id", "item__name", "item__unit")
    found, names = Counter[tuple[str, str, str]](), GoodsNames(moment.known_at)
    for province, name, unit, total in sums.annotate(total=Sum("quantity")):
        good = named(names.public(province, name), unit)
        found[moment.areas.code_of[province], "good", good] += int(total)
    return found


def _received(moment: Moment) -> Goods:
    found, names = Counter[tuple[str, str, str]](), GoodsNames(moment.known_at)
    for one in _answered(moment):
        area = moment.areas.code_of[one.province_id]
        good = named(names.public(one.province_id, one.item.name), one.item.unit)
        found[area, "good", good] += one.received or 0
    return found


def _sent(gifts: Sequence[Gift]) -> Goods:
    found: Goods = Counter()
    for gift in gifts:
        found[gift.area, "good", named(gift.item, gift.unit)] += gift.quantity
    return found


def _worth(gifts: Sequence[Gift]) -> Goods:
    found: Goods = Counter()
    for gift in gifts:
        found[gift.area, ALL, ""] += gift.value
        found[gift.area, "programme", gift.measure] += gift.value
    return found


def _papers(moment: Moment) -> Goods:
    found: Goods = Counter()
    for one in _answered(moment):
        area = moment.areas.code_of[one.province_id]
        found[area, ALL, ""] += 1
        found[area, "receiver", one.receiver.kind] += 1
    return found


def _answered(moment: Moment) -> list[Handover]:
    arrived = answered(moment).filter(receiver__kind__in=BODIES)
    return list(arrived.select_related("item", "receiver").order_by("pk"))


def answered(moment: Moment) -> QuerySet[Handover]:
    """Hand-overs that their receivers had signed for by the day, as it was known."""
    signed = Signature.objects.filter(side=Side.RECEIVER, signed_at__lte=moment.known_at)
    return Handover.objects.filter(received_on__lte=moment.as_of, pk__in=signed.values("handover"))


def named(name: str, unit: str) -> str:
    """The category of a good: its name, cut where it is long, and its unit."""
    return f"{name[:55]} ({unit})"


def words(dimension: str, category: str) -> Message | None:
    return KINDS.get(category) if dimension == "receiver" else None


DATASET = Dataset(
    "goods",
    Message("Barang", "Goods"),
    Message("Kartu barang kegiatan dan BAST", "Stock cards of trainings and hand-overs (BAST)"),
    Message("pelatihan yang dicatat di Pulih", "trainings recorded in Pulih"),
    (MADE, HANDED, SENT, WORTH, PAPERS),
    collect,
    words,
)
