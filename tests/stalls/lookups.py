"""One row that a person may see, or 404."""

from django.shortcuts import get_object_or_404

from pulih.people.models import User

from .models import Stall


def stall_of(person: User, pk: int) -> Stall:
    rows = Stall.objects.visible_to(person).select_related("province", "regency")
    found: Stall = get_object_or_404(rows, pk=pk)
    return found
