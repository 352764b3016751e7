"""Digits with separators of either habit, and what people mix into them: `½`, `O`, blanks."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Use = Literal["group", "decimal"]
MOST_DIGITS = 24  # More than any amount has; the arithmetic below is exact up to there.
WIDE = {
    **{ord(f): str(i) for i, f in enumerate("０１２３４５６７８９")},
    **{ord(f): str(i) for i, f in enumerate("٠١٢٣٤٥٦٧٨٩")},
    **dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"), ""),
    **dict.fromkeys(map(ord, "\u00a0\u202f\u2007\u2009\u2002\u2003"), " "),
    **{ord("．"): ".", ord("，"): ",", ord("／"): "/", ord("－"): "-"},
}
FRACTIONS = (("½", "1/2", "5"), ("¼", "1/4", "25"), ("¾", "3/4", "75"))
# Letters that stand for digits: `5OO.000`, `O812`, `l.500`; but not `2l` (litres), `5org`.
LETTER_O = re.compile(r"(?<=[\d.,])[Oo]+(?![A-Za-z])|(?<![A-Za-z\d])[Oo]+(?=\d)")
LETTER_L = re.compile(r"(?<![A-Za-z])[Il](?=[.,]?[\dOo])")
STRAY = re.compile(r"(?<=\d[.,])\s+(?=\d{3}(?!\d))|(?<=\d)\s+(?=[.,]\d)")
GROUPED_BY = r"[1-9]\d{{0,2}}(?:{sign}\d{{3}})+"
POWERS = {"ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6}


@dataclass(frozen=True)
class Habit:
    """What the other cells of a column show a dot and a comma to mean; None: they do not show."""

    dot: Use | None = None
    comma: Use | None = None


UNKNOWN = Habit()


@dataclass(frozen=True)
class Figure:
    """A number as it was read; unclear where the other habit would give another value."""

    value: Decimal
    is_unclear: bool = False


def tidy(text: str) -> str:
    """Write wide digits and odd blanks in the plain way, without a spreadsheet's apostrophe."""
    if text[:1] == "'" and text[1:2].isdigit():
        text = text[1:]
    return text.translate(WIDE) if not text.isascii() else text


def with_fractions(text: str) -> str:
    """Write `2 ½` and `2 1/2` as `2,5`; a fraction alone as `0,5`."""
    for sign, slashed, decimals in FRACTIONS:
        if sign not in text and slashed not in text:
            continue
        either = rf"(?:{sign}|(?<![\d/.,]){re.escape(slashed)}(?![\d/.,]))"
        text = re.sub(rf"(?<![\d.,])(\d+)\s*{either}", rf"\g<1>,{decimals}", text)
        text = re.sub(either, f"0,{decimals}", text)
    return text


def mended(text: str) -> str:
    """Put digits where a letter O, I or l stands among them."""
    return LETTER_O.sub(lambda found: "0" * len(found[0]), LETTER_L.sub("1", text))


def figure(text: str, *, has_unit: bool = False, habit: Habit = UNKNOWN) -> Figure | None:
    """Read digits with separators; None if they are not well formed.

    One separator before exactly three digits groups thousands, unless the habit of the column is
    another; before a word such as `juta` a comma is a decimal one, and so unclear.
    """
    text = STRAY.sub("", text.strip())
    for blank in (" ", "'", "’"):
        if blank in text and re.fullmatch(rf"\d{{1,3}}(?:{blank}\d{{3}})+(?:[.,]\d+)?", text):
            text = text.replace(blank, "")
    if len(text) > 2 * MOST_DIGITS or not re.fullmatch(r"[0-9]+(?:[.,][0-9]+)*", text):
        return None
    dots, commas = text.count("."), text.count(",")
    if dots and commas:
        return _mixed(text, max(".,", key=text.rfind))
    if dots + commas == 0:
        return Figure(Decimal(text))
    sign = "." if dots else ","
    whole, _, rest = text.partition(sign)
    if re.fullmatch(GROUPED_BY.format(sign=re.escape(sign)), text):
        return _one_kind(text, sign, dots + commas, has_unit, habit)
    return Figure(Decimal(f"{whole}.{rest}")) if dots + commas == 1 else None


def _one_kind(text: str, sign: str, count: int, has_unit: bool, habit: Habit) -> Figure:
    """Decide whether `1.250` or `1,250` groups thousands or has three decimals."""
    grouped = Decimal(text.replace(sign, ""))
    if count > 1:
        return Figure(grouped)
    decimal = Decimal(text.replace(sign, "."))
    use = habit.dot if sign == "." else habit.comma
    if use is not None:
        return Figure(grouped if use == "group" else decimal)
    if sign == "," and has_unit:
        return Figure(decimal, is_unclear=True)
    return Figure(grouped)


def _mixed(text: str, sign: str) -> Figure | None:
    """Read `1.250,5`; with exactly three decimals a slip for one more group is as likely."""
    if text.count(sign) != 1:
        return None
    whole, _, rest = text.partition(sign)
    other = "," if sign == "." else "."
    if not re.fullmatch(rf"\d{{1,3}}(?:\{other}\d{{3}})+", whole):
        return None
    return Figure(Decimal(f"{whole.replace(other, '')}.{rest}"), is_unclear=len(rest) == 3)


def stored_number(text: str) -> Decimal | None:
    """Return the number that a cell held; None for a text, as merging may put into its place."""
    if not re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?", text):
        return None
    return Decimal(text)
