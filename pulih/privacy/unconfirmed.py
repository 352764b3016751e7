"""What this room states of personal data that nobody has compared with its text."""

from collections.abc import Iterator

from pulih.administration.unconfirmed import Unconfirmed
from pulih.common.errors import Message

from .rules import keeping, processing

WHERE = Message("Data pribadi (UU 27/2022)", "Personal data (UU 27/2022)")
PURPOSES = Message(
    "Dasar dan penerima data dalam catatan pemrosesan.",
    "Bases and receivers in the register of processing.",
)
LAWYER = Message("biro hukum kementerian", "the ministry's legal bureau")
TERMS = Message(
    "Berapa lama data pribadi disimpan; semua angkanya diasumsikan.",
    "How long personal data stays; every number is assumed.",
)
RETENTION = Message(
    "jadwal retensi arsip kementerian", "the ministry's schedule for keeping records"
)


def points() -> Iterator[Unconfirmed]:
    """Source: LAW-08."""
    if not all(one.verified for one in processing()):
        yield Unconfirmed(WHERE, PURPOSES, "LAW-08", LAWYER)
    if not all(one.verified for one in keeping()):
        yield Unconfirmed(WHERE, TERMS, "LAW-08", RETENTION)
