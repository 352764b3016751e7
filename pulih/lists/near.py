"""Words near to a mistyped one, from the rows that the person may see.

PostgreSQL as it is installed here has no index of similar words (`pg_trgm` is not part of it). The
lists are therefore asked for pieces of the word, the longest first, and what they show is compared.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from rapidfuzz.distance import OSA

from pulih.people.access import PersonRequest
from pulih.web.as_of import as_of

from .columns import Kind, Place
from .filters import Asked
from .listing import Dressed, Listing, page_of

SHORTEST = 5  # Letters; a shorter word has too many neighbours.
LONGEST = 32  # No name and no title has a longer word, so none is near to it.
LONG = 9  # From so many letters on, two slips are forgiven.
SHORTEST_PIECE = 3
READ = 200  # Rows of one list that are compared.
MOST = 3
LETTERS = re.compile(r"[^\W\d_]+")


def suggestions(request: PersonRequest, listings: list[Listing], words: str) -> list[str]:
    """Return what the person may have meant: the typed words with one of them mended.

    Numbers are never guessed at. At most `MOST`, the most frequent first.
    """
    for typed in sorted(LETTERS.findall(words.lower()), key=len, reverse=True):
        if not SHORTEST <= len(typed) <= LONGEST:
            continue
        # Where the shortest piece is in no row, none that holds it is.
        holding = {
            shortest: [one for one in listings if _holds(request, one, shortest)]
            for shortest in {typed[:SHORTEST_PIECE], typed[-SHORTEST_PIECE:]}
        }
        for shortest, piece in _pieces(typed):
            near = _near(request, holding[shortest], typed, piece)
            if near:
                return [_instead(words, typed, word) for word, _n in near.most_common(MOST)]
    return []


def _pieces(typed: str) -> Iterator[tuple[str, str]]:
    """Yield beginnings and ends of a word, the longest first: a slip stands in one of them.

    With each, the shortest piece of the same side.
    """
    for size in range(len(typed) - 1, SHORTEST_PIECE - 1, -1):
        yield typed[:SHORTEST_PIECE], typed[:size]
        yield typed[-SHORTEST_PIECE:], typed[-size:]


def _holds(request: PersonRequest, listing: Listing, piece: str) -> bool:
    return bool(page_of(_objects(request, listing, piece)[1], listing.order, "", 1).rows)


def _near(request: PersonRequest, listings: list[Listing], typed: str, piece: str) -> Counter[str]:
    allowed = 2 if len(typed) >= LONG else 1
    found: Counter[str] = Counter()
    for listing in listings:
        for word in _shown_words(request, listing, piece):
            if 0 < OSA.distance(word, typed, score_cutoff=allowed) <= allowed:
                found[word] += 1
    return found


def _shown_words(request: PersonRequest, listing: Listing, piece: str) -> Iterator[str]:
    """Yield the words that the first rows of a list show, those of names and titles."""
    rows, objects = _objects(request, listing, piece)
    columns = [
        column
        for column in listing.columns
        if column.kind == Kind.TEXT and column.on & {Place.PAGE, Place.FILE}
    ]
    page = page_of(objects, listing.order, "", READ).rows
    dressed = rows.dress(page) if isinstance(rows, Dressed) else page
    for row in dressed:
        shown = {str(column.value(row) or "") for column in columns}
        for text in shown:
            yield from set(LETTERS.findall(text.lower()))


def _objects(request: PersonRequest, listing: Listing, piece: str) -> tuple[Any, Any]:
    """Return the rows of a list that a piece is found in, and what of them can be paged."""
    rows = listing.rows(Asked(request.user, as_of(request), {"q": piece}))
    return rows, rows.objects if isinstance(rows, Dressed) else rows


def _instead(words: str, typed: str, near: str) -> str:
    return re.sub(rf"\b{re.escape(typed)}\b", near, words, count=1, flags=re.IGNORECASE)
