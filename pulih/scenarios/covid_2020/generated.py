"""Proposals of all 34 provinces, so that every state of the way has some. Generated, and marked so.

They go the way of any proposal, through the same actions; see `proposals`.
"""

from collections.abc import Iterator
from datetime import date
from random import Random

from pulih import places
from pulih.places import Place, Scheme

from .figures import REPORTED_ON
from .proposed import Story

SEED = "generated proposals 2020"
# Where the provinces leave theirs, in the order of their codes; two rounds of it make 34.
UNTIL = (
    *("scored", "submitted", "under_review", "approved", "scheduled", "scored", "returned"),
    *("verified", "rejected", "reserved", "draft", "scored", "partly_approved", "running"),
    *("withdrawn", "accounted", "under_review"),
)
OUTCOMES = {"rejected": "rejected", "partly_approved": "partly_approved"}
# Measure, what it trains, goods that come out, and what a participant's material costs.
KINDS = (
    ("mask_training", "masker kain", "Masker kain", 150_000),
    ("ppe_training", "baju pelindung", "Baju hazmat", 220_000),
    ("new_entrepreneurs", "wirausaha baru", "Produk peragaan", 180_000),
)
DATES = (
    (date(2020, 7, 6), date(2020, 7, 9)),
    (date(2020, 7, 20), date(2020, 7, 23)),
    (date(2020, 8, 10), date(2020, 8, 13)),
)
REASONS = {
    "approved": "Disetujui seluruhnya (peragaan): peserta dan penerima jelas.",
    "partly_approved": "Bahan diturunkan ke harga survei terendah (peragaan); bagian lain tetap.",
    "rejected": "Kegiatan yang sama sudah dibiayai APBD kabupaten (peragaan); ajukan peserta lain.",
}
WEIGHTS = (40, 25, 20, 15)  # Of the four criteria of 2020.


def stories() -> Iterator[Story]:
    """Yield one proposal of each province, as `proposals.toml` tells of others."""
    for number, province in enumerate(places.provinces(REPORTED_ON)):
        yield _story(number, province)


def left_at(number: int) -> str:
    """Return the state at which the province of that place in the order leaves its proposal."""
    return UNTIL[number % len(UNTIL)]


def _story(number: int, province: Place) -> Story:
    code = places.code_of(province, Scheme.KEMENDAGRI, REPORTED_ON)
    random, until = Random(f"{SEED} {code}"), left_at(number)
    measure, what, good, price = KINDS[number % len(KINDS)]
    regency, people = places.children_of(province, REPORTED_ON)[0].name, random.choice((15, 20, 25))
    material = ["Bahan praktik", "521211", f"{people} paket", price, price - 5_000, price, price]
    return {
        "key": f"generated-{code}",
        "province": province.name,
        "measure": measure,
        "title": f"Bimtek {what}, {regency} (peragaan)",
        "mode": "offline",
        "dates": DATES[number % len(DATES)],
        "shape": [4, 32, 1, people, 2, 1],
        "profiles": ["tools_and_skill", "laid_off"],
        "quotas": [[regency, people]],
        "goods": [good, people * 10, "buah", "", "firm", ""],
        "rows": [["Honor narasumber", "522151", "8 OJ", 900_000], material],
        "points": _points(random)[: 1 if until == "under_review" else 2],
        "until": until if until not in REASONS else "decided",
        **_answer(until, price),
    }


def _points(random: Random) -> list[list[int]]:
    """Draw two reviews of one proposal, near enough for no third."""
    usual = random.uniform(0.6, 0.95)
    return [[int(weight * (usual - apart)) for weight in WEIGHTS] for apart in (0, 0.04)]


def _answer(until: str, price: int) -> Story:
    outcome = OUTCOMES.get(until, "approved")
    return {
        "outcome": outcome,
        "answer": REASONS[outcome],
        "returned": "Survei harga bahan belum bertanggal (peragaan); lampirkan yang bertanggal.",
        "withdrawn": "Digabung dengan usulan provinsi (peragaan).",
        **({"cut": [2, price - 5_000, REASONS[outcome]]} if outcome == "partly_approved" else {}),
    }
