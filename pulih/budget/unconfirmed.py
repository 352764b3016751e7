"""What this room states that nobody has confirmed: last days of a year, words that name nobody."""

from collections.abc import Iterator

from pulih.administration.unconfirmed import Unconfirmed
from pulih.common.errors import Message
from pulih.common.periods import MONTHS_EN, MONTHS_ID

from .rules.closing import LastDay, last_days, named

WHERE = Message("Batas akhir tahun anggaran", "Last days of a budget year")
LETTER = Message(
    "surat langkah-langkah akhir tahun (LLAT) tahun itu", "the treasury's letter (LLAT) of the year"
)


DESCRIPTIONS = Message("Uraian baris dan nama barang", "Descriptions of lines and names of goods")
KNOWN_WORDS = Message(
    "Kata yang dianggap tidak menyebut orang, sehingga uraiannya diumumkan.",
    "The words that are taken to name nobody, so that the text is published.",
)
OFFICES = Message("pemeriksaan daftar kata oleh walidata", "a look of data stewards at the list")
CONTRACTS = Message("Kontrak tahun jamak", "Multi-year contracts")
YEARS = Message(
    "Surat persetujuan dari atas satker memberi jumlah setiap tahun; bagian satu tahun diikat pada "
    "anggaran tahun itu.",
    "A letter from above the unit gives each year its amount; a year's part is committed in the "
    "budget of that year.",
)
REGULATIONS = Message(
    "teks Perpres 16/2018 dan PMK tentang persetujuan kontrak tahun jamak",
    "the text of Perpres 16/2018 and of the PMK on the approval of multi-year contracts",
)


def points() -> Iterator[Unconfirmed]:
    yield Unconfirmed(CONTRACTS, YEARS, "TREASURY-09", REGULATIONS)
    yield Unconfirmed(DESCRIPTIONS, KNOWN_WORDS, "TEXT-01", OFFICES)
    for one in last_days():
        if not one.verified:
            yield Unconfirmed(WHERE, _said(one), one.source, LETTER)


def _said(one: LastDay) -> Message:
    what = named(one.act)
    return Message(
        f"{what.id}: {one.day} {MONTHS_ID[one.month - 1]}",
        f"{what.en}: {one.day} {MONTHS_EN[one.month - 1]}",
    )
