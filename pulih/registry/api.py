"""Doubtful pairs for programs: the same reads, forms and actions as the pages; numbers cut."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from pulih.areas.rows import area_of
from pulih.lists.programs import serve
from pulih.people.access import asked_by
from pulih.people.models import User
from pulih.people.permissions import Permission, may
from pulih.web.programs import cleaned

from . import actions, merge_hooks
from .finding_lists import IDENTITIES, TWICE
from .forms import AnswerForm
from .lists import FIRMS
from .models import Review
from .pairs import compared, values_of
from .review_lists import REVIEWS
from .waterfall import probability

router = Router(tags=["registry"])
serve(router, "/firms", FIRMS)
serve(router, "/reviews", REVIEWS)
serve(router, "/identities", IDENTITIES)
serve(router, "/twice", TWICE)


class TermOut(Schema):
    """One term of the weight, in bits; says_id and says_en are its words."""

    comparison: str
    level: str
    bits: float
    says_id: str
    says_en: str


class ReviewOut(Schema):
    """One pair. weight: bits; terms and the start, which is what they leave of it, add up to it."""

    id: int
    first: int
    first_name: str
    second: int
    second_name: str
    province: int
    regency: int | None
    state: str
    distance: str
    weight: float
    probability: float
    settled_at: datetime | None


class RowOut(Schema):
    """One attribute of both: what is shown of it, and same, near, differs or silent."""

    name: str
    left: str
    right: str
    verdict: str


class ObjectionOut(Schema):
    """What a room says against joining the two. refuses: an answer "same" is refused with it."""

    refuses: bool
    says_id: str
    says_en: str


class PairOut(ReviewOut):
    """A pair with its evidence, and what speaks against joining it."""

    terms: list[TermOut]
    rows: list[RowOut]
    objections: list[ObjectionOut]


class AnswerIn(Schema):
    """answer: same, different or unsure."""

    answer: str
    note: str = ""


@router.get("reviews/{pk}", response=PairOut)
def show_review(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return one pair with what is compared and what each comparison weighs."""
    found = _review(asked_by(request, Permission.SEE_ENTERPRISES), pk)
    rows = compared(values_of(found.first), values_of(found.second), "id")
    told = [
        {
            "name": row.name,
            "left": " ".join(piece.text for piece in row.left),
            "right": " ".join(piece.text for piece in row.right),
            "verdict": row.verdict,
        }
        for row in rows
    ]
    against = [
        {"refuses": one.refuses, "says_id": one.message.id, "says_en": one.message.en}
        for one in merge_hooks.objections_to(found.first, found.second)
    ]
    return {**_out(found), "terms": found.terms, "rows": told, "objections": against}


@router.post("reviews/{pk}/answer", response=ReviewOut)
def answer(request: HttpRequest, pk: int, said: AnswerIn) -> dict[str, Any]:
    """Answer a pair; the state that the answers now make is returned."""
    found = _held(request, pk)
    clean = cleaned(AnswerForm(said.dict()))
    person = asked_by(request, Permission.REVIEW_MATCHES)
    return _out(actions.answer(found, clean["answer"], note=clean["note"], by=person))


@router.post("reviews/{pk}/undo", response=ReviewOut)
def undo(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Take one's own answer back, with what it had made."""
    found = _held(request, pk)
    person = asked_by(request, Permission.REVIEW_MATCHES)
    return _out(actions.undo_answer(found, by=person))


def _held(request: HttpRequest, pk: int) -> Review:
    person = asked_by(request, Permission.REVIEW_MATCHES)
    found = _review(person, pk)
    if not may(person, Permission.REVIEW_MATCHES, area_of(found)):
        raise PermissionDenied
    return found


def _review(person: User, pk: int) -> Review:
    places = (
        f"{side}__{level}" for side in ("first", "second") for level in ("province", "regency")
    )
    rows = Review.objects.visible_to(person).select_related(*places)
    found: Review = get_object_or_404(rows, pk=pk)
    return found


def _out(review: Review) -> dict[str, Any]:
    return {
        "id": review.pk,
        "first": review.first_id,
        "first_name": review.first.name,
        "second": review.second_id,
        "second_name": review.second.name,
        "province": review.province_id,
        "regency": review.regency_id,
        "state": review.state,
        "distance": review.distance,
        "weight": review.weight,
        "probability": probability(review.weight),
        "settled_at": review.settled_at,
    }
