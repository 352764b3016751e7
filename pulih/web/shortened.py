"""The first rows of a list inside another page, and how many more there are: never a silent end."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True)
class Shortened:
    """rows: those shown. more: how many are not. url: the list that holds them all, where one is.

    Drawn with `web/parts/more.html` below the rows.
    """

    rows: list[Any]
    more: int = 0
    url: str = ""


def shorten(rows: "QuerySet[Any] | list[Any]", most: int, url: str = "") -> Shortened:
    """Keep the first rows; rows of the database are counted only where there are more."""
    first = list(rows[: most + 1])
    if len(first) <= most:
        return Shortened(first)
    every = len(rows) if isinstance(rows, list) else rows.count()
    return Shortened(first[:most], every - most, url)
