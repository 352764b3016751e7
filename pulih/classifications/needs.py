"""Needs that affected firms name (kebutuhan); `parse` reads a cell.

Source: CLASS-02, CLASS-03.
"""

from pulih.classifications.words import Parsed, WordList

LIST = WordList("needs")


def parse(text: str) -> Parsed:
    """Return the codes that a cell names, in the order written, and the rest verbatim."""
    return LIST.parse(text)
