"""A match worked out once more from its frozen case: whether the same firms get the same units."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from django.db.models import QuerySet

from pulih.casefiles.answers import why_otherwise
from pulih.common.errors import Message
from pulih.matching import solve

from .frozen_match import case_of, parts_of
from .models import Run

MOST_NAMED = 5


def worked_out() -> QuerySet[Run]:
    """Return the matches that have an answer, the oldest first."""
    return Run.objects.filter(frozen__isnull=False).select_related("frozen").order_by("pk")


def repeated(run: Run) -> Iterator[Message]:
    """Yield what differs when a match is worked out again as it was; nothing where it is the same.

    Gap and time limit are those of the first run. Names needs, which are no persons.
    """
    case = case_of(run)
    if case is None or sha256(bytes(run.frozen.case)).hexdigest() != run.case_sha256:
        yield Message(
            f"pencocokan {run.pk}: kasusnya bukan lagi yang dihitung",
            f"match {run.pk}: its case is not the one that was worked out",
        )
        return
    before, after = parts_of(run), solve(case, **run.explanation["options"]).parts
    others = sorted(
        {key[0] for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    )
    if others:
        why, named = why_otherwise(run.explanation), ", ".join(others[:MOST_NAMED])
        yield Message(
            f"pencocokan {run.pk}: {len(others)} kebutuhan dibagi lain ({named}){why.id}",
            f"match {run.pk}: {len(others)} needs are shared out otherwise ({named}){why.en}",
        )
