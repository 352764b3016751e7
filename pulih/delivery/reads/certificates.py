"""Who of a class completed the training, and whose certificate is in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from pulih.documents.models import PaperCode, PaperState

from ..models import Cohort, Participant
from ..papers import CERTIFICATE
from ..rules.completion import PASSED
from .attendance import Attendance


@dataclass(frozen=True)
class Holder:
    """One participant. paper: the certificate in force, or None; ended: the last withdrawn one."""

    participant: Participant
    has_completed: bool
    paper: PaperCode | None
    ended: PaperCode | None = None

    @property
    def is_wrong(self) -> bool:
        """Whether a certificate is in force that the marks bear out no more."""
        return self.paper is not None and not self.has_completed


def in_force(cohort: Cohort) -> Mapping[int, PaperCode]:
    """Return the certificates in force of a class, by participant."""
    return _by_participant(cohort, PaperState.VALID)


def _by_participant(cohort: Cohort, state: str) -> Mapping[int, PaperCode]:
    papers = papers_of(cohort.participants.values_list("pk", flat=True), state)
    return {int(one.subject): one for one in papers.order_by("version")}


def papers_of(people: Iterable[int], state: str = PaperState.VALID) -> QuerySet[PaperCode]:
    """Return the certificates of participants in a state: in force, unless another is named."""
    subjects = [str(one) for one in people]
    return PaperCode.objects.filter(kind=CERTIFICATE.key, subject__in=subjects, state=state)


def holders(cohort: Cohort, attendance: Attendance) -> Sequence[Holder]:
    """Return everybody of a class who completed the training or holds a certificate."""
    papers, ended = in_force(cohort), _by_participant(cohort, PaperState.WITHDRAWN)
    found = [
        Holder(
            line.participant, line.completion.outcome == PASSED, papers.get(line.participant.pk),
            ended.get(line.participant.pk),
        )
        for line in attendance.lines
    ]  # fmt: skip
    return [one for one in found if one.has_completed or one.paper]
