"""The rows of the area tables as `pulih.places` knows them: areas, codes, and the dated closure."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pulih.places import tables

Days = tuple[date, date | None]


def area_rows() -> Iterator[dict[str, Any]]:
    """Yield one area a place; names sort by a stored key, since the database sorts by bytes."""
    for one in tables.places().values():
        yield {
            "id": one.key,
            "level": str(one.level),
            "name": one.name,
            "sort_key": one.bare_name.casefold() + (" kota" if one.is_city else ""),
            "valid_from": one.valid_from,
            "valid_to": one.valid_to,
        }


def code_rows() -> Iterator[dict[str, Any]]:
    """Yield each code with its scheme and days."""
    for (key, scheme), dated in tables.codes().items():
        for code in dated:
            yield {
                "area_id": key,
                "scheme": str(scheme),
                "code": code.value,
                "valid_from": code.valid_from,
                "valid_to": code.valid_to,
                "verified": code.verified,
            }


def closure_rows() -> Iterator[dict[str, Any]]:
    """Yield who lies within whom, how deep and when; every place lies in itself."""
    for one in tables.places().values():
        for ancestor, depth, (start, end) in _above(one.key, (one.valid_from, one.valid_to)):
            yield {
                "ancestor_id": ancestor,
                "descendant_id": one.key,
                "depth": depth,
                "valid_from": start,
                "valid_to": end,
            }


def _above(key: int, days: Days, depth: int = 0) -> Iterator[tuple[int, int, Days]]:
    yield key, depth, days
    for up in tables.parents().get(key, ()):
        if common := _overlap(days, (up.valid_from, up.valid_to)):
            yield from _above(up.value, common, depth + 1)


def _overlap(one: Days, other: Days) -> Days | None:
    start = max(one[0], other[0])
    ends = [end for end in (one[1], other[1]) if end is not None]
    end = min(ends, default=None)
    return (start, end) if end is None or start < end else None
