"""Who signs papers of the budget, and where: whoever is appointed to the post on the day."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from pulih.documents.signing import Signature

from ..models.appointments import Appointment, Post
from ..office_heads import typed_of

# How a post is written above a name.
POSTS = {
    Post.AUTHORISED_USER: "Kuasa Pengguna Anggaran",
    Post.COMMITMENT_OFFICER: "Pejabat Pembuat Komitmen",
    Post.ORDER_OFFICER: "Pejabat Penanda Tangan SPM",
    Post.TREASURER: "Bendahara Pengeluaran",
}


class Signer(NamedTuple):
    """Name and NIP under a signature and the place above it; empty where nobody said."""

    name: str = ""
    nip: str = ""
    place: str = ""


NOBODY = Signer()


def signers_of(
    units: Iterable[int], on: date, post: str = Post.AUTHORISED_USER
) -> dict[int, Signer]:
    """Return who holds a post of each unit on a day."""
    held = Appointment.objects.on(on).filter(unit__in=units, post=post).select_related("person")
    found = {}
    for one in held.order_by("id"):
        typed, name = typed_of(one.unit_id, on.year, on), str(one.person)
        found[one.unit_id] = Signer(name, one.nip or typed.nips.get(name, ""), typed.place)
    return found


def signature_of(
    unit: int, on: date, post: Post = Post.AUTHORISED_USER, *, words: str = ""
) -> Signature:
    """Where the holder of a post on a day signs a paper of a unit. words: in place of the post."""
    who = signers_of([unit], on, post).get(unit, NOBODY)
    return Signature(words or POSTS[post], who.name, who.nip)


def open_signature(who: Signer) -> Signature:
    """Where the KPA signs below a paper of the budget: the place as typed, the day left open."""
    return Signature(POSTS[Post.AUTHORISED_USER], who.name, who.nip, who.place)


def dated_signatures(unit: int, on: date, posts: Sequence[Post]) -> list[Signature]:
    """Where the holders of some posts sign; place and day of the paper stand above the last."""
    held = [signers_of([unit], on, post).get(unit, NOBODY) for post in posts]
    place = next((one.place for one in held if one.place), "")
    signs = [
        Signature(POSTS[post], one.name, one.nip) for post, one in zip(posts, held, strict=True)
    ]
    return [*signs[:-1], replace(signs[-1], place=place, day=on)]
