"""The queue of doubtful pairs as one person meets it: what waits, what comes next, what is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from pulih.people.models import User
from pulih.people.permissions import Permission, holds
from pulih.web import keyset

from .models import EnterpriseSource, Review, ReviewAnswer, ReviewState
from .models.reviews import ReviewQuerySet

ORDER = ("-weight", "id")
OPEN = "open"
PLACES = ("province", "regency")
BEFORE, AFTER = 2, 9  # Neighbours shown beside a pair.
WEIGHTS = {
    "likely": Q(weight__gte=0),
    "doubtful": Q(weight__gte=-2, weight__lt=0),
    "faint": Q(weight__lt=-2),
}
"""Bands of bits: a probability of 0.50 and more, of 0.20 to 0.50, below 0.20."""
UNDOABLE = timedelta(days=1)  # For so long the last answer is offered for taking back.


@dataclass(frozen=True)
class QueueSummary:
    """How far a person has come. waiting: at most keyset.COUNTED + 1; may_answer: some pair."""

    waiting: int
    third: int
    answered_today: int
    may_answer: bool

    @property
    def is_more_than_counted(self) -> bool:
        return self.waiting > keyset.COUNTED


def asked(by: User, filters: Mapping[str, Any]) -> ReviewQuerySet:
    """Return the pairs that the filters keep, the likeliest first.

    filters: regency, distance, weight, state, batch. Open pairs leave out those that the person
    has answered already: they wait for somebody else.
    """
    rows = Review.objects.visible_to(by).select_related("first", "second", "regency", "province")
    state = filters.get("state") or OPEN
    rows = rows.open() if state == OPEN else rows.filter(state=state)
    if state in (OPEN, ReviewState.WAITING, ReviewState.THIRD):
        rows = rows.exclude(Exists(_mine(by)))
    for name in ("regency", "distance"):
        if filters.get(name):
            rows = rows.filter(**{name: filters[name]})
    if filters.get("batch"):
        rows = rows.filter(of_batch(filters["batch"]))
    return rows.filter(WEIGHTS.get(filters.get("weight") or "", Q())).likeliest_first()


def of_batch(batch_id: int) -> Q:
    """Return what keeps the pairs of which one at least is named by a file."""
    named = EnterpriseSource.objects.filter(source_record__batch=batch_id).values("enterprise_id")
    return Q(first__in=named) | Q(second__in=named)


def following(queue: ReviewQuerySet, review: Review) -> Review | None:
    """Return the pair after `review`, whether or not that one is still in the queue."""
    found: Review | None = queue.filter(_after(review)).first()
    return found


def previous(queue: ReviewQuerySet, review: Review) -> Review | None:
    """Return the pair before `review`."""
    found: Review | None = queue.filter(_before(review)).order_by("weight", "-id").first()
    return found


def neighbours(queue: ReviewQuerySet, review: Review) -> list[Review]:
    """Return the pairs to show beside `review`, itself among them."""
    before = list(queue.filter(_before(review)).order_by("weight", "-id")[:BEFORE])
    after = list(queue.filter(_after(review))[: AFTER + BEFORE - len(before)])
    return [*reversed(before), review, *after]


def summary(by: User) -> QueueSummary:
    """Return how many pairs wait for this person, and how many they answered today."""
    rows = Review.objects.visible_to(by).open().exclude(Exists(_mine(by)))
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    answered = ReviewAnswer.objects.filter(by=by, at__gte=today, undone_at=None)
    return QueueSummary(
        keyset.count(rows),
        keyset.count(rows.filter(state=ReviewState.THIRD)),
        answered.count(),
        holds(by, Permission.REVIEW_MATCHES),
    )


def last_answer(by: User) -> ReviewAnswer | None:
    """Return the person's newest answer that can be taken back at a keystroke."""
    recent = timezone.now() - UNDOABLE
    answers = ReviewAnswer.objects.filter(by=by, undone_at=None, at__gte=recent)
    places = (f"review__{side}__{of}" for side in ("first", "second") for of in PLACES)
    return answers.select_related(*places).order_by("-at", "-id").first()


def answers_of(review: Review, by: User) -> list[ReviewAnswer]:
    """Return the answers in force that `by` may see, the first at the top.

    What others said is told where it must be: to the third person, and once the pair is settled.
    Who is still to answer does not see it first.
    """
    standing_ = review.answers.filter(undone_at=None).select_related("by").order_by("at")
    every = list(standing_)
    if review.state == ReviewState.WAITING:
        return [answer for answer in every if answer.by_id == by.pk]
    return every


def waiting_for(by: User) -> Any:
    """Return pairs that wait for the person, for the menu: no more than a list counts exactly."""
    rows = Review.objects.visible_to(by).open().exclude(Exists(_mine(by)))
    return rows.order_by()[: keyset.COUNTED + 1]


def _mine(by: User) -> Any:
    return ReviewAnswer.objects.filter(review=OuterRef("pk"), by=by, undone_at=None)


def _after(review: Review) -> Q:
    return Q(weight__lt=review.weight) | Q(weight=review.weight, id__gt=review.pk)


def _before(review: Review) -> Q:
    return Q(weight__gt=review.weight) | Q(weight=review.weight, id__lt=review.pk)
