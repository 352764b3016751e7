"""What a second office has of firms that its province listed: typed by others, half a year before.

It brings what one list alone cannot show: firms to be joined, pairs to be looked at by a person,
and people who would be counted twice.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from . import names
from .firms import PRODUCTS, Firm, firms_of
from .shares import ProvinceShare
from .workbooks import workbook

PROVINCE = "32"
REGENCY = "Kab. Indramayu"
AS_OF = date(2019, 12, 31)
MOST = 150
FILE = "Data_UMKM_Dinas_Koperasi_Kab_Indramayu_2019.xlsx"
TITLES = (
    "DATA USAHA MIKRO DAN KECIL BINAAN",
    "DINAS KOPERASI DAN UKM KABUPATEN INDRAMAYU",
    "KEADAAN 31 DESEMBER 2019 (data peragaan, seluruh nama rekaan)",
)
HEADS = (
    *("No", "Nama Pelaku Usaha", "Nama Usaha", "No. KTP", "No HP/WA", "Alamat Usaha", "Desa"),
    *("Kecamatan", "Jenis Produksi", "Jml Tenaga Kerja", "Thn Berdiri"),
)
# Letters that typists exchange, as met between any two lists of the same people.
EXCHANGED = (("u", "oe"), ("y", "i"), ("h", ""), ("f", "p"), ("d", "dh"), ("i", "ie"), ("n", "nn"))
UNTOLD = 0  # The year of founding that a row leaves out.
TITLED = {"L": "H.", "P": "Hj."}
Cell = str | int | None


def write_list(home: Path, share: ProvinceShare, seed: int) -> Path:
    """Write the list of the regency's cooperative office into `home` and return the file."""
    path = home / FILE
    random = Random(f"{seed} typing cooperatives")
    with workbook(path, AS_OF) as book:
        sheet = book.add_worksheet("UMKM")
        for place, title in enumerate(TITLES):
            sheet.write(place, 0, title)
        top = len(TITLES) + 1
        sheet.write_row(top, 0, HEADS)
        for number, firm in enumerate(firms_listed(share, seed), start=1):
            sheet.write_row(top + number, 0, _cells(number, firm, random))
    return path


def firms_listed(share: ProvinceShare, seed: int) -> Iterator[Firm]:
    """Yield firms of the province's list as this office has them: each in one of the WAYS."""
    random = Random(f"{seed} cooperatives")
    for turn, firm in enumerate(_known(share, seed)):
        yield WAYS[turn % len(WAYS)](firm, random)


def _known(share: ProvinceShare, seed: int) -> list[Firm]:
    """Return the regency's firms, each once; those sent in twice are of one owner and address."""
    here = (firm for firm in firms_of(share, seed) if firm.regency.name == REGENCY)
    return list({(firm.owner, firm.address): firm for firm in here}.values())[:MOST]


def _same_numbers(firm: Firm, random: Random) -> Firm:
    return replace(firm, owner=_otherwise(firm.owner, random), name=firm.name.upper())


def _without_nik(firm: Firm, random: Random) -> Firm:
    owner = f"{TITLED[firm.sex]} {_otherwise(firm.owner, random)}"
    return replace(firm, owner=owner, nik=None)


def _without_numbers(firm: Firm, random: Random) -> Firm:
    name = _otherwise(firm.name, random)
    return replace(firm, owner=_otherwise(firm.owner, random), name=name, nik=None, phone=None)


def _second_workshop(firm: Firm, random: Random) -> Firm:
    """Return what may be the owner's second firm in her trade: younger, with its own name."""
    founded = min(AS_OF.year, firm.established + random.randint(4, 8))
    return replace(_renamed(firm, random), address="", established=founded)


def _other_firm(firm: Firm, random: Random) -> Firm:
    """Return the owner's firm in another trade."""
    product = random.choice([one for one in PRODUCTS if one.word != firm.product])
    other = replace(firm, product=product.word, established=random.randint(2005, 2018))
    return _renamed(other, random)


def _relative(firm: Firm, random: Random) -> Firm:
    """Return what a relative reported from the same door and telephone: hers, or the same firm."""
    owner, sex = names.person(random)
    return replace(_renamed(firm, random), owner=owner, sex=sex, nik=None, established=UNTOLD)


def _moved(firm: Firm, random: Random) -> Firm:
    """Return the firm before it moved, or a namesake's: no number, another village and name."""
    unlike = _renamed(firm, random)
    unlike = replace(unlike, nik=None, phone=None, established=UNTOLD)
    return replace(unlike, address="", village=names.village(random))


def _renamed(firm: Firm, random: Random) -> Firm:
    return replace(firm, name=names.firm(random, firm.product, firm.owner, firm.sex))


# Each of the doubtful stands among the first, so that the shortest list has them too.
WAYS: tuple[Callable[[Firm, Random], Firm], ...] = (
    *(_same_numbers, _second_workshop, _without_nik, _relative, _without_numbers, _moved),
    *(_same_numbers, _other_firm, _without_nik, _without_numbers),
)


def _otherwise(name: str, random: Random) -> str:
    """Return a name with one exchange of letters, where it has any of them."""
    found = [(old, new) for old, new in EXCHANGED if old in name[1:]]
    old, new = random.choice(found) if found else ("", "")
    return name[0] + name[1:].replace(old, new, 1)


def _cells(number: int, firm: Firm, random: Random) -> list[Cell]:
    return [
        *(number, firm.owner, firm.name, firm.nik or "-", _phone(firm, random), firm.address),
        *(firm.village, firm.district, firm.product, firm.workers, firm.established or None),
    ]


def _phone(firm: Firm, random: Random) -> Cell:
    if firm.phone is None:
        return None
    first, middle, last = firm.phone[1:4], firm.phone[4:8], firm.phone[8:]
    return random.choice(
        (f"+62 {first}-{middle}-{last}", f"0{first} {middle} {last}", int(firm.phone))
    )
