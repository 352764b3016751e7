"""Which budget line a row of a list means: by every part of the key that the row states."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pulih.common.errors import Message

from ..keys import mended

PARTS = ("activity", "output", "suboutput", "component", "subcomponent", "account")
BESIDE_THE_KEY = ("authority", "fund_source", "programme")  # Asked only where several lines fit.


class Line(NamedTuple):
    """A budget line as it is looked for. parts: its key, in the order of PARTS."""

    line_id: int
    unit_id: int
    line_key: str
    parts: tuple[str, ...]
    beside: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """What a row's key came to. lines: ids that fit; why: set unless exactly one does."""

    lines: tuple[int, ...]
    why: Message | None = None

    @property
    def line_id(self) -> int | None:
        return self.lines[0] if len(self.lines) == 1 else None


class Lines:
    """The lines of some units and a year, found by unit and account."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.of_unit: dict[int, list[Line]] = {}
        self.of_account: dict[tuple[int, str], list[Line]] = {}
        for line in lines:
            self.of_unit.setdefault(line.unit_id, []).append(line)
            self.of_account.setdefault((line.unit_id, line.parts[-1]), []).append(line)

    def find(self, unit_id: int, stated: Mapping[str, str | None]) -> Found:
        """Return the lines of a unit that agree with all that is stated of a key."""
        parts = tuple(mended(stated.get(name) or "") for name in PARTS)
        if not any(parts):
            return Found((), _nothing_stated())
        known = self.of_account.get((unit_id, parts[-1]), []) if parts[-1] else None
        candidates = self.of_unit.get(unit_id, []) if known is None else known
        fitting = [line for line in candidates if _agrees(line.parts, parts)]
        written = written_key(stated)
        if len(fitting) > 1:
            fitting = [line for line in fitting if line.line_key == written] or fitting
            beside = tuple(mended(stated.get(name) or "") for name in BESIDE_THE_KEY)
            closer = [line for line in fitting if _agrees(line.beside, beside)]
            fitting = closer or fitting
        ids = tuple(line.line_id for line in fitting)
        if len(ids) == 1:
            return Found(ids)
        return Found(ids, _several(written, len(ids)) if ids else _unknown(written))


def written_key(stated: Mapping[str, str | None]) -> str:
    """Return the parts that a row states, as one text."""
    return ".".join(mended(stated.get(name) or "") for name in PARTS if stated.get(name))


def _agrees(line: tuple[str, ...], stated: tuple[str, ...]) -> bool:
    return all(not said or said == ours for ours, said in zip(line, stated, strict=True))


def _nothing_stated() -> Message:
    return Message(
        "Daftar tidak menyebut akun atau kode baris dokumen ini. Tambahkan kolomnya, lalu kirim "
        "lagi.",
        "The list names neither account nor line code for this document. Add the column and send "
        "it again.",
    )


def _unknown(written: str) -> Message:
    return Message(
        f"Tidak ada baris {written} di satker dan tahun ini. Periksa kodenya, atau kirim POK "
        "yang memuatnya lebih dahulu.",
        f"There is no line {written} in this unit and year. Check the code, or send the POK that "
        "has it first.",
    )


def _several(written: str, number: int) -> Message:
    return Message(
        f"{written} cocok dengan {number} baris. Tulis kode lengkapnya agar jelas yang mana.",
        f"{written} fits {number} lines. Write the whole code so that it is clear which.",
    )
