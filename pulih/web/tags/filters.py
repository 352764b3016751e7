"""Filters that write numbers, dates and personal data in the page's language."""

import re
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.template import Library
from django.utils.translation import gettext as _

from pulih.common.identity_numbers import IdentityNumber
from pulih.common.periods import WIB
from pulih.web import masks, numbers

register = Library()


@register.filter
def rupiah(amount: int | None) -> str:
    return numbers.rupiah(amount)


@register.filter
def miliar(amount: int | None, style: str = "") -> str:
    """`6900000000|miliar` is `Rp6,90 miliar`; `|miliar:"bare"` is `6,90`."""
    return numbers.billions(amount, bare=style == "bare")


@register.filter
def juta(amount: int | None, style: str = "") -> str:
    """`260600000|juta` is `Rp260,6 juta`; `|juta:"bare"` is `260,6`."""
    return numbers.millions(amount, bare=style == "bare")


@register.filter
def angka(number: Any) -> str:
    return numbers.whole(number)


@register.filter
def desimal(number: Any, places: int = 1) -> str:
    return numbers.decimal(number, places)


@register.filter
def persen(share: Any, places: int = 1) -> str:
    """A share of one: `0.0029|persen:2` is `0,29%`."""
    return numbers.percent(share, places)


@register.filter
def bertanda(text: str) -> str:
    """`296800000|juta:"bare"|bertanda` is `+296,8`."""
    return numbers.signed(text)


@register.filter
def tanggal(value: date | None) -> str:
    return numbers.day(value)


@register.filter
def bulan(number: int, year: int) -> str:
    """`number|bulan:year`, 1 to 12: `Jun 2020`."""
    return numbers.month(year, number)


@register.filter
def validity(row: Any) -> str:
    """Say from when to when a dated row counts: `since 1 Jun 2020`, `1 Jun 2020 – 30 Jun 2020`."""
    since = numbers.day(row.valid_from)
    if row.valid_to is None:
        return _("since %(day)s") % {"day": since}
    last = row.valid_to - timedelta(days=1)  # What is stored is the first day after.
    return f"{since} – {numbers.day(last)}"


@register.filter
def waktu(value: datetime | None, zone: ZoneInfo = WIB) -> str:
    """`moment|waktu` on Jakarta's clock, `moment|waktu:zone` on an office's own."""
    return numbers.moment(value, zone)


@register.filter
def sumber(source: str) -> str:
    """Write the source of a figure; data files mark what has none with the word `assumed`."""
    return re.sub(r"\bassumed\b", _("assumed"), source)


@register.filter
def mask_nik(nik: IdentityNumber | str | None) -> str:
    return masks.mask_nik(nik)


@register.filter
def mask_name(name: str | None) -> str:
    return masks.mask_name(name)


@register.filter
def mask_phone(phone: str | None) -> str:
    return masks.mask_phone(phone)
