"""What was joined, parted and distinguished about one enterprise, as its page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from pulih.people.models import User
from pulih.people.scope import speaking_as_system

from .models import Enterprise, Merge, Review, Separation, SplitMove


@dataclass(frozen=True)
class Named:
    """A firm that an act concerned. name: empty where the person does not see it."""

    pk: int
    name: str


@dataclass(frozen=True)
class MergeShown:
    """review: the question that was answered, if the person sees it."""

    merge: Merge
    merged: Named
    review: int | None


@dataclass(frozen=True)
class Split:
    """Rows that were taken out of one enterprise and made another."""

    out_of: int
    made: Named
    rows: int
    move: SplitMove


@dataclass(frozen=True)
class Apart:
    """One that is known to be another firm. review: as of a merge."""

    separation: Separation
    other: Named
    review: int | None


@dataclass(frozen=True)
class Joined:
    """merges: newest first. apart: the others that are known to be different firms."""

    merges: list[MergeShown]
    splits: list[Split]
    apart: list[Apart]

    @property
    def count(self) -> int:
        return len(self.merges) + len(self.splits) + len(self.apart)


def of(enterprise: Enterprise, by: User) -> Joined:
    """Return the merges in force, splits and separations that concern an enterprise."""
    members = members_of(enterprise)
    return Joined(_merges(members, by), _splits(members, by), _apart(members, by))


def members_of(enterprise: Enterprise) -> list[int]:
    """Return the keys of an enterprise and of all that stand for it, wherever those lie."""
    with speaking_as_system():
        merged = Enterprise.objects.filter(merged_into=enterprise).order_by("id")
        return [enterprise.pk, *merged.values_list("pk", flat=True)]


def named(keys: Iterable[int], by: User) -> dict[int, Named]:
    """Return these firms with their names, as far as the person sees them."""
    wanted = set(keys)
    seen = dict(Enterprise.objects.visible_to(by).filter(pk__in=wanted).values_list("pk", "name"))
    return {key: Named(key, seen.get(key, "")) for key in wanted}


def merge_of(enterprise: Enterprise, by: User) -> Merge | None:
    """Return the merge that took an enterprise up, for the note on where it went."""
    merges = Merge.objects.visible_to(by).in_force().filter(merged=enterprise)
    found: Merge | None = merges.select_related("by").first()
    return found


def _merges(members: list[int], by: User) -> list[MergeShown]:
    rows = Merge.objects.visible_to(by).in_force().filter(kept__in=members)
    merges = list(rows.select_related("by", "run__batch").order_by("-at", "-id"))
    names = named((one.merged_id for one in merges), by)
    reviews = _seen_reviews((one.review_id for one in merges), by)
    return [
        MergeShown(one, names[one.merged_id], reviews.get(one.review_id or 0)) for one in merges
    ]


def _splits(members: list[int], by: User) -> list[Split]:
    here = Q(from_enterprise__in=members) | Q(to_enterprise__in=members)
    moves = SplitMove.objects.visible_to(by).in_force().filter(here)
    counted: dict[tuple[int, int], list[SplitMove]] = {}
    for move in moves.select_related("by").order_by("-at"):
        counted.setdefault((move.from_enterprise_id, move.to_enterprise_id), []).append(move)
    names = named((made for _out_of, made in counted), by)
    return [
        Split(out_of, names[made], len(rows), rows[0]) for (out_of, made), rows in counted.items()
    ]


def _apart(members: list[int], by: User) -> list[Apart]:
    here = Q(first__in=members) | Q(second__in=members)
    rows = Separation.objects.visible_to(by).in_force().filter(here)
    others = {
        row: row.second_id if row.first_id in members else row.first_id
        for row in rows.select_related("by").order_by("-at")
    }
    names = named(others.values(), by)
    reviews = _seen_reviews((row.review_id for row in others), by)
    return [
        Apart(row, names[other], reviews.get(row.review_id or 0)) for row, other in others.items()
    ]


def _seen_reviews(keys: Iterable[int | None], by: User) -> dict[int, int]:
    """Return by key those of these questions that the person may open."""
    wanted = {key for key in keys if key}
    seen = Review.objects.visible_to(by).filter(pk__in=wanted) if wanted else Review.objects.none()
    return {key: key for key in seen.values_list("pk", flat=True)}
