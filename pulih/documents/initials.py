"""A person on a public page: the initials, and nothing else of the name."""

from __future__ import annotations

MOST = 4


def initials(name: str) -> str:
    """Return the first letters of a name without its titles: `Dr. Siti Nur, S.T.` → `S. N.`"""
    words = [word for word in name.split(",")[0].split() if not word.endswith(".")]
    first = [next((sign for sign in word if sign.isalpha()), "") for word in words]
    return " ".join(f"{letter.upper()[0]}." for letter in first if letter)[: MOST * 3 - 1]
