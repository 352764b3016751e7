"""Columns of names that no heading tells: `Petambak`, `Panrita Lopi`, found by what they hold."""

import re
from collections.abc import Collection, Mapping

import polars as pl

from pulih.classifications import products
from pulih.intake import headings, quick
from pulih.intake.heading_rows import GENERAL
from pulih.intake.layout import Table
from pulih.intake.readings.words import LEGAL_FORM

LOOKED_AT, FAR_ENOUGH = 200, 5_000
FEW_ROWS = 4
PERSONAL = {"nik", "nib", "phone", "owner_sex", "family_card", "npwp"}
OF_PLACES = {"village", "district", "address"}
NAME = r"^[\p{L}][\p{L}.'’\- ]{2,59}$"
TWO_WORDS = r"\p{L}\S* +\p{L}"
# What people are called by what they make, owe or lead.
OF_PERSONS = re.compile(
    r"^(?:pe(?:m|n|ng|ny|r|t)?[a-z]{4,}|juragan|tukang|anggota|peserta|panrita|kepala|jeneng|nami)\b"
)
OF_THINGS = re.compile(
    r"pelatihan|pendidikan|pekerjaan|peralatan|pemasaran|penjualan|pengalaman|penanggung|peran|"
    r"perizinan|persyaratan|penerbit|pejabat|petugas|pendamping|penyuluh|pengawas"
)

# Words that names of firms are full of and those of people hardly know.
OF_FIRMS = re.compile(
    r"(?i)\b(?:jaya|makmur|sumber|berkah|barokah|karya|indah|mandiri|abadi|sejahtera|rejeki|rezeki|"
    r"usaha|maju|bersama|mulya|group|grup|collection|craft|food|snack|kue|roti|catering|katering|"
    r"bakery|cake|batik|tenun|bordir|sablon|las|bengkel|mebel|meubel|konveksi|tailor|penjahit|"
    r"fashion|busana|toko|warung|dapur|rumah|kedai|pabrik|industri|produksi|anyaman|kerajinan|"
    r"keripik|kripik|kerupuk|krupuk|tahu|tempe|kopi|sentosa|subur|harapan|cahaya|sinar|anugerah|"
    r"anugrah|berlian|mutiara|putra|putri|utama|prima|perkasa|logam|kayu|bambu|rotan|jati|"
    r"mak|mbak|mbok|ikm|ukm|umkm|kub|kelompok|sentra|koperasi|sanggar|galeri|gallery|studio|"
    r"home|handmade|production|printing|furniture|furnitur|art|shop|store|and|the)\b"
)
FIRST, LAST = {"nama depan", "first name"}, {"nama belakang", "last name", "surname"}
TITLE = r"(?i)^(?:ny|tn|nn|bpk|bapak|bp|ibu|sdr|sdri|sdra|mr|mrs|ms|hj?|nyonya|tuan|nona)\.?$"
LEAST_TITLES = 2
LEAST_NAMES, MOST_OF_FIRMS = 5, 0.1


def joined(body: pl.DataFrame, table: Table, dictionary: headings.Dictionary) -> pl.DataFrame:
    """Put `Nama Belakang` behind `Nama Depan`, and a name behind `Ny.`, where both are there."""
    if "owner_name" not in dictionary.names:
        return body
    texts = [headings.normal(heading or "") for heading in table.headings]
    first = next((at for at, text in enumerate(texts) if text in FIRST), None)
    last = next((at for at, text in enumerate(texts) if text in LAST), None)
    if first is None or last is None:
        first = next((at for at in range(body.width - 1) if _parts_titles(body, table, at)), None)
        if first is None:
            return body
        last = first + 1
    ours, theirs = body.to_series(first), body.to_series(last)
    both = (ours + " " + theirs).zip_with(ours.is_not_null() & theirs.is_not_null(), ours)
    both = both.zip_with(both.is_not_null(), theirs)
    return body.with_columns(both.alias(body.columns[first]))


def _parts_titles(body: pl.DataFrame, table: Table, at: int) -> bool:
    """Say whether a column holds titles of people, and the one right of it their names."""
    heading = table.headings[at] if at < len(table.headings) else None
    beside = table.headings[at + 1] if at + 1 < len(table.headings) else None
    if not heading or beside not in (None, heading):
        return False
    titles, people = quick.filled(body.to_series(at)), quick.filled(body.to_series(at + 1))
    if len(titles) < LEAST_TITLES or len(people) * 10 < len(titles) * 9:
        return False
    return bool(titles.str.contains(TITLE).all() and people.str.contains(r"\p{L}{2}").all())


def by_values(table: Table, body: pl.DataFrame, recognised: Collection[str]) -> int | None:
    """Return the first column of unknown heading that holds names of people or firms.

    Only in a list that tells of people: their numbers, or where they live and a heading that
    names a trade.
    """
    known = set(recognised)
    of_people, of_places = bool(known & PERSONAL), bool(known & OF_PLACES)
    for position, heading in enumerate(table.headings):
        text = headings.normal(heading or "")
        if not text or text in GENERAL or OF_THINGS.search(text):
            continue
        may = of_people or (of_places and OF_PERSONS.match(text))
        if may and position < body.width and holds_names(body.to_series(position)):
            return position
    return None


def holds_names(column: pl.Series) -> bool:
    """Say whether nearly all texts are names, most of several words, and hardly one comes twice."""
    texts = quick.filled(column.head(FAR_ENOUGH)).head(LOOKED_AT)
    if len(texts) < FEW_ROWS or texts.n_unique() * 10 < len(texts) * 8:
        return False
    if int(texts.str.contains(TWO_WORDS).sum()) * 10 < len(texts) * 6:
        return False
    alike = texts.str.contains(NAME) | texts.str.contains(LEGAL_FORM)
    return int(alike.sum()) * 10 >= len(texts) * 8


def whose(body: pl.DataFrame, position: int, recognised: Mapping[str, int]) -> str:
    """Decide whose name stands under `Nama`: a person's or the firm's, by the names themselves."""
    column = body.to_series(position)
    if "owner_name" in recognised or name_firms(column):
        return "business_name"
    return "owner_name" if "nik" in recognised or _are_people(column) else "business_name"


def name_firms(column: pl.Series) -> bool:
    """Say whether more than one name in five bears a legal form."""
    texts = quick.filled(column).head(LOOKED_AT)
    return int(texts.str.contains(LEGAL_FORM).sum()) * 5 > len(texts)


def tell_of_firms(column: pl.Series) -> bool:
    """Say whether half of the names tell of goods, or hold a word that firms call themselves by."""
    texts = quick.filled(column.head(FAR_ENOUGH)).head(LOOKED_AT)
    return name_firms(column) or _of_firms(texts) * 2 >= len(texts)


def _of_firms(texts: pl.Series) -> int:
    return sum(
        OF_FIRMS.search(text) is not None or products.find(text).word is not None for text in texts
    )


def _are_people(column: pl.Series) -> bool:
    """Say whether hardly a name tells of goods or holds a word that firms call themselves by."""
    texts = quick.filled(column.head(FAR_ENOUGH)).head(LOOKED_AT)
    if len(texts) < LEAST_NAMES or not holds_names(column):
        return False
    return _of_firms(texts) <= MOST_OF_FIRMS * len(texts)
