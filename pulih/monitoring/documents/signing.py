"""Whose signature stands below a page: place, day, post, name and NIP, or dots to be filled."""

from dataclasses import dataclass
from datetime import date

from pulih.common.periods import in_full

from ..rules.document import Page
from ..rules.facts import Facts

DOTS = "." * 34
POSTS = {
    "kpa": "Kuasa Pengguna Anggaran",
    "ppk": "Pejabat Pembuat Komitmen",
    "bappeda": "Kepala Bappeda Provinsi",
}


@dataclass(frozen=True)
class Signature:
    """The block below a page; what is not known is dotted."""

    place_and_day: str
    post: str
    name: str
    nip: str


def signature(page: Page, every: tuple[Facts, ...], day: date | None) -> Signature:
    """Return the signature of `page`. day: on which it is signed; None leaves it open."""
    named = {facts.signer(page.signer) for facts in every}
    signer = named.pop() if len(named) == 1 else None  # Nobody signs for some of several units.
    place = (signer.place if signer else "") or "." * 20
    when = in_full(day) if day else "." * 24
    return Signature(
        f"{place}, {when}",
        signer.post if signer else post_of(page.signer, every[0].province),
        signer.name if signer else DOTS,
        f"NIP {signer.nip}" if signer and signer.nip else f"NIP {'.' * 28}",
    )


def post_of(role: str, province: str) -> str:
    """Return the post of a role as it stands under a signature."""
    return f"{POSTS[role]} {province}" if role == "bappeda" else POSTS[role]
