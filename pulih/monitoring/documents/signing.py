"""Whose signature stands below a page of a report, and as what."""

from datetime import date

from pulih.documents.signing import Signature

from ..rules.document import Page
from ..rules.facts import QuarterFacts

POSTS = {
    "kpa": "Kuasa Pengguna Anggaran",
    "ppk": "Pejabat Pembuat Komitmen",
    "bappeda": "Kepala Bappeda Provinsi",
}


def signature(page: Page, every: tuple[QuarterFacts, ...], day: date | None) -> Signature:
    """Return the signature of `page`. day: on which it is signed; None leaves it open."""
    named = {facts.signer(page.signer) for facts in every}
    signer = named.pop() if len(named) == 1 else None  # Nobody signs for some of several units.
    if signer is None:
        return Signature(post_of(page.signer, every[0].province), nip="", place="", day=day)
    return Signature(signer.post, signer.name, signer.nip, signer.place, day)


def post_of(role: str, province: str) -> str:
    """Return the post of a role as it stands under a signature."""
    return f"{POSTS[role]} {province}" if role == "bappeda" else POSTS[role]
