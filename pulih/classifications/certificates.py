"""Certificates and licences that firms hold; `parse` reads a cell.

Source: CLASS-05.
"""

from pulih.classifications.words import Parsed, WordList

LIST = WordList("certificates")


def parse(text: str) -> Parsed:
    """Return the codes that a cell names, in the order written, and the rest verbatim."""
    return LIST.parse(text)
