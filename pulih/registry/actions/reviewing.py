"""People answer whether two records are one firm; what they say together is carried out."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.areas.rows import area_of
from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.registry import verdicts
from pulih.registry.actions import merging, separating
from pulih.registry.actions.one_at_a_time import hold, settle
from pulih.registry.models import Merge, Review, ReviewAnswer, ReviewState, Separation


@transaction.atomic
def answer(review: Review, answer: str, *, note: str = "", by: User) -> Review:
    """Write down what a person says of a pair, and do what the answers now say. May refuse.

    answer: same, different or unsure. One answer in force a person; see `verdicts`.
    """
    review = _held(review, by)
    if review.state == ReviewState.WITHDRAWN:
        raise Refusal(_("Nobody needs to answer this any more: the two are one, or one is gone."))
    if ReviewAnswer.objects.filter(review=review, by=by, undone_at=None).exists():
        raise Refusal(_("You answered this already. Take your answer back to change it."))
    ReviewAnswer.objects.create(review=review, by=by, answer=answer, note=note)
    _carry_out(review, by)
    record(by, "registry.answer", review, answer=answer)
    return review


@transaction.atomic
def undo_answer(review: Review, *, by: User) -> Review:
    """Take one's own answer back, and with it what it had made. May refuse."""
    review = _held(review, by)
    own = ReviewAnswer.objects.filter(review=review, by=by, undone_at=None)
    if not own.update(undone_at=timezone.now()):
        raise Refusal(_("You have no answer here that could be taken back."))
    _carry_out(review, by)
    record(by, "registry.undo_answer", review)
    return review


def _held(review: Review, by: User) -> Review:
    require(by, Permission.REVIEW_MATCHES, area_of(review))
    hold()
    rows = Review.objects.select_related("first", "second")
    found: Review = rows.get(pk=review.pk)
    return found


def _carry_out(review: Review, by: User) -> None:
    """Make merge and separation be what the answers say, and the state follow."""
    said = verdicts.verdict(
        ReviewAnswer.objects.filter(review=review, undone_at=None).values_list("answer", flat=True)
    )
    if said != ReviewState.SAME:
        for made in Merge.objects.in_force().filter(review=review):
            merging.take_back(made, by=by)
    if said != ReviewState.DIFFERENT:
        apart = Separation.objects.in_force().filter(review=review)
        apart.update(undone_at=timezone.now())
    if said == ReviewState.SAME:
        _join(review, by)
    if said == ReviewState.DIFFERENT:
        reason = _("Reviewers said: two firms.")
        separating.keep_apart(review.first, review.second, reason=reason, by=by, review=review)
    settle([review.first_id, review.second_id])
    review.refresh_from_db()


def _join(review: Review, by: User) -> None:
    """Merge the younger of the two into the older, unless they are one already."""
    review.first.refresh_from_db()
    review.second.refresh_from_db()
    tops = {one.merged_into_id or one.pk for one in (review.first, review.second)}
    if len(tops) == 1:
        return
    reason = _("Reviewers said: one firm.")
    kept, merged = review.first, review.second
    if (kept.merged_into_id or kept.pk) > (merged.merged_into_id or merged.pk):
        kept, merged = merged, kept
    merging.merge(kept, merged, reason=reason, by=by, review=review)
