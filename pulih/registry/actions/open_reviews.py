"""A doubtful pair is put before the office whose area it is."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from pulih.registry.models import Enterprise, LinkRun, Review
from pulih.registry.offices import distance, office_of

SIZE = 1_000


class Doubt(NamedTuple):
    """Two enterprises that may be one, and what speaks for and against it, in bits."""

    first: Enterprise
    second: Enterprise
    weight: float
    terms: list[dict[str, Any]]
    run_id: int | None


def ask(
    first: Enterprise, second: Enterprise, *, weight: float, run: LinkRun | None = None
) -> Review:
    """Ask about one pair, unless it was asked about before, and return the question."""
    lower, higher = sorted((first, second), key=lambda one: one.pk)
    ask_all([Doubt(lower, higher, weight, [], run.pk if run else None)])
    return Review.objects.get(first=lower, second=higher)


def ask_all(doubts: Iterable[Doubt]) -> None:
    """Ask about pairs; those that were asked about before stay as they are."""
    reviews = [_review(doubt) for doubt in doubts]
    Review.objects.bulk_create(reviews, batch_size=SIZE, ignore_conflicts=True)


def _review(doubt: Doubt) -> Review:
    first, second = sorted((doubt.first, doubt.second), key=lambda one: one.pk)
    office = office_of((first, second))
    return Review(
        first=first,
        second=second,
        province_id=office.province_id,
        regency_id=office.regency_id,
        run_id=doubt.run_id,
        weight=doubt.weight,
        terms=doubt.terms,
        distance=distance(first, second),
    )
