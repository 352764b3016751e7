"""Proposals that offices sent, and which of them were answered: counts of papers, not of people."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import Min
from django.utils import timezone

from pulih.common.errors import Message
from pulih.common.periods import WIB, day
from pulih.portal.areas import NATION
from pulih.portal.reasons import public_reason
from pulih.proposals.models import Outcome, Proposal, ProposalDecision
from pulih.workflow.calendars import calendar
from pulih.workflow.models import Step

from .base import ALL, Dataset, Measure, Moment, Raw, end_of, not_recorded, summed

PROPOSAL = "proposal"  # Divided by proposal: its number.
REASON = "reason"  # No dimension: among the words of a release, why a proposal was answered so.
OUTCOMES = {
    Outcome.APPROVED: Message("disetujui", "approved"),
    Outcome.PARTLY: Message("disetujui sebagian", "partly approved"),
    Outcome.REJECTED: Message("ditolak", "rejected"),
}
SENT = Measure(
    "proposals_asked",
    Message("Usulan diajukan", "Proposals sent"),
    Message(
        "Usulan kegiatan yang diajukan dinas sampai tanggal data dan tidak ditarik.",
        "Proposals that offices sent up to the day and did not withdraw.",
    ),
    Message("usulan", "proposals"),
    "number",
)
ANSWERED = Measure(
    "proposals_answered",
    Message("Usulan dijawab", "Proposals answered"),
    Message(
        "Usulan yang diputus tertulis sampai tanggal data, dengan alasannya.",
        "Proposals decided in writing up to the day, with the reason.",
    ),
    Message("usulan", "proposals"),
    "number",
)

WAITED = Measure(
    "proposals_waited",
    Message("Hari kerja sampai dijawab", "Working days until answered"),
    Message(
        "Hari kerja sesudah usulan pertama kali diajukan sampai dijawab tertulis, atau sampai "
        "tanggal data bila belum dijawab; hari selama dinas memperbaikinya ikut dihitung. Untuk "
        "suatu wilayah: jumlahnya atas semua usulan.",
        "Working days after a proposal was first sent until it was answered in writing, or until "
        "the day of the data while it is not; days on which its office mended it count. Of an "
        "area: the sum over all proposals.",
    ),
    Message("hari kerja", "working days"),
    "number",
)


def sent_by(moment: Moment) -> list[Proposal]:
    """Proposals that were sent by then and not withdrawn by then."""
    steps = Step.objects.filter(machine="proposal", at__lt=moment.end)
    sent = steps.filter(move="submit").values("subject_id")
    withdrawn = steps.filter(move="withdraw").values("subject_id")
    found = Proposal.objects.filter(pk__in=sent).exclude(pk__in=withdrawn)
    return list(found.select_related("measure").order_by("pk"))


def decided_by(moment: Moment) -> list[ProposalDecision]:
    found = ProposalDecision.objects.filter(at__lt=moment.end)
    return list(found.select_related("proposal__measure").order_by("pk"))


def collect(moment: Moment) -> Iterator[Raw]:
    sent = sent_by(moment)
    if not sent:
        yield from not_recorded((SENT, ANSWERED, WAITED), provinces(moment))
        return
    code = moment.areas.code_of
    asked: Counter[tuple[str, str, str]] = Counter()
    answered: Counter[tuple[str, str, str]] = Counter()
    for one in sent:
        asked[code[one.province_id], ALL, ""] += 1
        asked[code[one.province_id], "programme", one.measure.code] += 1
        answered[code[one.province_id], PROPOSAL, one.number] = 0
    for each in decided_by(moment):
        area = code[each.proposal.province_id]
        answered[area, ALL, ""] += 1
        answered[area, PROPOSAL, each.proposal.number] = 1
        answered[area, "outcome", each.outcome] += 1
    for outcome in {category for _, dimension, category in answered if dimension == "outcome"}:
        for area in provinces(moment):  # Who was answered otherwise got none of it: 0, not [x].
            answered.setdefault((area, "outcome", outcome), 0)
    yield from summed(SENT.key, moment.areas, asked, provinces(moment))
    rows = summed(ANSWERED.key, moment.areas, answered, provinces(moment))
    yield from each_once(rows, proposals_of_year(moment))
    yield from each_once(_waited(moment, sent), proposals_of_year(moment))


def _waited(moment: Moment, sent: Iterable[Proposal]) -> Iterator[Raw]:
    """How long each proposal waited; unrecorded where the holidays of a year are not listed."""
    steps = Step.objects.filter(machine="proposal", move="submit", at__lt=moment.end)
    first = dict(steps.values_list("subject_id").annotate(Min("at")))
    until = {one.proposal_id: timezone.localdate(one.at, WIB) for one in decided_by(moment)}
    open_days, found = calendar(), Counter[tuple[str, str, str]]()
    for one in sent:
        start = timezone.localdate(first[one.pk], WIB)
        end = until.get(one.pk, moment.as_of)
        if not all(map(open_days.knows, range(start.year, end.year + 1))):
            yield from not_recorded([WAITED], provinces(moment))
            return
        area, days = moment.areas.code_of[one.province_id], open_days.between(start, end)
        found[area, ALL, ""] += days
        found[area, PROPOSAL, one.number] = days
    yield from summed(WAITED.key, moment.areas, found, provinces(moment))


def proposals_of_year(moment: Moment) -> set[str]:
    """Numbers of the proposals of the fiscal year: money of earlier years is no figure of it."""
    found = Proposal.objects.filter(round__fiscal_year=moment.as_of.year)
    return set(found.values_list("number", flat=True))


def each_once(rows: Iterable[Raw], numbers: set[str]) -> Iterator[Raw]:
    """Keep of what is divided by proposal these numbers, each in its province alone."""
    for row in rows:
        if row.dimension != PROPOSAL or (row.area != NATION and row.category in numbers):
            yield row


def named(on: date, known_at: datetime) -> dict[str, Message]:
    """What each proposal is called, by its number: its measure and the day of the answer.

    Not its title: an office typed that, and may have named a person.
    """
    decisions = ProposalDecision.objects.filter(at__lt=end_of(on, known_at))
    answered = dict(decisions.values_list("proposal__number", "at"))
    found = {}
    for one in Proposal.objects.select_related("measure"):
        words = Message(one.measure.name_indonesian, one.measure.name_en)
        if at := answered.get(one.number):
            told = timezone.localdate(at, WIB)
            words = Message(
                f"{words.id}, dijawab {day(told)}", f"{words.en}, answered {day(told, 'en')}"
            )
        found[one.number] = words
    return found


def reasons(on: date, known_at: datetime) -> dict[str, Message]:
    """Why each proposal was answered so, by its number; as written, where that may be public."""
    decisions = ProposalDecision.objects.filter(at__lt=end_of(on, known_at))
    written = decisions.values_list("proposal__number", "reason")
    told = {number: public_reason(reason) for number, reason in written}
    return {number: Message(text, text) for number, text in told.items() if text}


def provinces(moment: Moment) -> list[str]:
    return [NATION, *(place.code for place in moment.areas.of_level("province"))]


def words(dimension: str, category: str) -> Message | None:
    return OUTCOMES.get(category) if dimension == "outcome" else None  # type: ignore[call-overload]


DATASET = Dataset(
    "proposals",
    Message("Usulan", "Proposals"),
    Message("Usulan kegiatan dan surat jawabannya", "Proposals and the letters that answer them"),
    Message("semua dinas provinsi", "all provincial offices"),
    (SENT, ANSWERED, WAITED),
    collect,
    words,
)
