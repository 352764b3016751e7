"""Titles on one line."""


def cut(text: str, longest: int) -> str:
    """Return a text on one line, cut to so many signs."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
