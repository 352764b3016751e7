"""What a page says, however its templates are laid out."""

import re


def squeezed(text: str) -> str:
    """Return HTML with single blanks between words and none beside tags."""
    return re.sub(r" ?(<[^>]*>) ?", r"\1", re.sub(r"\s+", " ", text))


def words(page: str) -> str:
    """Return the text of a page without its tags, where no link splits a sentence."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page))
