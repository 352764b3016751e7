"""Whether the text beside a line or the name of a good may be public: it can name a person."""

from __future__ import annotations

import hashlib
import re
from enum import StrEnum
from itertools import pairwise

from .known_words import WORD, given_to_people, known_words

# A title before a name. `Ibu` and `bapak` also stand for groups, which are nobody by name.
TITLE = re.compile(
    r"\b(?:SDR|SDRI|SAUDARA|SAUDARI|TN|TUAN|NY|NYONYA|NN|BPK|BAPAK|IBU|H|HJ|KH|DR|DRS|DRA|IR|PROF|UST"
    r"|USTAZ|USTADZ)\b\.? (?!(?:RUMAH|HAMIL|MENYUSUI|KOTA|ANGKAT|ASUH|PKK|DAN|ATAU|YANG|DI|BAGI)\b)"
    r"[A-Z]{2,}"
)
# A degree behind one: `Siti Aminah, S.E.`
DEGREE = re.compile(
    r", ?(?:S|M|A|SP|DIPL)\.? ?"
    r"(?:E|H|T|I|P|KOM|SOS|SI|PD|M|AP|SN|HUM|KM|MD|IP|AK|AG|KES|PSI|ST|STAT)\b"
)
FOR_SOMEBODY = re.compile(r"\b(?:A\.?N|QQ|U\.?P)\b\.? [A-Z]|\bATAS NAMA\b")
NUMBER_OF_SOMEBODY = re.compile(
    r"\b(?:NIP|NIK|NPWP|KTP|HP|TELP|WA|REK|REKENING|NO REK)\b[^A-Z]*\d{4}"
    r"|(?<!RP)(?<!RP )\b\d(?:[ -]?\d){9}"
)
MARKS = (TITLE, DEGREE, FOR_SOMEBODY, NUMBER_OF_SOMEBODY)


SHORT = 2  # Letters of a unit, a number's mark or an initial, which name nobody alone.


class DescriptionKind(StrEnum):
    THINGS = "things"
    SOMEBODY = "somebody"
    UNKNOWN = "unknown"


def description_kind(text: str, more: frozenset[str] = frozenset()) -> DescriptionKind:
    """What a text speaks of: somebody where a mark says so, things where all its words are known.

    A word that is in no list may be a name without a title, so an officer must say what it is.
    more: words, in upper case, that texts of its sort have beside those of the lists.
    """
    plain = text.upper()
    if any(mark.search(" ".join(plain.split())) for mark in MARKS):
        return DescriptionKind.SOMEBODY
    words = WORD.findall(plain)
    known = known_words()
    unknown = (word for word in words if word not in known and word not in more)
    may_be_name = any(len(word) > SHORT for word in unknown) or any(
        {one, other} <= given_to_people() for one, other in pairwise(words)
    )
    return DescriptionKind.UNKNOWN if may_be_name else DescriptionKind.THINGS


def public_description(text: str, stated: DescriptionKind | None = None) -> str | None:
    """The text, tidied; None where it names somebody, or may.

    stated: what an officer says of the text, which counts before the rule.
    """
    kind = stated or description_kind(text)
    return " ".join(text.split()) or None if kind is DescriptionKind.THINGS else None


def text_digest(text: str) -> str:
    """Return what stands for a text, in whatever letters and blanks it is written."""
    return hashlib.sha256(" ".join(text.upper().split()).encode()).hexdigest()
