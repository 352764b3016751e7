"""From applying to a running firm: how many people came how far, as the rooms recorded it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from pulih.common.errors import Message
from pulih.delivery.models import Applicant, FollowUpAnswer, Participant
from pulih.delivery.papers import CERTIFICATE
from pulih.documents.models import PaperCode

from .base import Dataset, Measure, Moment, Raw
from .people import by_person, words

PEOPLE = Message("orang", "people")


def _measure(
    key: str,
    label: Message,
    what: Message,
    differs: Message | None = None,
    within: str = "",
    counts: tuple[str, ...] = ("participant",),
) -> Measure:
    return Measure(
        f"entrepreneurs_{key}",
        Message(f"Calon wirausaha: {label.id}", f"Future entrepreneurs: {label.en}"),
        Message(
            f"Orang yang {what.id} sampai tanggal data, menurut tempat tinggalnya; satu orang "
            "dihitung sekali.",
            f"People who {what.en} up to the day, by where they live; one person is counted once.",
        ),
        PEOPLE,
        "count",
        parts=("sex",),
        answers=("programme", "disability"),
        differs=differs,
        within=(within,) if within else (),
        rest=bool(within),
        counts=counts,
    )


APPLIED = _measure(
    "applied",
    Message("mendaftar", "applied"),
    Message("mendaftar ke suatu pelatihan", "applied to a training"),
    Message(
        "Yang masuk angkatan lewat daftar yang disalin baru terhitung sesudah diperiksa.",
        "Who came into a class by a pasted list counts once the checks have met them.",
    ),
    counts=("applicant", "participant"),
)
CHOSEN = _measure(
    "chosen",
    Message("terpilih", "chosen"),
    Message("memegang kursi suatu pelatihan", "have a seat in a training"),
    within="entrepreneurs_applied",
    counts=("applicant", "participant"),
)
CERTIFIED = _measure(
    "certified",
    Message("memegang sertifikat", "certified"),
    Message("menerima sertifikat pelatihan", "got a certificate of their training"),
    Message(
        "Bukan sertifikat produk seperti halal atau PIRT.",
        "No certificate of a product, such as halal or PIRT.",
    ),
    within="people_in_training",
)
PRODUCING = _measure(
    "producing",
    Message("berproduksi", "producing"),
    Message(
        "menjawab, sedikitnya tiga bulan sesudah pelatihan, bahwa mereka berproduksi",
        "answered, at least three months after their training, that they produce",
    ),
    Message(
        "Yang belum ditanya atau tidak menjawab tidak terhitung: ini bilangan paling sedikit.",
        "Who was not asked yet or did not answer is not counted: this is the least there can be.",
    ),
    within="people_in_training",
)
MEASURES = (APPLIED, CHOSEN, CERTIFIED, PRODUCING)


def collect(moment: Moment) -> Iterator[Raw]:
    """Count by step; a step of which nobody recorded anything is marked so, never 0."""
    stays = Q(withdrawn_on=None) | Q(withdrawn_on__gt=moment.as_of)
    applied = Applicant.objects.filter(stays, applied_on__lte=moment.as_of)
    yield from by_person(APPLIED, moment, applied)
    left = Q(left_on=None) | Q(left_on__gt=moment.as_of)
    seats = Participant.objects.filter(left)
    decreed = Coalesce("selection__decreed_on", "activity__decree_on", "activity__starts_on")
    chosen = seats.annotate(decreed=decreed).filter(
        decreed__lte=moment.as_of, seat__isnull=False, seat__given_up_on=None
    )
    yield from by_person(CHOSEN, moment, chosen)
    papers = PaperCode.objects.filter(kind=CERTIFICATE.key, dated__lte=moment.as_of).exclude(
        ended_on__lte=moment.as_of
    )
    certified = seats.filter(pk__in=[int(one) for one in papers.values_list("subject", flat=True)])
    yield from by_person(CERTIFIED, moment, certified)
    yield from by_person(PRODUCING, moment, _producing(moment))


def _producing(moment: Moment) -> QuerySet[Any]:
    """Participants whose newest answer by the day says that they produce."""
    answers = FollowUpAnswer.objects.filter(
        follow_up__participant=OuterRef("pk"), answered_at__lt=moment.end
    ).order_by("-follow_up__round__months", "-pk")
    rows: QuerySet[Any] = Participant.objects.annotate(
        produces=Subquery(answers.values("is_producing")[:1])
    )
    return rows.filter(produces=True)


DATASET = Dataset(
    "entrepreneurs",
    Message("Wirausaha baru", "New entrepreneurs"),
    Message(
        "Pendaftar, kursi, sertifikat, dan jawaban tindak lanjut",
        "Applicants, seats, certificates and answers to follow-ups",
    ),
    Message("pelatihan yang dicatat di Pulih", "trainings recorded in Pulih"),
    MEASURES,
    collect,
    words,
)
