"""Who signs papers of the budget: whoever is appointed to the post on the day."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ..models.appointments import Appointment, Post


class Signer(NamedTuple):
    """A name and NIP under a signature; empty where nobody is appointed."""

    name: str = ""
    nip: str = ""


NOBODY = Signer()


def signers_of(
    units: Iterable[int], on: date, post: str = Post.AUTHORISED_USER
) -> dict[int, Signer]:
    """Return who holds a post of each unit on a day."""
    held = Appointment.objects.on(on).filter(unit__in=units, post=post).select_related("person")
    return {one.unit_id: Signer(str(one.person), one.nip or "") for one in held.order_by("id")}
