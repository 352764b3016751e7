"""The business status out of the words that offices use for it."""

import re
from collections.abc import Callable

import polars as pl

from pulih.intake.readings.reading import Answer, Reading, is_nothing

STATUSES = (
    ("NOT_FOUND", r"tidak (?:di)?temu|tdk (?:di)?temu|not.found|pindah|tidak diketahui"),
    (
        "TEMP_NOT_PRODUCING",
        r"sementara|temp|tidak (?:ber)?produksi|tdk (?:ber)?produksi|berhenti (?:ber)?produksi|"
        r"stop|"
        r"libur|vakum|non.?aktif|tidak aktif|tdk aktif|tidak (?:ber)?operasi|tdk (?:ber)?operasi|"
        r"tidak beroperasi|belum (?:ber)?produksi|not producing|dirumahkan|mati suri",
    ),
    ("CLOSED", r"tutup|bangkrut|gulung|closed|berhenti|bubar|pailit|mati\b"),
    (
        "PRODUCING_CHANGED_KBLI",
        r"(?:beralih|alih|ganti|berganti|ubah|berubah|pindah) (?:ke )?(?:produk|usaha|jenis|"
        r"produksi|kbli)"
        r"|diversifikasi|changed.kbli",
    ),
    (
        "PRODUCING_SAME_KBLI",
        r"produksi|aktif|jalan|operasi|normal|buka|producing|lancar|masih|menurun|berkurang|"
        r"active|open",
    ),
)


ALTERNATIVES = re.compile(r"\s*(?:[/|,;]|\batau\b)\s*")
UNSURE = re.compile(
    r"\b(?:hampir|nyaris|akan|pernah|dulu(?:nya)?|rencana|terancam|mungkin|kadang|kurang aktif|"
    r"buka.?tutup|tutup.?buka|(?:tidak|tdk|belum|blm|bukan) "
    r"(?:tutup|bangkrut|bubar|mati|aktif dan)|"
    r"(?:belum|blm) (?:aktif|buka|jalan|(?:ber)?operasi))\b"
)
GUESSED = re.compile(r"\b(?:tidak|tdk|non)[\s-]?aktif\b|\bpindah\b")  # For good, or for a time?
BUT = re.compile(r"\b(?:tapi|tetapi|namun|walau|meski|hanya)\b")


def _status(text: str) -> Answer:
    bare = text.strip().lower()
    if is_nothing(bare):
        return Answer()
    exact = text.strip().upper().replace(" ", "_")
    if exact in {code for code, _ in STATUSES}:
        return Answer(exact)
    code = _status_code(bare)
    if code is None or UNSURE.search(bare):
        return Answer(None, "unreadable")
    if len({_alternative(part) for part in ALTERNATIVES.split(bare)} - {None}) > 1:
        return Answer(None, "several_choices")
    return Answer(code, "by_sense" if BUT.search(bare) or GUESSED.search(bare) else None)


def _status_code(bare: str) -> str | None:
    return next((code for code, pattern in STATUSES if re.search(pattern, bare)), None)


def _alternative(part: str) -> str | None:
    """Tell whether one of several choices says that the firm works; `tidak` alone says not."""
    code = _status_code(part)
    if code is None:
        return "NOT" if re.fullmatch(r"(?:tidak|tdk|belum|blm|non|no)", part) else None
    return "WORKS" if code.startswith("PRODUCING") else "NOT"


STATUS = Reading(
    pl.String,
    (lambda text: pl.when(text.is_in([code for code, _ in STATUSES])).then(text),),
    _status,
)


def status(code_of: Callable[[str], str | None]) -> Reading:
    """Return the reading of a business status: by the list's own words, then by their sense."""

    def careful(text: str) -> Answer:
        sense = _status(text)
        if sense.rule in ("several_choices", "by_sense") or UNSURE.search(text.lower()):
            return sense
        code = code_of(text)
        return Answer(code) if code else sense

    return Reading(pl.String, STATUS.plain, careful)
