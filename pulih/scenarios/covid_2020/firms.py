"""Invented firms, with what Covid did to each of them by May 2020: the truth behind the lists."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from pulih import places
from pulih.places import Place

from . import names, numbers
from .figures import REPORTED_ON
from .shares import ProvinceShare


@dataclass(frozen=True)
class Product:
    """What a firm makes: KBLI 2020, and how many times more often than the rarest it is met."""

    word: str
    kbli: str
    weight: int
    monthly: int  # Usual turnover, in rupiah per worker and month.


# Food is a third of the country's micro and small industry; wood and apparel come next.
PRODUCTS = (
    Product("Keripik", "10794", 12, 4_000_000),
    Product("Kue Kering", "10710", 10, 3_500_000),
    Product("Tahu", "10392", 6, 6_000_000),
    Product("Tempe", "10391", 6, 5_000_000),
    Product("Kerupuk", "10794", 6, 4_000_000),
    Product("Gula Aren", "10722", 4, 2_500_000),
    Product("Ikan Asin", "10211", 4, 3_500_000),
    Product("Kopi Bubuk", "10761", 5, 5_500_000),
    Product("Minuman Herbal", "11090", 3, 3_000_000),
    Product("Anyaman Bambu", "16291", 7, 1_800_000),
    Product("Mebel", "31001", 6, 6_500_000),
    Product("Kusen", "16221", 4, 6_000_000),
    Product("Konveksi", "14111", 9, 4_500_000),
    Product("Bordir", "13912", 4, 3_000_000),
    Product("Batik", "13134", 5, 4_000_000),
    Product("Tenun", "13122", 4, 2_200_000),
    Product("Alas Kaki", "15201", 3, 4_500_000),
    Product("Batu Bata", "23921", 5, 3_200_000),
    Product("Gerabah", "23932", 3, 2_000_000),
    Product("Las Besi", "25119", 4, 7_000_000),
    Product("Pandai Besi", "25931", 2, 3_500_000),
    Product("Percetakan", "18111", 2, 8_000_000),
    Product("Sabun Cuci", "20231", 2, 4_500_000),
    Product("Suvenir", "32903", 3, 2_500_000),
)
SOLD_ON = ("Toko Sembako", "Kios Pulsa", "Warung Kopi", "Jual Beli Pakaian")
STATUSES = ("producing", "changed", "stopped", "closed")
# Closed and stopped as in the second quarter of 2020 (BPS); changed product is assumed.
STATUS_WEIGHTS = (73.2, 6.0, 15.35, 5.43)
OBSTACLES = (
    "falling_sales",
    "raw_material_scarce",
    "regional_restriction",
    "workers_sent_home",
    "purchasing_power",
    "cannot_market",
)
OBSTACLE_CHANCE = (0.81, 0.46, 0.39, 0.30, 0.28, 0.24)
NEEDS = (
    "working_capital",
    "raw_material_supply",
    "online_marketing",
    "product_change",
    "equipment",
    "certification",
    "training",
)
NEED_CHANCE = (0.52, 0.38, 0.33, 0.24, 0.21, 0.14, 0.18)


@dataclass(frozen=True)
class Firm:
    """One invented firm and its May 2020. Amounts are whole rupiah per month; None is not told."""

    name: str
    owner: str
    sex: str
    nik: str | None
    nib: str | None
    phone: str | None
    address: str
    village: str
    district: str
    regency: Place
    product: str
    kbli: str | None
    established: int
    workers_male: int
    workers_female: int
    investment: int
    turnover_before: int
    turnover: int | None
    furloughed: int
    laid_off: int
    status: str
    obstacles: tuple[str, ...]
    needs: tuple[str, ...]
    reported: date

    @property
    def workers(self) -> int:
        return self.workers_male + self.workers_female


def firms_of(share: ProvinceShare, seed: int) -> Iterator[Firm]:
    """Yield the firms of one province, regency by regency; some stand in the list twice."""
    random = Random(f"{seed} firms {share.code}")
    regencies = places.children_of(share.place, REPORTED_ON)
    crowds = sorted(random.choices(range(len(regencies)), _sizes(regencies, random), k=share.firms))
    for serial, index in enumerate(crowds):
        firm = _firm(regencies[index], share, random, serial)
        yield firm
        # The same firm sent in twice by two typists; it takes the place of nobody else.
        if random.random() < 0.012:
            yield replace(firm, name=firm.name.upper(), phone=None)


def _sizes(regencies: list[Place], random: Random) -> list[float]:
    return [random.uniform(0.4, 1.6) for _ in regencies]


def _firm(regency: Place, share: ProvinceShare, random: Random, serial: int) -> Firm:
    product = random.choices(PRODUCTS, [product.weight for product in PRODUCTS])[0]
    owner, sex = names.person(random)
    district = random.choice(places.districts(regency, REPORTED_ON))
    workers = min(60, 1 + int(random.expovariate(0.28)))
    women = sum(random.random() < 0.5 for _ in range(workers))
    is_trader = random.random() < 0.025
    word = random.choice(SOLD_ON) if is_trader else product.word
    status = random.choices(STATUSES, STATUS_WEIGHTS)[0]
    before = round(product.monthly * workers * random.lognormvariate(0, 0.35), -5)
    furloughed, laid_off = _sent_home(workers, status, share.hardship, random)
    return Firm(
        name=names.firm(random, word, owner, sex),
        owner=owner,
        sex=sex,
        nik=numbers.nik(district.code, birthday(random), sex, owner)
        if random.random() > 0.08
        else None,
        nib=f"{random.randint(1, 9)}{random.randrange(10**12):012}"
        if random.random() < 0.18
        else None,
        phone=numbers.phone(share.code, serial) if random.random() > 0.1 else None,
        address=names.address(random),
        village=names.village(random),
        district=district.name,
        regency=regency,
        product=word,
        kbli=None if is_trader or random.random() < 0.3 else product.kbli,
        established=random.randint(1985, 2019),
        workers_male=workers - women,
        workers_female=women,
        investment=int(round(random.lognormvariate(17.2, 0.9), -5)),
        turnover_before=int(max(before, 500_000)),
        turnover=_turnover(int(max(before, 500_000)), status, share.hardship, random),
        furloughed=furloughed,
        laid_off=laid_off,
        status=status,
        obstacles=_chosen(OBSTACLES, OBSTACLE_CHANCE, random),
        needs=_chosen(NEEDS, NEED_CHANCE, random),
        reported=date(2020, 5, 4) + timedelta(days=random.randrange(27)),
    )


def _turnover(before: int, status: str, hardship: int, random: Random) -> int | None:
    if random.random() < 0.04:
        return None
    if status in ("stopped", "closed"):
        return 0
    # 84 of 100 small firms earned less (BPS, July 2020); most lost between half and three quarters.
    if random.random() > 0.842:
        return before if random.random() < 0.85 else round(before * 1.15)
    lost = min(0.97, max(0.05, random.gauss(0.25 + hardship / 180, 0.17)))
    return int(round(before * (1 - lost), -5))


def _sent_home(workers: int, status: str, hardship: int, random: Random) -> tuple[int, int]:
    rate = (
        {"producing": 0.12, "changed": 0.1, "stopped": 0.8, "closed": 0.5}[status] * hardship / 55
    )
    furloughed = sum(random.random() < rate for _ in range(workers - 1))
    fired = 0.5 if status == "closed" else 0.06
    laid_off = sum(random.random() < fired for _ in range(workers - 1 - furloughed))
    return furloughed, laid_off


def _chosen(codes: tuple[str, ...], chances: tuple[float, ...], random: Random) -> tuple[str, ...]:
    return tuple(c for c, chance in zip(codes, chances, strict=True) if random.random() < chance)


def birthday(random: Random) -> date:
    return date(1955, 1, 1) + timedelta(days=random.randrange(365 * 44))
