"""What this room states of measures that nobody has compared with its text."""

from collections.abc import Iterator

from pulih.administration.unconfirmed import Unconfirmed
from pulih.common.errors import Message

WHERE = Message("Katalog langkah", "The catalogue of measures")
COSTS = Message(
    "Sebagian biaya satuan, biaya persiapan, dan daya bantu langkah tahun 2020.",
    "Some unit costs, set-up costs and effects of the measures of 2020.",
)
TRUE_COSTS = Message(
    "RAB dan laporan kegiatan yang sungguh dijalankan", "cost plans and reports of what was done"
)
REBATE = Message(
    "Hari setiap tahap penggantian harga mesin.", "The days of each step of the machine rebate."
)
RULES = Message(
    "petunjuk teknis restrukturisasi mesin dan peralatan IKM",
    "the instructions on renewing machines of small industry",
)


def points() -> Iterator[Unconfirmed]:
    """Source: PROG-01, REB-01."""
    yield Unconfirmed(WHERE, COSTS, "PROG-01", TRUE_COSTS)
    yield Unconfirmed(WHERE, REBATE, "REB-01", RULES)
