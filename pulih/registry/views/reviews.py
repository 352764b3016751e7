"""Doubtful pairs: the queue, one pair side by side, the answer and its taking back."""

from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pulih.areas.rows import area_of
from pulih.common.errors import Refusal
from pulih.linkage.model import MATCH, REVIEW
from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.models import User
from pulih.people.permissions import Permission, holds, may
from pulih.registry import actions, consequences, pairs, review_queue, waterfall
from pulih.registry.forms import AnswerForm
from pulih.registry.models import Answer, Enterprise, Review, ReviewState
from pulih.registry.models.reviews import ReviewQuerySet
from pulih.registry.pairs import own_values
from pulih.registry.review_lists import REVIEWS
from pulih.registry.sources import sources_of
from pulih.web.answers import first_error_named
from pulih.web.page import go_to, render_page
from pulih.web.words import say
from pulih.workflow.typed_again import back_with_typed

from .compare import Side, own_side_of, side_of
from .lookups import gate, language

reviewing = permission_required(Permission.REVIEW_MATCHES)
SETTLED = {ReviewState.SAME, ReviewState.DIFFERENT, ReviewState.WITHDRAWN}
CARRIED = {*(one.key for one in REVIEWS.filters), "per", "diketahui"}


@require_GET
@gate
def reviews(request: PersonRequest) -> HttpResponseBase:
    """List the pairs that wait, the likeliest first, with how far this person has come."""
    context = {
        "summary": review_queue.summary(request.user),
        "is_open": request.GET.get("state", "") not in SETTLED,
        "query": _query(request),
        "last": _last(request),
        "may_relink": holds(request.user, Permission.RELINK),
    }
    return pages.answer(request, REVIEWS, "registry/reviews.html", context=context)


@require_GET
@gate
def review(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one pair: differences, evidence, consequence, and three equal answers."""
    found = _review(request, pk)
    return render_page(
        request, "registry/review.html", "registry/_review.html", _about(request, found)
    )


@require_POST
@reviewing
def answer_review(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Take an answer and open the next pair of the same queue."""
    found = _review(request, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        said = first_error_named(form)
        if "answer" in form.errors:
            said = _("Choose one of the three answers. Nothing was saved.")
        return back_with_typed(request, said, _address(request, found.pk))
    try:
        actions.answer(
            found, form.cleaned_data["answer"], note=form.cleaned_data["note"], by=request.user
        )
    except Refusal as refusal:
        return back_with_typed(request, say(refusal.message), _address(request, found.pk))
    rows = _asked(request).exclude(pk=found.pk)
    following = review_queue.following(rows, found) or rows.first()
    if following:
        return go_to(request, _address(request, following.pk))
    return go_to(request, f"{reverse('registry:reviews')}{_query(request)}")


@require_POST
@reviewing
def undo_answer(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Take back one's own answer, and all that came of it, and look at the pair again."""
    found = _review(request, pk)
    try:
        actions.undo_answer(found, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message.in_language(language(request)))
    else:
        messages.success(request, _("Your answer was taken back. The pair waits again."))
    return go_to(request, _address(request, found.pk))


def _asked(request: PersonRequest) -> ReviewQuerySet:
    """Return the queue as the address of the page asks for it."""
    return review_queue.asked(request.user, pages.ask(request, REVIEWS).values)


def _review(request: PersonRequest, pk: int) -> Review:
    places = ("first__province", "first__regency", "second__province", "second__regency")
    rows = Review.objects.visible_to(request.user)
    found: Review = get_object_or_404(rows.select_related("province", "regency", *places), pk=pk)
    return found


def _about(request: PersonRequest, found: Review) -> dict[str, Any]:
    spoken, person = language(request), request.user
    rows = _asked(request).exclude(pk=found.pk)
    before, after = review_queue.previous(rows, found), review_queue.following(rows, found)
    left, right = _sides(found, person)
    answers = review_queue.answers_of(found, person)
    mine = next((one for one in answers if one.by_id == person.pk), None)
    is_asked = found.state != ReviewState.WITHDRAWN and mine is None
    may_answer = may(person, Permission.REVIEW_MATCHES, area_of(found))
    return {
        "review": found,
        "left": left,
        "right": right,
        "rows": pairs.compared(left.values, right.values, spoken),
        "drawn": waterfall.of_terms(found.terms, found.weight, spoken),
        "match": MATCH,
        "threshold": REVIEW,
        "neighbours": [_neighbour(one) for one in review_queue.neighbours(rows, found)],
        "before_url": _address(request, before.pk) if before else "",
        "after_url": _address(request, after.pk) if after else "",
        "summary": review_queue.summary(person),
        "answers": answers,
        "mine": mine,
        "may_answer": may_answer and is_asked,
        "form": AnswerForm(),
        "consequences": consequences.of(found, left.rows + right.rows, spoken),
        "chips": pages.chips(request, REVIEWS, pages.ask(request, REVIEWS)),
        "query": _query(request),
        "last": _last(request),
    }


def _sides(found: Review, person: User) -> tuple[Side, Side]:
    """Return both as the register has them; once they are one, as their own rows tell them."""
    pair = (found.first, "A"), (found.second, "B")
    if len({one.merged_into_id or one.pk for one, _letter in pair}) == 1:
        left, right = (own_side_of(one, letter, person) for one, letter in pair)
    else:
        left, right = (side_of(one, letter, sources_of(one, person)) for one, letter in pair)
    return left, right


def _neighbour(one: Review) -> dict[str, Any]:
    return {"review": one, "probability": waterfall.probability(one.weight)}


def _last(request: PersonRequest) -> dict[str, Any] | None:
    """Return the person's last answer, with what it was, to be taken back by one key."""
    if not may(request.user, Permission.REVIEW_MATCHES, request.user.home):
        return None
    found = review_queue.last_answer(request.user)
    if found is None:
        return None
    said = {
        Answer.SAME: _("“%(a)s” and “%(b)s”: one firm."),
        Answer.DIFFERENT: _("“%(a)s” and “%(b)s”: two firms."),
        Answer.UNSURE: _("“%(a)s” and “%(b)s”: not sure."),
    }[Answer(found.answer)]
    pair = found.review.first, found.review.second
    is_one = found.review.state == ReviewState.SAME
    a, b = (_own_name(one, request.user) if is_one else one.name for one in pair)
    names = {"a": a, "b": b}
    state = found.review.get_state_display()
    return {"review": found.review, "said": said % names, "state": state}


def _own_name(enterprise: Enterprise, person: User) -> str:
    """Return the name in an enterprise's own rows: merged, it may bear the other's."""
    values = own_values(enterprise, sources_of(enterprise, person))
    return str(values.get("business_name") or enterprise.name)


def _address(request: PersonRequest, pk: int) -> str:
    return f"{reverse('registry:review', args=[pk])}{_query(request)}"


def _query(request: PersonRequest) -> str:
    """Return the filters of the queue as they stand in the address, to be carried along."""
    query = request.GET.copy()
    for name in list(query):
        if name not in CARRIED:
            del query[name]
    text = query.urlencode()
    return f"?{text}" if text else ""
