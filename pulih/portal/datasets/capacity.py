"""Who can make what: makers and what they make in a week, by product and place."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta

from pulih.common.errors import Message
from pulih.market.catalogue import entries
from pulih.market.models import Capacity
from pulih.market.rules.freshness import LEFT_OUT_AFTER_DAYS
from pulih.portal.areas import UNSTATED

from .base import ALL, Dataset, Measure, Moment, Raw, not_recorded
from .proposals import provinces


def _measures(product: Mapping[str, str]) -> tuple[Measure, Measure]:
    """Return the two figures of one product: its makers, and what they make in a week."""
    own, en = product["name_indonesian"].lower(), product["name_en"].lower()
    makers = Measure(
        f"makers_{product['code']}",
        Message(f"Pembuat {own}", f"Makers of {en}"),
        Message(
            f"Usaha dalam daftar yang menyatakan kapasitas {own}, dipastikan paling lama "
            f"{LEFT_OUT_AFTER_DAYS} hari sebelum tanggal data.",
            f"Listed firms that stated a capacity of {en}, confirmed at most "
            f"{LEFT_OUT_AFTER_DAYS} days before the day.",
        ),
        Message("usaha", "firms"),
        "count",
        within=("known_firms",),
        counts=(f"maker:{product['code']}",),
    )
    per_week = Measure(
        f"capacity_{product['code']}",
        Message(f"Kapasitas {own} seminggu", f"Capacity of {en} a week"),
        Message(
            "Yang dapat dibuat pembuat itu dalam minggu enam hari, menurut pernyataan terbarunya.",
            "What these makers can make in a week of six days, as they stated last.",
        ),
        Message(product["unit_indonesian"], product["unit_en"]),
        "sum",
        belongs_to=makers.key,
        differs=NO_PRODUCTION,
    )
    return makers, per_week


NO_PRODUCTION = Message(
    "Bukan produksi: tidak ada yang mengatakan bahwa sebanyak itu dibuat atau terjual.",
    "No production: nobody says that so much was made or sold.",
)
MEASURES = {entry.fields["code"]: _measures(entry.fields) for entry in entries()}
Stated = dict[tuple[str, str], list[int]]  # Units a week of each maker, by area and product.


def collect(moment: Moment) -> Iterator[Raw]:
    """Zeros for each area with any maker; [x] for provinces and the country without one.

    There is no count of all makers: beside one product's it would give the others' away.
    """
    stated = _stated(moment)
    areas = sorted({area for area, _ in stated})
    silent = [area for area in provinces(moment) if area not in areas]
    for product, (makers, per_week) in MEASURES.items():
        if not any(made == product for _, made in stated):
            yield from not_recorded([makers, per_week], provinces(moment))
            continue
        for area in areas:
            units = sorted(stated.get((area, product), ()), reverse=True)
            largest, second = (*units, 0, 0)[:2]
            yield Raw(makers.key, area, ALL, "", len(units))
            yield Raw(per_week.key, area, ALL, "", sum(units), "", len(units), largest, second)
        yield from not_recorded([makers, per_week], silent)


def _stated(moment: Moment) -> Stated:
    """Return what each maker of an area makes of a product in a week."""
    since = moment.as_of - timedelta(LEFT_OUT_AFTER_DAYS)
    rows = Capacity.objects.of_listed().filter(confirmed_on__range=(since, moment.as_of))
    fields = ("province", "regency", "product__code", "per_week")
    stated: Stated = defaultdict(list)
    for province, regency, product, per_week in rows.order_by("pk").values_list(*fields):
        area = moment.areas.code_of.get(regency) or moment.areas.code_of[province] + UNSTATED
        for above in moment.areas.upwards(area):
            stated[above, product].append(per_week)
    return stated


DATASET = Dataset(
    "capacity",
    Message("Kapasitas IKM", "Capacity of small industry"),
    Message(
        "Pernyataan IKM dan daftar yang diserahkan dinas", "Statements of firms and delivered lists"
    ),
    Message(
        "usaha yang menyatakan kapasitas; wilayah lain bertanda [x]",
        "firms that stated a capacity; other areas are marked [x]",
    ),
    tuple(one for both in MEASURES.values() for one in both),
    collect,
)
