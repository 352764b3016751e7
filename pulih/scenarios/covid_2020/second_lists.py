"""What other offices have of firms that their province listed: each typed in its own way."""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from . import retyped
from .firms import Firm, firms_of
from .retyped import Way
from .shares import ProvinceShare
from .workbooks import workbook

Cell = str | int | None
Typed = Callable[[Firm, Random], Cell]


def _phone(firm: Firm, random: Random) -> Cell:
    if firm.phone is None:
        return None
    first, middle, last = firm.phone[1:4], firm.phone[4:8], firm.phone[8:]
    return random.choice(
        (f"+62 {first}-{middle}-{last}", f"0{first} {middle} {last}", int(firm.phone))
    )


def _spaced_nik(firm: Firm, _random: Random) -> Cell:
    return " ".join((firm.nik[:6], firm.nik[6:12], firm.nik[12:])) if firm.nik else None


def _plain(name: str, *, otherwise: Cell = None, shouted: bool = False) -> Typed:
    """Return how a cell of this attribute is typed as it is, `otherwise` where there is none."""

    def typed(firm: Firm, _random: Random) -> Cell:
        value: Cell = getattr(firm, name) or otherwise
        return value.upper() if shouted and isinstance(value, str) else value

    return typed


@dataclass(frozen=True)
class SecondList:
    """One office's list. columns: heading and how its cells are typed. delimiter: of a CSV."""

    province: str
    regency: str
    file: str
    as_of: date
    titles: tuple[str, ...]
    columns: Mapping[str, Typed]
    ways: tuple[Way, ...]
    most: int
    delimiter: str = ""


# Each of the doubtful stands among the first, so that the shortest list has them too.
KNOWN_WAYS = (
    *(retyped.same_numbers, retyped.second_workshop, retyped.without_nik, retyped.relative),
    *(retyped.without_numbers, retyped.moved, retyped.same_numbers, retyped.other_firm),
    *(retyped.without_nik, retyped.without_numbers),
)
COOPERATIVE = SecondList(
    province="32",
    regency="Kab. Indramayu",
    file="Data_UMKM_Dinas_Koperasi_Kab_Indramayu_2019.xlsx",
    as_of=date(2019, 12, 31),
    titles=(
        "DATA USAHA MIKRO DAN KECIL BINAAN",
        "DINAS KOPERASI DAN UKM KABUPATEN INDRAMAYU",
        "KEADAAN 31 DESEMBER 2019 (data peragaan, seluruh nama rekaan)",
    ),
    columns={
        "Nama Pelaku Usaha": _plain("owner"),
        "Nama Usaha": _plain("name"),
        "No. KTP": _plain("nik", otherwise="-"),
        "No HP/WA": _phone,
        "Alamat Usaha": _plain("address"),
        "Desa": _plain("village"),
        "Kecamatan": _plain("district"),
        "Jenis Produksi": _plain("product"),
        "Jml Tenaga Kerja": _plain("workers"),
        "Thn Berdiri": _plain("established"),
    },
    ways=KNOWN_WAYS,
    most=150,
)
PROPOSED = SecondList(
    province="32",
    regency="Kab. Indramayu",
    file="Usulan_Bantuan_Modal_Kerja_Kab_Indramayu_Mei_2020.xlsx",
    as_of=date(2020, 5, 20),
    titles=(
        "USULAN CALON PENERIMA BANTUAN MODAL KERJA",
        "KABUPATEN INDRAMAYU, 20 MEI 2020 (data peragaan, seluruh nama rekaan)",
    ),
    columns={
        "NIK": _spaced_nik,
        "Nama Pemilik": _plain("owner"),
        "Jenis Kelamin": _plain("sex"),
        "Nama Usaha": _plain("name"),
        "Produk": _plain("product"),
        "Telepon": _plain("phone"),
        "Alamat": _plain("address"),
        "Desa/Kelurahan": _plain("village"),
        "Kecamatan": _plain("district"),
    },
    ways=(
        *(retyped.same_numbers, retyped.with_the_spouses_number, retyped.neighbour),
        *(retyped.with_a_lent_number, retyped.without_nik, retyped.moved),
        *(retyped.same_numbers, retyped.neighbour, retyped.same_numbers),
    ),
    most=60,
)
TRADE_OFFICE = SecondList(
    province="63",
    regency="Kab. Hulu Sungai Tengah",
    file="Data_IKM_Disperindag_Kab_Hulu_Sungai_Tengah_2019.csv",
    as_of=date(2019, 9, 30),
    titles=(),
    columns={
        "NAMA PEMILIK": _plain("owner", shouted=True),
        "L/P": _plain("sex"),
        "NIK": _plain("nik"),
        "NAMA IKM": _plain("name", shouted=True),
        "JENIS PRODUK": _plain("product", shouted=True),
        "TELP": _plain("phone"),
        "ALAMAT": _plain("address", shouted=True),
        "KEL/DESA": _plain("village", shouted=True),
        "KEC.": _plain("district", shouted=True),
        "TK": _plain("workers"),
        "TAHUN BERDIRI": _plain("established"),
    },
    ways=KNOWN_WAYS,
    most=150,
    delimiter=";",
)
SECOND_LISTS = (COOPERATIVE, PROPOSED, TRADE_OFFICE)


def write(home: Path, wanted: SecondList, share: ProvinceShare, seed: int) -> Path:
    """Write the list into `home` and return the file. share: of the list's province."""
    path = home / wanted.file
    random = Random(f"{seed} typing {wanted.file}")
    listed = enumerate(firms_listed(wanted, share, seed), start=1)
    rows = [
        [number, *(typed(firm, random) for typed in wanted.columns.values())]
        for number, firm in listed
    ]
    table: list[list[Cell]] = [["No", *wanted.columns], *rows]
    if wanted.delimiter:
        with path.open("w", newline="", encoding="utf-8-sig") as file:
            csv.writer(file, delimiter=wanted.delimiter).writerows(table)
        return path
    with workbook(path, wanted.as_of) as book:
        sheet = book.add_worksheet("Data")
        for place, title in enumerate(wanted.titles):
            sheet.write(place, 0, title)
        for place, row in enumerate(table, start=len(wanted.titles) + 1):
            sheet.write_row(place, 0, row)
    return path


def firms_listed(wanted: SecondList, share: ProvinceShare, seed: int) -> Iterator[Firm]:
    """Yield firms of the province's list as this office has them: each in one of its ways."""
    random = Random(f"{seed} {wanted.file}")
    for turn, firm in enumerate(_known(wanted, share, seed)):
        yield wanted.ways[turn % len(wanted.ways)](firm, random)


def _known(wanted: SecondList, share: ProvinceShare, seed: int) -> list[Firm]:
    """Return the regency's firms, each once; those sent in twice are of one owner and address."""
    here = (firm for firm in firms_of(share, seed) if firm.regency.name == wanted.regency)
    return list({(firm.owner, firm.address): firm for firm in here}.values())[: wanted.most]
