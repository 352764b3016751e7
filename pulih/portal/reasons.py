"""What everybody reads of the reason of an answer: it can name a person, or tell of a few firms.

public_reason("Biaya sesuai SBM Rp380.000.")       # the text
public_reason("Hanya dua IKM memenuhi syarat.")    # None: it tells of two firms
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from pulih.budget.rules.descriptions import DescriptionKind, description_kind

# Numbers that count nobody: money, rules, dates.
NOBODY = re.compile(
    r"\bRP ?\d[\d.,]*(?: (?:RIBU|JUTA|MILIAR))?"
    r"|\b(?:PP|UU|PMK|PERPRES|PERMENPERIN) (?:NOMOR )?\d+(?:/| TAHUN )\d{4}|\b(?:PASAL|AYAT) \d+"
    r"|\b(?:\d{1,2} [A-Z]{3,9} )?20\d\d\b"
)
COUNTS = re.compile(
    r"\d|\b(?:SATU|DUA|TIGA|EMPAT|LIMA|ENAM|TUJUH|DELAPAN|SEMBILAN|SEPULUH|SEBELAS|BELAS|PULUH"
    r"|SEORANG|SEBUAH|SEPASANG|KEDUA|KETIGA|KEEMPAT|KEDUANYA|KETIGANYA|SATUNYA|BEBERAPA)\b"
)


def public_reason(text: str) -> str | None:
    """The text, tidied; None where a word of it may be a name, or it counts anybody."""
    tidied = " ".join(text.split())
    if description_kind(tidied, _words()) is not DescriptionKind.THINGS:
        return None
    return None if COUNTS.search(NOBODY.sub("", tidied.upper())) else tidied or None


@cache
def _words() -> frozenset[str]:
    """In upper case."""
    own = files("pulih.portal").joinpath("data", "answer_words.txt").read_text("utf-8")
    lines = (line for line in own.splitlines() if not line.startswith("#"))
    return frozenset(word.upper() for line in lines for word in line.split())
