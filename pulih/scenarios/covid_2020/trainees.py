"""Invented people who came to be trained, as an office would paste their list."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from pulih import places
from pulih.places import Place

from . import names, numbers
from .figures import REPORTED_ON
from .firms import birthday

WITHOUT_NUMBER = 0.03
LAID_OFF = 0.3
DISABLED = 0.03


class Trainee(NamedTuple):
    """One person as the list names them. nik: empty where the office has not seen the card."""

    name: str
    nik: str
    sex: str
    village: str
    has_disability: bool
    is_laid_off: bool

    def line(self) -> str:
        flags = ("ya" if flag else "tidak" for flag in (self.has_disability, self.is_laid_off))
        return "\t".join((self.name, self.nik, self.sex, self.village, *flags))


def trainees(regency: Place, story: str) -> Iterator[Trainee]:
    """Yield people of a regency without end: the same ones for the same `story`, nobody twice."""
    random = Random(f"{story} {regency.name}")
    districts = places.districts(regency, REPORTED_ON)
    known: set[str] = set()
    while True:
        name, sex = names.person(random)
        number = numbers.nik(random.choice(districts).code, birthday(random), sex, name)
        if number in known or len(name.split()) == 1:
            continue
        known.add(number)
        yield Trainee(
            name,
            "" if random.random() < WITHOUT_NUMBER else number,
            sex,
            names.village(random),
            random.random() < DISABLED,
            random.random() < LAID_OFF,
        )
