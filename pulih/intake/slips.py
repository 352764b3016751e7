"""What is a slip of the pen in a heading, and what another word."""

from rapidfuzz.distance import OSA

# Words of their own, a letter or two beside words of ours: `kontrak` beside `kontak`.
OWN_WORDS = {
    "akan", "alasan", "alat", "alokasi", "anggapan", "badan", "bagan", "bahan", "bangunan",
    "banyak", "bara", "batang", "besaran", "biasa", "buruk", "cadangkan", "catat", "dana", "daya",
    "dibetulkan", "dibukukan", "diputuskan", "halangan", "jasa", "karya", "kata", "keadaan",
    "kebetulan", "kedua", "keluaran", "keluhan", "kemitraan", "kendali", "kepala", "keputusan",
    "kontan", "kontrak", "koreksi", "kota", "kotak", "kuota", "kurang", "laporkan", "makan",
    "masuk", "mitra", "model", "pasangan", "pelajaran", "pembantu", "pembelian", "pemegang",
    "pencarian", "pendapat", "pendapatan", "pendirian", "penerbit", "pengirim", "pengiriman",
    "pengolahan", "penyerahan", "pernyataan", "perubahan", "peta", "prakerja", "provisi", "satu",
    "satuan", "sektor", "serta", "setara", "setor", "susulan", "tangga", "umum",
}  # fmt: skip
SHORT = 8  # Letters: words below may differ by one letter, others by two.
LEAST = 4
SUFFIX = "nya"


def same_words_but_one(first: str, second: str) -> bool:
    """Allow a slip in one word; a different word is a different heading."""
    ours, theirs = first.split(), second.split()
    if len(ours) != len(theirs):
        return first.replace(" ", "") == second.replace(" ", "")
    differing = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    return len(differing) <= 1 and all(_is_slip(a, b) for a, b in differing)


def _is_slip(written: str, known: str) -> bool:
    """Say whether a word is another one with a letter too many, too few, other or moved."""
    if written.removesuffix(SUFFIX) == known.removesuffix(SUFFIX):
        return True
    if written in OWN_WORDS or min(len(written), len(known)) < LEAST or written[0] != known[0]:
        return False
    return OSA.distance(written, known) <= (1 if len(known) < SHORT else 2)
