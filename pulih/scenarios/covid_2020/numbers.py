"""Identity numbers and telephones of invented people: well formed, and nobody's."""

from datetime import date
from zlib import crc32

FIRST_SERIAL, SERIALS = 9000, 1000
"""The serials that invented people get. A serial counts those who were registered with one birthday
in one district; thousands are never reached, so no number with one of these is a real person's."""
WOMAN = 40  # Added to the day of birth.
PREFIXES = ("0812", "0813", "0821", "0852", "0857", "0878")


def nik(district: str, born: date, sex: str, owner: str) -> str:
    """Return the NIK of an owner: the same for the same person, another for another one."""
    day = born.day + (WOMAN if sex == "P" else 0)
    serial = FIRST_SERIAL + crc32(owner.encode()) % SERIALS
    return f"{district}{day:02}{born:%m%y}{serial}"


def phone(province: str, serial: int) -> str:
    """Return a telephone whose subscriber's number begins with 0000: no such number is given."""
    prefix = PREFIXES[(int(province) + serial // 10_000) % len(PREFIXES)]
    return f"{prefix}0000{serial % 10_000:04}"
