"""What typists make of a NIK: one in seventy is not its owner's, and it is still nobody's."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random

from .firms import Firm
from .numbers import WOMAN

SHARE = 0.014
HEAD = 12  # Where and when; no slip makes another serial, which could be a real person's.


def typed(firms: Iterable[Firm], seed: str) -> list[Firm]:
    """Return the firms as a typist has them: a few NIK wrong, all else as it is."""
    random = Random(f"{seed} slips")
    found: list[Firm] = []
    above = None
    for firm in firms:
        said = firm.nik
        if said and random.random() < SHARE:
            said = random.choice(SLIPS)(said, above, random)
        found.append(replace(firm, nik=said))
        above = said or above
    return found


def of_the_spouse(nik: str) -> str:
    """Return the number of the husband or wife, born on the same day for all we know."""
    day = int(nik[6:8])
    return f"{nik[:6]}{day - WOMAN if day > WOMAN else day + WOMAN:02}{nik[8:]}"


def _other_figure(nik: str, _above: str | None, random: Random) -> str:
    at = random.randrange(HEAD)
    return nik[:at] + random.choice([one for one in "123456789" if one != nik[at]]) + nik[at + 1 :]


def _swapped(nik: str, _above: str | None, random: Random) -> str:
    at = random.choice([at for at in range(1, HEAD - 1) if nik[at] != nik[at + 1]])
    return nik[:at] + nik[at + 1] + nik[at] + nik[at + 2 :]


def _cut(nik: str, _above: str | None, _random: Random) -> str:
    return nik[:-1]


def _without_serial(nik: str, _above: str | None, _random: Random) -> str:
    return f"{nik[:HEAD]}0000"


def _spouses(nik: str, _above: str | None, _random: Random) -> str:
    return of_the_spouse(nik)


def _of_the_row_above(nik: str, above: str | None, _random: Random) -> str:
    return above or nik


SLIPS: tuple[Callable[[str, str | None, Random], str], ...] = (
    *(_other_figure, _swapped, _cut, _without_serial, _spouses, _of_the_row_above),
)
