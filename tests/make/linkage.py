"""Invented firms as several offices would write them, with the truth and the traps.

`register(records)` gives about so many rows. The mess is made here by rules of its own (letters
dropped, words cut, vowels left out, keys missed), not by the tables that the cleaner reads.
No name, number or place is anybody's.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

import polars as pl

from pulih import places
from pulih.classifications import products
from pulih.places import Scheme
from tests.make.linkage_codes import Codes
from tests.make.linkage_words import (
    ENDINGS,
    FIRM_WORDS,
    GIVEN,
    MIDDLES,
    PEOPLES,
    PRODUCTS,
    STARTS,
    STREETS,
)  # fmt: skip

SCHEMES = (Scheme.KEMENDAGRI, Scheme.BPS)
OFFICES = ("dinas provinsi", "dinas kabupaten", "koperasi", "bank", "sentra")
Row = dict[str, str | int | None]


@dataclass(frozen=True)
class Village:
    name: str
    code: str
    regency: tuple[str, str]
    """Codes of Home Affairs and of Statistics."""
    streets: tuple[str, ...]
    middleman: str | None


@dataclass(frozen=True)
class Owner:
    number: int
    name: str
    sex: str
    nik: str
    phone: str
    village: Village
    street: str
    house: int
    rt: int
    rw: int


@dataclass(frozen=True)
class Firm:
    number: int
    owner: Owner
    kbli: str
    product: str
    name: str | None
    year: int
    workers: int
    nib: str | None
    household: int = 0
    kind: str | None = None
    """What makes two owners of a household alike: relatives, or namesakes of one village."""


@dataclass
class Register:
    """`records` as `pulih link` takes them; `truth` says for each its firm and its owner."""

    records: pl.DataFrame
    truth: pl.DataFrame = field(repr=False)


def register(records: int, *, seed: int = 1, mess: float = 1.0, codes: float = 0.0) -> Register:
    """Return about `records` rows. mess, codes (of KBLI): 1 is usual, 2 twice as untidy."""
    chance = random.Random(seed)
    coder = Codes([code for code, _ in _products()], seed=seed, rate=codes)
    firms = list(_firms(chance, int(records / 1.72) + 1))
    rows: list[Row] = []
    truth: list[tuple[int, int, int, str | None]] = []
    for firm in firms:
        for row in _writings(chance, firm, mess):
            coder.rewrite(row, firm.owner.village.code[:4])
            rows.append(row)
            truth.append((firm.number, firm.owner.number, firm.household, firm.kind))
    order = list(range(len(rows)))
    chance.shuffle(order)
    ids = pl.Series("record_id", range(1, len(rows) + 1))
    table = pl.DataFrame([rows[at] for at in order], infer_schema_length=None)
    schema = {"firm": pl.Int64, "owner": pl.Int64, "household": pl.Int64, "kind": pl.String}
    known = pl.DataFrame([truth[at] for at in order], schema=schema, orient="row")
    return Register(table.insert_column(0, ids), known.insert_column(0, ids))


def _firms(chance: random.Random, many: int) -> Iterator[Firm]:
    regencies = min(514, max(3, many // 1_500))  # As dense as the country at any size.
    villages = [_village(chance, regencies) for _ in range(max(8, many // 31))]
    number = owners = 0
    while number < many:
        owner = _owner(chance, owners, chance.choice(villages))
        draw = chance.random()
        household, kind, home, trade = [owner], None, owners, {}
        if draw < 0.07:  # A spouse or sibling at the same address, on the same telephone.
            household.append(_relative(chance, owner, owners + 1))
            kind = "relatives" if draw < 0.05 else "one trade"
        elif draw < 0.10:  # A namesake in the village.
            other = _owner(chance, owners + 1, owner.village)
            household.append(replace(other, name=owner.name, sex=owner.sex))
            kind = "namesakes"
        owners += len(household)
        for person in household:
            first = replace(_firm(chance, number, person), household=home, kind=kind, **trade)
            trade = {"kbli": first.kbli, "product": first.product} if kind == "one trade" else {}
            number += 1
            yield first
            if chance.random() < 0.09:  # One owner, two different firms.
                yield _second(chance, number, first)
                number += 1


@cache
def _regencies() -> list[tuple[str, str]]:
    """Return the codes of every regency by Home Affairs and by Statistics."""
    on = date(2020, 6, 15)
    found = places.regencies(on)
    codes = [[places.code_of(one, scheme, on) for one in found] for scheme in SCHEMES]
    return [(home, bps) for home, bps in zip(*codes, strict=True) if home and bps]


@cache
def _products() -> list[tuple[str, tuple[str, ...]]]:
    """Return what firms make: the code of the first word, and other words for the same."""
    return [(products.find(words[0]).kbli or code, words) for code, words in PRODUCTS]


def _village(chance: random.Random, regencies: int) -> Village:
    home, bps = _regencies()[chance.randrange(regencies) * 97 % 514]
    code = f"{home}{chance.randint(1, 25):02d}{2000 + chance.randint(1, 20)}"
    name = chance.choice(STARTS) + chance.choice(ENDINGS)
    if chance.random() < 0.4:
        name += " " + chance.choice(("lor", "kidul", "wetan", "kulon", "tengah", "hilir", "hulu"))
    phone = _phone(chance) if chance.random() < 0.05 else None
    return Village(name, code, (home, bps), tuple(chance.sample(STREETS, 6)), phone)


def _owner(chance: random.Random, number: int, village: Village) -> Owner:
    sex = "L" if chance.random() < 0.52 else "P"
    people = PEOPLES[int(village.code[:2]) % len(PEOPLES)]
    name = _person(chance, people, sex)
    day = chance.randint(1, 28) + (40 if sex == "P" else 0)
    born = f"{day:02d}{chance.randint(1, 12):02d}{chance.randint(50, 99):02d}"
    nik = f"{village.code[:4]}{chance.randint(1, 25):02d}{born}{chance.randint(1, 40):04d}"
    phone = village.middleman if village.middleman and chance.random() < 0.2 else _phone(chance)
    place = (chance.choice(village.streets), chance.randint(1, 180))
    ward = (chance.randint(1, 9), chance.randint(1, 6))
    return Owner(number, name, sex, nik, phone, village, *place, *ward)


def _person(chance: random.Random, people: dict[str, tuple[str, ...]], sex: str) -> str:
    """Compose a name as the people of the place do: one word, or birth order, or a clan."""
    given = chance.choice(people[sex] if chance.random() < 0.7 else GIVEN[sex])
    if chance.random() < 0.25:
        given = chance.choice(STARTS)[:3] + chance.choice(MIDDLES) + ("o" if sex == "L" else "ah")
    if chance.random() < float(people["alone"][0]):
        return given.title()
    words = [chance.choice(people["before"]) if people["before"] else "", given]
    if people["after"]:
        words.append(chance.choice(people["after"]))
    elif chance.random() < 0.8:
        words.append(chance.choice(GIVEN[sex]) if chance.random() < 0.6 else chance.choice(MIDDLES))
    return " ".join(word for word in words if word).title()


def _relative(chance: random.Random, owner: Owner, number: int) -> Owner:
    other = _owner(chance, number, owner.village)
    name = other.name
    if chance.random() < 0.4 and " " in owner.name:
        name = f"{name.split()[0]} {owner.name.split()[-1]}"
    home = {key: getattr(owner, key) for key in ("phone", "street", "house", "rt", "rw")}
    return replace(other, name=name, **home)


def _phone(chance: random.Random) -> str:
    length = chance.choice((7, 8, 8))
    front = f"8{chance.choice('12358')}{chance.randint(1, 9)}"
    return front + f"{chance.randrange(10**length):0{length}}"


def _firm(chance: random.Random, number: int, owner: Owner) -> Firm:
    kbli, words = chance.choice(_products())
    product = chance.choice(words)
    nib = f"{chance.randint(1, 9)}{chance.randrange(10**12):012}" if chance.random() < 0.2 else None
    year = 2020 - int(chance.expovariate(0.14)) % 35
    workers = 1 + int(chance.expovariate(0.35))
    name = _firm_name(chance, owner, product)
    return Firm(number, owner, kbli, product, name, year, workers, nib)


def _firm_name(chance: random.Random, owner: Owner, product: str) -> str | None:
    draw = chance.random()
    own = owner.name.split()[-1] if chance.random() < 0.5 else owner.name.split()[0]
    brand = " ".join(chance.sample(FIRM_WORDS, 2 if chance.random() < 0.7 else 1))
    if chance.random() < 0.3:
        brand = (chance.choice(STARTS) + chance.choice(MIDDLES)).title()
    if draw < 0.12:
        return None
    if draw < 0.30:
        return f"{product} {chance.choice(('Bu', 'Pak', 'Mbak', ''))} {own}".replace("  ", " ")
    if draw < 0.45:
        return f"{product} {brand}"
    return f"{chance.choice(('UD ', 'CV ', 'KUB ', '', '', ''))}{brand}"


def _second(chance: random.Random, number: int, first: Firm) -> Firm:
    while True:
        other = _firm(chance, number, first.owner)
        if other.kbli[:3] != first.kbli[:3]:
            return replace(other, household=first.household, kind=first.kind)


def _writings(chance: random.Random, firm: Firm, mess: float) -> Iterator[Row]:
    times = chance.choices((1, 2, 3, 4, 6), (55, 27, 12, 5, 1))[0]
    for office in chance.sample(OFFICES * 2, times):
        yield _writing(chance, firm, office, mess)
        draw = chance.random()
        if draw < 0.02:  # It moved.
            home = chance.choice(firm.owner.village.streets)
            owner = replace(firm.owner, street=home, house=chance.randint(1, 180), rt=7)
            firm = replace(firm, owner=owner)
        elif draw < 0.04:  # It makes something else now.
            kbli, words = chance.choice(_products())
            firm = replace(firm, kbli=kbli, product=chance.choice(words))
        elif draw < 0.10:  # It has another telephone.
            firm = replace(firm, owner=replace(firm.owner, phone=_phone(chance)))


def _writing(chance: random.Random, firm: Firm, office: str, mess: float) -> Row:
    def often(share: float) -> bool:
        return chance.random() < share * mess

    owner, village = firm.owner, firm.owner.village
    scheme = 1 if office == "bank" else 0
    regency = village.regency[scheme]
    name = _owner_written(chance, owner, often)
    title = _firm_written(chance, firm, often)
    if often(0.01):
        name, title = title, name
    place = _slip(chance, village.name, often(0.06))
    workers = max(1, firm.workers + chance.choice((-1, 0, 0, 1)))
    year = firm.year + (chance.choice((-1, 1, 2)) if often(0.12) else 0)
    code = None if scheme or often(0.2) else village.code
    product = chance.choice(next(words for kbli, words in _products() if kbli == firm.kbli))
    return {
        "source": office,
        "business_name": title,
        "owner_name": name,
        "owner_sex": None if often(0.3) else owner.sex,
        "nik": _nik_written(chance, owner.nik, often),
        "nib": firm.nib if not often(0.3) else None,
        "phone": None if often(0.28) else _phone_written(chance, owner.phone, often),
        "address": None if often(0.15) else _address(chance, owner),
        "village": None if often(0.08) else _cased(chance, place),
        "village_code": code,
        "district_code": None if scheme or often(0.1) else village.code[:6],
        "regency_code": None if often(0.04) else regency,
        "province_code": regency[:2],
        "kbli": None if often(0.35) else firm.kbli if not often(0.05) else firm.kbli[:3] + "09",
        "product": None if often(0.2) else _shortened(chance, product, often(0.12)),
        "workers_male": None if often(0.3) else str(workers),
        "workers_female": None if often(0.6) else "0",
        "year_established": None if often(0.35) else str(year),
    }  # fmt: skip


def _nik_written(chance: random.Random, nik: str, often) -> str | None:
    if often(0.30):
        return None
    if often(0.03):
        return f"{float(nik):.5E}"
    if often(0.02):
        return nik[:15] + "0"
    if often(0.02):
        return nik[:15]
    if often(0.03):
        at = chance.randrange(4, 15)
        return nik[:at] + nik[at + 1] + nik[at] + nik[at + 2 :]
    if often(0.02):
        at = chance.randrange(16)
        return nik[:at] + chance.choice("0123456789") + nik[at + 1 :]
    return f"'{nik}" if often(0.03) else nik


def _phone_written(chance: random.Random, phone: str, often) -> str:
    if often(0.03):
        at = chance.randrange(3, len(phone))
        phone = phone[:at] + chance.choice("0123456789") + phone[at + 1 :]
    local = f"0{phone}"
    return chance.choice((
        local, f"+62{phone}", f"62{phone}", phone, f"{local[:4]}-{local[4:8]}-{local[8:]}",
        f"(+62) {phone[:3]} {phone[3:]}", local,
    ))  # fmt: skip


def _owner_written(chance: random.Random, owner: Owner, often) -> str | None:
    words = owner.name.split()
    if often(0.03):
        return None
    if len(words) > 1 and often(0.08):
        words = words[:-1] if chance.random() < 0.5 else words[1:]
    elif len(words) > 1 and often(0.04):
        words = [*words[:-1], words[-1][0]]
    elif len(words) > 1 and often(0.02):
        words = words[::-1]
    words = [_variant(chance, word) if often(0.10) else word for word in words]
    words = [_slip(chance, word, often(0.04)) for word in words]
    front = ("Bu ", "Ibu ", "Hj. ", "Hj ") if owner.sex == "P" else ("Pak ", "H. ", "Bp. ", "Bpk ")
    title = chance.choice(front) if often(0.15) else ""
    return _cased(chance, title + " ".join(words) + (", S.E." if often(0.02) else ""))


def _firm_written(chance: random.Random, firm: Firm, often) -> str | None:
    if firm.name is None or often(0.12):
        return chance.choice((None, firm.owner.name, f"{firm.product} {firm.owner.name}"))
    words = firm.name.split()
    if words[0] in ("UD", "CV", "KUB"):
        if often(0.3):
            words = words[1:]
        elif often(0.2):
            words = [".".join(words[0]) + ".", *words[1:]]
    elif often(0.10):
        words = [chance.choice(("UD", "UD.", "IKM", "Rumah Produksi", "Usaha")), *words]
    if often(0.10):
        words = [firm.product, *words]
    if often(0.05):
        words = [*words, firm.owner.name]
    words = [_shortened(chance, word, often(0.06)) for word in words]
    words = [_slip(chance, word, often(0.04)) for word in words]
    return _cased(chance, " ".join(words))


def _address(chance: random.Random, owner: Owner) -> str:
    street = chance.choice(("Jl. ", "Jln ", "Jalan ", "")) + owner.street
    ward = chance.choice((
        f"RT {owner.rt:02}/RW {owner.rw:02}", f"RT{owner.rt} RW{owner.rw}",
        f"rt {owner.rt:03} rw {owner.rw:03}",
    ))  # fmt: skip
    number = f"No. {owner.house}" if chance.random() < 0.6 else ""
    parts = [part for part in (street, number, ward) if part]
    kept = [part for part in parts if chance.random() < 0.8] or parts[:1]
    return chance.choice((", ", " ")).join(kept)


def _variant(chance: random.Random, word: str) -> str:
    """Spell as another clerk would: old and new spelling, sounds that are alike."""
    pairs = [("u", "oe"), ("j", "dj"), ("i", "y"), ("y", "i"), ("c", "tj"), ("f", "p"), ("v", "f"),
             ("z", "s"), ("a", "o"), ("kh", "h"), ("dh", "d"), ("sy", "s"), ("n", "nn"), ("e", "i"),
             ("t", "th"), ("h", "")]  # fmt: skip
    fitting = [(old, new) for old, new in pairs if old in word[1:]]
    if not fitting:
        return word
    old, new = chance.choice(fitting)
    return word[0] + word[1:].replace(old, new, 1)


def _slip(chance: random.Random, word: str, slips: bool) -> str:
    if not slips or len(word) < 4:
        return word
    at = chance.randrange(1, len(word) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 2:
        return word[:at] + chance.choice("aeioutnskr") + word[at + 1 :]
    return word[:at] + chance.choice("aeioutnskr") + word[at:]


def _shortened(chance: random.Random, words: str, shortens: bool) -> str:
    """Cut a word or leave its vowels out, as in the narrow column of a paper form."""
    if not shortens or len(words) < 5:
        return words
    if chance.random() < 0.5:
        return words[0] + "".join(letter for letter in words[1:] if letter not in "aeiou")
    return words[: chance.randint(3, 5)] + chance.choice((".", ""))


def _cased(chance: random.Random, text: str) -> str:
    return chance.choice((text, text, text.upper(), text.lower()))
