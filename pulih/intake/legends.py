"""What the codes of a column mean, where its heading says so: `Ekspor (1=Ya, 2=Tidak)`."""

import re

import polars as pl

from pulih.intake.readings.reading import Answer, Reading, is_nothing

CODED = ("owner_sex", "status", "exports")
SIGN = r"[0-9A-Za-z]{1,2}\s*[=:]"
PAIR = re.compile(
    rf"\b([0-9A-Za-z]{{1,2}})\s*[=:]\s*([^=:,;|()\n]+?)(?=\s*[,;|()\n]|\s+/?\s*{SIGN}|$)"
)


def pairs_in(heading: str) -> dict[str, str]:
    """Return the codes of a legend and their words; empty where a heading has no legend."""
    found = {code.lower(): words.strip() for code, words in PAIR.findall(heading)}
    return found if len(found) > 1 else {}


def reading_of(heading: str, name: str, reading: Reading) -> Reading | None:
    """Return the reading of a column by the legend in its heading; None where it has none.

    A legend gives two codes or more, each with words that the column can be read from and that
    mean something else than the others. A code that it does not give is `unreadable`.
    """
    if name not in CODED:
        return None
    pairs = {code: reading.careful(words) for code, words in pairs_in(heading).items()}
    values = {answer.value for answer in pairs.values()}
    if None in values or len(values) < 2:
        return None

    def careful(text: str) -> Answer:
        bare = text.strip().lower().removesuffix(".0")
        if bare in pairs:
            return pairs[bare]
        if bare.isdigit() and not is_nothing(bare):
            return Answer(None, "unreadable")
        return reading.careful(text)

    def nothing(text: pl.Expr) -> pl.Expr:
        return pl.when(pl.lit(False)).then(text)

    return Reading(pl.String, (nothing,), careful)
