"""What this room states of proposals that nobody has compared with its text."""

from collections.abc import Iterator

from pulih.administration.unconfirmed import Unconfirmed
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


def points() -> Iterator[Unconfirmed]:
    """Source: PROG-07."""
    if any("assumed" in one.get("source", "") for one in clocks().values()):
        yield Unconfirmed(WHERE, DAYS, "PROG-07", PROCEDURE)
    yield Unconfirmed(WHERE, FORMS, "PROG-07", PROCEDURE)
