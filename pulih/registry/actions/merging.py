"""Two enterprises become one, and come apart again. Nothing is re-pointed: see models/merges.py."""

from collections.abc import Iterable
from contextlib import nullcontext

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.areas.rows import area_of
from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.inbox import bulk
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.people.scope import speaking_as_system
from pulih.registry import merge_hooks
from pulih.registry.actions import separating
from pulih.registry.actions.one_at_a_time import group_of, hold, settle
from pulih.registry.models import Answer, Enterprise, Merge, MergeMember, Review, ReviewAnswer
from pulih.registry.offices import Office, area_for, areas_now, office_of

BELOW = """
    WITH RECURSIVE below(id) AS (
        SELECT %s::bigint
        UNION ALL
        SELECT merge.merged_id FROM registry_merge AS merge
        JOIN below ON merge.kept_id = below.id WHERE merge.undone_at IS NULL
    )
    SELECT array_agg(id) FROM below
"""


@transaction.atomic
def merge(
    kept: Enterprise, merged: Enterprise, *, reason: str, by: User, review: Review | None = None
) -> Merge:
    """Let `merged` count as `kept` from now on. May refuse.

    An enterprise that was merged already stands for the one it was merged into.
    """
    for one in (kept, merged):
        require(by, Permission.CURATE_ENTERPRISES, area_of(one))
    hold()
    group = group_of(kept.pk, merged.pk)
    kept, merged = _top(kept, group), _top(merged, group)
    office = office_of(group)
    _refuse_what_must_not_be(kept, merged, group)
    _refuse_out_of_reach(by, office)
    flags = _ask_the_rooms(kept, merged)
    made = Merge(kept=kept, merged=merged, reason=reason, by=by, review=review)
    made.province_id, made.regency_id = office
    made.save()
    _hang(made, [one for one in group if merged.pk in (one.pk, one.merged_into_id)])
    settle([kept.pk, merged.pk])
    record(by, "registry.merge", made, kept=kept.pk, merged=merged.pk, flags=flags)
    return made


@transaction.atomic
def undo_merge(merge: Merge, *, by: User) -> None:
    """Take one merge back: what the other merges say of these enterprises holds. May refuse.

    Answers of reviewers that made it are taken back with it. What a run had merged is told
    apart, since the next run would merge it again.
    """
    require(by, Permission.CURATE_ENTERPRISES, area_for(merge, by))
    hold()
    with speaking_as_system():  # The merged one may lie where `by` sees nothing.
        merge = Merge.objects.select_related("kept", "merged", "review").get(pk=merge.pk)
    take_back(merge, by=by)
    with speaking_as_system():
        _follow_up(merge, by)
    settle([merge.kept_id, merge.merged_id])
    record(by, "registry.undo_merge", merge, kept=merge.kept_id, merged=merge.merged_id)


def take_back(merge: Merge, *, by: User) -> None:
    """Remove one edge of the forest; the caller holds the lock and settles afterwards."""
    if merge.undone_at:
        raise Refusal(_("This merge was taken back already."))
    group_of(merge.kept_id, merge.merged_id)
    with speaking_as_system():
        (below,) = bulk.ask(BELOW, [merge.merged_id])
    stands_here = any(by.covers(area) for area in areas_now(merge))
    Merge.objects.filter(pk=merge.pk).update(undone_at=timezone.now(), undone_by=by)
    with speaking_as_system() if stands_here else nullcontext():
        moved = _stand_alone(merge.merged_id, below)
    if moved != len(below):
        raise Refusal(
            _(
                "Part of this enterprise now lies in another office's area. Ask the office above "
                "yours to take the merge back."
            )
        )


def _stand_alone(top: int, below: list[int]) -> int:
    """Let one stand for itself and for those below it; return how many could be written."""
    others = [one for one in below if one != top]
    moved = Enterprise.objects.filter(pk=top).update(merged_into=None)
    moved += Enterprise.objects.filter(pk__in=others).update(merged_into=top)
    return moved


def _follow_up(merge: Merge, by: User) -> None:
    if merge.review:
        _take_answers_back(merge.review, by)
    if merge.run_id:
        reason = _("A merge by a run was taken back.")
        separating.keep_apart(merge.kept, merge.merged, reason=reason, by=by)


def _hang(made: Merge, moved: list[Enterprise]) -> None:
    MergeMember.objects.bulk_create(
        MergeMember(merge=made, enterprise=one, before_id=one.merged_into_id) for one in moved
    )
    keys = [one.pk for one in moved]
    Enterprise.objects.filter(pk__in=keys).update(merged_into=made.kept_id)


def _top(one: Enterprise, group: Iterable[Enterprise]) -> Enterprise:
    found = {each.pk: each for each in group}
    here = found[one.pk]
    return found[here.merged_into_id or here.pk]


def _refuse_what_must_not_be(kept: Enterprise, merged: Enterprise, group: list[Enterprise]) -> None:
    if kept.pk == merged.pk:
        raise Refusal(_("These two are one enterprise already."))
    if not (kept.is_listed and merged.is_listed):
        raise Refusal(_("No list that counts names one of these two any more."))
    ours = [one.pk for one in group if kept.pk in (one.pk, one.merged_into_id)]
    theirs = [one.pk for one in group if merged.pk in (one.pk, one.merged_into_id)]
    if separating.between(ours, theirs):
        raise Refusal(
            _(
                "Somebody said that these are two different firms. Take that back first, if you "
                "know better."
            )
        )


def _refuse_out_of_reach(by: User, office: Office) -> None:
    if not by.covers(office.area):
        raise Refusal(
            _(
                "Part of what belongs to these two lies in another office's area. Ask the office "
                "above yours to merge them."
            )
        )


def _ask_the_rooms(kept: Enterprise, merged: Enterprise) -> list[str]:
    """Return what the rooms flag. May refuse."""
    said = merge_hooks.objections(kept, merged)
    for objection in said:
        if objection.refuses:
            raise Refusal(objection.message)
    return [objection.message.en for objection in said]


def _take_answers_back(review: Review, by: User) -> None:
    """Let nobody's "one firm" stand on a pair whose merge was taken back."""
    answers = ReviewAnswer.objects.filter(review=review, undone_at=None)
    answers.filter(answer=Answer.SAME).update(undone_at=timezone.now())
    if answers.filter(answer=Answer.DIFFERENT).exists():
        separating.keep_apart(review.first, review.second, reason="", by=by, review=review)
