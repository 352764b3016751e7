"""Money as people write it: `1.250.000`, `Rp 2,5 jt`, `2 juta 500 ribu`, `lima juta`."""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Decimal

import polars as pl

from pulih.intake.readings.numbers import (
    UNKNOWN,
    Habit,
    figure,
    mended,
    stored_number,
    tidy,
    with_fractions,
)
from pulih.intake.readings.reading import Answer, Reading, is_nothing
from pulih.intake.readings.spelled import SPELLED, spelled

LARGEST = 10**15  # A quadrillion rupiah: nobody has that much, so it is a slip.
FULL_FIGURE = 100_000  # From here on a figure is written in full, and no unit belongs behind it.
MILLION = 10**6
ZERO_WORDS = {"nihil", "nol", "tidak ada", "tdk ada", "kosong", "nil", "belum ada", "tidak"}
UNITS = {
    "puluh": 10, "ratus": 100, "ribu": 10**3, "rb": 10**3, "ribuan": 10**3, "k": 10**3,
    "thousand": 10**3, "juta": 10**6, "jt": 10**6, "jutaan": 10**6, "jta": 10**6, "jut": 10**6,
    "million": 10**6, "mio": 10**6, "mln": 10**6, "miliar": 10**9, "milyar": 10**9,
    "milliar": 10**9, "milyard": 10**9, "miliard": 10**9, "m": 10**9, "mlyr": 10**9, "mil": 10**9,
    "bn": 10**9, "billion": 10**9, "triliun": 10**12, "trilyun": 10**12, "trilliun": 10**12,
    "t": 10**12, "tn": 10**12, "trillion": 10**12,
}  # fmt: skip
UNIT_WORDS = "|".join(sorted(UNITS, key=len, reverse=True))
PART = re.compile(
    rf"\s*(\d[\d.,\s'’]*)((?:{UNIT_WORDS})(?![a-z])\.?(?:\s+(?:{UNIT_WORDS})(?![a-z])\.?)*)?"
    r"(?=\s*\d|\s*$)"
)
DECORATION = re.compile(
    r"^(?:@|=|#)\s*|^(?:rp|idr)(?![a-z])[.:]?\s*|\s*\b(?:rupiah|idr|rp)\.?\s*$|\s*[.,;]\s*[-=]+$|"
    r"\s*[.,]$|\s*#$"
)
NOTE = re.compile(r"\s*\(([a-z .\-/]*)\)\s*$")
PERIOD = re.compile(r"\s*(?:/|per[\s-]?|se)\s*(?:bulan|bln|bl|tahun|thn|th|month|mth|year|yr)\.?$")
SHORT_PERIOD = re.compile(
    r"(?:/|\bper[\s-]?|\bse)\s*(?:hari|hr|day|minggu|mgg|mg|week|jam|triwulan|semester|kuartal)\b"
)
CURRENCY = re.compile(
    r"\$|€|£|¥|\b(?:usd|us|dol+ar|rm|myr|ringgit|sgd|eur|euro|yen|jpy|cny|rmb|riyal)\b"
)
ABOUT = re.compile(
    r"^(?:±|\+/-|\+-|~|≈|>=?|<=?|≥|≤|kurang lebih|kira-kira|kira2|sekitar|sktr|kl\.?|about|min\.?|"
    r"minimal|maks\.?|maksimal|max\.?|s/d|sampai|hingga|di ?atas|di ?bawah|"
    r"lebih dari|kurang dari|rata-rata|rata2)\s*|"
    r"(?<=[a-z])an$|\s*\+$|\s*(?:-|\b)an$|\s*\blebih$"
)
RANGE = re.compile(
    rf"\d\s*(?:{UNIT_WORDS})?\s*(?:-|–|—|s/d|sd|s\.d\.?|sampai|to|hingga|antara)\s*(?:rp\.?)?\s*\d"
    r"|^antara\b"
)
EXPONENT = re.compile(r"^[0-9](?:[.,][0-9]+)?e\+?[0-9]{1,2}$")
MARKED = re.compile(r"(?<=\d)\s*\*+\)?\s*$")  # `5.000.000 *` has a note below the list.
PLUS = re.compile(r"^\s*\+(?=\d)")
MINUS_ZERO = re.compile(r"^\s*(?:rp\.?)?\s*[-−]\s*(?:rp\.?)?\s*0+(?:[.,]0+)*\s*$")
GROUPED = r"^(?:[Rr][Pp]\.?\s*)?[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}(?:,(?:-|00?))?$"
GROUPED_ONCE = r"^(?:[Rr][Pp]\.?\s*)?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,(?:-|00?))?$"
HARMLESS = re.compile(
    r"^(?:(?:per|se|/)[\s-]?\s*)?(?:bulan|bln|tahun|thn|th)\.?$|^(?:rp|rupiah|idr|lunas|netto?|"
    r"neto|bruto|kotor|bersih|termasuk pajak|tunai|cash|orang|org|terbilang)\.?$|^$"
)


def rupiah_in(text: str, scale: int = 1, habit: Habit = UNKNOWN) -> Answer:
    """Read an amount of money; a unit of its own (`jt`) outweighs the scale of its column."""
    bare = " ".join(PLUS.sub("", MARKED.sub("", tidy(text).lower())).split())
    if is_nothing(bare) or re.fullmatch(r"(?:rp|idr)\.?[\s.,]*-*", bare):
        return Answer()
    if bare in ZERO_WORDS or bare in {f"rp {word}" for word in ZERO_WORDS}:
        return Answer(0)
    if CURRENCY.search(bare):
        return Answer(None, "other_currency")
    if SHORT_PERIOD.search(bare):
        return Answer(None, "per_day")
    if EXPONENT.match(bare):
        return _rounded(Decimal(bare.replace(",", ".")) * scale, "approximate")
    if bare.startswith("0") and re.fullmatch(r"0\d{6,}", re.sub(r"[\s-]", "", bare)):
        return Answer(None, "unreadable")  # A telephone number, or an account's.
    bare, note = without_note(bare)
    if RANGE.search(bare):
        return Answer(None, "range")
    bare = PERIOD.sub("", bare)
    about = ABOUT.search(bare) is not None and spelled(bare) is None
    answer = _amount(ABOUT.sub("", bare).strip() if about else bare, tidy(text), scale, habit)
    if answer.value is None or answer.rule:
        return answer
    return Answer(answer.value, "approximate" if about else note_rule(note, answer.value))


PER_PIECE = re.compile(
    r"\s*(?:/|\bper\b|@)\s*(?:pcs|pc|pieces?|buah|bh|biji|bj|lembar|lbr|potong|ptg|unit|helai|set|"
    r"stel|botol|btl|pasang|psg|bungkus|bks|kg|liter|ltr|meter|mtr|lusin|lsn|kodi)\.?\s*$",
    re.IGNORECASE,
)
HUNDREDS_LEFT = re.compile(r"\d\s*(?:jt|juta)\s*\d+\s*ratus\s*$")  # `12 jt 5 ratus`: of thousands?


def without_note(bare: str) -> tuple[str, str]:
    """Cut what stands in brackets behind an amount off it, in lower case."""
    note = NOTE.search(bare)
    return (bare[: note.start()], note[1].strip()) if note and note.start() else (bare, "")


def note_rule(note: str, value: object) -> str | None:
    """Say what a note in brackets makes of the figure before it: nothing, or a doubt."""
    words = re.sub(r"\s*(?:rupiah|orang|org)$", "", note)
    told = spelled(words)
    if told is not None:
        return None if told == value else "words_differ"
    return None if HARMLESS.match(note) else "remark"


def _amount(bare: str, written: str, scale: int, habit: Habit) -> Answer:
    """Read what is left when notes and periods are off; `written` is the whole cell."""
    while (shorter := DECORATION.sub("", bare).strip()) != bare:
        bare = shorter
    if SPELLED.fullmatch(bare):
        value = spelled(bare)
        if value is not None and value >= MILLION and value % 1000 and "rib" not in bare:
            return Answer(None, "unreadable")  # `dua juta lima ratus` means thousands, most say.
        return _rounded(value, None) if value is not None else Answer(None, "unreadable")
    if HUNDREDS_LEFT.search(bare):
        return Answer(None, "unreadable")
    bare = with_fractions(bare)
    found = _sum_of_parts(bare, scale, habit)
    is_mended = found.value is None and found.rule == "unreadable"
    if is_mended:
        again = mended(bare)
        if again == bare:
            return found
        found = _sum_of_parts(again, scale, habit)
    if not isinstance(found.value, Decimal):
        return found
    return _rounded(found.value, "letter_in_number" if is_mended else found.rule)


def _rounded(amount: Decimal, rule: str | None) -> Answer:
    if amount > LARGEST:  # Before rounding, which a very long number would break.
        return Answer(None, "too_much")
    whole = int(amount.quantize(Decimal(1), ROUND_HALF_EVEN))
    return Answer(whole, rule or (None if whole == amount else "rounded"))


def _sum_of_parts(text: str, scale: int, habit: Habit) -> Answer:
    """Add up `2 juta 500 ribu`, each part smaller than the one before."""
    total, position, last, unclear = Decimal(0), 0, 10**16, False
    while position < len(text):
        part = PART.match(text, position)
        if part is None or (position and part[2] is None):
            return Answer(None, "unreadable")
        has_unit = part[2] is not None
        # Three digits behind a separator are no part of a single rupiah.
        shown = habit if has_unit or scale > 1 else UNKNOWN
        found = figure(part[1].strip(), has_unit=has_unit or scale >= MILLION, habit=shown)
        if found is None:
            long = len(re.sub(r"\D", "", part[1])) > 24
            return Answer(None, "too_much" if long else "unreadable")
        factor = 1 if has_unit else scale
        for word in (part[2] or "").replace(".", "").split():
            factor *= UNITS[word]
        if has_unit and found.value >= FULL_FIGURE and factor >= 1_000:
            return Answer(None, "unit_twice")
        if factor >= last:
            return Answer(None, "unreadable")
        total, last = total + found.value * factor, factor
        position, unclear = part.end(), unclear or (found.is_unclear and factor <= MILLION)
    if not text:
        return Answer(None, "unreadable")
    return Answer(total, "unclear_separator" if unclear else None)


def money(scale: int = 1, habit: Habit = UNKNOWN) -> Reading:
    """Return the reading of whole rupiah in a column whose heading multiplies by `scale`."""
    pattern = GROUPED if habit.dot == "decimal" and scale > 1 else GROUPED_ONCE

    def whole(text: pl.Expr) -> pl.Expr:
        value = text.cast(pl.Int64, strict=False)
        sure = value.is_between(0, LARGEST // scale)
        if scale == 1:  # `081234567890` is a telephone number.
            sure &= ~text.str.contains(r"^\s*0[0-9]{6,}")
        return pl.when(sure).then(value * scale)

    def grouped(text: pl.Expr) -> pl.Expr:
        digits = text.str.replace(r",(?:-|00?)$", "").str.replace_all(r"[^0-9]", "")
        return pl.when(text.str.contains(pattern)).then(whole(digits))

    def stored(text: pl.Expr) -> pl.Expr:
        exact = text.cast(pl.Float64, strict=False) * scale
        value = exact.round()
        plain = value.is_between(0, LARGEST) & ((exact - value).abs() < 0.0005)
        return pl.when(plain).then(value.cast(pl.Int64, strict=False))

    def careful(text: str) -> Answer:
        if MINUS_ZERO.match(text.lower()):
            return Answer(0)
        if re.match(r"^\s*(?:rp\.?)?\s*[-−(]\s*(?:rp\.?)?\s*\d", text.lower()):
            return Answer(None, "negative")
        return rupiah_in(text, scale, habit)

    return Reading(pl.Int64, (whole, grouped), careful, stored, stored_amount(scale, careful))


def a_piece(reading: Reading) -> Reading:
    """Return the reading of prices, which may name the piece behind them: `Rp 7.500/pcs`."""

    def careful(text: str) -> Answer:
        return reading.careful(PER_PIECE.sub("", text))

    return Reading(reading.dtype, reading.plain, careful, reading.number, reading.careful_number)


def stored_amount(scale: int, careful: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """Return the reading of a stored number that is no whole amount, or of a text beside it."""

    def stored_oddly(text: str) -> Answer:
        exact = stored_number(text)
        if exact is None:
            return careful(text)
        exact *= scale
        if exact < 0:
            return Answer(None, "negative")
        return _rounded(exact, "rounded" if exact <= LARGEST else None)

    return stored_oddly
