"""What some offices asked for in 2019, as sheets of their own. Generated, and marked so."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

from pulih import places
from pulih.places import Scheme

from .figures import REPORTED_ON
from .files import Delivery
from .generated import KINDS
from .workbooks import workbook

LAST_YEAR = date(2019, 12, 31)
PROVINCES = ("Jawa Barat", "Kalimantan Selatan", "Bali", "Sulawesi Selatan")
HEADS = (
    *("Nomor Usulan", "Judul Usulan", "Langkah", "Jumlah Peserta", "Hasil", "Uraian", "Akun"),
    *("Volume", "Satuan", "Harga Satuan", "Jumlah Biaya"),
)
OUTCOMES = ("disetujui", "disetujui", "disetujui sebagian", "ditolak: dana habis")
Row = tuple[str | int, ...]


def write_sheets(home: Path, seed: int) -> Iterator[Delivery]:
    """Write and yield one sheet of each of some provinces; one that is there already is kept."""
    for name in PROVINCES:
        province = places.resolve(name, on=LAST_YEAR)
        assert province is not None
        code = places.code_of(province, Scheme.KEMENDAGRI, REPORTED_ON)
        path = home / f"Usulan_2019_{code}_{name.replace(' ', '_')}.xlsx"
        if not path.exists():
            _write(path, name, list(_rows(code or "", Random(f"{seed} earlier {code}"))))
        yield Delivery(path, "proposed", province.key, LAST_YEAR)


def _rows(code: str, random: Random) -> Iterator[Row]:
    """Yield the cost rows; what a proposal is, stands in its first row alone."""
    for number in range(1, random.randint(7, 10)):
        measure, what, _good, price = random.choice(KINDS)
        people, outcome = random.choice((15, 20, 25, 30)), random.choice(OUTCOMES)
        title = f"Bimtek {what} 2019 (peragaan)"
        head = (f"{code}/IKM/{number:02}/2019", title, measure, people, outcome)
        hours, cost = random.choice((8, 16, 32)), price * 9 // 10
        yield (*head, "Honor narasumber", "522151", hours, "OJ", 850_000, hours * 850_000)
        more = ("", "", "", "", "")
        yield (*more, "Bahan praktik", "521211", people, "paket", cost, people * cost)


def _write(path: Path, province: str, rows: list[Row]) -> None:
    with workbook(path, LAST_YEAR) as book:
        sheet = book.add_worksheet("Usulan 2019")
        sheet.write(0, 0, f"DAFTAR USULAN KEGIATAN 2019 PROVINSI {province.upper()}")
        sheet.write(1, 0, "(data peragaan)")
        for place, row in enumerate([HEADS, *rows], start=3):
            sheet.write_row(place, 0, row)
        sheet.set_column(0, len(HEADS) - 1, 18)
