"""Whole numbers with words: in Indonesian as sums stand on receipts, in English with their noun."""

from pulih.common.money import grouped

ONES = (
    *("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"),
    *("sepuluh", "sebelas"),
)
GROUPS = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1_000, "ribu"))


def in_words(number: int) -> str:
    """Write a number from 0 to below 10^15: 1,250,000 is `satu juta dua ratus lima puluh ribu`."""
    assert 0 <= number < 10**15
    return " ".join(_parts(number)) or ONES[0]


def _parts(number: int) -> list[str]:
    for size, name in GROUPS:
        if number >= size:
            many, left = divmod(number, size)
            first = ["seribu"] if (many, size) == (1, 1_000) else [*_below_1000(many), name]
            return [*first, *_parts(left)]
    return _below_1000(number)


def _below_1000(number: int) -> list[str]:
    if number >= 200:
        return [ONES[number // 100], "ratus", *_below_1000(number % 100)]
    if number >= 100:
        return ["seratus", *_below_1000(number - 100)]
    if number >= 20:
        return [ONES[number // 10], "puluh", *_below_1000(number % 10)]
    if number >= 12:
        return [ONES[number - 10], "belas"]
    return [ONES[number]] if number else []


def english(number: int, one: str, many: str) -> str:
    """Write a number with its noun: `1 class`, `1,200 people`. Indonesian has no plural."""
    return f"{grouped(number, 'en')} {one if number == 1 else many}"
