"""Numbers that name someone: NIK, family card, NIB, NPWP, KBLI, e-mail. Texts from end to end."""

import re

import polars as pl

from pulih.intake.readings.numbers import mended, stored_number
from pulih.intake.readings.reading import Answer, Reading, is_nothing

EXPONENT = re.compile(r"^'?\s*\d(?:[.,]\d+)?\s*e\s*\+?\s*\d+$", re.IGNORECASE)
SEPARATORS = re.compile(r"[\s.\-'’`´_/,:;\u00a0\u200b\"]")
DATED = re.compile(
    r"\D{0,6}(\d{13,16})\W{1,3}(?:tgl|tanggal|tertanggal|dated|per)\b", re.IGNORECASE
)
LABEL = re.compile(r"^(?:nik|ktp|no\.?\s*ktp|no\.?|kk|nib|npwp|kbli)\s*[.:=]?\s*", re.IGNORECASE)
NO_NUMBER = re.compile(
    r"^(?:belum|tidak|tdk|blm|dalam|proses|nihil|kosong|none|no|sedang)\b(?!.*\d{5}).*", re.I
)
MAY_LACK_ZEROS = {13: (12,), 15: (13, 14)}  # Digits of a NIB, of an NPWP: how many may be left.
AGES = (14, 100)
BIRTH = r"^[1-9]\d{5}(?:0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])(?:0[1-9]|1[0-2])\d{6}$"

NO_SERIAL = r"0000$"  # The serial number of those born on one day in one district begins at 1.
PROVINCE = r"^(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])"  # Those of 2022 included.


def may_work(numbers: pl.Series, year: int) -> pl.Series:
    """Say whose year of birth, in this century or the last, makes them old enough, not too old."""
    youngest, oldest = AGES
    ages = {born: (year - 2000 - born, year - 1900 - born) for born in range(100)}
    odd = [
        f"{born:02d}"
        for born, both in ages.items()
        if not any(youngest <= age <= oldest for age in both)
    ]
    return ~numbers.str.contains(rf"^\d{{10}}(?:{'|'.join(odd)})\d{{4}}$")


def _digits(text: str) -> str:
    bare = SEPARATORS.sub("", LABEL.sub("", text.strip()))
    return bare[:-1] if bare.endswith("0") and re.fullmatch(r"\d{16}\.0", text.strip()) else bare


def _exactly(length: int, *lengths: int) -> Reading:
    """Return the reading of an identifier that has one of these numbers of digits."""
    allowed = (length, *lengths)
    pattern = "^(?:" + "|".join(rf"[0-9]{{{size}}}" for size in allowed) + ")$"

    def plain(text: pl.Expr) -> pl.Expr:
        return pl.when(text.str.contains(pattern) & ~text.str.contains(r"^0+$")).then(text)

    def careful(text: str) -> Answer:
        if is_nothing(text) or text.strip() == "0":
            return Answer()
        if EXPONENT.match(text.strip()):
            return Answer(None, "digits_lost")
        digits = _digits(text)
        if re.match(pattern, digits) and digits.strip("0"):
            return Answer(digits)
        if NO_NUMBER.match(text.strip()):
            return Answer()
        if (dated := DATED.match(text.strip())) and re.match(pattern, dated[1]):
            return Answer(dated[1], "remark")
        again = _digits(mended(text))
        if re.match(pattern, again) and again.strip("0"):
            return Answer(again, "letter_in_number")
        countable = digits.isdigit() and digits.strip("0")
        return Answer(None, "wrong_length" if countable else "unreadable")

    def stored(text: pl.Expr) -> pl.Expr:
        # A spreadsheet keeps fifteen digits: a sixteenth that is zero may once have been another.
        # Six zeros at the end were no digits of a number either, but what `9.12E+12` was taken for.
        sure = ~text.str.contains(r"^\d{15}0$|0{6}$")
        return pl.when(text.str.contains(pattern) & sure & ~text.str.contains(r"^0+$")).then(text)

    def stored_oddly(text: str) -> Answer:
        if stored_number(text) is None:
            return careful(text)
        if re.fullmatch(r"\d{15}0|\d{17,}|\d(?:\.\d+)?e\+\d+", text) and 16 in allowed:
            return Answer(None, "digits_lost")
        if re.fullmatch(r"\d{6,}0{6}", text):
            return Answer(None, "digits_lost")
        # A spreadsheet drops the zeros in front: one of a NIB, two of a treasurer's NPWP. Nothing
        # shows that it was not another digit that is missing.
        if text.isdigit() and len(text) in MAY_LACK_ZEROS.get(length, ()):
            return Answer(text.zfill(length), "zero_restored")
        return Answer() if not text.strip("0.") else Answer(None, "wrong_length")

    return Reading(pl.String, (plain,), careful, stored, stored_oddly)


def without_loss(reading: Reading) -> Reading:
    """Return the same reading for a column whose other numbers show that no digit was cut.

    A number that still ends in zeros and holds no possible birth date was typed shortened.
    """

    def stored(text: pl.Expr) -> pl.Expr:
        whole = text.str.contains(r"^\d{15}[1-9]$") | (
            text.str.contains(BIRTH) & ~text.str.contains(NO_SERIAL)
        )
        return pl.when(whole).then(reading.plain[0](text))

    return Reading(reading.dtype, reading.plain, reading.careful, stored, reading.careful_number)


NIK = _exactly(16)
FAMILY_CARD = _exactly(16)
NIB = _exactly(13)
NPWP = _exactly(15, 16)


def _kbli(text: str) -> Answer:
    if is_nothing(text) or NO_NUMBER.match(text.strip()):
        return Answer()
    found = re.findall(r"(?<!\d)(?:[A-U]\.?)?(\d{2,5})(?!\d)", text.replace(".", ""), re.IGNORECASE)
    if not found or re.search(r"\d[A-Za-z](?![A-Za-z])", text):  # `1O794`, `1071O`
        return Answer(None, "unreadable")
    if found[0].startswith("00"):  # There is no such division of industry.
        return Answer(None, "unreadable")
    return Answer(found[0], "second_value" if len(set(found)) > 1 else None)


def _plain_kbli(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains(r"^(?:0[1-9]|[1-9][0-9])[0-9]{0,3}$")).then(text)


KBLI = Reading(pl.String, (_plain_kbli,), _kbli)


def _email(text: str) -> Answer:
    bare = text.strip().strip("<>;,.").lower()
    if is_nothing(bare) or NO_NUMBER.match(bare):
        return Answer()
    found = re.findall(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+", bare)
    if not found:
        mended = re.sub(r"\s+", "", bare.replace(",", ".").replace("(at)", "@"))
        whole = re.fullmatch(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+", mended)
        return Answer(mended, "mended") if whole else Answer(None, "unreadable")
    return Answer(found[0], "second_value" if len(found) > 1 else None)


def _plain_email(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains(r"^[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+$")).then(
        text.str.to_lowercase()
    )


EMAIL = Reading(pl.String, (_plain_email,), _email)


def _code(text: str) -> Answer:
    if is_nothing(text):
        return Answer()
    if re.fullmatch(r"\d{2}\.\d", text):
        return Answer(f"{text.replace('.', '')}0")  # 11.10 stored as a number is 11.1.
    digits = re.sub(r"[\s.\-']", "", text)
    return Answer(digits) if digits.isdigit() else Answer(None, "unreadable")


def _plain_code(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains(r"^[0-9]{2,10}$")).then(text)


AREA_CODE = Reading(pl.String, (_plain_code,), _code)
