"""What seats say of two enterprises becoming one: it would give one person two seats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from pulih.common.errors import Message
from pulih.people.scope import speaking_as_system
from pulih.registry.merge_hooks import Judge, Objection

from .models import Seat
from .rules.namesakes import plain_name

Taken = tuple[int, int, str]  # Measure, year, and the name as namesakes are compared.
SAID = Message(
    "Satu orang akan punya dua kursi dalam langkah dan tahun yang sama. Bila keduanya memang satu "
    "orang, lepaskan dulu kursi yang satu.",
    "One person would have two seats of the same measure and year. If the two are one person, let "
    "one of the seats be given up first.",
)


def one_seat_a_person(ids: Collection[int] | None) -> Judge:
    """Refuse to join firms of whose people one sits twice: the same name, measure and year.

    The unique key finds a NIK that is written alike; two records of one person may have none, or
    one with a slip.
    """
    taken = _taken(ids)

    def objection(ours: Collection[int], theirs: Collection[int]) -> Objection | None:
        here, there = (set().union(*(taken[one] for one in group)) for group in (ours, theirs))
        return Objection(True, SAID) if here & there else None

    return Judge(taken, objection)


def _taken(ids: Collection[int] | None) -> dict[int, set[Taken]]:
    """Return by enterprise the seats that its people hold, whoever may see them."""
    with speaking_as_system():
        seats = Seat.objects.held().exclude(participant__person__enterprise=None)
        if ids is not None:
            seats = seats.filter(participant__person__enterprise__in=ids)
        found: dict[int, set[Taken]] = defaultdict(set)
        rows = seats.values_list(
            "participant__person__enterprise_id", "measure_id", "year", "participant__person__name"
        )
        for enterprise, measure, year, name in rows:
            found[enterprise].add((measure, year, plain_name(name)))
        return dict(found)
