"""Writing a province's list as the untidy file that its office would send."""

import csv
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from random import Random

from pulih import places
from pulih.classifications import needs, obstacles
from pulih.common.money import grouped
from pulih.places import Scheme

from . import slips
from .figures import REPORTED_ON
from .firms import Firm
from .layouts import Layout, heading
from .shares import ProvinceShare
from .workbooks import workbook

Cell = str | int | float | None
NAMELESS_EVERY = 173
STATUS_WORDS = {
    "producing": ("Masih produksi", "Aktif", "Berjalan"),
    "changed": ("Beralih produk", "Alih produk"),
    "stopped": ("Tutup sementara", "Berhenti sementara", "Tidak produksi sementara"),
    "closed": ("Tutup", "Tutup permanen"),
}
SIGNATURE = ("Mengetahui,", "Kepala Dinas", "", "(nama rekaan)", "NIP. -")
"""A list ends so: whoever signed is invented too."""


def write_list(
    folder: Path, share: ProvinceShare, layout: Layout, firms: list[Firm], seed: int
) -> Path:
    """Write one province's list into `folder` and return the file."""
    name = share.place.name.replace(" ", "_")
    path = folder / f"{share.code}_Data_IKM_Terdampak_{name}_Mei_2020.{layout.kind}"
    random = Random(f"{seed} typing {share.code}")
    firms = slips.typed(firms, f"{seed} {share.code}")
    if layout.kind == "csv":
        _write_csv(path, share, layout, firms, random)
    else:
        _write_workbook(path, share, layout, firms, random)
    return path


def _write_csv(
    path: Path, share: ProvinceShare, layout: Layout, firms: list[Firm], random: Random
) -> None:
    with path.open("w", newline="", encoding=layout.encoding) as file:
        writer = csv.writer(file, delimiter=layout.delimiter)
        writer.writerows(_rows(share.place.name, layout, firms, random))


def _write_workbook(
    path: Path, share: ProvinceShare, layout: Layout, firms: list[Firm], random: Random
) -> None:
    with workbook(path, REPORTED_ON) as book:
        for title, part in _parts(share, layout, firms):
            sheet = book.add_worksheet(title)
            rows = list(
                _rows(title if layout.per_regency else share.place.name, layout, part, random)
            )
            for index, row in enumerate(rows):
                sheet.write_row(index, 0, ["" if cell is None else cell for cell in row])
            if layout.merged:
                _merge_regencies(sheet, layout, part, _head_height(layout))


def _parts(
    share: ProvinceShare, layout: Layout, firms: list[Firm]
) -> Iterator[tuple[str, list[Firm]]]:
    if not layout.per_regency:
        yield "Data IKM", firms
        return
    for regency, part in groupby(firms, key=lambda firm: firm.regency.name):
        yield regency[:31], list(part)


def _head_height(layout: Layout) -> int:
    return layout.titles + bool(layout.titles) + 1 + layout.two_rows + layout.numbers_row


def _rows(place: str, layout: Layout, firms: list[Firm], random: Random) -> Iterator[list[Cell]]:
    columns = _columns(layout)
    yield from _titles(place, layout)
    yield from _heads(layout, columns)
    for index, firm in enumerate(firms, start=1):
        yield [_cell(column, index, firm, layout, random) for column in columns]
    if layout.total:
        yield [
            "JUMLAH" if i == 1 else _sum(column, firms, layout) for i, column in enumerate(columns)
        ]
    if layout.signature:
        yield []
        for line in SIGNATURE:
            yield [*[None] * (len(columns) - 3), line]


def _columns(layout: Layout) -> list[str]:
    columns = layout.columns.split()
    return [column for column in columns if not (layout.per_regency and column == "regency")]


def _titles(place: str, layout: Layout) -> Iterator[list[Cell]]:
    lines = (
        "DATA IKM TERDAMPAK COVID-19",
        f"PROVINSI {place.upper()}" if not layout.per_regency else place.upper(),
        "KEADAAN BULAN MEI 2020",
        "DINAS YANG MEMBIDANGI PERINDUSTRIAN",
        "(data peragaan, seluruh nama rekaan)",
    )
    for line in lines[: layout.titles]:
        yield [line]
    if layout.titles:
        yield []


def _heads(layout: Layout, columns: list[str]) -> Iterator[list[Cell]]:
    if layout.two_rows:
        upper: list[Cell] = [heading(layout, column) for column in columns]
        lower: list[Cell] = [None] * len(columns)
        for group, members in (("Tenaga Kerja", ("workers_male", "workers_female")),):
            for member, word in zip(members, ("Laki-laki", "Perempuan"), strict=True):
                at = columns.index(member)
                upper[at], lower[at] = (group if member == members[0] else None), word
        yield upper
        yield lower
    else:
        yield [heading(layout, column) for column in columns]
    if layout.numbers_row:
        yield list(range(1, len(columns) + 1))


def _merge_regencies(sheet: object, layout: Layout, firms: list[Firm], top: int) -> None:
    columns = _columns(layout)
    if "regency" not in columns:
        return
    at, row = columns.index("regency"), top
    for regency, part in groupby(firms, key=lambda firm: firm.regency.name):
        height = len(list(part))
        if height > 1:
            sheet.merge_range(row, at, row + height - 1, at, regency)  # type: ignore[attr-defined]
        row += height


def _sum(column: str, firms: Iterable[Firm], layout: Layout) -> Cell:
    if column not in ("workers", "workers_male", "workers_female", "furloughed", "laid_off"):
        return None
    return sum(int(getattr(firm, column)) for firm in firms)


def _cell(column: str, index: int, firm: Firm, layout: Layout, random: Random) -> Cell:
    if column in ("business_name", "owner_name") and index % NAMELESS_EVERY == 0:
        return None  # A typist lost both names: the row cannot be taken and goes back.
    if layout.swapped and column in ("nik", "phone") and index % 40 == 0:
        column = "phone" if column == "nik" else "nik"
    writer = WRITERS.get(column)
    return writer(firm, layout, random) if writer else _plain(column, index, firm)


def _plain(column: str, index: int, firm: Firm) -> Cell:
    if column == "number":
        return index
    value = getattr(
        firm,
        {"business_name": "name", "owner_name": "owner", "owner_sex": "sex"}.get(column, column),
    )
    return value if isinstance(value, (str, int)) else None


def _nik(firm: Firm, layout: Layout, random: Random) -> Cell:
    if firm.nik is None:
        return random.choice(("", "-", None))
    if layout.nik == "number":
        # Typed as a number: the sheet keeps fifteen digits and shows 3,2E+15.
        return float(f"{firm.nik[:15]}0") if random.random() < 0.15 else firm.nik
    if layout.nik == "quoted":
        return f"'{firm.nik}"
    if layout.nik == "spaced":
        return f"{firm.nik[:6]} {firm.nik[6:12]} {firm.nik[12:]}"
    return firm.nik


def _phone(firm: Firm, layout: Layout, random: Random) -> Cell:
    if firm.phone is None:
        return None
    if layout.phone == "dashes":
        return f"{firm.phone[:4]}-{firm.phone[4:8]}-{firm.phone[8:]}"
    if layout.phone == "plus":
        return f"+62 {firm.phone[1:4]} {firm.phone[4:8]} {firm.phone[8:]}"
    # One in twelve is typed as a number and loses its zero.
    return int(firm.phone) if random.random() < 0.08 else firm.phone


def _money(amount: int | None, layout: Layout, random: Random) -> Cell:
    if amount is None:
        return random.choice((None, "-"))
    if layout.money == "thousands":
        return amount // 1_000
    if layout.money == "dots":
        return f"Rp {grouped(amount)}" if random.random() < 0.3 else grouped(amount)
    if layout.money == "words" and amount >= 1_000_000 and amount % 100_000 == 0:
        return f"{amount / 1_000_000:.1f} jt".replace(".", ",").replace(",0 jt", " juta")
    return amount


def _regency(firm: Firm, layout: Layout, random: Random) -> Cell:
    name = firm.regency.name
    if layout.wording == 1:
        return name.replace("Kab. ", "Kabupaten ")
    return name.upper() if layout.wording == 2 else name


def _regency_code(firm: Firm, layout: Layout, random: Random) -> Cell:
    return places.code_of(firm.regency, Scheme(layout.scheme), REPORTED_ON)


def _status(firm: Firm, layout: Layout, random: Random) -> Cell:
    return random.choice(STATUS_WORDS[firm.status])


def _names_of(codes: Iterable[str], names: dict[str, str], layout: Layout) -> Cell:
    separator = ("; ", ", ", " / ")[layout.wording % 3]
    return separator.join(names[code] for code in codes) or None


def _reported(firm: Firm, layout: Layout, random: Random) -> Cell:
    return f"{firm.reported:%d/%m/%Y}" if layout.wording else f"{firm.reported:%Y-%m-%d}"


OBSTACLE_NAMES = {entry.code: entry.name_indonesian for entry in obstacles.LIST.entries}
NEED_NAMES = {entry.code: entry.name_indonesian for entry in needs.LIST.entries}
WRITERS = {
    "nik": _nik,
    "phone": _phone,
    "investment": lambda firm, layout, random: _money(firm.investment, layout, random),
    "turnover_before": lambda firm, layout, random: _money(firm.turnover_before, layout, random),
    "turnover": lambda firm, layout, random: _money(firm.turnover, layout, random),
    "regency": _regency,
    "regency_code": _regency_code,
    "status": _status,
    "obstacles": lambda firm, layout, _: _names_of(firm.obstacles, OBSTACLE_NAMES, layout),
    "needs": lambda firm, layout, _: _names_of(firm.needs, NEED_NAMES, layout),
    "reported": _reported,
}
