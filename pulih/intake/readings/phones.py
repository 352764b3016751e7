"""Telephone numbers in any usual writing, to E.164 (`+6281234567890`)."""

import re

import phonenumbers
import polars as pl

from pulih.intake.readings.identifiers import EXPONENT, NO_NUMBER
from pulih.intake.readings.reading import Answer, Reading, is_nothing

MOBILE = r"^(?:\+?62|0)?(8[1-9][0-9]{7,10})$"
LABEL = re.compile(r"(?:hp|wa|telp?|tlp|telepon|fax|whatsapp|cp|no)\b\.?\s*:?", re.IGNORECASE)
SPLIT = re.compile(r"[/;,|&\n]|\bdan\b|\batau\b|\bor\b", re.IGNORECASE)

LONGEST, LONGEST_AT_HOME = 15, 12  # Digits: of any number with its country, and of ours without.
BETWEEN = re.compile(r"\s+-+\s+|\s+(?=(?:\+62|62|0)[ -]?8)")
EXTENSION = re.compile(r"\s*(?:ext|pes|psw)\b.*$", re.IGNORECASE)


def _mobile(text: pl.Expr) -> pl.Expr:
    return pl.lit("+62") + text.str.extract(MOBILE, 1)


def _separated_mobile(text: pl.Expr) -> pl.Expr:
    text = text.str.replace(r"^([0-9]{9,13})\.0$", "${1}")
    return _mobile(text.str.replace_all(r"^'|[\s.\-()]", ""))


def _phone(text: str) -> Answer:
    bare = EXTENSION.sub("", LABEL.sub(" ", text.strip().lstrip("'")))
    if is_nothing(text) or is_nothing(bare) or NO_NUMBER.match(text.strip()) or not bare.strip():
        return Answer()
    if EXPONENT.match(text.strip()):
        return Answer(None, "digits_lost")
    bare = re.sub(r"^(\s*\d{9,13})\.0$", r"\1", bare)
    parts = [part for part in SPLIT.split(bare) if re.search(r"\d", part)]
    if len(parts) > 1 and re.fullmatch(r"\s*\(?0\d{1,3}\)?\s*", parts[0]):
        parts = [parts[0] + parts[1], *parts[2:]]  # `022/1234567` is one number, not two.
    if len(parts) == 1 and _one(parts[0]) is None:
        parts = BETWEEN.split(parts[0])  # Two numbers with only a blank or a dash between them.
    found = [number for number in map(_one, parts) if number]
    if not found:
        too_long = len(re.sub(r"\D", "", bare)) > LONGEST and not re.search(r"[A-Za-z]", bare)
        return Answer(None, "wrong_length" if too_long else "unreadable")
    if len(set(found)) > 1 or len(parts) > 1:
        return Answer(found[0], "second_value")
    return Answer(found[0], "remark" if EXTENSION.search(text) else None)


def _one(text: str) -> str | None:
    if re.search(r"\d[A-Za-z]+\d|\b[OoIl](?=\d)|\d(?:[xX*?]+|\.{3,})\W*$", text):
        return None
    digits = re.sub(r"[^\d+]", "", text)
    digits = re.sub(r"^\+?(?:62|0062)0", "+62", digits)
    digits = re.sub(r"^00", "+", digits)
    if mobile := re.match(MOBILE, digits):
        return f"+62{mobile[1]}"
    if digits.startswith("62") and len(digits) > 9:
        digits = f"+{digits}"
    if not digits.startswith(("0", "+")):
        return None
    try:
        number = phonenumbers.parse(digits, "ID")
    except phonenumbers.NumberParseException:
        return None
    if number.country_code == 62 and len(str(number.national_number)) > LONGEST_AT_HOME:
        return None
    if not phonenumbers.is_possible_number(number) or len(str(number.national_number)) < 8:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


PHONE = Reading(pl.String, (_mobile, _separated_mobile), _phone)
