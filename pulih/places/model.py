"""What a place is: a level, a name, and the days on which it exists."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Scheme(StrEnum):
    """Whose numbers: Home Affairs (Kemendagri), Statistics (BPS) or the treasury."""

    KEMENDAGRI = "kemendagri"
    BPS = "bps"
    TREASURY = "treasury"


class Level(StrEnum):
    """Country, province (provinsi), or regency and city (kabupaten, kota)."""

    COUNTRY = "country"
    PROVINCE = "province"
    REGENCY = "regency"


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A place with its first day and the first day after its last; None means to this day.

    key: the house's own number, given once and never used again; no scheme's code.
    name: the name of today; `name_on` knows the earlier ones.
    """

    key: int
    level: Level
    name: str
    valid_from: date
    valid_to: date | None

    def exists(self, on: date) -> bool:
        """Say whether the place exists on that day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    @property
    def is_city(self) -> bool:
        """Say whether the place is a city (kota), not a regency (kabupaten)."""
        return self.level is Level.REGENCY and self.name.startswith("Kota ")

    @property
    def bare_name(self) -> str:
        """Return the name without `Kab.` or `Kota`."""
        return self.name.split(" ", 1)[1] if self.level is Level.REGENCY else self.name


@dataclass(frozen=True, slots=True)
class District:
    """A sub-district (kecamatan): its Kemendagri code of six digits, and its name."""

    code: str
    name: str
