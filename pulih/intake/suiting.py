"""Whether the values of a column are such as its heading seems to say."""

import re

import polars as pl

from pulih.intake import names, quick
from pulih.intake.columns import Column
from pulih.intake.readings import reading

SAMPLE, FAR_ENOUGH, ENOUGH = 200, 5_000, 3
OF_REPORTS = 3  # Different years, slips of the pen among them.
OF_WORDS = {  # Columns that no number alone can fill.
    "business_name", "owner_name", "product", "commodity_group", "raw_material", "village",
    "district", "regency", "province", "market", "address", "unit_name", "obstacles",
}  # fmt: skip
VERDICT = (  # `Hasil` of a check is no product.
    r"(?i)^\W*(?:(?:tidak|tdk|belum|blm|sudah|sdh|kurang|cukup|sangat|di) *)*(?:layak|lulus|lolos|"
    r"memenuhi(?: syarat)?|terima|tolak|setujui|setuju|sesuai|valid|baik|ms|tms|ya|ada|hadir|"
    r"aktif|ditemukan|gagal|ok)\W*$"
)
SIZES = (  # `Jenis Usaha` may ask for the size or the legal form.
    r"(?i)^\W*(?:(?:usaha|industri|skala|golongan) )*(?:mikro|kecil|menengah|besar|rumah tangga|"
    r"perorangan|perseorangan|kelompok|cv|ud|pt|umk|ikm|umkm|pengolahan|manufaktur|produksi|jasa|"
    r"dagang|perdagangan)(?: (?:dan )?(?:mikro|kecil|menengah))*\W*$"
)
NO_NUMBER = r"(?i)^(?:belum|tidak|tdk|blm|dalam|proses|nihil|kosong|none|no|ada|sedang|sudah)\b"
GIVEN = r"(?i)\b(?:bantuan|dukungan|fasilitas\w*)\b"
WANTED = r"(?i)butuh|harap|ingin|perlu|usul|minta"
OF_A_YEAR = r"\b(?:19|20)\d{2}\b"
OF_FIRMS_MONEY = {"investment", "turnover", "turnover_before"}
NUMBER = r"(?i)^(?:rp\.?\s*)?-?[\d.,\s]*\d[\d.,\s]*(?:%|rb|ribu|jt|juta|m|mil[iy]ar)?\.?$"


def suits(column: Column, body: pl.DataFrame, position: int) -> bool:
    """Say whether the values under a doubtful heading look like the column's and no other's."""
    texts = quick.filled(body.to_series(position)).head(SAMPLE)
    if only_numbers(column.name, body, position):
        return False
    if column.name in ("owner_name", "business_name") and len(texts):
        return int(texts.str.contains(r"\d{5,}").sum()) * 2 < len(texts)
    if column.name == "product" and int(texts.str.contains(VERDICT).sum()) * 2 > len(texts):
        return False
    if column.name == "reported" and lie_years_apart(column, body, position):
        return False
    if column.name == "year_established":
        years = texts.str.extract(r"^((?:19|20)\d{2})(?:\.0)?$", 1).cast(pl.Int64).drop_nulls()
        if len(years) * 5 < len(texts) * 4 or not len(years):
            return False
        # The year of a report is the same for all firms, or one of the last few.
        different = sorted(years.to_list())
        return years.n_unique() >= 3 and different[-1] - different[0] >= 5
    return agrees(column, body, position)


def lie_years_apart(column: Column, body: pl.DataFrame, position: int) -> bool:
    """Say whether days are of several years: people join in any year, reports come in one."""
    texts = quick.filled(body.to_series(position)).head(SAMPLE)
    days = reading.read(texts, None, column.reading).values.drop_nulls()
    years: list[int] = days.dt.year().to_list()
    usual = max(set(years), key=years.count) if years else 0
    near = sum(abs(year - usual) <= 1 for year in years)
    return len(set(years)) > OF_REPORTS or near * 3 < len(years) * 2


def agrees(column: Column, body: pl.DataFrame, position: int, *, half: bool = False) -> bool:
    """Say whether most values under a heading, or half of them, can be read as the column's."""
    texts = body.to_series(position).drop_nulls().unique(maintain_order=True).head(SAMPLE)
    if texts.is_empty():
        return True
    result = reading.read(texts, None, column.reading)
    refused = result.rules.is_in(["unreadable", "wrong_length"]).sum()
    return refused * 2 < len(texts) + half and result.values.count() > 0


def is_no_value(column: Column, heading: str, body: pl.DataFrame, position: int) -> bool:
    """Say whether a column holds ticks instead of money, or counts its rows instead of naming.

    Nor is `Bantuan` a need where it says of what year it was.
    """
    texts = quick.filled(body.to_series(position)).head(SAMPLE)
    if column.name == "needs" and re.search(GIVEN, heading) and not re.search(WANTED, heading):
        return int(texts.str.contains(OF_A_YEAR).sum()) * 2 > len(texts)
    if column.name in OF_FIRMS_MONEY and len(texts) >= ENOUGH:
        said = {text.removesuffix(".0") for text in texts}
        return said in ({"0", "1"}, {"1"})
    if column.name == "product" and len(texts):
        return int(texts.str.contains(SIZES).sum()) * 5 >= len(texts) * 4
    if column.name != "source_id" or len(texts) < ENOUGH:
        return False
    numbers = texts.str.extract(r"^(\d{1,6})(?:\.0)?$", 1).cast(pl.Int64)
    return bool((numbers == pl.int_range(1, len(texts) + 1, eager=True)).fill_null(False).all())


def holds_words(body: pl.DataFrame, position: int) -> bool:
    """Say whether a column of numbers holds names, or hardly a digit anywhere."""
    column = body.to_series(position)
    texts = quick.filled(column.head(FAR_ENOUGH)).head(SAMPLE)
    wordy = int(texts.str.contains(r"^\D*\p{L}{3}\D*$").sum())
    no_answer = int(texts.str.contains(NO_NUMBER).sum())
    said = wordy - no_answer
    most = said * 2 > len(texts) if len(texts) >= 3 else 0 < said == len(texts)
    return most or names.holds_names(column)


def only_numbers(name: str, body: pl.DataFrame, position: int) -> bool:
    """Say whether a column of words holds numbers alone: it is another one's under its heading."""
    if name not in OF_WORDS and name != "needs":
        return False  # `Bantuan (Rp)` says how much, not what.
    texts = quick.filled(body.to_series(position)).head(SAMPLE)
    has_digit = not texts.is_empty() and any(map(str.isdecimal, texts[0]))
    return has_digit and bool(texts.str.contains(NUMBER).all())
