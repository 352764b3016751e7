"""What a rule of a cell is: how grave, and its sentence in both languages."""

from dataclasses import dataclass

from pulih.common.errors import Message

REJECTED, CORRECTED, WARNING = "rejected", "corrected", "warning"


@dataclass(frozen=True)
class Rule:
    """A kind of problem and its sentence."""

    kind: str
    message: Message


def rule(kind: str, indonesian: str, english: str) -> Rule:
    """Declare a rule; its sentence holds `{cell}` and may hold other names in braces."""
    return Rule(kind, Message(indonesian, english))
