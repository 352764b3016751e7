"""What this room states of plans that nobody has compared with a text."""

from collections.abc import Iterator

from pulih.administration.unconfirmed import Unconfirmed
from pulih.common.errors import Message

from .rules.composition import rules

WHERE = Message("Susunan rencana", "What plans are made of")
LETTER = Message(
    "surat kementerian tentang batas belanja pendukung",
    "the ministry's letter on limits of supporting accounts",
)


def points() -> Iterator[Unconfirmed]:
    """Source: COMP-01, COMP-02."""
    for rule in rules():
        if not rule.verified:
            yield Unconfirmed(WHERE, rule.what, rule.source, LETTER)
