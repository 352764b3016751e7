"""Counts, money and measures as people write them: `1.250.000`, `Rp 2,5 jt`, `5 orang`."""

import re
from decimal import ROUND_HALF_EVEN, Decimal

import polars as pl

from pulih.intake.readings.reading import Answer, Reading, is_nothing

LARGEST = 10**15  # A quadrillion rupiah: nobody has that much, so it is a slip.
LARGEST_COUNT = 1_000_000
ZERO_WORDS = {"nihil", "nol", "tidak ada", "tdk ada", "kosong", "nil", "none", "belum ada", "tidak"}
UNITS = {
    "puluh": 10, "ratus": 100, "ribu": 10**3, "rb": 10**3, "ribuan": 10**3, "k": 10**3,
    "thousand": 10**3, "juta": 10**6, "jt": 10**6, "jutaan": 10**6, "jta": 10**6,
    "million": 10**6, "miliar": 10**9, "milyar": 10**9, "milliar": 10**9, "m": 10**9,
    "mlyr": 10**9, "mil": 10**9, "bn": 10**9, "billion": 10**9, "triliun": 10**12,
    "trilyun": 10**12, "t": 10**12, "tn": 10**12, "trillion": 10**12,
}  # fmt: skip
UNIT_WORDS = "|".join(sorted(UNITS, key=len, reverse=True))
PART = re.compile(
    rf"\s*(\d[\d.,\s]*)((?:{UNIT_WORDS})(?![a-z])(?:\s+(?:{UNIT_WORDS})(?![a-z]))*)?(?=\s*\d|\s*$)"
)
DECORATION = re.compile(r"^(?:rp\.?|idr)\s*|\s*(?:rupiah|idr)\s*$|\s*[.,]\s*-+$|\s*[.,]?=$")
NOTE = re.compile(r"\s*\([a-z .]*\)\s*$")
PERIOD = re.compile(r"\s*(?:/|per\s?|se)\s*(?:bulan|bln|bl|tahun|thn|th|month|year)\.?$")
ABOUT = re.compile(
    r"^(?:±|\+/-|\+-|~|≈|>=?|<=?|kurang lebih|kira-kira|sekitar|sktr|kl\.?|about|min\.?|maks\.?|"
    r"lebih dari|kurang dari|rata-rata)\s*|\s*(?:an|\+|lebih)$"
)
RANGE = re.compile(
    rf"\d\s*(?:{UNIT_WORDS})?\s*(?:-|–|s/d|sd|s\.d\.?|sampai|to|hingga)\s*(?:rp\.?)?\s*\d"
)
PLUS = re.compile(r"^\s*\+(?=\d)")
MINUS_ZERO = re.compile(r"^\s*(?:rp\.?)?\s*[-−]\s*(?:rp\.?)?\s*0+(?:[.,]0+)*\s*$")
GROUPED = r"^(?:[Rr][Pp]\.?\s*)?[1-9]\d{0,2}(?:\.\d{3})+(?:,(?:-|00?))?$"
PEOPLE = re.compile(
    r"\s*(?:orang|org|or|pekerja|karyawan|tenaga kerja|tk|naker|pegawai|jiwa|people)\.?$"
)


def number(text: str, *, has_unit: bool = False) -> Decimal | None:
    """Read digits with separators of either habit; None if they are not well formed.

    One separator before exactly three digits groups thousands, `1.250` and `1,250` alike; only
    before a word such as `juta` is a comma always a decimal one.
    """
    text = text.strip().replace("\u00a0", " ")
    if re.fullmatch(r"\d{1,3}(?: \d{3})+(?:,\d+)?", text):
        text = text.replace(" ", "")
    if not re.fullmatch(r"\d+(?:[.,]\d+)*", text):
        return None
    dots, commas = text.count("."), text.count(",")
    if dots and commas:
        decimal_sign = max(".,", key=text.rfind)
        return _with_decimal(text, decimal_sign) if text.count(decimal_sign) == 1 else None
    sign = "." if dots else ","
    whole, _, rest = text.partition(sign)
    if dots + commas == 0:
        return Decimal(text)
    grouped = re.fullmatch(rf"[1-9]\d{{0,2}}(?:\{sign}\d{{3}})+", text)
    if grouped and not (has_unit and sign == "," and commas == 1):
        return Decimal(text.replace(sign, ""))
    return Decimal(f"{whole}.{rest}") if dots + commas == 1 else None


def _with_decimal(text: str, sign: str) -> Decimal | None:
    whole, _, rest = text.partition(sign)
    other = "," if sign == "." else "."
    if not re.fullmatch(rf"\d{{1,3}}(?:\{other}\d{{3}})+", whole):
        return None
    return Decimal(f"{whole.replace(other, '')}.{rest}")


def rupiah_in(text: str, scale: int = 1) -> Answer:
    """Read an amount of money; a unit of its own (`jt`) outweighs the scale of its column."""
    bare = NOTE.sub("", " ".join(PLUS.sub("", text.lower()).split()))
    if is_nothing(bare) or bare in ("rp", "rp-", "rp -", "rp. -"):
        return Answer()
    if bare in ZERO_WORDS or bare in {f"rp {word}" for word in ZERO_WORDS}:
        return Answer(0)
    if RANGE.search(bare):
        return Answer(None, "range")
    bare = PERIOD.sub("", bare)
    about = ABOUT.search(bare) is not None
    bare = ABOUT.sub("", bare).strip()
    while (shorter := DECORATION.sub("", bare).strip()) != bare:
        bare = shorter
    amount = _sum_of_parts(bare, scale)
    if amount is None:
        return Answer(None, "unreadable")
    whole = int(amount.quantize(Decimal(1), ROUND_HALF_EVEN))
    if whole > LARGEST:
        return Answer(None, "too_much")
    if about:
        return Answer(whole, "approximate")
    return Answer(whole, None if whole == amount else "rounded")


def _sum_of_parts(text: str, scale: int) -> Decimal | None:
    """Add up `2 juta 500 ribu`; None if anything in the text is no part of an amount."""
    total, position, parts = Decimal(0), 0, 0
    while position < len(text):
        part = PART.match(text, position)
        if part is None:
            return None
        value = number(part[1].strip(), has_unit=part[2] is not None)
        if value is None or (parts and part[2] is None):
            return None
        factor = scale if part[2] is None else 1
        for word in (part[2] or "").split():
            factor *= UNITS[word]
        total += value * factor
        position, parts = part.end(), parts + 1
    return total if parts else None


def money(scale: int = 1) -> Reading:
    """Return the reading of whole rupiah in a column whose heading multiplies by `scale`."""

    def whole(text: pl.Expr) -> pl.Expr:
        value = text.cast(pl.Int64, strict=False) * scale
        return pl.when(value.is_between(0, LARGEST)).then(value)

    def grouped(text: pl.Expr) -> pl.Expr:
        digits = text.str.replace(r",(?:-|00?)$", "").str.replace_all(r"[^0-9]", "")
        return pl.when(text.str.contains(GROUPED)).then(whole(digits))

    def stored(text: pl.Expr) -> pl.Expr:
        exact = text.cast(pl.Float64, strict=False) * scale
        value = exact.round()
        plain = value.is_between(0, LARGEST) & ((exact - value).abs() < 0.0005)
        return pl.when(plain).then(value.cast(pl.Int64, strict=False))

    def stored_oddly(text: str) -> Answer:
        exact = Decimal(text) * scale
        if exact < 0:
            return Answer(None, "negative")
        if exact > LARGEST:
            return Answer(None, "too_much")
        return Answer(int(exact.quantize(Decimal(1), ROUND_HALF_EVEN)), "rounded")

    def careful(text: str) -> Answer:
        if MINUS_ZERO.match(text.lower()):
            return Answer(0)
        if re.match(r"^\s*(?:rp\.?)?\s*[-−(]\s*(?:rp\.?)?\s*\d", text.lower()):
            return Answer(None, "negative")
        return rupiah_in(text, scale)

    return Reading(pl.Int64, (whole, grouped), careful, stored, stored_oddly)


def _count(text: str) -> Answer:
    bare = NOTE.sub("", " ".join(PLUS.sub("", text.lower()).split()))
    if is_nothing(bare):
        return Answer()
    if bare in ZERO_WORDS or MINUS_ZERO.match(bare):
        return Answer(0)
    if re.match(r"^[-−]\s*\d", bare):
        return Answer(None, "negative")
    if RANGE.search(bare):
        return Answer(None, "range")
    about = ABOUT.search(bare) is not None
    bare = PEOPLE.sub("", ABOUT.sub("", bare)).strip()
    value = number(bare)
    if value is None or value != int(value):
        return Answer(None, "unreadable")
    if value > LARGEST_COUNT:
        return Answer(None, "too_much")
    return Answer(int(value), "approximate" if about else None)


def _whole_count(text: pl.Expr) -> pl.Expr:
    value = text.cast(pl.Int64, strict=False)
    return pl.when(value.is_between(0, LARGEST_COUNT)).then(value)


def _stored_count(text: pl.Expr) -> pl.Expr:
    value = text.cast(pl.Float64, strict=False)
    plain = (value == value.floor()) & value.is_between(0, LARGEST_COUNT)
    return pl.when(plain).then(value.cast(pl.Int64, strict=False))


def _stored_odd_count(text: str) -> Answer:
    value = Decimal(text)
    return Answer(None, "negative" if value < 0 else "unreadable")


COUNT = Reading(pl.Int64, (_whole_count,), _count, _stored_count, _stored_odd_count)


def _measure(text: str) -> Answer:
    bare = " ".join(text.lower().split())
    if is_nothing(bare):
        return Answer()
    if bare in ZERO_WORDS:
        return Answer(0.0)
    if RANGE.search(bare):
        return Answer(None, "range")
    about = ABOUT.search(bare) is not None and not bare.endswith("an")
    found = re.match(
        r"^(\d[\d.,]*)\s*([a-z²³%][\w²³ ./()%-]*)?$", ABOUT.sub("", bare) if about else bare
    )
    if found is None:
        return Answer(None, "unreadable")
    unit = (found[2] or "").split()
    factor = UNITS.get(unit[0], 1) if unit and unit[0] in ("ribu", "juta", "rb", "jt") else 1
    value = number(found[1].rstrip(".,"), has_unit=factor > 1)
    if value is None:
        return Answer(None, "unreadable")
    return Answer(float(value * factor), "approximate" if about else None)


def _plain_measure(text: pl.Expr) -> pl.Expr:
    return text.cast(pl.Int64, strict=False).cast(pl.Float64)


def _stored_measure(text: pl.Expr) -> pl.Expr:
    return text.cast(pl.Float64, strict=False)


MEASURE = Reading(pl.Float64, (_plain_measure,), _measure, _stored_measure)
