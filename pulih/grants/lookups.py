"""One row that a person may see, or 404."""

from django.shortcuts import get_object_or_404

from pulih.people.models import User

from .models import GrantCase


def case_of(person: User, pk: int) -> GrantCase:
    rows = GrantCase.objects.visible_to(person).select_related(
        "handover__item", "handover__activity__measure", "handover__activity__province",
        "handover__activity__regency", "handover__receiver", "province", "regency",
    )  # fmt: skip
    found: GrantCase = get_object_or_404(rows, pk=pk)
    return found
