"""Who signs papers of the budget, and where: whoever is appointed to the post on the day."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ..models.appointments import Appointment, Post
from ..office_heads import typed_of


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
