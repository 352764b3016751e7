"""Days, months and years in many forms: `15/06/2020`, `15 Juni 2020`, `43997`, `Jun-20`."""

import re
from datetime import date, timedelta
from typing import NamedTuple

import polars as pl

from pulih.intake.readings.numbers import mended, stored_number, tidy
from pulih.intake.readings.reading import Answer, Reading, is_nothing
from pulih.intake.readings.spelled import spelled

FIRST_YEAR, LAST_YEAR = 1900, 2099
SERIAL_ZERO = date(1899, 12, 30)
MONTHS = {
    **dict.fromkeys(("jan", "januari", "january"), 1),
    **dict.fromkeys(("feb", "peb", "februari", "pebruari", "february"), 2),
    **dict.fromkeys(("mar", "maret", "march", "mrt"), 3),
    **dict.fromkeys(("apr", "april"), 4),
    **dict.fromkeys(("mei", "may"), 5),
    **dict.fromkeys(("jun", "juni", "june"), 6),
    **dict.fromkeys(("jul", "juli", "july"), 7),
    **dict.fromkeys(("agu", "ags", "agt", "agst", "agust", "agustus", "aug", "august", "agus"), 8),
    **dict.fromkeys(("sep", "sept", "september"), 9),
    **dict.fromkeys(("okt", "oktober", "oct", "october"), 10),
    **dict.fromkeys(("nov", "nop", "november", "nopember"), 11),
    **dict.fromkeys(("des", "desember", "dec", "december"), 12),
}
WEEKDAY = re.compile(
    r"^(?:senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|ahad|monday|tuesday|wednesday|thursday|"
    r"friday|saturday|sunday)\s*,?\s*",
    re.IGNORECASE,
)
PLACE = re.compile(
    r"^(?:[A-Za-z. ]+,\s*|(?:tgl|tanggal|tg|per|s\.?\s*/?\s*d|sampai(?: dengan)?|"
    r"hingga)\b\.?\s*:?\s*)(?=\d)"
)
FOREVER = re.compile(r"(?:berlaku )?(?:seumur hidup|selamanya|tanpa batas(?: waktu)?|permanen)")
CLOCK = re.compile(
    r"(?:[ t](?:pukul\s*|jam\s*)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?(?:\s*[ap]m)?)?\s*"
    r"(?:wib|wita|wit|z|\+\d\d:?\d\d|(?:gmt|utc)\s*[+-]\d\d?(?::?\d\d)?)?$",
    re.IGNORECASE,
)
NUMBERS = re.compile(r"^(\d{1,4})\s*[/.,|\- ]\s*(\d{1,2})\s*[/.,|\- ]\s*(\d{4}|\d{1,2}|'\d{2})$")
ROMAN = re.compile(r"^(\d{1,2})\s*[/.\- ]\s*([ivx]+)\s*[/.\- ]\s*(\d{4}|\d{2})$")
ROMAN_MONTHS = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
    "xi": 11, "xii": 12,
}  # fmt: skip
NAMED = re.compile(r"^(\d{1,2})\s*[/.\- ]?\s*([a-z]+)\.?\s*[/.\-, ]?\s*(\d{4}|'?\d{2})$")
NAMED_FIRST = re.compile(r"^([a-z]+)\.?\s+(\d{1,2})\s*,\s*(\d{4})$")
MONTH_NAMED = re.compile(r"^([a-z]+)\.?\s*[/.\-, ]?\s*(\d{4}|'?\d{2})$")
MONTH_NUMBERS = re.compile(
    r"^(?:(\d{4})\s*[/.\- ]\s*(\d{1,2})|(\d{1,2})\s*[/.\- ]\s*(\d{4})|(20\d{2})([01]\d))$"
)


def century(text: str) -> tuple[int, bool]:
    """Return the year and whether two digits had to be completed: 00 to 49 are of this century."""
    digits = text.strip("'")
    if len(digits) == 4:
        return int(digits), False
    return int(digits) + (2000 if int(digits) < 50 else 1900), True


class Order(NamedTuple):
    """Whether `05/06/2020` begins with the month; unclear where the column does not show it."""

    month_first: bool = False
    is_unclear: bool = False


USUAL = Order()


def day_in(text: str, order: Order = USUAL) -> Answer:
    """Read one day. Two-digit years are completed and so reported."""
    bare = " ".join(tidy(text).strip().lstrip("'").split())
    if is_nothing(bare) or FOREVER.fullmatch(bare.lower()):
        return Answer()
    bare = PLACE.sub("", WEEKDAY.sub("", CLOCK.sub("", bare.lower()))).strip()
    whole = _whole_day(bare, order)
    if whole is not None:
        return whole
    if (again := mended(bare)) != bare and (whole := _whole_day(again, order)) is not None:
        return Answer(whole.value, "letter_in_number" if whole.value else whole.rule)
    month = month_in(bare)
    if isinstance(month.value, str):
        return Answer(date.fromisoformat(f"{month.value}-01"), "first_of_month")
    return Answer(None, "unreadable")


def _whole_day(bare: str, order: Order = USUAL) -> Answer | None:
    """Read a day of which year, month and day are all written; None if they are not."""
    if re.fullmatch(r"\d{5}(?:\.\d+)?", bare):
        return serial(bare)
    if re.fullmatch(r"\d{8}", bare):
        return _compact(bare)
    if (roman := ROMAN.match(bare)) and roman[2] in ROMAN_MONTHS:
        return _of(roman[3], ROMAN_MONTHS[roman[2]], int(roman[1]))
    if named := NAMED.match(bare):
        return _of(named[3], MONTHS.get(named[2]), int(named[1]))
    if named := NAMED_FIRST.match(bare):
        return _of(named[3], MONTHS.get(named[1]), int(named[2]))
    if numbers := NUMBERS.match(bare):
        return _of_numbers(numbers[1], numbers[2], numbers[3], order)
    return None


def _of_numbers(first: str, second: str, third: str, order: Order) -> Answer:
    if len(first) == 4:
        return _of(first, int(second), int(third)) if len(third) < 3 else Answer(None, "unreadable")
    if len(first) == 3:
        return Answer(None, "unreadable")
    day, month = (int(second), int(first)) if order.month_first else (int(first), int(second))
    if month > 12 >= day:
        day, month = month, day
    answer = _of(third, month, day)
    is_guess = order.is_unclear and day <= 12 and day != month and answer.value is not None
    return Answer(answer.value, "unclear_day") if is_guess else answer


def _compact(text: str) -> Answer:
    if 1900 < int(text[:4]) < 2100 and int(text[4:6]) <= 12:
        return _of(text[:4], int(text[4:6]), int(text[6:]))
    return _of(text[4:], int(text[2:4]), int(text[:2]))


def _of(year: str, month: int | None, day: int) -> Answer:
    full, completed = century(year)
    if month is None or not FIRST_YEAR <= full <= LAST_YEAR:
        return Answer(None, "unreadable")
    try:
        return Answer(date(full, month, day), "two_digit_year" if completed else None)
    except ValueError:
        return Answer(None, "no_such_day")


def serial(text: str) -> Answer:
    """Read a spreadsheet's number of a day: 43997 is 15 June 2020."""
    days = int(float(text))
    if 10_000 <= days <= 73_050:
        return Answer(SERIAL_ZERO + timedelta(days=days))
    return Answer(None, "unreadable")


def _iso(text: pl.Expr) -> pl.Expr:
    found = text.str.head(10).str.to_date("%Y-%m-%d", strict=False, exact=True)
    fits = text.str.contains(r"^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}.*)?$")
    return pl.when(fits & found.dt.year().is_between(FIRST_YEAR, LAST_YEAR)).then(found)


def _slashed(text: pl.Expr) -> pl.Expr:
    found = text.str.replace_all(r"[.\-]", "/").str.to_date("%d/%m/%Y", strict=False, exact=True)
    return pl.when(text.str.contains(r"^[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-](?:19|20)[0-9]{2}$")).then(
        found
    )


def _serials(text: pl.Expr) -> pl.Expr:
    days = text.cast(pl.Float64, strict=False)
    found = pl.lit(SERIAL_ZERO) + pl.duration(days=days.floor().cast(pl.Int64, strict=False))
    return pl.when(days.is_between(10_000, 73_050)).then(found)


def _stored_oddly(text: str) -> Answer:
    if stored_number(text) is None or re.fullmatch(r"\d{8}", text):
        return day_in(text)
    return Answer(None, "unreadable")


def days(order: Order = USUAL) -> Reading:
    """Return the reading of days in the order of day and month that the column shows."""
    plain = (_iso, _slashed) if order == USUAL else (_iso,)
    return Reading(pl.Date, plain, lambda text: day_in(text, order), _serials, _stored_oddly)


def month_in(text: str) -> Answer:
    """Read a month as `YYYY-MM`; a whole day is cut to its month."""
    bare = " ".join(text.strip().lstrip("'").lower().split()).removeprefix("bulan ")
    if is_nothing(bare):
        return Answer()
    if named := MONTH_NAMED.match(bare):
        year, completed = century(named[2])
        if named[1] in MONTHS:
            value = f"{year:04d}-{MONTHS[named[1]]:02d}"
            return Answer(value, "two_digit_year" if completed else None)
    if numbers := MONTH_NUMBERS.match(bare):
        year_text = numbers[1] or numbers[4] or numbers[5]
        month = int(numbers[2] or numbers[3] or numbers[6])
        if 1 <= month <= 12:
            return Answer(f"{int(year_text):04d}-{month:02d}")
        return Answer(None, "unreadable")
    found = _whole_day(bare)
    if found is not None and isinstance(found.value, date):
        return Answer(f"{found.value:%Y-%m}", found.rule)
    return Answer(None, "unreadable")


def is_bare_month(texts: pl.Series) -> pl.Series:
    """Say which texts name a month and no year: `Januari`, `bulan Feb.`."""
    names = texts.str.to_lowercase().str.strip_chars().str.extract(r"^(?:bulan\s+)?([a-z]+)\.?$", 1)
    return names.is_in(list(MONTHS))


def _plain_month(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains(r"^(?:19|20)\d{2}-(?:0[1-9]|1[0-2])(?:-\d{2})?$")).then(
        text.str.head(7)
    )


def _stored_month(text: pl.Expr) -> pl.Expr:
    return _serials(text).dt.strftime("%Y-%m")


MONTH = Reading(pl.String, (_plain_month,), month_in, _stored_month)


YEARS = re.compile(r"(?<!\d)(1[89]\d{2}|20\d{2})(?!\d)")
ABOUT_YEAR = re.compile(r"[±~≈?]|sekitar|kurang lebih|kira|\blk\b|an$|lebih|akhir|awal|sebelum")


def _year(text: str) -> Answer:
    bare = tidy(text).strip().lower().strip("'. ")
    if is_nothing(bare) or bare in ("0", "nihil", "tidak tahu", "lupa"):
        return Answer()
    found = YEARS.findall(re.sub(r"^([12])\.(\d{3})$", r"\1\2", bare))
    if not found and re.search(r"\d", bare) and (again := mended(bare)) != bare:
        answer = _year(again)
        return Answer(answer.value, "letter_in_number" if answer.value else answer.rule)
    if len(set(found)) > 1 or re.search(r"\d{4}\s*[-/–]\s*(?:\d{4}|\d{2}|sekarang)$", bare):
        return Answer(int(found[0]), "second_value") if found else Answer(None, "unreadable")
    if found:
        day = day_in(bare)
        rule = day.rule if day.rule in ("no_such_day",) else None
        about = ABOUT_YEAR.search(bare) is not None
        return Answer(int(found[0]), "approximate" if about else rule)
    if short := re.fullmatch(r"(?:th|thn|tahun)?\.?\s*'?(\d{2})", bare):
        return Answer(
            century(short[1])[0] if int(short[1]) <= 26 else 1900 + int(short[1]), "two_digit_year"
        )
    if (words := spelled(bare)) is not None and 1800 <= words <= LAST_YEAR:
        return Answer(int(words))
    day = day_in(bare) if not bare.isdigit() else Answer()
    if isinstance(day.value, date):
        return Answer(day.value.year, day.rule)
    return Answer(None, "unreadable")


def _plain_year(text: pl.Expr) -> pl.Expr:
    value = text.cast(pl.Int64, strict=False)
    plain = value.is_between(1800, LAST_YEAR) & ~text.str.starts_with("0")
    return pl.when(plain).then(value)


def _stored_year(text: pl.Expr) -> pl.Expr:
    value = text.cast(pl.Float64, strict=False)
    serials = _serials(text).dt.year().cast(pl.Int64)
    return (
        pl.when(value.is_between(1800, LAST_YEAR))
        .then(value.cast(pl.Int64, strict=False))
        .otherwise(serials)
    )


YEAR = Reading(pl.Int64, (_plain_year,), _year, _stored_year)
