"""Headings in English, and headings cut short: `Name of Enterprise`, `Hsl Prod`, `Nil. Inv`."""

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TypeVar

from pulih.intake.slips import OWN_WORDS

LINKS = {"s", "at", "of", "the", "in", "by", "for", "per", "a", "an"}
# What is put into other words before each word is looked up.
TURNED = LINKS | {
    *("number", "amount", "total", "establishment", "establishments"),
    *("sub", "whats", "district", "app"),
}
LEAST_LETTERS = 2
BEGUN = 3  # Letters of the full word in front of one that keeps a vowel: `kecmtn`.
VOWELS = set("aeiou")
OWN_ENDINGS = ("an", "kan", "i")  # `Bantu` helps; it is no `Bantuan` cut short.
LONE_LETTERS = 4  # A word that stands alone must say more.


@cache
def _english() -> Mapping[str, str]:
    text = files("pulih.intake").joinpath("data", "english.csv").read_text("utf-8")
    return {row["english"]: row["indonesian"] for row in csv.DictReader(text.splitlines())}


@cache
def _known() -> frozenset[str]:
    return frozenset({*_english(), "jumlah", "nomor"})


@cache
def _read() -> frozenset[str]:
    """Return the words of headings that can be read; another one makes a heading none of them."""
    return _known() | TURNED


def in_indonesian(text: str) -> Iterator[str]:
    """Offer an English heading in Indonesian words: `enterprise name` is `nama usaha`.

    English puts first what Indonesian puts last; `of` turns that round. Every word must be known.
    """
    if not {*text.split()} <= _read():
        return
    text = re.sub(r"^(?:nomor|number|amount|total) of ", "jumlah ", text)
    text = re.sub(r"\bname of (?:the )?establishments?\b", "name of enterprise", text)
    text = re.sub(r"\b(sub|whats) (district|app)\b", r"\1\2", text)
    words = [word for word in text.split() if word not in LINKS]
    if not words or not set(words) <= _known() or not set(words) & _english().keys():
        return
    ours = [_english().get(word, word) for word in words]
    yield " ".join(word for word in ours if word)
    yield " ".join(word for word in reversed(ours) if word)


def is_english(text: str) -> bool:
    """Say whether a heading is made of English words alone."""
    return next(in_indonesian(text), None) is not None


Meaning = TypeVar("Meaning")
BySize = Mapping[tuple[int, str], Sequence[tuple[str, Sequence[str]]]]


def by_size(keys: Iterable[str]) -> BySize:
    """Group headings, with their words, by how many words they have and their first letter."""
    found: dict[tuple[int, str], list[tuple[str, Sequence[str]]]] = {}
    for key in keys:
        words = key.split()
        found.setdefault((len(words), key[:1]), []).append((key, words))
    return found


def spelled_out(text: str, keys: BySize, known: Collection[str]) -> Iterator[str]:
    """Offer the headings of as many words that a heading's short words may stand for.

    known: words that are no abbreviations, for they stand in headings themselves.
    """
    words = text.split()
    if not words or all(word in known or word in OWN_WORDS for word in words):
        return
    if len(words) == 1 and len(words[0]) < LONE_LETTERS:
        return
    for key, full in keys.get((len(words), text[:1]), ()):
        if all(
            word == one or (word not in known and word not in OWN_WORDS and _stands_for(word, one))
            for word, one in zip(words, full, strict=True)
        ):
            yield key


def only_meaning(
    text: str, keys: BySize, known: Collection[str], meanings: Mapping[str, Meaning]
) -> Meaning | None:
    """Return what a heading cut short means, if all that it may stand for mean one thing.

    `Nil. Prod` is `Nilai Produksi`. meanings: of each of the keys.
    """
    found = [meanings[key] for key in spelled_out(text, keys, known)]
    return found[0] if found and all(one == found[0] for one in found) else None


@cache
def _stands_for(short: str, full: str) -> bool:
    """Say whether a word is another one cut off (`inv`) or without its vowels (`pmsrn`, `hsl`)."""
    if not LEAST_LETTERS <= len(short) < len(full) - 1 or not short.isalpha():
        return False
    if full.startswith(short):
        return len(short) > LEAST_LETTERS and full[len(short) :] not in OWN_ENDINGS
    rest = iter(full[1:])
    in_order = short[0] == full[0] and all(letter in rest for letter in short[1:])
    rest_of_it = short[BEGUN:] if full.startswith(short[:BEGUN]) else ""
    is_begun = len(rest_of_it) > 1 and not set(rest_of_it) & VOWELS
    return in_order and (is_begun or not set(short[1:]) & VOWELS)
