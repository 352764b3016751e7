"""The rows of the tables of areas, made from the lists of `pulih.places`; no database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pulih.places import Level, Place, Scheme, all_places, dated_codes, dated_parents, place


@dataclass(frozen=True)
class ClosureRow:
    """`descendant` lies `depth` levels within `ancestor` from a day until before another."""

    ancestor: int
    descendant: int
    depth: int
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class CodeRow:
    """The code of one area in one scheme, with its days."""

    area: int
    scheme: Scheme
    code: str
    valid_from: date
    valid_to: date | None
    verified: bool


def sort_key(one: Place) -> str:
    """Return what names sort by: the country, then by bare name, the kabupaten before the kota."""
    if one.level is Level.COUNTRY:
        return ""
    kind = {"Kab.": " 1", "Kota": " 2"}.get(one.name.split(" ")[0], "")
    return f"{one.bare_name.casefold()}{kind}"


def code_rows() -> Iterator[CodeRow]:
    """Yield every code of every area in every scheme."""
    for one in all_places():
        for scheme in Scheme:
            for code in dated_codes(one, scheme):
                yield CodeRow(
                    one.key, scheme, code.value, code.valid_from, code.valid_to, code.verified
                )


def closure_rows() -> Iterator[ClosureRow]:
    """Yield who lies within whom and when; each area lies in itself."""
    for one in all_places():
        yield ClosureRow(one.key, one.key, 0, one.valid_from, one.valid_to)
        yield from _above(one, one, 1, one.valid_from, one.valid_to)


def _above(
    lowest: Place, one: Place, depth: int, valid_from: date, valid_to: date | None
) -> Iterator[ClosureRow]:
    for up in dated_parents(one):
        first = max(valid_from, up.valid_from)
        last = min(filter(None, (valid_to, up.valid_to)), default=None)
        if last is None or first < last:
            yield ClosureRow(up.value, lowest.key, depth, first, last)
            yield from _above(lowest, place(up.value), depth + 1, first, last)
