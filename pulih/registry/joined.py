"""What was joined, parted and told apart about one enterprise, as its page shows it."""

from dataclasses import dataclass

from django.db.models import Q

from pulih.people.models import User

from .models import Enterprise, Merge, Separation, SplitMove


@dataclass(frozen=True)
class Split:
    """Rows that were taken out of one enterprise and made another."""

    out_of: Enterprise
    made: Enterprise
    rows: int
    move: SplitMove


@dataclass(frozen=True)
class Joined:
    """merges: newest first. apart: the others that are known to be different firms."""

    merges: list[Merge]
    splits: list[Split]
    apart: list[tuple[Separation, Enterprise]]

    @property
    def count(self) -> int:
        return len(self.merges) + len(self.splits) + len(self.apart)


def of(enterprise: Enterprise, by: User) -> Joined:
    """Return the standing merges, splits and separations that concern an enterprise."""
    members = [enterprise.pk]
    seen = Enterprise.objects.visible_to(by).filter(merged_into=enterprise)
    members += seen.values_list("pk", flat=True)
    merges = Merge.objects.visible_to(by).standing().filter(kept__in=members)
    related = ("kept", "merged", "by", "run__batch", "review")
    return Joined(
        list(merges.select_related(*related).order_by("-at", "-id")),
        _splits(members, by),
        _apart(members, by),
    )


def merge_of(enterprise: Enterprise, by: User) -> Merge | None:
    """Return the merge that took an enterprise up, for the note on where it went."""
    merges = Merge.objects.visible_to(by).standing().filter(merged=enterprise)
    found: Merge | None = merges.select_related("by").first()
    return found


def _splits(members: list[int], by: User) -> list[Split]:
    here = Q(from_enterprise__in=members) | Q(to_enterprise__in=members)
    moves = SplitMove.objects.visible_to(by).standing().filter(here)
    counted: dict[tuple[int, int], list[SplitMove]] = {}
    for move in moves.select_related("from_enterprise", "to_enterprise", "by").order_by("-at"):
        counted.setdefault((move.from_enterprise_id, move.to_enterprise_id), []).append(move)
    return [
        Split(rows[0].from_enterprise, rows[0].to_enterprise, len(rows), rows[0])
        for rows in counted.values()
    ]


def _apart(members: list[int], by: User) -> list[tuple[Separation, Enterprise]]:
    here = Q(first__in=members) | Q(second__in=members)
    rows = Separation.objects.visible_to(by).standing().filter(here)
    rows = rows.select_related("first", "second", "by").order_by("-at")
    return [(row, row.second if row.first_id in members else row.first) for row in rows]
