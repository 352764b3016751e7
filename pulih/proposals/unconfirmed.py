"""What this room states of proposals that nobody has compared with its text."""

from collections.abc import Iterator

from pulih.administration.unconfirmed import Unconfirmed
from pulih.classifications.standards import every
from pulih.common.errors import Message

from .clocks import clocks

WHERE = Message("Usulan kegiatan", "Proposals")
DAYS = Message(
    "Hari kerja yang dimiliki setiap pemegang usulan.",
    "The working days that each holder of a proposal has.",
)
PROCEDURE = Message(
    "petunjuk teknis kementerian tentang usulan daerah",
    "the ministry's instructions on proposals of regions",
)
FORMS = Message(
    "Daftar periksa verifikator, kriteria penilaian dan bobotnya, dan pintu perubahan usulan.",
    "The verifier's checklist, the criteria of scoring with weights, and the gates of amendments.",
)


STANDARDS = Message(
    "Besaran SBM 2020 yang dipakai memeriksa rencana biaya; setiap rencana menyebut barisnya.",
    "The amounts of the SBM of 2020 that cost plans are held against; each plan names its rows.",
)
ANNEX = Message("lampiran PMK 78/PMK.02/2019", "the annex of PMK 78/PMK.02/2019")


def points() -> Iterator[Unconfirmed]:
    """Source: PROG-07, CLASS-16."""
    if any("assumed" in one.get("source", "") for one in clocks().values()):
        yield Unconfirmed(WHERE, DAYS, "PROG-07", PROCEDURE)
    yield Unconfirmed(WHERE, FORMS, "PROG-07", PROCEDURE)
    if not all(one.verified for one in every()):
        yield Unconfirmed(WHERE, STANDARDS, "CLASS-16", ANNEX)
