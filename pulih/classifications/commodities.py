"""Commodity groups and the directorates that look after them, both dated.

Source: CLASS-08.
"""

from dataclasses import dataclass
from datetime import date

from pulih.classifications import kbli
from pulih.classifications.entries import CodeList, Entry, Row, common, plain

DIRECTORATES = CodeList("directorates", plain)


@dataclass(frozen=True)
class CommodityGroup(Entry):
    """A group of products: its directorate, and the KBLI divisions that fall to it."""

    directorate: str
    divisions: tuple[str, ...]


def group_of(code: str, on: date) -> CommodityGroup | None:
    """Return the commodity group of a KBLI code of two to five digits on a day, or None."""
    activity = kbli.LIST.find(code)
    if activity is not None:
        return LIST.find(activity.commodity_group, on)
    if kbli.division(code) is None:
        return None
    return next((group for group in LIST.on(on) if code[:2] in group.divisions), None)


def directorate_of(group: str, on: date) -> Entry | None:
    """Return the directorate that looks after a commodity group on a day, or None."""
    found = LIST.find(group, on)
    return DIRECTORATES.find(found.directorate, on) if found else None


def _group(row: Row) -> CommodityGroup:
    return CommodityGroup(
        **common(row),
        directorate=row["directorate"],
        divisions=tuple(row["divisions"].split(";")),
    )


LIST = CodeList("commodity_groups", _group)
