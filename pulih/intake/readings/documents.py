"""What names a payment: numbers of documents, the way of paying, and the treasury's long code.

Source: TREASURY-01 (names of the ways of paying), TREASURY-02 (the code of segments).
"""

import re

import polars as pl

from pulih.intake.readings.identifiers import EXPONENT
from pulih.intake.readings.reading import NOTHING_WRITTEN, Answer, Reading, is_nothing

PLAIN_NUMBER = r"^[A-Za-z0-9][A-Za-z0-9./_-]*$"
NO_NUMBER = re.compile(r"^(?:belum|tidak|dalam|proses|nihil|kosong|none|null|0+)\b", re.IGNORECASE)
KEPT_DIGITS = 15  # What a spreadsheet keeps of a number; later digits became zeros.


def _plain(text: pl.Expr) -> pl.Expr:
    fits = text.str.contains(PLAIN_NUMBER) & ~text.str.contains(r"^(?:0+|\d[eE]\d+|[nN]/?[aA])$")
    lost = text.str.contains(r"(?i)^\d(?:[.,]\d+)?e\+?\d+$")
    words = text.str.contains(r"(?i)^(?:belum|tidak|dalam|proses|nihil|kosong|none|null)")
    return pl.when(fits & ~lost & ~words & ~text.is_in(NOTHING_WRITTEN)).then(
        text.str.to_uppercase()
    )


def _careful(text: str) -> Answer:
    bare = " ".join(text.strip().lstrip("'`").split())
    if is_nothing(bare) or NO_NUMBER.match(bare):
        return Answer()
    if EXPONENT.match(bare):
        return Answer(None, "digits_lost")
    bare = re.sub(r"\s*([/.-])\s*", r"\1", bare).upper()
    return Answer(re.sub(r"^(\d+)\.0$", r"\1", bare) or None)


def _stored(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains(rf"^[1-9]\d{{0,{KEPT_DIGITS - 1}}}$")).then(text)


def _stored_oddly(text: str) -> Answer:
    whole = re.sub(r"\.0+$", "", text)
    if whole.isdigit() and len(whole) <= KEPT_DIGITS:
        return Answer(whole if whole.strip("0") else None)
    return Answer(None, "digits_lost")


NUMBER = Reading(pl.String, (_plain,), _careful, _stored, _stored_oddly)

# The first that fits wins, so the longer words stand first.
METHODS = (
    ("PTUP", r"\bptup\b|\bgtup\b|pertanggungjawaban\s+(?:tup|tambahan)|nihil\s+tup|\bgu\s*tup\b"),
    ("NIHIL", r"\bnihil\b"),
    ("GUP", r"\bgup\b|\bgu\b|penggantian\s+(?:up|uang)|\bganti\s+uang\b|revolving"),
    ("TUP", r"\btup\b|\btu\b|tambahan\s+(?:up|uang)"),
    ("LS", r"\bls\b|langsung|kontrak|gaji|honor|tunjangan|non\s*gaji|penghasilan|lembur|vakasi"),
    ("UP", r"\bup\b|uang\s+persediaan"),
)


def _method(text: str) -> Answer:
    if is_nothing(text):
        return Answer()
    bare = re.sub(r"[^a-z]+", " ", text.lower())
    for name, pattern in METHODS:
        if re.search(pattern, bare):
            return Answer(name)
    return Answer(None, "code_elsewhere")


METHOD = Reading(
    pl.String,
    (lambda text: pl.when(text.is_in([name for name, _ in METHODS])).then(text),),
    _method,
)


def _imprest_kind(text: str) -> Answer:
    found = _method(text)
    if found.value in ("TUP", "PTUP"):
        return Answer("TUP")
    return Answer("UP") if found.value in ("UP", "GUP", "NIHIL") else found


IMPREST_KIND = Reading(
    pl.String,
    (lambda text: pl.when(text.is_in(["UP", "TUP"])).then(text),),
    _imprest_kind,
)

# unit.kppn.account.programme.output.fund.bank.authority.place.…: what SPAN writes in one cell.
SEGMENTS = re.compile(
    r"^(?P<unit_code>\d{6})\.\d{3}\.(?P<account>\d{6})\.(?P<programme>\w{7})\."
    r"(?P<activity>\d{4})(?P<output>\d{3}|[A-Z]{3})\."
)


def split_segments(text: str) -> dict[str, str] | None:
    """Cut the treasury's code of twelve or sixteen segments into what a line is known by."""
    bare = re.sub(r"[\s\u00a0']+", "", text).upper().replace("-", ".")
    found = SEGMENTS.match(bare + ".")
    return found.groupdict() if found else None
