"""A class's attendance: every person by every session, and what it comes to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..models import Activity, Cohort, Mark, Participant, Session
from ..rules.attendance import DIFFERS, PRESENT, UNRECORDED, Told, presence
from ..rules.completion import FAILED, OPEN, PASSED, Completion, Rule, completion, rule_on


def told(mark: Mark) -> Told:
    """Return a mark as the rule sees it."""
    corrects = None
    if mark.corrects_number is not None:
        corrects = (mark.corrects_device, mark.corrects_number)
    return Told((mark.device, mark.number), mark.presence, corrects)


@dataclass(frozen=True)
class AttendanceLine:
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
    lines: Sequence[AttendanceLine]
    differing: Sequence[Differing]

    @property
    def unrecorded(self) -> int:
        """How many persons' sessions have no mark, those to come included."""
        return sum(line.sessions.count(UNRECORDED) for line in self.lines)

    @property
    def person_days(self) -> int:
        """How often somebody was present on a day, whatever the number of its sessions."""
        return sum(
            len(
                {
                    session.day
                    for session, said in zip(self.sessions, line.sessions, strict=True)
                    if said == PRESENT
                }
            )
            for line in self.lines
        )

    def outcomes(self) -> dict[str, int]:
        """Count the participants who passed, failed and may still do either."""
        found = [line.completion.outcome for line in self.lines]
        return {outcome: found.count(outcome) for outcome in (PASSED, FAILED, OPEN)}


def of_cohort(cohort: Cohort) -> Attendance:
    """Read a class's marks at once; those who left are not in it."""
    return _assembled(
        list(cohort.sessions.order_by("day", "starts_at")),
        list(cohort.participants.seated().select_related("person").order_by("number")),
        cohort.marks.select_related("by", "link").order_by("received_at", "pk"),
        rule_on(cohort.activity.starts_on),
    )


def of_cohorts(activity: Activity, cohorts: Sequence[Cohort]) -> dict[int, Attendance]:
    """Read the attendance of several classes of one activity, by class, in three queries."""
    keys = [one.pk for one in cohorts]
    sessions: dict[int, list[Session]] = defaultdict(list)
    for session in Session.objects.filter(cohort__in=keys).order_by("day", "starts_at"):
        sessions[session.cohort_id].append(session)
    people: dict[int, list[Participant]] = defaultdict(list)
    for one in Participant.objects.seated().filter(cohort__in=keys).order_by("number"):
        people[one.cohort_id].append(one)
    marks: dict[int, list[Mark]] = defaultdict(list)
    for mark in Mark.objects.filter(cohort__in=keys).order_by("received_at", "pk"):
        marks[mark.cohort_id].append(mark)
    rule = rule_on(activity.starts_on)
    return {key: _assembled(sessions[key], people[key], marks[key], rule) for key in keys}


def _assembled(
    sessions: Sequence[Session], people: Sequence[Participant], every: Iterable[Mark], rule: Rule
) -> Attendance:
    marks: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for mark in every:
        marks[mark.participant_id, mark.session_id].append(mark)
    lines, differing = [], []
    for one in people:
        said = []
        for session in sessions:
            here = marks[one.pk, session.pk]
            said.append(presence([told(mark) for mark in here]))
            if said[-1] == DIFFERS:
                differing.append(Differing(one, session, here))
        hours = [session.lesson_hours for session in sessions]
        lines.append(AttendanceLine(one, said, completion(zip(hours, said, strict=True), rule)))
    return Attendance(sessions, lines, differing)
