"""Which payment request a program of this room asks about."""

from django.shortcuts import get_object_or_404

from pulih.budget.models import DocumentKind, Posting
from pulih.people.models import User


def request_of(person: User, posting_id: int) -> Posting:
    every = Posting.objects.visible_to(person).filter(document_kind=DocumentKind.REQUEST)
    related = ("unit__province", "reversed_by")
    found: Posting = get_object_or_404(every.select_related(*related), pk=posting_id)
    return found
