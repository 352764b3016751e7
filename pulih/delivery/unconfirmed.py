"""What this room states of payments that nobody has compared with its text."""

from collections.abc import Iterator

from pulih.administration.unconfirmed import Unconfirmed
from pulih.common.errors import Message

from .rules import honoraria, packs, payments

PAYING = Message("Pembayaran peserta dan instruktur", "Payment of participants and trainers")
HOURS = Message(
    "Berapa menit satu jam narasumber (OJ).", "How many minutes an hour of a speaker (OJ) has."
)
STANDARD = Message(
    "penjelasan satuan orang-jam dalam peraturan SBM", "what the SBM says of the unit person-hour"
)
COMPLETED = Message(
    "Uang harian dan transpor hanya bagi yang menyelesaikan pelatihan, tanpa pajak.",
    "Allowance and transport only for who completed the training, without tax.",
)
ALLOWANCES = Message(
    "aturan kementerian tentang uang harian peserta", "a rule of the ministry on allowances"
)
PAPERS = Message(
    "Dokumen kelengkapan SPP menurut akun peserta dan honorarium.",
    "Papers before an SPP, by accounts of participants and of honoraria.",
)
CHECKLIST = Message(
    "daftar kelengkapan yang dipakai PPSPM satker", "the checklist that the unit's PPSPM uses"
)


def points() -> Iterator[Unconfirmed]:
    """Source: BUDGET-01, CLASS-16, DOC-02."""
    if not all(one.verified for one in honoraria.rules()):
        yield Unconfirmed(PAYING, HOURS, "CLASS-16", STANDARD)
    if not all(one.verified for one in payments.rules()):
        yield Unconfirmed(PAYING, COMPLETED, "BUDGET-01", ALLOWANCES)
    if not all(one.verified for one in packs.every_paper()):
        yield Unconfirmed(PAYING, PAPERS, "DOC-02", CHECKLIST)
