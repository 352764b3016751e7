"""People in trainings, by the place where they live, sex, and disability."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from pulih.common.errors import Message
from pulih.delivery.models import Participant, Sex
from pulih.portal.areas import is_unstated

from .base import ALL, Dataset, Measure, Moment, Raw, not_recorded

WORDS = {
    ("sex", Sex.MAN): Message("laki-laki", "men"),
    ("sex", Sex.WOMAN): Message("perempuan", "women"),
    ("disability", "yes"): Message("penyandang disabilitas", "people with a disability"),
}
TRAINED = Measure(
    "people_in_training",
    Message("Peserta pelatihan", "People in training"),
    Message(
        "Orang yang memegang kursi dalam pelatihan yang sudah dimulai pada tanggal data, menurut "
        "tempat tinggalnya; satu orang dihitung sekali.",
        "People with a seat in a training that had begun by the day, by where they live; one "
        "person is counted once.",
    ),
    Message("orang", "people"),
    "count",
    parts=("sex",),
    answers=("programme", "disability"),
    within=("entrepreneurs_chosen",),
    rest=True,
    counts=("participant",),
    differs=Message(
        "Memegang kursi bukan berarti lulus atau sudah menerima barang.",
        "To have a seat is neither to have passed nor to have received goods.",
    ),
)


FIELDS = (
    "person_id", "person__nik_key", "person__regency_id", "person__sex",
    "person__has_disability", "activity__measure__code",
)  # fmt: skip


def collect(moment: Moment) -> Iterator[Raw]:
    left = Q(left_on=None) | Q(left_on__gt=moment.as_of)
    seats = Participant.objects.filter(left, activity__starts_on__lte=moment.as_of)
    yield from by_person(TRAINED, moment, seats)


def by_person(measure: Measure, moment: Moment, rows: QuerySet[Any]) -> Iterator[Raw]:
    """Count the people of participants or applicants, one person once, by where they live."""
    people: dict[str, tuple[str, set[tuple[str, str]]]] = {}
    for key, nik, regency, sex, is_disabled, programme in rows.order_by("pk").values_list(*FIELDS):
        area = moment.areas.code_of.get(regency)
        if area is None:
            continue
        _, told = people.setdefault(nik or f"#{key}", (area, {(ALL, ""), ("sex", sex)}))
        told.add(("programme", programme))
        if is_disabled:
            told.add(("disability", "yes"))
    yield from counted(measure, moment, list(people.values()))


def counted(
    measure: Measure, moment: Moment, people: list[tuple[str, set[tuple[str, str]]]]
) -> Iterator[Raw]:
    """Count in every area above; zeros for each area with somebody and each category there is.

    people: the area of each, and where it counts. Of nobody at all nothing is recorded.
    """
    found: Counter[tuple[str, str, str]] = Counter()
    for area, told in people:
        for above in moment.areas.upwards(area):
            for dimension, category in told:
                found[above, dimension, category] += 1
    areas = sorted({area for area, _, _ in found})
    spots = sorted({(dimension, category) for _, dimension, category in found})
    for area in areas:
        for dimension, category in spots:
            yield Raw(measure.key, area, dimension, category, found[area, dimension, category])
    yield from not_recorded([measure], (one for one in everywhere(moment) if one not in areas))


def everywhere(moment: Moment) -> list[str]:
    return [place.code for place in moment.areas.places.values() if not is_unstated(place)]


def words(dimension: str, category: str) -> Message | None:
    return WORDS.get((dimension, category))


DATASET = Dataset(
    "people",
    Message("Peserta", "People helped"),
    Message("Daftar peserta pelatihan", "Lists of participants"),
    Message("pelatihan yang dicatat di Pulih", "trainings recorded in Pulih"),
    (TRAINED,),
    collect,
    words,
)
