"""Lists as files: what is filtered, all of it, with heads in Indonesian and NIK cut."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import override

from pulih.people.models import User
from pulih.people.scope import streamed
from pulih.web.exports import About, csv_response, xlsx_response

from .models import Distance, ReviewState
from .models.reviews import ReviewQuerySet
from .waterfall import probability

PIECE = 2_000  # Pairs read at a time.

REVIEW_HEADS = (
    *("Nomor pasangan", "Nomor IKM A", "Nama usaha A", "Pemilik A"),
    *("Nomor IKM B", "Nama usaha B", "Pemilik B", "Wilayah", "Jarak", "Peluang", "Keadaan"),
)


def reviews_response(by: User, reviews: ReviewQuerySet, kind: str, named: str) -> HttpResponseBase:
    """Return the queue of doubtful pairs as a file; of people, their names alone."""
    about = About("Tinjau kembar", by.name, timezone.localdate(), timezone.now(), named)
    rows = _review_rows(reviews)
    if kind == "xlsx":
        return xlsx_response("tinjau-kembar.xlsx", REVIEW_HEADS, rows, about)
    return csv_response("tinjau-kembar.csv", REVIEW_HEADS, streamed(by, rows), about)


def table_response(
    by: User, name: str, title: str, heads: Sequence[str], rows: Sequence[Sequence[Any]], kind: str
) -> HttpResponseBase:
    """Return a table that is read already as a file. kind: xlsx or csv."""
    about = About(title, by.name, timezone.localdate(), timezone.now())
    respond = xlsx_response if kind == "xlsx" else csv_response
    return respond(f"{name}.{kind}", heads, rows, about)


def _review_rows(reviews: ReviewQuerySet) -> Iterator[tuple[Any, ...]]:
    with override("id"):
        distances = {key: str(label) for key, label in Distance.choices}
        states = {key: str(label) for key, label in ReviewState.choices}
    for one in reviews.iterator(PIECE):
        yield (
            *(one.pk, one.first_id, one.first.name, one.first.owner_name),
            *(one.second_id, one.second.name, one.second.owner_name),
            *(str(one.regency or one.province), distances[one.distance]),
            *(round(probability(one.weight), 2), states[one.state]),
        )
