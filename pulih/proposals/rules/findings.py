"""What a check found: how grave, where, and in which words."""

from dataclasses import dataclass
from enum import StrEnum

from pulih.common.errors import Message


class Severity(StrEnum):
    """BLOCKS: cannot be sent. ASKS: cannot be sent before a reason or paper is given.

    WARNS: can be sent, and the verifier sees it. NOTES: is only said.
    """

    BLOCKS = "blocks"
    ASKS = "asks"
    WARNS = "warns"
    NOTES = "notes"

    @property
    def stops(self) -> bool:
        return self in (Severity.BLOCKS, Severity.ASKS)


@dataclass(frozen=True)
class Finding:
    """key: what kind of finding. place: the row's position, or the field of the proposal."""

    key: str
    severity: Severity
    place: int | str
    message: Message

    @property
    def is_of_words(self) -> bool:
        """Tell whether it speaks of what is written, and of nothing that is counted or dated."""
        return self.key == "missing"
