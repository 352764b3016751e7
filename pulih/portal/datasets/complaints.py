"""Complaints and how long their answers take. No room keeps them yet: not recorded, never 0."""

from collections.abc import Iterator

from pulih.common.errors import Message

from .base import Dataset, Measure, Moment, Raw, not_recorded
from .proposals import provinces

RECEIVED = Measure(
    "complaints_received",
    Message("Pengaduan masuk", "Complaints received"),
    Message(
        "Pengaduan yang masuk sampai tanggal data. Belum dicatat pada rilis ini.",
        "Complaints received up to the day. Not recorded in this release.",
    ),
    Message("pengaduan", "complaints"),
    "number",
)
ANSWERED = Measure(
    "complaints_answered",
    Message("Pengaduan dijawab", "Complaints answered"),
    Message(
        "Pengaduan yang sudah dijawab. Belum dicatat pada rilis ini.",
        "Complaints that were answered. Not recorded in this release.",
    ),
    Message("pengaduan", "complaints"),
    "number",
)
DAYS = Measure(
    "complaints_days",
    Message("Hari sampai pengaduan dijawab", "Days until complaints are answered"),
    Message(
        "Hari kerja di antara masuk dan jawaban, nilai tengah. Belum dicatat pada rilis ini.",
        "Working days between receipt and answer, the median. Not recorded in this release.",
    ),
    Message("hari kerja", "working days"),
    "number",
)
MEASURES = (RECEIVED, ANSWERED, DAYS)


def collect(moment: Moment) -> Iterator[Raw]:
    yield from not_recorded(MEASURES, provinces(moment))


DATASET = Dataset(
    "complaints",
    Message("Pengaduan", "Complaints"),
    Message("belum ada", "none yet"),
    Message("belum ada", "none yet"),
    MEASURES,
    collect,
)
