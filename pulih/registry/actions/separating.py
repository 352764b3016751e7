"""Two enterprises distinguished for good, until somebody takes it back."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.areas.rows import area_of
from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.people.scope import speaking_as_system
from pulih.registry.actions.one_at_a_time import hold, settle
from pulih.registry.models import Enterprise, Review, ReviewAnswer, Separation
from pulih.registry.offices import area_for, office_of


@transaction.atomic
def separate(first: Enterprise, second: Enterprise, *, reason: str, by: User) -> Separation:
    """Say that two enterprises are different firms, so that no run joins them. May refuse."""
    for one in (first, second):
        require(by, Permission.CURATE_ENTERPRISES, area_of(one))
    hold()
    tops = {one.merged_into_id or one.pk for one in (first, second)}
    if len(tops) == 1:
        raise Refusal(_("These two are one enterprise. Take the merge back first."))
    made = keep_apart(first, second, reason=reason, by=by)
    record(by, "registry.separate", made, first=made.first_id, second=made.second_id)
    return made


@transaction.atomic
def end_separation(separation: Separation, *, by: User) -> None:
    """Let two enterprises be joined again if they prove to be one firm. May refuse."""
    require(by, Permission.CURATE_ENTERPRISES, area_for(separation, by))
    hold()
    if separation.review_id and Review.objects.visible_to(by).filter(pk=separation.review_id):
        raise Refusal(_("People's answers told these two apart. Answer that question otherwise."))
    ended = Separation.objects.in_force().filter(pk=separation.pk).update(undone_at=timezone.now())
    if not ended:
        raise Refusal(_("This was taken back already."))
    if separation.review_id:
        _take_answers_back(separation)
    record(by, "registry.end_separation", separation)


def _take_answers_back(separation: Separation) -> None:
    """Let the pair wait again: whoever ends this works where its question is not seen."""
    with speaking_as_system():
        answers = ReviewAnswer.objects.filter(review=separation.review_id, undone_at=None)
        answers.update(undone_at=timezone.now())
    settle([separation.first_id, separation.second_id])


def keep_apart(
    first: Enterprise, second: Enterprise, *, reason: str, by: User, review: Review | None = None
) -> Separation:
    """Add the separation of two enterprises, or return the one that stands."""
    lower, higher = sorted((first, second), key=lambda one: one.pk)
    office = office_of((first, second))
    made, _is_new = Separation.objects.get_or_create(
        first=lower,
        second=higher,
        undone_at=None,
        defaults={
            "province_id": office.province_id,
            "regency_id": office.regency_id,
            "reason": reason,
            "by": by,
            "review": review,
        },
    )
    return made


def between(ours: Collection[int], theirs: Collection[int]) -> bool:
    """Tell whether anybody told one of ours and one of theirs apart, whoever may see it."""
    there = Q(first__in=ours, second__in=theirs) | Q(first__in=theirs, second__in=ours)
    with speaking_as_system():
        return Separation.objects.in_force().filter(there).exists()
