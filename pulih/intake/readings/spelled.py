"""Numbers spelled out in Indonesian: `dua juta lima ratus ribu`, `satu koma lima`, `sebelas`."""

import re
from decimal import Decimal

DIGITS = {
    "nol": 0, "kosong": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6,
    "tujuh": 7, "delapan": 8, "sembilan": 9,
}  # fmt: skip
WHOLE = {"sepuluh": 10, "sebelas": 11}
POWERS = {
    "ribu": 10**3, "juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12,
    "trilyun": 10**12,
}  # fmt: skip
ONE_OF = {f"se{word}": (word, factor) for word, factor in POWERS.items()}
WORDS = (
    "sepuluh", "sebelas", "seratus", *ONE_OF, *DIGITS, *POWERS, "puluh", "belas", "ratus",
    "setengah", "koma",
)  # fmt: skip
TOKEN = re.compile("|".join(sorted(WORDS, key=len, reverse=True)))
SPELLED = re.compile(rf"(?:(?:{'|'.join(sorted(WORDS, key=len, reverse=True))})[\s-]*)+")


def spelled(text: str) -> Decimal | None:
    """Read a number written in words only, joined or apart; None if it is not well formed."""
    bare = text.strip().lower()
    if not SPELLED.fullmatch(bare):
        return None
    total, last = Decimal(0), 10**15
    tokens = TOKEN.findall(bare)
    while tokens:
        value, factor, tokens = _group(tokens)
        if value is None or factor >= last:
            return None
        total, last = total + value * factor, factor
    return total


def _group(tokens: list[str]) -> tuple[Decimal | None, int, list[str]]:
    """Read `dua ratus lima puluh ribu` off the front: a number below 1,000 and its power."""
    if tokens[0] in ONE_OF:
        return Decimal(1), ONE_OF[tokens[0]][1], tokens[1:]
    count = next((i for i, word in enumerate(tokens) if word in POWERS), len(tokens))
    value = _small(tokens[:count])
    factor = POWERS[tokens[count]] if count < len(tokens) else 1
    return value, factor, tokens[count + 1 :]


def _small(tokens: list[str]) -> Decimal | None:
    """Read a number below 1,000, which may end in `setengah` or `koma lima`."""
    if "koma" in tokens:
        at = tokens.index("koma")
        whole, digits = _small(tokens[:at]), [DIGITS.get(word) for word in tokens[at + 1 :]]
        if whole is None or not digits or None in digits:
            return None
        return Decimal(f"{whole}.{''.join(str(digit) for digit in digits)}")
    half = Decimal(0)
    if tokens and tokens[-1] == "setengah":
        tokens, half = tokens[:-1], Decimal("0.5")
        if not tokens:
            return half
    value, tokens = _hundreds(tokens)
    rest = _below_hundred(tokens) if tokens else 0
    if rest is None or (not tokens and not value):
        return None
    return Decimal(value + rest) + half


def _hundreds(tokens: list[str]) -> tuple[int, list[str]]:
    if tokens and tokens[0] == "seratus":
        return 100, tokens[1:]
    if len(tokens) > 1 and tokens[1] == "ratus" and DIGITS.get(tokens[0]):
        return 100 * DIGITS[tokens[0]], tokens[2:]
    return 0, tokens


def _below_hundred(tokens: list[str]) -> int | None:
    if len(tokens) == 1:
        return WHOLE.get(tokens[0], DIGITS.get(tokens[0]))
    digit = DIGITS.get(tokens[0])
    if not digit:
        return None
    if tokens[1:] == ["belas"]:
        return 10 + digit
    if tokens[1] == "puluh":
        unit = DIGITS.get(tokens[2]) if len(tokens) == 3 else 0
        return 10 * digit + unit if len(tokens) <= 3 and unit is not None else None
    return None
