"""A fiscal year and the days on which its documents may take effect."""

from datetime import date

from pulih.common.errors import Message
from pulih.common.periods import day

FIRST_YEAR, LAST_YEAR = 2005, 2100


def expired_or_early(fiscal_year: int | None, effective_on: date | None) -> Message | None:
    """Return why a document may not move money of `fiscal_year` on that day; None if it may.

    DIPA of a year are handed out from October of the year before; nothing is paid after its end.
    What is not stated cannot be judged, and is refused.
    """
    if fiscal_year is None:
        return Message(
            "Tahun anggaran tidak tertulis, di berkas maupun pada pengirimannya. "
            "Isi tahun anggaran, lalu kirim lagi.",
            "The fiscal year is stated neither in the file nor at its delivery. "
            "Give the fiscal year and deliver again.",
        )
    if effective_on is None:
        return Message(
            "Tanggal berlaku dokumen kosong. Isi tanggalnya.",
            "The document's effective date is blank. Fill in the date.",
        )
    if not FIRST_YEAR <= fiscal_year <= LAST_YEAR:
        return Message(
            f"Tahun anggaran {fiscal_year} bukan tahun yang dikenal.",
            f"{fiscal_year} is not a known fiscal year.",
        )
    first, last = date(fiscal_year - 1, 10, 1), date(fiscal_year, 12, 31)
    if not first <= effective_on <= last:
        return Message(
            f"Tahun anggaran {fiscal_year} tidak berlaku pada {day(effective_on)}: dokumennya "
            f"berlaku {day(first)} sampai {day(last)}.",
            f"Fiscal year {fiscal_year} is not open on {day(effective_on, 'en')}: its documents "
            f"take effect from {day(first, 'en')} to {day(last, 'en')}.",
        )
    return None


def future(today: date) -> Message:
    """Say that a document is dated after today."""
    return Message(
        f"Tanggal dokumen sesudah hari ini, {day(today)}. Periksa tanggalnya.",
        f"The document is dated after today, {day(today, 'en')}. Check the date.",
    )
