"""Money that is set aside for approved proposals, as the room that keeps money answers."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum

from pulih.common.errors import Message, Refusal
from pulih.common.money import rupiah

from .models import DecidedPlace, DecidedRow, Proposal


class Aside(NamedTuple):
    """What stands for a proposal, in rupiah. drawn: what contracts and payments took of it."""

    rupiah: int = 0
    drawn: int = 0


Keeper = Callable[[Collection[str]], Mapping[str, Aside]]
_keepers: list[Keeper] = []


def register(keeper: Keeper) -> None:
    """keeper: gets numbers of proposals; answers for those for which anything stands."""
    _keepers[:] = [keeper]


def set_aside(numbers: Collection[str]) -> Mapping[str, Aside]:
    return _keepers[0](numbers) if _keepers and numbers else {}


def approved(proposals: Collection[Proposal]) -> dict[int, int]:
    """Return the rupiah in force of decided proposals: of the newest amendment of money."""
    if not proposals:
        return {}
    rows = DecidedRow.objects.filter(proposal__in=proposals).order_by()
    sums = rows.values_list("proposal", "amendment").annotate(total=Sum("rupiah"))
    ordered = sorted(sums, key=lambda one: one[1] or 0)
    return {proposal: int(total) for proposal, _amendment, total in ordered}


def in_force() -> Subquery:
    """Return the same of each proposal of a queryset, as a column; None of one not decided."""
    rows = DecidedRow.objects.filter(proposal=OuterRef("pk")).order_by()
    sums = rows.values("amendment").annotate(total=Sum("rupiah"))
    newest = sums.order_by(F("amendment").desc(nulls_last=True))
    return Subquery(newest.values("total")[:1])


def approved_people(proposals: QuerySet[Proposal]) -> dict[int, dict[int, int]]:
    """Return the participants in force of decided proposals, by proposal and place.

    A place is named by its position; one of which nobody may come is 0.
    """
    rows = DecidedPlace.objects.filter(proposal__in=proposals).order_by("amendment__number")
    stands: dict[int, dict[int | None, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for proposal, amendment, position, people in rows.values_list(
        "proposal", "amendment__number", "position", "people"
    ):
        stands[proposal][amendment][position] = people
    return {
        proposal: found[max(found, key=lambda number: number or 0)]
        for proposal, found in stands.items()
    }


def refuse_unfunded(proposal: Proposal) -> None:
    """Refuse to go on where money is missing; a contract that stands on it says that it began."""
    stands = set_aside([proposal.number]).get(proposal.number, Aside())
    missing = approved([proposal]).get(proposal.pk, 0) - stands.rupiah
    if _keepers and missing > 0 and not stands.drawn:
        raise Refusal(
            Message(
                f"Dana {proposal.number} kurang {rupiah(missing)}: sebagian atau seluruh dana yang "
                "dicadangkan sudah dilepas. Kegiatan menunggu sampai dananya dicadangkan lagi.",
                f"{proposal.number} is short of {rupiah(missing, 'en')}: some or all of what was "
                "reserved is released. The activity waits until its money is reserved again.",
            )
        )
