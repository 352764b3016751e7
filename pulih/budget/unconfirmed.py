"""The last days of a budget year that no letter of the treasury has given yet."""

from collections.abc import Iterator

from pulih.administration.unconfirmed import Unconfirmed
from pulih.common.errors import Message
from pulih.common.periods import MONTHS_EN, MONTHS_ID

from .rules.closing import LastDay, last_days, named

WHERE = Message("Batas akhir tahun anggaran", "Last days of a budget year")
LETTER = Message(
    "surat langkah-langkah akhir tahun (LLAT) tahun itu", "the treasury's letter (LLAT) of the year"
)


def points() -> Iterator[Unconfirmed]:
    for one in last_days():
        if not one.verified:
            yield Unconfirmed(WHERE, _said(one), one.source, LETTER)


def _said(one: LastDay) -> Message:
    what = named(one.act)
    return Message(
        f"{what.id}: {one.day} {MONTHS_ID[one.month - 1]}",
        f"{what.en}: {one.day} {MONTHS_EN[one.month - 1]}",
    )
