"""One row that a person may see, or 404."""

from typing import Any

from django.shortcuts import get_object_or_404

from pulih.people.models import User

from .models import Finding, SampleCheck, SampleUnit


def _one(rows: Any, person: User, pk: int) -> Any:
    return get_object_or_404(rows.visible_to(person), pk=pk)


def sample_of(person: User, pk: int) -> SampleCheck:
    found: SampleCheck = _one(SampleCheck.objects.select_related("province"), person, pk)
    return found


def unit_of(person: User, pk: int) -> SampleUnit:
    """A line of a check that the person sees as a whole, not of the country's alone."""
    rows = SampleUnit.objects.filter(sample__in=SampleCheck.objects.visible_to(person))
    found: SampleUnit = _one(rows.select_related("sample", "province", "measure"), person, pk)
    return found


def finding_of(person: User, pk: int) -> Finding:
    rows = Finding.objects.select_related("unit__measure", "unit__regency", "visit", "province")
    found: Finding = _one(rows, person, pk)
    return found
