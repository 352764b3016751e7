"""Names as identity, order and search see them: without case, accents, legal forms, honorifics.

The definitions are Polars expressions, so that a million names and one name go the same way.
"""

import polars as pl

LEGAL_FORMS = "ud cv pt pd fa firma tbk kub ukm ikm umkm"
HONORIFICS = "h hj haji hajjah hajah bpk bapak pak ibu bu sdr sdri drs dra ir"
DROPPED = r"\b(?:" + "|".join(f"{LEGAL_FORMS} {HONORIFICS}".split()) + r")\b"
LONGEST_KEY = 80


def folded(name: pl.Expr) -> pl.Expr:
    """Return the name in small letters and figures, words parted by one blank; null when empty."""
    plain = name.str.normalize("NFKD").str.to_lowercase()
    plain = plain.str.replace_all(r"[\p{M}'’`.]", "").str.replace_all(r"[^a-z0-9]+", " ")
    plain = plain.str.strip_chars(" ")
    return pl.when(plain != "").then(plain)


def normalised(name: pl.Expr) -> pl.Expr:
    """Return the folded name without legal forms and honorifics, unless nothing else is there.

    A dot joins: `U.D. Sari` is `ud sari`, and so `sari`. Cut to LONGEST_KEY letters.
    """
    full = folded(name)
    short = full.str.replace_all(DROPPED, " ").str.replace_all(" +", " ").str.strip_chars(" ")
    return pl.when(short != "").then(short).otherwise(full).str.slice(0, LONGEST_KEY)


def fold(text: str) -> str:
    """Return one folded text; empty when it holds neither letter nor figure."""
    return str(pl.select(folded(pl.lit(text, pl.String))).item() or "")


def asked_words(text: str) -> list[str]:
    """Return the beginnings of words that a search asks for; legal forms count only alone.

    At most six words of at most 30 letters: a longer question finds no more.
    """
    words = fold(text).split()
    telling = [word for word in words if word not in f"{LEGAL_FORMS} {HONORIFICS}".split()]
    return [word[:30] for word in (telling or words)][:6]
