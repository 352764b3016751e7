"""Fiscal years, months and the three clocks of Indonesia."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")
WITA = ZoneInfo("Asia/Makassar")
WIT = ZoneInfo("Asia/Jayapura")
ZONE_NAMES = {WIB: "WIB", WITA: "WITA", WIT: "WIT"}

MONTHS_ID = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
MONTHS_IN_FULL = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(value: date, language: str = "id") -> str:
    """Write a day: `15 Jun 2020`; months are cut to three letters in both languages."""
    months = MONTHS_EN if language.startswith("en") else MONTHS_ID
    return f"{value.day} {months[value.month - 1]} {value.year}"


def month(year: int, number: int, language: str = "id") -> str:
    """Write a month, 1 to 12: `Jun 2020`."""
    months = MONTHS_EN if language.startswith("en") else MONTHS_ID
    return f"{months[number - 1]} {year}"


def in_full(day: date) -> str:
    """Write a day as signed papers do: `7 April 2020`."""
    return f"{day.day} {MONTHS_IN_FULL[day.month - 1]} {day.year}"


def moment(value: datetime, zone: ZoneInfo = WIB, language: str = "id") -> str:
    """Write an aware moment on an office's clock: `15 Jun 2020 09.18 WIB`."""
    local = value.astimezone(zone)
    separator = ":" if language.startswith("en") else "."
    return f"{day(local.date(), language)} {local:%H}{separator}{local:%M} {ZONE_NAMES[zone]}"


def quarter(value: date) -> int:
    """Return the quarter of the year, 1 to 4."""
    return (value.month + 2) // 3


def month_start(text: str) -> date:
    """Return the first day of a month written `YYYY-MM`. Raises ValueError."""
    return datetime.strptime(text, "%Y-%m").date()
