"""Each unit's line-item guide (POK) as a sheet: totals are public figures, lines are invented.

A guide of the year's start states ceilings alone; what is committed, paid and blocked by 15 June
comes from the unit's documents (`papers`).

The activity code 9201 is invented: the ministry's own codes of 2020 were not found in public.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from .figures import CENTRAL_LINES
from .shares import ProvinceShare, largest_remainder
from .workbooks import workbook

ACTIVITY = "9201"
FISCAL_YEAR = 2020
OPENED_ON = date(2020, 1, 2)
CENTRAL_UNIT = "019000"


@dataclass(frozen=True)
class Item:
    """One line that every provincial unit has. weight: its part of the ceiling.

    measure: the measure that it pays for, None for coordination and the running of the unit.
    committed: the usual part already under contract; realised: the part of that already paid.
    """

    key: str
    text: str
    weight: float
    measure: str | None
    committed: float
    realised: float
    blocked: float = 0.0


ITEMS = (
    Item("001.001.051.A.521211", "Bahan bimtek masker kain", 8, "mask_training", 0.50, 0.65),
    Item("001.001.051.A.522151", "Instruktur bimtek masker kain", 4, "mask_training", 0.40, 0.5),
    Item("001.001.051.B.521211", "Bahan bimtek hazmat", 8, "ppe_training", 0.55, 0.7),
    Item("001.001.051.B.522151", "Instruktur bimtek hazmat", 4, "ppe_training", 0.45, 0.5),
    Item("001.001.051.C.521211", "Bahan face shield", 4, "face_shield_training", 0.3, 0.6),
    Item("001.001.051.D.521211", "Bahan minuman herbal", 4, "herbal_drink_training", 0.25, 0.5),
    Item("001.001.051.E.521211", "Bahan wastafel portabel", 6, "wash_station_training", 0.3, 0.6),
    Item("001.002.052.A.522191", "Fasilitasi sertifikat halal", 6, "halal_facilitation", 0.35, 0.6),
    Item("001.002.052.B.522151", "Narasumber pemasaran daring", 6, "online_marketing", 0.2, 0.5),
    Item("001.002.052.C.524113", "Pendampingan legalitas usaha", 4, "legality_nib", 0.2, 0.5),
    Item("002.001.053.A.521211", "Bahan bimtek wirausaha baru", 9, "new_entrepreneurs", 0.35, 0.5),
    Item("002.001.053.A.522151", "Instruktur wirausaha baru", 6, "new_entrepreneurs", 0.3, 0.5),
    Item("002.001.053.A.524119", "Paket rapat WUB", 9, "new_entrepreneurs", 0.15, 0.6, 0.45),
    Item("002.002.054.A.522151", "Tenaga penyuluh lapangan", 7, "field_mentoring", 0.5, 0.6),
    Item("003.001.055.A.524111", "Perjalanan koordinasi dan pemantauan", 9, None, 0.3, 0.8, 0.38),
    Item("003.001.056.A.521115", "Honor pengelola satker", 4, None, 0.45, 0.85),
    Item("003.001.056.A.521211", "Bahan rapat dan pelaporan", 2, None, 0.35, 0.7),
)  # fmt: skip

# What three units set apart in January for initiatives that they would still think of: whole rupiah
# by account, enough for the proposals of `proposals.toml` that are funded. Nothing of it is bound.
# Of Kalimantan Utara it is nearly all: its public "almost Rp800 million" are these trainings.
SET_APART = {
    "51": {"521211": 58_000_000, "521219": 90_000_000, "522151": 186_000_000},
    "63": {
        "521211": 182_000_000,
        "521219": 118_000_000,
        "522151": 136_000_000,
        "524111": 22_000_000,
    },
    "65": {
        "521211": 421_500_000,
        "521219": 88_500_000,
        "522151": 256_500_000,
        "524111": 20_700_000,
    },
}
SET_APART_TEXTS = {
    "521211": "Bahan bimtek usulan baru",
    "521219": "Uang harian peserta usulan baru",
    "522151": "Narasumber dan instruktur usulan baru",
    "524111": "Perjalanan pemantauan usulan baru",
}

CENTRAL_ITEMS = (
    (
        "001.001.053.A.521211",
        "Penumbuhan wirausaha baru (pusat)",
        "new_entrepreneurs_central",
        0.42,
    ),
    ("002.001.061.A.526311", "Bahan baku dan penolong sentra", "cluster_materials", 0.30),
    ("002.002.062.A.526312", "Restrukturisasi mesin dan peralatan", "machine_renewal", 0.12),
    ("003.001.063.A.522191", "Pengembangan produk IKM", "product_development", 0.25),
)


@dataclass(frozen=True)
class StoryLine:
    """One line; whole rupiah, 0 ≤ realised ≤ committed ≤ ceiling − blocked."""

    key: str
    text: str
    measure: str | None
    ceiling: int
    blocked: int
    committed: int
    realised: int


def unit_code(province: str) -> str:
    """Return the invented code of a provincial unit, by its province's Kemendagri code."""
    return f"019{province}9"


def lines_of(share: ProvinceShare, seed: int) -> list[StoryLine]:
    """Return the lines of one provincial unit; their ceilings add up to the province's."""
    random = Random(f"{seed} lines {share.code}")
    weights = [item.weight * random.uniform(0.8, 1.2) for item in ITEMS]
    # The last hundreds stay with the last line, so that every other amount is round.
    apart = SET_APART.get(share.code, {})
    whole = (share.ceiling - sum(apart.values())) // 100_000
    parts = [part * 100_000 for part in largest_remainder(weights, whole)]
    parts[-1] += (share.ceiling - sum(apart.values())) - whole * 100_000
    # Offices differ in how fast they pay; what is bound does not depend on it.
    pace = Random(f"{seed} pace {share.code}").uniform(0.5, 1.3)
    lines = [_line(item, part, random, pace) for item, part in zip(ITEMS, parts, strict=True)]
    return lines + [_set_apart(account, ceiling) for account, ceiling in apart.items()]


def _set_apart(account: str, ceiling: int) -> StoryLine:
    key = f"{ACTIVITY}.001.001.051.F.{account}"
    return StoryLine(key, SET_APART_TEXTS[account], None, ceiling, 0, 0, 0)


def central_lines(seed: int) -> list[StoryLine]:
    """Return the lines of the ministry's own unit, as the release of 28 April splits them."""
    random = Random(f"{seed} lines central")
    return [
        _line(Item(key, text, 1, None, committed, 0.5), CENTRAL_LINES[amount], random)
        for key, text, amount, committed in CENTRAL_ITEMS
    ]


def _line(item: Item, ceiling: int, random: Random, pace: float = 1.0) -> StoryLine:
    blocked = _rounded(ceiling * item.blocked * random.uniform(0.7, 1.3))
    committed = _rounded(min(0.95, item.committed * random.uniform(0.6, 1.4)) * (ceiling - blocked))
    realised = _rounded(committed * min(1.0, item.realised * pace * random.uniform(0.5, 1.4)))
    return StoryLine(
        f"{ACTIVITY}.{item.key}", item.text, item.measure, ceiling, blocked, committed, realised
    )


def _rounded(amount: float) -> int:
    return int(amount // 10_000) * 10_000


def write_provincial_pok(
    folder: Path, share: ProvinceShare, lines: list[StoryLine], seed: int
) -> Path:
    """Write one provincial unit's guide, in one of three styles, and return the file."""
    style = Random(f"{seed} pok {share.code}").choice((_flat, _split, _nested))
    path = folder / f"POK_2020_{share.code}_{share.place.name.replace(' ', '_')}.xlsx"
    unit = unit_code(share.code)
    title = f"Dinas yang membidangi perindustrian Provinsi {share.place.name}"
    _write(path, unit, title, "DK", style(lines))
    return path


def write_central_pok(folder: Path, lines: list[StoryLine]) -> Path:
    """Write the guide of the ministry's own unit and return the file."""
    path = folder / "POK_2020_Ditjen_IKMA.xlsx"
    _write(path, CENTRAL_UNIT, "Direktorat Jenderal IKMA (kantor pusat)", "KP", _flat(lines))
    return path


Row = list[str | int | None]


def _write(path: Path, unit: str, title: str, authority: str, rows: list[Row]) -> None:
    with workbook(path, OPENED_ON) as book:
        sheet = book.add_worksheet("POK")
        heads: list[Row] = [
            ["PETUNJUK OPERASIONAL KEGIATAN (POK) TAHUN ANGGARAN 2020"],
            [f"Satker: {unit} {title}"],
            [f"Kewenangan: {authority}   Sumber dana: RM   (data peragaan)"],
            [],
        ]
        for index, row in enumerate([*heads, *rows]):
            sheet.write_row(index, 0, ["" if cell is None else cell for cell in row])
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 44)


def _total(lines: list[StoryLine], width: int) -> Row:
    return [*([None] * (width - 1)), "JUMLAH", sum(line.ceiling for line in lines)]


def _flat(lines: list[StoryLine]) -> list[Row]:
    body: list[Row] = [[line.key, line.text, line.ceiling] for line in lines]
    return [["Kode", "Uraian", "Pagu"], *body, _total(lines, 2)]


def _split(lines: list[StoryLine]) -> list[Row]:
    names: Row = ["Kegiatan", "Output", "Suboutput", "Komponen", "Subkomponen", "Akun", "Uraian"]
    body: list[Row] = [[*line.key.split("."), line.text, line.ceiling] for line in lines]
    return [[*names, "Pagu"], *body, _total(lines, 7)]


def _nested(lines: list[StoryLine]) -> list[Row]:
    # As printed guides nest: from the activity down to the subcomponent; accounts hold the money.
    rows: list[Row] = [["Kode", "Uraian", "Pagu"]]
    before: list[str] = []
    for line in lines:
        *levels, account = line.key.split(".")
        for depth in range(len(levels)):
            if levels[: depth + 1] != before[: depth + 1]:
                below = [
                    one for one in lines if one.key.split(".")[: depth + 1] == levels[: depth + 1]
                ]
                rows.append([_code(levels, depth), None, *_total(below, 2)[2:]])
        rows.append([account, line.text, line.ceiling])
        before = levels
    return rows


def _code(levels: list[str], depth: int) -> str:
    # The guide prints an output as 9201.001 and a suboutput as 9201.001.001, the rest alone.
    return ".".join(levels[: depth + 1]) if depth < 3 else levels[depth]
