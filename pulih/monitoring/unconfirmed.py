"""The layouts of reports that nobody has compared with the ministry's forms yet."""

from collections.abc import Iterator

from pulih.administration.unconfirmed import Unconfirmed
from pulih.common.errors import Message

from .rules import accountability, form_c, layouts, managerial

WHERE = Message("Tata letak laporan", "Layouts of reports")
ANNEX = Message(
    "lampiran PP 39/2006 yang lengkap, atau formulir yang dipakai kementerian",
    "the whole annex of PP 39/2006, or the forms that the ministry uses",
)
FORMS = Message(
    "laporan akhir tahun yang sudah diterima kementerian",
    "a year-end report that the ministry accepted",
)


def points() -> Iterator[Unconfirmed]:
    """Source: REPORT-04, REPORT-05."""
    for note in (layouts.LAYOUT_NOTE, form_c.LAYOUT_NOTE):
        yield Unconfirmed(WHERE, note, "REPORT-04", ANNEX)
    for note in (managerial.LAYOUT_NOTE, accountability.LAYOUT_NOTE):
        yield Unconfirmed(WHERE, note, "REPORT-05", FORMS)
