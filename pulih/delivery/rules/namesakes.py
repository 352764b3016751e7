"""The same name at the same address under another number: one person who applies twice. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

SIGNS = re.compile(r"[^\w\s]")
TITLES = {"h", "hj", "ir", "dr", "drs", "dra", "ibu", "bapak", "bpk", "sdr", "sdri", "kh"}
STREETS = {"jalan": "", "jln": "", "jl": "", "gang": "gg", "nomor": "", "no": "", "desa": "",
           "ds": "", "kelurahan": "", "kel": "", "dusun": "dsn", "blok": "blk"}  # fmt: skip


class Listed(NamedTuple):
    """One person among those compared. place: of the regency. number: the NIK or its hash, ""
    for none.
    """

    key: int
    name: str
    place: int
    village: str
    address: str
    number: str


def plain_name(name: str) -> str:
    """Return a name without case, titles, degrees and signs: `Hj. SITI Aminah, S.E.` is one."""
    words = SIGNS.sub(" ", name.partition(",")[0]).casefold().split()
    return " ".join(word for word in words if word not in TITLES)


def plain_address(address: str) -> str:
    """Return an address as its words and numbers: `Jl. Melati No.03 RT 01` is `melati 3 rt 1`."""
    words = re.findall(r"[^\W\d_]+|\d+", address.casefold())
    plain = (
        word.lstrip("0") or "0" if word.isdigit() else STREETS.get(word, word) for word in words
    )
    return " ".join(filter(None, plain))


def namesakes(people: Iterable[Listed]) -> dict[int, bool | None]:
    """Say of whom there is another with the same name and address but another number.

    True: at the same address; None: in the same village, where an address is missing. Whoever is
    not named has no such double.
    """
    groups: dict[tuple[str, int, str], list[Listed]] = defaultdict(list)
    village = cache(plain_address)  # Many live in one.
    for one in people:
        groups[plain_name(one.name), one.place, village(one.village)].append(one)
    found: dict[int, bool | None] = {}
    for same in groups.values():
        for one in same if len(same) > 1 else ():
            if (said := _said(one, same)) is not False:
                found[one.key] = said
    return found


def _said(one: Listed, same: list[Listed]) -> bool | None:
    here, is_open = plain_address(one.address), False
    for other in same:
        if other.key == one.key or (one.number and other.number == one.number):
            continue
        there = plain_address(other.address)
        if here and there == here and one.number and other.number:
            return True
        is_open |= not (here and there and here != there)
    return None if is_open else False
