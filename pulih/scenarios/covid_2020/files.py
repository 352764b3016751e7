"""The files of the scenario, written once into a folder that people can open."""

import subprocess
import sys
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pulih import places
from pulih.areas.models import COUNTRY

from .figures import REPORTED_ON
from .second_lists import SECOND_LISTS
from .shares import province_shares

END_OF_MAY = date(2020, 5, 31)
YEAR_OPENED = date(2020, 1, 2)
WRITER = "pulih.scenarios.covid_2020.writing"


@dataclass(frozen=True)
class Delivery:
    """One file on its way: what it holds, whose office sends it, and the day it speaks for."""

    path: Path
    kind: str
    office_id: int
    as_of: date


def write_files(folder: Path, firms: int, seed: int) -> Generator[Delivery]:
    """Yield each file in the order of delivery, as soon as its writer has written it."""
    command = [sys.executable, "-m", WRITER, str(folder), str(firms), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:  # noqa: S603  Ours.
        assert writer.stdout is not None
        try:
            for about in _about(firms, seed):
                line = writer.stdout.readline()
                if not line:
                    raise RuntimeError("The writer of the files stopped; why stands above.")
                yield Delivery(Path(line.rstrip("\n")), *about)
        finally:
            writer.terminate()


def count_files(firms: int, seed: int) -> int:
    """Return how many files `write_files` yields."""
    return 2 * count_guides(firms, seed) - 1 + len(SECOND_LISTS)


def count_guides(firms: int, seed: int) -> int:
    """Return how many of the files are guides of units: the first ones."""
    return 1 + len(province_shares(firms, seed))


def _about(firms: int, seed: int) -> Iterator[tuple[str, int, date]]:
    """Yield kind, office and day of each file, in the writer's order."""
    offices = [share.place.key for share in province_shares(firms, seed)]
    for office in (COUNTRY, *offices):
        yield "budget", office, YEAR_OPENED
    for office in offices:
        yield "auto", office, END_OF_MAY
    for wanted in SECOND_LISTS:
        regency = places.resolve(wanted.regency, on=REPORTED_ON)
        assert regency is not None
        yield "firms", regency.key, wanted.as_of
