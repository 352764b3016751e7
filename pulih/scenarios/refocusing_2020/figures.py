"""The figures of the story: what sources print, and the split that is assumed where they do not.

Source: SRC-02, SRC-07, SRC-08.
"""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

THOUSAND = 1_000
_DATA = tomllib.loads(files(__package__).joinpath("data", "story.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Unit:
    """One echelon-I unit, in rupiah. given: to the plan of 6 April; left: on 28 April.

    late: part of what was given that the ledger learned of two weeks later.
    public: the names of the figures that a source prints; the others are assumed.
    """

    code: str
    name: str
    ceiling: int
    cut: int
    given: int
    left: int
    public: tuple[str, ...]
    late: int = 0

    @property
    def taken_back(self) -> int:
        return self.given + self.late - self.left


@dataclass(frozen=True)
class Use:
    """One purpose of the refocused money, in rupiah, on a line of `unit`."""

    unit: str
    key: str
    name: str
    is_ikm: bool
    planned: int
    left: int
    public: tuple[str, ...]
    authority: str = "KP"


def _rupiah(entry: dict[str, Any]) -> dict[str, Any]:
    written = {n: value * THOUSAND if type(value) is int else value for n, value in entry.items()}
    return written | {"public": tuple(entry["public"])}


TOTALS: dict[str, int] = {name: value * THOUSAND for name, value in _DATA["totals"].items()}
UNITS = tuple(Unit(**_rupiah(entry)) for entry in _DATA["unit"])
USES = tuple(Use(**_rupiah(entry)) for entry in _DATA["use"])
