"""What a firm is doing, in the statistics office's own classes, so that figures compare.

Source: CLASS-06.
"""

from enum import StrEnum

from pulih.classifications.words import WordList

LIST = WordList("status")


class BusinessStatus(StrEnum):
    """The classes of the statistics office, and `NOT_FOUND`."""

    PRODUCING_SAME_KBLI = "PRODUCING_SAME_KBLI"
    PRODUCING_CHANGED_KBLI = "PRODUCING_CHANGED_KBLI"
    TEMP_NOT_PRODUCING = "TEMP_NOT_PRODUCING"
    CLOSED = "CLOSED"
    NOT_FOUND = "NOT_FOUND"

    @property
    def is_producing(self) -> bool:
        """Say whether the firm produces anything."""
        return self in (self.PRODUCING_SAME_KBLI, self.PRODUCING_CHANGED_KBLI)


def parse(text: str) -> BusinessStatus | None:
    """Return the status that a cell means, or None."""
    code = LIST.code_of(text)
    return BusinessStatus(code) if code else None
