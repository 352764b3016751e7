"""A class's attendance: every person by every session, and what it comes to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ..models import Cohort, Mark, Participant, Session
from ..rules.attendance import DIFFERS, UNRECORDED, Told, presence
from ..rules.completion import FAILED, OPEN, PASSED, Completion, completion, rule_on


def told(mark: Mark) -> Told:
    """Return a mark as the rule sees it."""
    corrects = None
    if mark.corrects_number is not None:
        corrects = (mark.corrects_device, mark.corrects_number)
    return Told((mark.device, mark.number), mark.presence, corrects)


@dataclass(frozen=True)
class Line:
    """One participant: what each session says, in the order of the sessions, and the sum."""

    participant: Participant
    sessions: Sequence[str]
    completion: Completion


@dataclass(frozen=True)
class Differing:
    """A person and session of which two devices say different things, with all their marks."""

    participant: Participant
    session: Session
    marks: Sequence[Mark]


@dataclass(frozen=True)
class Attendance:
    sessions: Sequence[Session]
    lines: Sequence[Line]
    differing: Sequence[Differing]

    @property
    def unrecorded(self) -> int:
        """How many persons' sessions have no mark, those to come included."""
        return sum(line.sessions.count(UNRECORDED) for line in self.lines)

    def outcomes(self) -> dict[str, int]:
        """Count the participants who passed, failed and may still do either."""
        found = [line.completion.outcome for line in self.lines]
        return {outcome: found.count(outcome) for outcome in (PASSED, FAILED, OPEN)}


def of_cohort(cohort: Cohort) -> Attendance:
    """Read a class's marks at once; those who left are not in it."""
    sessions = list(cohort.sessions.order_by("day", "starts_at"))
    people = list(cohort.participants.seated().select_related("person").order_by("number"))
    marks: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for mark in cohort.marks.select_related("by", "link").order_by("received_at", "pk"):
        marks[mark.participant_id, mark.session_id].append(mark)
    rule = rule_on(cohort.activity.starts_on)
    lines, differing = [], []
    for one in people:
        said = []
        for session in sessions:
            here = marks[one.pk, session.pk]
            said.append(presence([told(mark) for mark in here]))
            if said[-1] == DIFFERS:
                differing.append(Differing(one, session, here))
        hours = [session.lesson_hours for session in sessions]
        lines.append(Line(one, said, completion(zip(hours, said, strict=True), rule)))
    return Attendance(sessions, lines, differing)
