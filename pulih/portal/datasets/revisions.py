"""Revisions of budgets that came into force: how many, who approved them, how much they moved."""

from collections import Counter
from collections.abc import Iterator

from pulih.common.errors import Message
from pulih.revisions.models import Revision, RevisionMovement

from .base import ALL, Dataset, Measure, Moment, Raw, not_recorded, summed
from .proposals import provinces

Sums = Counter[tuple[str, str, str]]
NUMBER = Measure(
    "revisions_in_force",
    Message("Revisi berlaku", "Revisions in force"),
    Message(
        "Revisi DIPA dan POK yang mulai berlaku sampai tanggal data, dalam tahun anggaran itu.",
        "Revisions of the DIPA and the POK that came into force up to the day, in that year.",
    ),
    Message("revisi", "revisions"),
    "number",
)
MOVED = Measure(
    "revisions_moved",
    Message("Pagu yang digeser revisi", "Ceiling moved by revisions"),
    Message(
        "Jumlah penambahan pagu pada baris yang bertambah karena revisi itu.",
        "What those revisions added to the lines that grew.",
    ),
    Message("rupiah", "rupiah"),
    "money",
    differs=Message(
        "Menggeser pagu bukan menambah anggaran.", "To move ceilings is not to add to the budget."
    ),
)


def collect(moment: Moment) -> Iterator[Raw]:
    found = Revision.objects.counted().filter(
        fiscal_year=moment.as_of.year,
        effective_on__lte=moment.as_of,
        posting__recorded_at__lte=moment.known_at,
        province_id__in=moment.areas.code_of,
    )
    revisions = {one.pk: one for one in found.select_related("unit").order_by("pk")}
    if not revisions:
        yield from not_recorded((NUMBER, MOVED), provinces(moment))
        return
    numbers: Sums = Counter()
    moved: Sums = Counter()
    for one in revisions.values():
        for key in _keys(moment, one):
            numbers[key] += 1
    movements = RevisionMovement.objects.filter(revision__in=revisions, rupiah__gt=0)
    for pk, rupiah in movements.values_list("revision_id", "rupiah"):
        for key in _keys(moment, revisions[pk]):
            moved[key] += rupiah
    yield from summed(NUMBER.key, moment.areas, numbers, provinces(moment))
    yield from summed(MOVED.key, moment.areas, moved, provinces(moment))


def _keys(moment: Moment, one: Revision) -> list[tuple[str, str, str]]:
    """Where a revision counts. Units at the centre lie in no province, so each unit is named."""
    area = moment.areas.code_of[one.province_id]
    return [
        (area, ALL, ""),
        (area, "unit", one.unit.code),
        (area, "approval", one.authority or "none"),
    ]


def words(dimension: str, category: str) -> Message | None:
    if dimension == "approval" and category == "none":
        return Message("tidak dicatat", "not recorded")
    return None


DATASET = Dataset(
    "revisions",
    Message("Revisi anggaran", "Budget revisions"),
    Message("Revisi DIPA dan POK dalam buku besar", "Revisions of DIPA and POK in the ledger"),
    Message("satker yang menyerahkan POK", "units that delivered their guide (POK)"),
    (NUMBER, MOVED),
    collect,
    words,
)
