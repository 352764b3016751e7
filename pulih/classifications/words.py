"""Lists whose codes offices write in words: needs, obstacles, certificates, business status."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pulih.classifications.entries import CodeList, Entry, Row, common
from pulih.classifications.negations import AT_EASE, NOT, NOT_IN_FORCE

NOTHING = {"", "tidak ada", "tdk ada", "tidak", "nihil", "n a", "na", "none", "no", "belum ada"}
ORDINAL = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|[a-z][.)]|[-•*–])\s*", re.IGNORECASE)
FILLERS = re.compile(r"^(?:butuh|perlu|membutuhkan|kebutuhan|bantuan|memerlukan|ada|adanya) ")
# `Halal (proses)` is no certificate, `modal (cukup)` no need.
TAKEN_BACK = re.compile(rf"\([^)]*\b(?:{NOT}|{NOT_IN_FORCE}|{AT_EASE})\b[^)]*\)", re.IGNORECASE)
SEPARATORS = (r"[;\n\r]+|\s\|\s", r",", r"/", r"\s+(?:dan|serta|and)\s+|\s*[&+]\s*")


@dataclass(frozen=True)
class WordEntry(Entry):
    """An entry with the other words that offices use for it."""

    synonyms: tuple[str, ...]


@dataclass(frozen=True)
class Parsed:
    """What was understood of a cell: codes in the order written, the rest as it stood."""

    codes: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def joined(self) -> str:
        """Return codes and unknown words joined by `;`, as the intake contract writes them."""
        return ";".join((*self.codes, *self.unknown))


class WordList(CodeList[WordEntry]):
    """A dated list that can be read out of words."""

    def __init__(self, name: str) -> None:
        super().__init__(name, _entry)
        self.parse = lru_cache(maxsize=1 << 14)(self._parse)

    def code_of(self, text: str) -> str | None:
        """Return the code that one word or phrase means, or None."""
        words = normalised(text)
        shorter = FILLERS.sub("", words)
        tried = [words, shorter]
        if not TAKEN_BACK.search(text):
            outside = normalised(re.sub(r"\([^)]*\)", " ", text))
            tried += [outside, FILLERS.sub("", outside)]
        return next((self._code_by_word[one] for one in tried if one in self._code_by_word), None)

    def _parse(self, text: str) -> Parsed:
        """Return the codes that a cell names, and what was not understood, verbatim.

        A cell may hold several, between `;`, new lines, `,`, `/` or `dan`; `-` means none.
        """
        codes: dict[str, None] = {}
        unknown: dict[str, None] = {}
        for piece, code in self._pieces(text, 0):
            if code:
                codes[code] = None
            elif normalised(piece) not in NOTHING:
                unknown[piece] = None
        return Parsed(tuple(codes), tuple(unknown))

    def _pieces(self, text: str, separator: int) -> Iterator[tuple[str, str | None]]:
        """Split at the strongest separator only as far as is needed to understand a piece."""
        text = ORDINAL.sub("", text.strip()).strip()
        if not text:
            return
        if code := self.code_of(text):
            yield text, code
            return
        parts: list[tuple[str, str | None]] = []
        if separator < len(SEPARATORS):
            for part in re.split(SEPARATORS[separator], text):
                parts.extend(self._pieces(part, separator + 1))
        # `desain dan kemas ulang` stays whole unless a part of it is understood.
        understood = any(code for _, code in parts)
        yield from parts if understood or separator < 2 else [(text, None)]

    @cached_property
    def _code_by_word(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for entry in self.entries:
            for word in (entry.code, entry.name_indonesian, entry.name_en, *entry.synonyms):
                found.setdefault(normalised(word), entry.code)
        return found


def normalised(text: str) -> str:
    """Return small letters and digits with single blanks: `Modal-Kerja ` is `modal kerja`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def _entry(row: Row) -> WordEntry:
    return WordEntry(**common(row), synonyms=tuple(row["synonyms"].split("|")))
