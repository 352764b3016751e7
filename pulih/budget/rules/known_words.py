"""Words that are known to speak of things, work, groups and places, and never of one person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from pulih import places
from pulih.classifications.entries import rows

WORD = re.compile(r"[A-Z]+")
# Columns of the code lists that hold words as offices write them.
COLUMNS = {
    "accounts": ("name_indonesian",),
    "certificates": ("name_indonesian", "synonyms"),
    "commodity_groups": ("name_indonesian",),
    "directorates": ("name_indonesian",),
    "kbli": ("name_indonesian",),
    "kbli_divisions": ("name_indonesian",),
    "needs": ("name_indonesian", "synonyms"),
    "obstacles": ("name_indonesian", "synonyms"),
    "output_codes": ("name_indonesian",),
    "product_words": ("word",),
    "unit_costs": ("name_indonesian", "words"),
    "units": ("name_indonesian", "short", "spellings"),
}


@cache
def known_words() -> frozenset[str]:
    """In upper case."""
    return frozenset(word for text in _texts() for word in WORD.findall(text.upper()))


def _texts() -> Iterator[str]:
    for name, columns in COLUMNS.items():
        for row in rows(name):
            yield from (row[column] for column in columns)
    for place in places.all_places():
        yield place.name
    yield from _lines("description_words.txt")


@cache
def given_to_people() -> frozenset[str]:
    """Words of things that are names, too, in upper case: one may stand in a text, two may not."""
    return frozenset(word for line in _lines("words_given_to_people.txt") for word in line.split())


def _lines(name: str) -> list[str]:
    own = files("pulih.budget").joinpath("data", name).read_text("utf-8")
    return [line for line in own.splitlines() if not line.startswith("#")]
