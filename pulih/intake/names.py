"""Columns of names that no heading tells: `Petambak`, `Panrita Lopi`, found by what they hold."""

import re
from collections.abc import Collection

import polars as pl

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
