"""The files of the scenario, written once into a folder that people can open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pulih import places
from pulih.areas.models import COUNTRY

from . import pok
from .figures import REPORTED_ON
from .firms import firms_of
from .layouts import LAYOUTS
from .second_lists import SECOND_LISTS, SecondList, write
from .shares import ProvinceShare, province_shares
from .sheets import write_list

END_OF_MAY = date(2020, 5, 31)
YEAR_OPENED = date(2020, 1, 2)


@dataclass(frozen=True)
class Delivery:
    """One file on its way: what it holds, whose office sends it, and the day it speaks for."""

    path: Path
    kind: str
    office_id: int
    as_of: date


def write_files(folder: Path, firms: int, seed: int) -> Iterator[Delivery]:
    """Write and yield each file in the order of delivery: guides, lists, other offices' lists.

    A file that is there already is kept: the same seed and number write the same bytes.
    """
    home = folder / f"{firms}-{seed}"
    home.mkdir(parents=True, exist_ok=True)
    shares = province_shares(firms, seed)
    central = home / "POK_2020_Ditjen_IKMA.xlsx"
    if not central.exists():
        pok.write_central_pok(home, pok.central_lines(seed))
    yield Delivery(central, "budget", COUNTRY, YEAR_OPENED)
    for share in shares:
        yield Delivery(_guide(home, share, seed), "budget", share.place.key, YEAR_OPENED)
    for share in shares:
        yield Delivery(_list(home, share, seed), "auto", share.place.key, END_OF_MAY)
    by_code = {share.code: share for share in shares}
    for wanted in SECOND_LISTS:
        yield _second_list(home, wanted, by_code[wanted.province], seed)


def count_files(firms: int, seed: int) -> int:
    """Return how many files `write_files` yields."""
    return 1 + 2 * len(province_shares(firms, seed)) + len(SECOND_LISTS)


def _guide(home: Path, share: ProvinceShare, seed: int) -> Path:
    found = next(home.glob(f"POK_2020_{share.code}_*"), None)
    if found:
        return found
    return pok.write_provincial_pok(home, share, pok.lines_of(share, seed), seed)


def _list(home: Path, share: ProvinceShare, seed: int) -> Path:
    found = next(home.glob(f"{share.code}_Data_*"), None)
    if found:
        return found
    return write_list(home, share, LAYOUTS[share.code], list(firms_of(share, seed)), seed)


def _second_list(home: Path, wanted: SecondList, share: ProvinceShare, seed: int) -> Delivery:
    path = home / wanted.file
    if not path.exists():
        write(home, wanted, share, seed)
    regency = places.resolve(wanted.regency, on=REPORTED_ON)
    assert regency is not None
    return Delivery(path, "firms", regency.key, wanted.as_of)
