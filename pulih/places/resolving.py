"""Which place a written name or a code means; a bare number alone means nothing."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pulih.places import tables
from pulih.places.lookup import is_within, place
from pulih.places.model import Level, Place, Scheme
from pulih.places.spellings import Reading, by_base, kind_of, read, squeezed

NUMBER = re.compile(r"[\d\s.]*\d[\d\s.]*")
SPREADSHEET_NUMBER = re.compile(r"(\d{1,2}|\d{4})\.0")
TAIL = re.compile(r"^(.+?)\s*(?:,|\(|\s[-–]\s)\s*([^,()]+?)\)?$")


def resolve(
    text: str,
    *,
    on: date,
    scheme: Scheme | None = None,
    level: Level | None = None,
    within: Place | None = None,
) -> Place | None:
    """Return the one place that a name or a code means on a day; None if none or several.

    A number means nothing without its scheme. A small slip of the pen is forgiven only where
    the level is known and a single place comes into question.
    """
    found = _candidates(text, on, scheme, level, within.key if within else None)
    return found[0] if len(found) == 1 else None


def candidates(
    text: str,
    *,
    on: date,
    scheme: Scheme | None = None,
    level: Level | None = None,
    within: Place | None = None,
) -> list[Place]:
    """Return every place that a name or a code may mean on a day, by key."""
    return list(_candidates(text, on, scheme, level, within.key if within else None))


def resolve_many(
    texts: Iterable[str],
    *,
    on: date,
    scheme: Scheme | None = None,
    level: Level | None = None,
    within: Place | None = None,
) -> dict[str, Place | None]:
    """Resolve each different text once: the place, or None, by text."""
    return {
        text: resolve(text, on=on, scheme=scheme, level=level, within=within)
        for text in dict.fromkeys(texts)
    }


def is_misspelt(text: str) -> bool:
    """Say whether a name is that of no place at any time, so that only a slip could resolve it."""
    if digits(text) is not None:
        return False
    tail = TAIL.match(text)
    readings = [*read(text), *(read(tail[1]) if tail else ())]
    return not any(reading.base in by_base() for reading in readings)


def digits(text: str) -> str | None:
    """Return the digits of a written code (`32.04`, `3204`, `3204.0`); None if it is a name."""
    text = text.strip()
    if whole := SPREADSHEET_NUMBER.fullmatch(text):
        return whole[1]
    return re.sub(r"\D", "", text) if NUMBER.fullmatch(text) else None


@lru_cache(maxsize=1 << 16)
def _candidates(
    text: str, on: date, scheme: Scheme | None, level: Level | None, within: int | None
) -> tuple[Place, ...]:
    code = digits(text)
    if code is not None:
        found = _by_code(code, scheme, on) if scheme else ()
        return _fitting(found, on, level, within)
    if named := _by_name(text, on, level, within):
        return named
    if tail := TAIL.match(text):
        outer = _by_name(tail[2], on, Level.PROVINCE, None)
        if len(outer) == 1 and within in (None, outer[0].key):
            return _by_name(tail[1], on, level, outer[0].key)
    return ()


def _by_code(code: str, scheme: Scheme, on: date) -> tuple[Place, ...]:
    """Find the holder of a code on a day; `3200` is another way to write province 32."""
    if len(code) == 1 and scheme is Scheme.TREASURY:
        code = f"0{code}"
    if len(code) == 4 and code.endswith("00"):
        code = code[:2]
    held = tables.owners().get((scheme, code), ())
    return tuple(place(owner.value) for owner in held if owner.holds(on))


def _by_name(text: str, on: date, level: Level | None, within: int | None) -> tuple[Place, ...]:
    readings = read(text)
    for reading in readings:
        known = [one for one in by_base().get(reading.base, ()) if _is_kind(one, reading)]
        if found := _fitting(known, on, level, within):
            return found
    if any(reading.base in by_base() for reading in readings):
        return ()  # Spelt right, but of another kind or elsewhere: not a slip of the pen.
    return _near(readings, on, level, within)


def _near(
    readings: list[Reading], on: date, level: Level | None, within: int | None
) -> tuple[Place, ...]:
    """Find places within one slip, or two in a long name, if the level is known."""
    for reading in [one for one in readings if one.kind] or readings[:1]:
        if len(reading.base) < 5 or not (level or reading.kind):
            continue
        names = _names(reading.kind, on, level, within)
        slips = 2 if len(reading.base) >= 9 else 1
        close = process.extract(
            reading.base, names, scorer=OSA.distance, score_cutoff=slips, limit=None
        )
        if close:
            return tuple(sorted(one for _, _, one in close))
    return ()


@lru_cache(maxsize=1 << 10)
def _names(kind: str | None, on: date, level: Level | None, within: int | None) -> dict[Place, str]:
    """Return the names that a misspelt one may have meant, by place."""
    pool = (one for one in tables.places().values() if kind in (None, kind_of(one)))
    return {one: squeezed(one.bare_name) for one in _fitting(pool, on, level, within)}


def _is_kind(one: Place, reading: Reading) -> bool:
    return reading.kind is None or reading.kind == kind_of(one)


def _fitting(
    found: Iterable[Place], on: date, level: Level | None, within: int | None
) -> tuple[Place, ...]:
    outer = place(within) if within else None
    return tuple(
        sorted(
            one
            for one in found
            if one.exists(on)
            and (level is None or one.level is level)
            and (outer is None or is_within(one, outer, on))
        )
    )
