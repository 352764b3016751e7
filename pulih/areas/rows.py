"""Whose a row is: the regency in which it lies, or its province where it belongs to none."""

from typing import Any, Protocol, cast

from .models import Area


class InAnArea(Protocol):
    """A row with foreign keys to a province and, where it lies in one, a regency."""

    regency: Any
    regency_id: Any
    province: Any
    province_id: Any


def area_of(row: InAnArea) -> Area:
    return cast(Area, row.regency or row.province)


def area_key_of(row: InAnArea) -> int:
    return cast(int, row.regency_id or row.province_id)
