"""From the words of a product to its KBLI code, and whether it is made or only sold.

Source: CLASS-15.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pulih.classifications import kbli
from pulih.classifications.entries import rows
from pulih.classifications.words import normalised

MAKING = re.compile(
    r"\b(?:produksi|produsen|pembuatan|membuat|pembuat|pengrajin|perajin|industri|pengolahan"
    r"|pabrik|home industry|homemade)\b"
)


@dataclass(frozen=True)
class Product:
    """What the words of a product say.

    kbli: five digits, or None if no word is known. is_manufacturing: None if nothing tells.
    word: the word that decided.
    """

    kbli: str | None
    commodity_group: str | None
    is_manufacturing: bool | None
    word: str | None


UNKNOWN = Product(None, None, None, None)


@lru_cache(maxsize=1 << 16)
def find(text: str) -> Product:
    """Return what the words of a product say; the longest known phrase decides.

    A word of trade (`reseller`, `toko`) makes it no manufacture unless a word of making stands
    beside it.
    """
    words = normalised(text)
    found = [match.group(1) for match in _pattern().finditer(words)]
    sold = [word for word in found if not _kbli_by_word()[word]]
    made = [word for word in found if _kbli_by_word()[word]]
    if sold and not MAKING.search(words):
        return Product(None, None, False, sold[0])
    if not made:
        return UNKNOWN
    word = max(made, key=len)
    code = _kbli_by_word()[word]
    activity = kbli.LIST.find(code)
    return Product(code, activity.commodity_group if activity else None, True, word)


def words_of(code: str) -> list[str]:
    """Return the product words of a KBLI code, in alphabetical order."""
    return sorted(word for word, its in _kbli_by_word().items() if its == code)


@cache
def _kbli_by_word() -> dict[str, str]:
    """Return the KBLI code of each word; empty for words of trade."""
    return {normalised(row["word"]): row["kbli"] for row in rows("product_words")}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_kbli_by_word(), key=lambda word: (-len(word), word))
    return re.compile(rf"\b({'|'.join(longest_first)})\b")
