"""Who of a class completed the training, and whose certificate is in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pulih.documents.models import PaperCode, PaperState

from ..models import Cohort, Participant
from ..papers import CERTIFICATE
from ..rules.completion import PASSED
from .attendance import Attendance


@dataclass(frozen=True)
class Holder:
    """One participant. paper: the certificate in force, or None."""

    participant: Participant
    has_completed: bool
    paper: PaperCode | None

    @property
    def is_wrong(self) -> bool:
        """Whether a certificate is in force that the marks bear out no more."""
        return self.paper is not None and not self.has_completed


def in_force(cohort: Cohort) -> Mapping[int, PaperCode]:
    """Return the certificates in force of a class, by participant."""
    people = [str(one) for one in cohort.participants.values_list("pk", flat=True)]
    papers = PaperCode.objects.filter(kind=CERTIFICATE.key, subject__in=people)
    return {int(one.subject): one for one in papers.filter(state=PaperState.VALID)}


def holders(cohort: Cohort, attendance: Attendance) -> Sequence[Holder]:
    """Return everybody of a class who completed the training or holds a certificate."""
    papers = in_force(cohort)
    found = [
        Holder(line.participant, line.completion.outcome == PASSED, papers.get(line.participant.pk))
        for line in attendance.lines
    ]
    return [one for one in found if one.has_completed or one.paper]
