"""Lists of makers with what they can make, written as an office would send them.

Source: MARKET-01, MARKET-02, MARKET-04, PROG-01.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from pulih import places
from pulih.places import Place

from . import names, numbers
from .files import Delivery
from .shares import largest_remainder
from .trainees import trainees
from .workbooks import workbook

HEADS = (
    "No", "Nama Usaha", "Nama Pemilik", "L/P", "NIK", "No HP", "Alamat", "Desa/Kelurahan",
    "Kabupaten/Kota", "Jenis Produk", "Tenaga Kerja", "Kapasitas Produksi", "Satuan",
)  # fmt: skip
TITLES = 2  # Rows above the heads.
Story = Mapping[str, Any]


@cache
def told() -> Story:
    """Read the market's story."""
    data = files(__package__).joinpath("data", "market.toml")
    return tomllib.loads(data.read_text("utf-8"))


def write_lists(home: Path, seed: int) -> Iterator[Delivery]:
    """Write each list into `home` unless it is there, and yield it as a delivery."""
    for story in told()["list"]:
        path = home / story["file"]
        if not path.exists():
            _write(path, story, seed)
        yield Delivery(path, "firms", _place(story["province"]).key, story["as_of"])


def count_lists() -> int:
    return len(told()["list"])


def sizes(story: Story) -> list[tuple[Place, int]]:
    """Return the regencies of a list with how many makers each has."""
    if "everywhere" in story:
        inside = places.children_of(_place(story["province"]), story["as_of"])
        return [(regency, story["everywhere"]) for regency in inside]
    return [(_place(name), count) for name, count in story["makers"]]


def _write(path: Path, story: Story, seed: int) -> None:
    with workbook(path, story["as_of"]) as book:
        sheet = book.add_worksheet("Data")
        sheet.write(0, 0, story["title"])
        sheet.write_row(TITLES, 0, HEADS)
        for row, cells in enumerate(_rows(story, seed), start=TITLES + 1):
            sheet.write_row(row, 0, [row - TITLES, *cells])


def _rows(story: Story, seed: int) -> Iterator[list[str | int]]:
    makers = list(_makers(story, seed))
    able = len(makers)
    makers += islice(_makers(story, seed + 1), story.get("unable", 0))
    amounts = largest_remainder([1] * able, story["units"])
    for place, maker in enumerate(makers):
        told_of = [amounts[place], story["unit"]] if place < able else ["", ""]
        yield [*maker, story["product"], story["workers"], *told_of]


def _makers(story: Story, seed: int) -> Iterator[list[str]]:
    """Yield name, owner, sex, NIK, telephone, address, village and regency of each maker."""
    random = Random(f"{seed} makers {story['key']}")
    serial = 0
    for regency, count in sizes(story):
        for owner in islice(trainees(regency, f"{seed} makers {story['key']}"), count):
            serial += 1
            name = names.firm(random, story.get("trade", "Konveksi"), owner.name, owner.sex)
            phone = numbers.phone(_code(regency)[:2], 5_000 + serial)
            yield [
                name, owner.name, owner.sex, owner.nik, phone, names.address(random),
                owner.village, regency.name,
            ]  # fmt: skip


def _code(regency: Place) -> str:
    return places.code_of(regency, places.Scheme.KEMENDAGRI, told()["list"][0]["as_of"]) or ""


def _place(name: str) -> Place:
    found = places.resolve(name, on=told()["list"][0]["as_of"])
    assert found is not None, name
    return found
