"""Lists as files: what is filtered, all of it, with heads in Indonesian and NIK cut."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import override

from pulih.areas.models import Area
from pulih.people.models import User
from pulih.people.scope import streamed
from pulih.web.exports import About, csv_response, xlsx_response

from . import search
from .models import Distance, Enterprise, ReviewState
from .models.reviews import ReviewQuerySet
from .waterfall import probability

PIECE = 2_000  # Pairs read at a time.

HEADS = (
    *("Nama usaha", "Pemilik", "L/P", "NIK", "NIB", "Telepon", "Alamat", "Desa/kelurahan"),
    *("Kecamatan", "Kabupaten/kota", "Provinsi", "KBLI", "Produk", "Kelompok komoditas"),
    *("Tenaga kerja", "Investasi (Rp)", "Tahun berdiri", "Skala", "Industri", "Status"),
    *("Pertama tercatat", "Terakhir tercatat"),
)
REVIEW_HEADS = (
    *("Nomor pasangan", "Nomor IKM A", "Nama usaha A", "Pemilik A"),
    *("Nomor IKM B", "Nama usaha B", "Pemilik B", "Wilayah", "Jarak", "Peluang", "Keadaan"),
)
SCALES = {"small": "kecil", "medium": "menengah", "large": "besar", "unknown": "tidak diketahui"}


def response(
    by: User, words: str, filters: search.Filters, kind: str, named: str
) -> HttpResponseBase:
    """Return the file. kind: xlsx or csv. named: the filters in words, without what was typed."""
    today = timezone.localdate()
    about = About("Daftar IKM", by.name, today, timezone.now(), named)
    rows = _rows(by, words, filters)
    if kind == "xlsx":
        return xlsx_response("daftar-ikm.xlsx", HEADS, rows, about)
    return csv_response("daftar-ikm.csv", HEADS, streamed(by, rows), about)


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


def _rows(by: User, words: str, filters: search.Filters) -> Iterator[tuple[Any, ...]]:
    names = dict(Area.objects.values_list("pk", "name"))
    for one in search.every(by, words, filters):
        yield _row(one, names)


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


def _row(one: Enterprise, names: dict[int, str]) -> tuple[Any, ...]:
    return (
        *(one.name, one.owner_name, one.owner_sex, str(one.nik or ""), one.nib, one.phone),
        *(one.address, one.village, one.district, names.get(one.regency_id or 0)),
        *(names.get(one.province_id), one.kbli, one.product, one.commodity_group, one.workers),
        *(one.investment, one.year_established, SCALES[one.scale], one.is_manufacturing),
        *(one.status, one.first_seen, one.last_seen),
    )
