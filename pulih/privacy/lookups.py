"""One row that a person may see, or 404."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from pulih.delivery.lookups import person_of
from pulih.delivery.models import Person
from pulih.people.models import User
from pulih.registry.models import Enterprise
from pulih.web.bounds import LARGEST_KEY

from .models import DataRequest


def request_of(person: User, pk: int) -> DataRequest:
    rows = DataRequest.objects.visible_to(person).select_related(
        "person", "enterprise", "province", "regency", "by"
    )
    found: DataRequest = get_object_or_404(rows, pk=pk)
    return found


def subject_of(request: HttpRequest, person: User) -> Person | Enterprise:
    """Return whom an address names: `person` or `enterprise`."""
    if key := _key(request.GET.get("person", "")):
        return person_of(person, key)
    firms = Enterprise.objects.visible_to(person).select_related("province", "regency")
    found: Enterprise = get_object_or_404(firms, pk=_key(request.GET.get("enterprise", "")))
    return found


def _key(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= LARGEST_KEY):
        raise Http404
    return int(text)
