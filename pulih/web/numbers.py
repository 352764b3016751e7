"""Numbers and dates as the page's language writes them; None is an en dash, unknown."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from pulih.common import money, periods

from .keyset import COUNTED
from .words import language

Number = int | float | Decimal
UNKNOWN = "–"


def rupiah(amount: int | None) -> str:
    """Write a whole amount: `Rp1.250.000`."""
    return UNKNOWN if amount is None else money.rupiah(int(amount), language())


def billions(amount: int | None, bare: bool = False) -> str:
    """Write an amount in billions: `Rp6,90 miliar`; bare is `6,90`, for columns with a unit."""
    if amount is None:
        return UNKNOWN
    return _in(money.BILLION, amount, 2) if bare else money.billions(int(amount), language())


def millions(amount: int | None, bare: bool = False) -> str:
    """Write an amount in millions: `Rp260,6 juta`; bare is `260,6`, for columns with a unit."""
    if amount is None:
        return UNKNOWN
    return _in(money.MILLION, amount, 1) if bare else money.millions(int(amount), language())


def whole(number: Number | None) -> str:
    """Write a whole number: `1.008.677`."""
    return UNKNOWN if number is None else money.grouped(round(number), language())


def counted(count: int) -> str:
    """Write a count of `keyset.count`, which tells no further than COUNTED."""
    if count <= COUNTED:
        return whole(count)
    return _("more than %(number)s") % {"number": whole(COUNTED)}


def decimal(number: Number | None, places: int = 1) -> str:
    """Write a number with `places` decimals: `64,0`."""
    return UNKNOWN if number is None else money.decimal(number, places, language())


def firms(number: Number | None) -> str:
    """Write a part of a firm: `0,062`; of a very small one the first two digits: `0,00031`."""
    return UNKNOWN if number is None else money.firms(float(number), language())


def percent(share: Number | None, places: int = 1) -> str:
    """Write a share of one as a percentage: 0.0029 is `0,29%` with two places."""
    if share is None:
        return UNKNOWN
    return f"{money.decimal(Decimal(str(share)) * 100, places, language())}%"


def signed(text: str) -> str:
    """Put a plus before a written number that is above zero; minus is there already."""
    is_above = any(figure in text for figure in "123456789") and not text.startswith("−")
    return f"+{text}" if is_above else text


def day(value: date | None) -> str:
    """Write a day: `15 Jun 2020`; a moment is cut to its day in Jakarta."""
    if value is None:
        return UNKNOWN
    if isinstance(value, datetime):
        value = value.astimezone(periods.WIB).date()
    return periods.day(value, language())


def month(year: int, number: int) -> str:
    """Write a month, 1 to 12: `Jun 2020`."""
    return periods.month(year, number, language())


def moment(value: datetime | None, zone: ZoneInfo = periods.WIB) -> str:
    """Write an aware moment on an office's clock: `15 Jun 2020 09.18 WIB`."""
    return UNKNOWN if value is None else periods.moment(value, zone, language())


def _in(unit: int, amount: int, places: int) -> str:
    return money.decimal(Decimal(int(amount)) / unit, places, language())
