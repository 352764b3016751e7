"""What programs of this room are asked and told: who asks, of which request, by which form."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja.errors import HttpError

from pulih.budget.models import DocumentKind, Posting
from pulih.people.models import User
from pulih.people.permissions import Permission, holds


def person_of(request: HttpRequest, permission: Permission = Permission.POST_DOCUMENTS) -> User:
    person: Any = request.user
    if not holds(person, permission):
        raise HttpError(403, "Your role may not do this.")
    found: User = person
    return found


def request_of(person: User, posting_id: int) -> Posting:
    every = Posting.objects.visible_to(person).filter(document_kind=DocumentKind.REQUEST)
    related = ("unit__province", "reversed_by")
    found: Posting = get_object_or_404(every.select_related(*related), pk=posting_id)
    return found


def clean(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        raise HttpError(422, form.errors.as_json())
    return dict(form.cleaned_data)
