"""A register almost without doubles stays almost without merges, however common its names."""

import random
from pathlib import Path

import polars as pl
import pytest

from pulih.linkage.run import LinkTask, link

FIRST = [
    "Siti",
    "Agus",
    "Dewi",
    "Budi",
    "Made",
    "Ketut",
    "Hasan",
    "Rina",
    "Yanti",
    "Joko",
    "Endang",
    "Iwan",
    "Lukas",
    "Maria",
    "Tuti",
]
LAST = [
    "Lubis",
    "Nugroho",
    "Hidayat",
    "Wibowo",
    "Siregar",
    "Usman",
    "Fauzi",
    "Hakim",
    "Koto",
    "Saputra",
    "Basri",
    "Purnomo",
]
TRADES = ("Keripik", "Kerupuk", "Konveksi", "Mebel", "Ikan Asin", "Sabun Cuci", "Las Besi", "Batik")
WORDS = ("Makmur", "Jaya", "Rezeki", "Cahaya", "Bersama", "Lestari", "Abadi", "Mekar", "Mandiri")
REGENCIES = ("3204", "3302", "3507", "1271", "7371", "5171", "6471", "1371", "3601", "8171")


def stranger(number: int, dice: random.Random) -> dict[str, object]:
    """Return a firm of its own: only names and trades are shared with others."""
    regency, trade = dice.choice(REGENCIES), dice.choice(TRADES)
    owner = f"{dice.choice(FIRST)} {dice.choice(LAST)}"
    firm = f"{dice.choice(('UD', 'CV', trade, 'KUB'))} {' '.join(dice.sample(WORDS, 2))}"
    born = f"{dice.randint(1, 28):02}{dice.randint(1, 12):02}{dice.randint(50, 99)}"
    return {
        "record_id": number,
        "business_name": dice.choice((firm, f"{trade} Bu {owner.split()[0]}")),
        "owner_name": owner,
        "nik": f"{regency}{dice.randint(1, 30):02}{born}0000" if dice.random() < 0.9 else None,
        "phone": f"+62812{number:08}" if dice.random() < 0.9 else None,
        "village": f"Desa {dice.randint(1, 40)}",
        "district_code": f"{regency}{dice.randint(1, 30):02}0",
        "regency_code": regency,
        "province_code": regency[:2],
        "product": trade,
        "workers_male": dice.randint(0, 6),
        "workers_female": dice.randint(0, 6),
    }


@pytest.mark.parametrize(("many", "seed"), [(60, 3), (600, 1), (6_000, 2)])
def test_strangers_who_share_names_and_trades_stay_apart(tmp_path: Path, many: int, seed: int):
    dice = random.Random(seed)
    firms = pl.DataFrame([stranger(number, dice) for number in range(many)])
    firms.write_parquet(tmp_path / "firms.parquet")
    linked = link(LinkTask(tmp_path / "firms.parquet", tmp_path / "clusters.parquet"))
    assert many - linked.enterprises <= many // 1_000
    assert linked.reviews <= many // 50


def test_a_list_of_persons_in_which_nearly_every_pair_is_one_is_merged(tmp_path: Path):
    dice = random.Random(5)
    rows: list[dict[str, object]] = []
    for number in range(300):
        name = "".join(dice.choices("bdgklmnraiu", k=9))
        home = {"nib": f"91{number:011}", "village": f"Desa {number % 40}", "regency_code": "3204"}
        rows += [{"record_id": 2 * number, "owner_name": name, **home},
                 {"record_id": 2 * number + 1, "owner_name": f"{name[:-1]}o", **home}]  # fmt: skip
    pl.DataFrame(rows).write_parquet(tmp_path / "persons.parquet")
    linked = link(LinkTask(tmp_path / "persons.parquet", tmp_path / "clusters.parquet"))
    assert linked.enterprises <= 330
