"""Doubtful pairs opened and withdrawn as their enterprises come and go."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from pulih.registry import verdicts
from pulih.registry.models import Enterprise, Review, ReviewAnswer, ReviewState
from pulih.registry.models.reviews import OPEN

PIECE = 5_000


def settle(enterprise_ids: Sequence[int]) -> None:
    """Give every pair of these enterprises the state that its answers and they themselves make."""
    tops: set[int] = set()
    for start in range(0, len(enterprise_ids), PIECE):
        asked = Enterprise.objects.filter(pk__in=enterprise_ids[start : start + PIECE])
        tops.update(asked.values_list(Coalesce("merged_into_id", F("id")), flat=True))
    ordered = sorted(tops)
    for start in range(0, len(ordered), PIECE):
        _settle(ordered[start : start + PIECE])


def _settle(tops: Sequence[int]) -> None:
    """Settle the pairs of these and of all that stands for them, however many those are."""
    members = Enterprise.objects.filter(Q(pk__in=tops) | Q(merged_into__in=tops)).values("pk")
    rows = Review.objects.select_related("first__merged_into", "second__merged_into")
    # Each side by itself: asked at once, PostgreSQL reads every pair there is.
    reviews = {
        one.pk: one for side in ("first", "second") for one in rows.filter(_in(side, members))
    }
    changed = defaultdict(list)
    for review, now in states_of(reviews.values()):
        if review.state != now:
            changed[now].append(review.pk)
    for now, keys in changed.items():
        settled_at = None if now in OPEN else timezone.now()
        Review.objects.filter(pk__in=keys).update(state=now, settled_at=settled_at)


def _in(side: str, members: QuerySet[Enterprise, dict[str, int]]) -> Q:
    return Q(**{f"{side}__in": members})


def states_of(reviews: Iterable[Review]) -> list[tuple[Review, ReviewState]]:
    """Return each review with the state it should have."""
    rows = list(reviews)
    answers = defaultdict(list)
    in_force = ReviewAnswer.objects.filter(review__in=[row.pk for row in rows], undone_at=None)
    for key, answer in in_force.values_list("review_id", "answer"):
        answers[key].append(answer)
    return [
        (row, verdicts.state(verdicts.verdict(answers[row.pk]), is_question=_is_question(row)))
        for row in rows
    ]


def _is_question(review: Review) -> bool:
    first = review.first.merged_into or review.first
    second = review.second.merged_into or review.second
    return first.pk != second.pk and first.is_listed and second.is_listed
