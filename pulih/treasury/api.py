"""Payment requests for programs: the same list, forms and actions as the pages."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.errors import HttpError

from pulih.budget.models import DocumentKind, Posting
from pulih.lists.programs import serve
from pulih.people.models import User
from pulih.people.permissions import Permission, holds
from pulih.web.as_of import usual_day
from pulih.web.bounds import RowKey

from . import actions
from .forms import ExamineForm, SendBackForm, SubmitAgainForm
from .lists import DIFFERENCES, RECONCILIATIONS
from .rules import checklist
from .submission_lists import SUBMISSIONS

router = Router(tags=["treasury"])
serve(router, "/requests", SUBMISSIONS)
serve(router, "/reconciliations", RECONCILIATIONS)
serve(router, "/differences", DIFFERENCES)


class ExamineIn(Schema):
    """The keys of the checklist that are ticked, with number and day of the SPM."""

    ticked: list[str]
    number: str
    effective_on: date


class ReasonIn(Schema):
    """seen: the number of the last step that the program read."""

    reason: str
    seen: RowKey | None = None


class DoneOut(Schema):
    """The step was taken."""

    is_done: bool


class OrderedOut(Schema):
    """The SPM that was issued."""

    posting_id: int
    is_new: bool


@router.post("/requests/{posting_id}/examine", response=OrderedOut)
def examine(request: HttpRequest, posting_id: RowKey, typed: ExamineIn) -> dict[str, object]:
    """Order the payment of a request that was examined whole."""
    person = _person(request)
    asked = _request(person, posting_id)
    form = ExamineForm(checklist.items_on(usual_day(request), asked.method), typed.dict())
    posted = actions.examine(asked, by=person, **_clean(form))
    return {"posting_id": posted.posting_id, "is_new": posted.is_new}


@router.post("/requests/{posting_id}/send-back", response=DoneOut)
def send_back(request: HttpRequest, posting_id: RowKey, typed: ReasonIn) -> dict[str, object]:
    """Send a request back to who made it, with the reason."""
    person = _person(request)
    values = _clean(SendBackForm(typed.dict()))
    actions.send_back(_request(person, posting_id), by=person, **values)
    return {"is_done": True}


@router.post("/requests/{posting_id}/submit-again", response=DoneOut)
def submit_again(request: HttpRequest, posting_id: RowKey, typed: ReasonIn) -> dict[str, object]:
    """Submit a request again after it was mended."""
    person = _person(request)
    values = _clean(SubmitAgainForm(typed.dict()))
    actions.submit_again(_request(person, posting_id), by=person, **values)
    return {"is_done": True}


def _person(request: HttpRequest) -> User:
    person: Any = request.user
    if not holds(person, Permission.POST_DOCUMENTS):
        raise HttpError(403, "Your role may not do this.")
    found: User = person
    return found


def _request(person: User, posting_id: int) -> Posting:
    every = Posting.objects.visible_to(person).filter(document_kind=DocumentKind.REQUEST)
    found: Posting = get_object_or_404(every.select_related("unit__province"), pk=posting_id)
    return found


def _clean(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        raise HttpError(422, form.errors.as_json())
    return dict(form.cleaned_data)
