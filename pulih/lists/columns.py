"""One column of a list: its words, its value, and where it shows."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any

from django.utils.functional import Promise

Text = str | Promise


class Kind(StrEnum):
    """How a value is written on a page and typed in a file and in the API."""

    TEXT = auto()
    CODE = auto()  # Figures that are no number: keys, codes.
    RUPIAH = auto()
    WHOLE = auto()
    DECIMAL = auto()
    SHARE = auto()  # Of one: 0.29 is 29 %.
    DAY = auto()
    MOMENT = auto()
    YES_NO = auto()

    @property
    def is_number(self) -> bool:
        return self in (Kind.RUPIAH, Kind.WHOLE, Kind.DECIMAL, Kind.SHARE)


class Place(StrEnum):
    PAGE = auto()
    FILE = auto()
    API = auto()


EVERYWHERE = frozenset(Place)
PAGE_ONLY = frozenset({Place.PAGE})
NOT_ON_PAGE = EVERYWHERE - PAGE_ONLY


@dataclass(frozen=True)
class Column:
    """key: the name in the API and in `?sort=`. value: takes a row.

    link: the address that a cell opens, or empty. template: draws the page's cell in place of
    `value`; it needs `row`, and may write `cell.value`. order: the field by which the column sorts
    (querysets only). sums: the total row adds it up. hide: not on the phone. look: more classes of
    its cells. typed: its type in the API, where the kind's is not it.
    """

    key: str
    words: Text
    value: Callable[[Any], Any]
    kind: Kind = Kind.TEXT
    on: Set[Place] = EVERYWHERE
    unit: Text = ""
    link: Callable[[Any], str] | None = None
    template: str = ""
    order: str = ""
    sums: bool = False
    hide: bool = False
    look: str = ""
    typed: Any = None

    @property
    def looks(self) -> str:
        """The classes of its cells on a page."""
        classes = {
            self.look: bool(self.look),
            "num": self.kind.is_number,
            "nw": self.kind == Kind.DAY,
            "hide-m": self.hide,
        }
        return " ".join(name for name, is_so in classes.items() if is_so)

    def shows(self, place: Place) -> bool:
        return place in self.on
