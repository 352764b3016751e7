"""The room below a paper where somebody signs: place and day, post, name and NIP, dots to fill."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pulih.common.periods import in_full

DOTS = "." * 40
SHORT_DOTS = "." * 24


@dataclass(frozen=True)
class Signature:
    """Who signs, and as what; what is not known is dotted.

    post: as it stands above the name, in Indonesian. nip: None where no NIP is asked for.
    place: of signing; None where another signature of the paper says it. day: of signing.
    """

    post: str
    name: str = ""
    nip: str | None = None
    place: str | None = None
    day: date | None = None

    @property
    def place_and_day(self) -> str:
        if self.place is None:
            return ""
        return f"{self.place or SHORT_DOTS}, {in_full(self.day) if self.day else SHORT_DOTS}"

    @property
    def written_name(self) -> str:
        return self.name or f"({DOTS})"

    @property
    def written_nip(self) -> str:
        return "" if self.nip is None else f"NIP {self.nip or DOTS}"

    def lines(self) -> list[str]:
        """The lines in a workbook, with room for ink; the first is empty without a place."""
        return [
            self.place_and_day, f"{self.post},", "", "", "", self.written_name, self.written_nip,
        ]  # fmt: skip

    def values(self) -> dict[str, Any]:
        """What `documents/signing.typ` draws."""
        return {
            "above": self.place_and_day,
            "post": self.post,
            "name": self.written_name,
            "is_named": bool(self.name),
            "nip": self.written_nip,
        }


def values_of(signatures: Sequence[Signature]) -> list[dict[str, Any]]:
    return [one.values() for one in signatures]
