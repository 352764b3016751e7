"""What this room states of grants that nobody has compared with its text."""

from collections.abc import Iterator

from pulih.administration.unconfirmed import Unconfirmed
from pulih.common.errors import Message

from .rules.steps import limits, steps

WHERE = Message("Hibah barang yang diserahkan", "Grants of goods that were handed over")
STEPS = Message(
    "Langkah hibah dan hari kerja masing-masing; harinya diasumsikan.",
    "The steps of a grant and the working days of each; the days are assumed.",
)
ORDER = Message(
    "PMK 111/PMK.06/2016 dan PMK 165/PMK.06/2021, pasal tentang tata cara hibah",
    "PMK 111/PMK.06/2016 and PMK 165/PMK.06/2021, the articles on the order of a grant",
)
LIMIT = Message(
    "Nilai per unit sampai mana pengguna barang menyetujui sendiri.",
    "The value of a unit up to which the user of the goods approves by itself.",
)
DELEGATION = Message(
    "PMK 83/PMK.06/2016 tentang pelimpahan wewenang, dan perubahannya",
    "PMK 83/PMK.06/2016 on who approves what, and its changes",
)


def points() -> Iterator[Unconfirmed]:
    """Source: DOC-03."""
    if not all(one.verified for one in steps()):
        yield Unconfirmed(WHERE, STEPS, "DOC-03", ORDER)
    if not all(one.verified for one in limits()):
        yield Unconfirmed(WHERE, LIMIT, "DOC-03", DELEGATION)
