"""Which budget line a row of a list means: by every part of the key that the row states."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pulih.budget.rules.keys import mended
from pulih.common.errors import Message

PARTS = ("activity", "output", "suboutput", "component", "subcomponent", "account")
# Authority and fund source never contradict a row; a programme is asked where several lines fit.
BESIDE_THE_KEY = ("authority", "fund_source", "programme")


FUND_NAMES = {"PNBP": "PNP"}  # Two writings of one fund.


class KeyedLine(NamedTuple):
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

    def __init__(self, lines: Iterable[KeyedLine]) -> None:
        self.of_unit: dict[int, list[KeyedLine]] = {}
        self.of_account: dict[tuple[int, str], list[KeyedLine]] = {}
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
        beside = _plain(stated.get(name) for name in BESIDE_THE_KEY)
        of_key = fitting
        fitting = [line for line in of_key if _agrees(_plain(line.beside)[:2], beside[:2])]
        if of_key and not fitting:
            return Found((), _other_money(written, beside, of_key[0]))
        if len(fitting) > 1:
            fitting = [line for line in fitting if line.line_key == written] or fitting
            closer = [line for line in fitting if _agrees(_plain(line.beside), beside)]
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


def _plain(beside: Iterable[str | None]) -> tuple[str, ...]:
    plain = (mended(text or "") for text in beside)
    return tuple(FUND_NAMES.get(text, text) for text in plain)


def _other_money(written: str, stated: tuple[str, ...], line: KeyedLine) -> Message:
    said, ours = " / ".join(filter(None, stated[:2])), " / ".join(line.beside[:2])
    return Message(
        f"Baris {written} di buku besar berkewenangan dan bersumber dana {ours}, sedangkan daftar "
        f"menyebut {said}. Periksa kolomnya, atau kirim POK yang memuatnya.",
        f"Line {written} has the authority and fund source {ours} in the ledger, and the list says "
        f"{said}. Check those columns, or send the POK that has it.",
    )


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
