"""The business status out of the words that offices use for it."""

import re
from collections.abc import Callable

import polars as pl

from pulih.classifications.negations import AT_EASE, NOT
from pulih.intake.readings.reading import Answer, Reading, is_nothing

WORK = (
    r"(?:(?:ber|mem)?(?:produksi|operasi|jalan|aktif\w*|aktivitas|kegiatan)|buka|producing|"
    r"active|open)"
)
STATUSES = (
    ("NOT_FOUND", r"tidak (?:di)?temu|tdk (?:di)?temu|not.found|pindah|tidak diketahui"),
    (
        "TEMP_NOT_PRODUCING",
        r"sementara|temp|tidak (?:ber)?produksi|tdk (?:ber)?produksi|berhenti (?:ber)?produksi|"
        r"produksi (?:ber|ter)henti|stop|"
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
RESUMED = (
    rf"\b{WORK} (?:kembali|lagi)\b|\b(?:kembali|mulai|sudah|sdh|sekarang|kini) {WORK}\b|"
    r"\bnormal kembali\b|\bkembali normal\b"
)
UNSURE = re.compile(
    r"\b(?:hampir|nyaris|akan|pernah|dulu(?:nya)?|rencana|terancam|mungkin|kadang|kurang aktif|"
    r"buka.?tutup|tutup.?buka|hidup segan|(?:tidak|tdk|belum|blm|bukan) "
    r"(?:tutup|bangkrut|bubar|mati|aktif dan)|"
    r"(?:belum|blm) (?:aktif|buka|jalan|(?:ber)?operasi))\b"
)
GUESSED = re.compile(r"\b(?:tidak|tdk|non)[\s-]?aktif\b|\bpindah\b")  # For good, or for a time?
BUT = re.compile(r"\b(?:tapi|tetapi|namun|walau|meski|hanya)\b")
DENIED = re.compile(rf"\b{NOT}\b|\bnon(?=produksi|operasi)")
# `tidak bisa berproduksi`, `tidak ada kegiatan`; but `tidak berjalan normal` still works.
NOT_WORKING = re.compile(
    rf"(?:\b{NOT}[\s-]+|\bnon)"
    r"(?:(?:lagi|bisa|dapat|mampu|ada|melakukan|masih|sedang|sempat|proses|kegiatan|akti[vf]itas) )"
    rf"{{0,3}}{WORK}\b(?! (?:secara )?{AT_EASE}\b)"
)
NOT_AT_EASE = re.compile(rf"\b(?:{NOT}|kurang) (?:{WORK} )?(?:secara )?{AT_EASE}\b")
HALTED = re.compile(
    r"\b(?:ter|di|diber)henti(?:kan)?\b|\bproduksi\W{0,3}(?:nol|nihil|0 ?%?)(?![\d.,])|"
    r"(?<![\d.,])0 ?% ?produksi|\bmandek\b"
)


def _status(text: str) -> Answer:
    bare = " ".join(text.lower().split())
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
    works = code.startswith("PRODUCING")
    if works and (HALTED.search(bare) or DENIED.search(bare)):
        return _denied(bare, code)
    if not works and _resumed(bare):
        return Answer(None, "several_choices")
    return Answer(code, "by_sense" if BUT.search(bare) or GUESSED.search(bare) else None)


def _denied(bare: str, code: str) -> Answer:
    """Read what names work and denies something: the work itself, or only how it goes."""
    if HALTED.search(bare) or NOT_WORKING.search(bare):
        return Answer("TEMP_NOT_PRODUCING", "by_sense")
    is_slow = NOT_AT_EASE.search(bare) and not DENIED.search(NOT_AT_EASE.sub(" ", bare))
    return Answer(code, "by_sense") if is_slow else Answer(None, "unreadable")


def _resumed(bare: str) -> bool:
    """Say whether a text that names a stop also says that work began again."""
    return any(
        not re.search(rf"\b{NOT} (?:\w+ )?$", bare[: found.start()])
        and not re.match(rf"{NOT}\b", found[0])
        for found in re.finditer(RESUMED, bare)
    )


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
