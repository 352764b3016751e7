"""The quarters of a fiscal year (triwulan), which is the calendar year."""

from datetime import date, timedelta

ROMAN = ("", "I", "II", "III", "IV")


def first_day(year: int, quarter: int) -> date:
    return date(year, 3 * quarter - 2, 1)


def last_day(year: int, quarter: int) -> date:
    """Return the last day of a quarter; of quarter 0 the last day of the year before."""
    following = date(year + 1, 1, 1) if quarter == 4 else date(year, 3 * quarter + 1, 1)
    return following - timedelta(days=1)


def last_ended(day: date) -> tuple[int, int]:
    """Return year and quarter of the last quarter that ended before `day`."""
    quarter = (day.month + 2) // 3 - 1
    return (day.year, quarter) if quarter else (day.year - 1, 4)


def name(year: int, quarter: int) -> str:
    """Write a quarter as Indonesian documents do: `Triwulan II Tahun 2020`."""
    return f"Triwulan {ROMAN[quarter]} Tahun {year}"
