"""How much of a password has to be guessed, once what guessers try first is taken out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

ENOUGH = 8  # Characters of one's own, or what weighs as much.
LONGEST = 200  # Beyond that nothing more is looked at: it is long enough whatever it says.
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz")
LOOKS_LIKE = str.maketrans("@4031!5$7", "aaoeiisst")
YEAR = re.compile(r"(?=((?:19|20)\d\d))")
REPEATED = re.compile(r"(.)\1{2,}")
AGAIN = re.compile(r"(..+?)\1{2,}")  # Written a third time, a word adds nothing.
SHORTEST_WORD, LONGEST_WORD, SHORTEST_RUN = 4, 24, 4


class Kind(StrEnum):
    """What a part of a password is."""

    PERSON = "person"
    OFFICE = "office"
    LEAKED = "leaked"
    YEAR = "year"
    ROW = "row"
    REPEATED = "repeated"


# A word out of a long list says more than one's own name: as much as two characters.
WEIGHT = {kind: 2 if kind == Kind.LEAKED else 1 for kind in Kind}


class Part(NamedTuple):
    """From one place to before another, counted from 0."""

    start: int
    end: int
    kind: Kind


class Judged(NamedTuple):
    """weight: of ENOUGH that a password must have. kinds: what guessers would try first in it."""

    weight: int
    kinds: frozenset[Kind]

    @property
    def is_good(self) -> bool:
        return self.weight >= ENOUGH


def judged(password: str, leaked: Collection[str], about: Mapping[Kind, Collection[str]]) -> Judged:
    """Weigh a password by the easiest way to put it together.

    leaked: words of known passwords, in small letters. about: words about the person, by kind.
    """
    plain = AGAIN.sub(r"\1\1", password.lower()[:LONGEST])
    starting: dict[int, list[Part]] = {}
    for part in _parts(plain, leaked, about):
        starting.setdefault(part.start, []).append(part)
    best = [(0, frozenset[Kind]())] + [(len(plain) + 1, frozenset[Kind]())] * len(plain)
    for at in range(len(plain)):
        weight, kinds = best[at]
        best[at + 1] = min(best[at + 1], (weight + 1, kinds), key=_weight)
        for part in starting.get(at, ()):
            with_it = (weight + WEIGHT[part.kind], kinds | {part.kind})
            best[part.end] = min(best[part.end], with_it, key=_weight)
    return Judged(*best[-1])


def _weight(way: tuple[int, frozenset[Kind]]) -> int:
    return way[0]


def _parts(
    plain: str, leaked: Collection[str], about: Mapping[Kind, Collection[str]]
) -> Iterator[Part]:
    yield from (Part(one.start(), one.start() + 4, Kind.YEAR) for one in YEAR.finditer(plain))
    yield from (Part(*one.span(), Kind.REPEATED) for one in REPEATED.finditer(plain))
    yield from _runs(plain)
    known = {kind: {word.lower() for word in words} for kind, words in about.items()}
    for text in {plain, plain.translate(LOOKS_LIKE)}:
        for start in range(len(text)):
            for end in range(start + SHORTEST_WORD, min(len(text), start + LONGEST_WORD) + 1):
                word = text[start:end]
                for kind, words in known.items():
                    if word in words:
                        yield Part(start, end, kind)
                if word in leaked:
                    yield Part(start, end, Kind.LEAKED)


def _runs(plain: str) -> Iterator[Part]:
    """Yield neighbours on the keyboard, in the alphabet and among numbers, either way."""
    for row in [*ROWS, *(one[::-1] for one in ROWS)]:
        for start in range(len(plain) - SHORTEST_RUN + 1):
            end = start + SHORTEST_RUN
            while end <= len(plain) and plain[start:end] in row:
                yield Part(start, end, Kind.ROW)
                end += 1
