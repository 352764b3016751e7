"""What this room states of the market that nobody has compared with its text."""

from collections.abc import Iterator

from pulih.administration.unconfirmed import Unconfirmed
from pulih.common.errors import Message

from . import questionnaire, transport

WHERE = Message("Pasar dan kesiapan ekspor", "Market and readiness for export")
TARIFFS = Message(
    "Biaya dan lama kirim menurut jarak.", "What a consignment costs and how long it takes."
)
CARRIER = Message("tarif resmi pengangkut tahun itu", "a carrier's tariff of that year")
PAIRS = Message("Padanan KBLI dan HS produk kita.", "The pairs of KBLI and HS of our products.")
PUBLICATION = Message(
    "publikasi BPS 03120.1505 (KBKI–KBLI 2009–HS 2012)",
    "the BPS publication 03120.1505 (KBKI–KBLI 2009–HS 2012)",
)
ASKED = Message(
    "Syarat negara tujuan menurut bab HS.", "What destinations ask of goods of an HS chapter."
)
DESTINATION = Message(
    "peraturan negara tujuan, atau INSW dan atase perdagangan",
    "the rules of the destination, or INSW and the trade attaché",
)


def points() -> Iterator[Unconfirmed]:
    """Source: EXPORT-02."""
    if not transport.is_verified():
        yield Unconfirmed(WHERE, TARIFFS, "assumed", CARRIER)
    if not questionnaire.is_correspondence_verified():
        yield Unconfirmed(WHERE, PAIRS, "EXPORT-02", PUBLICATION)
    if not all(one.verified for one in questionnaire.every_condition()):
        yield Unconfirmed(WHERE, ASKED, "EXPORT-02", DESTINATION)
