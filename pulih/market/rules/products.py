"""Which product of the list the words of a firm or a need mean; the longest known words decide."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from pulih.classifications.words import normalised


@dataclass(frozen=True)
class Vocabulary:
    """The words of every product. code_by_words: normalised words to the product's code."""

    code_by_words: Mapping[str, str]

    @classmethod
    def of(cls, products: Iterable[tuple[str, Iterable[str]]]) -> "Vocabulary":
        """Build it from (code, words); the first product that claims a word keeps it."""
        found: dict[str, str] = {}
        for code, words in products:
            for word in words:
                if normal := normalised(word):
                    found.setdefault(normal, code)
        return cls(found)

    def find(self, text: str) -> str | None:
        """Return the code of the product that `text` names, None if it names none that is known."""
        found: list[str] = self._pattern.findall(normalised(text)) if self.code_by_words else []
        if not found:
            return None
        return self.code_by_words[max(found, key=len)]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self.code_by_words, key=lambda words: (-len(words), words))
        return re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})\b")
