"""Choosing one firm on a page of another room: by half words of its name, owner or village."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from pulih.people.models import User

from . import search
from .models import Enterprise

FIELD, MOST, LONGEST = "firm", 8, 80


@dataclass(frozen=True)
class FirmChoice:
    """What was typed, and the first firms that it finds. has_more: whether it finds others, too."""

    words: str
    rows: Sequence[Enterprise] = ()
    has_more: bool = False


def choice_of(asked: QueryDict, by: User, *, regency: int) -> FirmChoice:
    """Find the firms of a regency that `by` sees, as the field of `_find_firm.html` asks."""
    words = asked.get(FIELD, "").strip()[:LONGEST]
    if not words:
        return FirmChoice("")
    filters = {"regency": str(regency)}
    found = search.page(by, words, filters, "", MOST)
    named = list(found.rows)
    # The index of words knows no villages; the firms of one regency are few enough to look through.
    there = search.filtered(by, filters).filter(village__icontains=words)
    left = MOST - len(named)
    more = list(there.exclude(pk__in=[one.pk for one in named]).by_name()[: left + 1])
    has_more = found.next is not None or len(more) > left
    return FirmChoice(words, [*named, *more[:left]], has_more)
