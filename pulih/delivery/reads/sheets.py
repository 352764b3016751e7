"""Sheets that people sign by hand: the decree with its annex, a day's attendance, receipts.

Each carries a code, by which its signed scan finds the activity or class. It prints who sits in the
class on the day of printing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from pulih.areas.models import Area
from pulih.common.periods import day
from pulih.documents.kinds import PaperKind
from pulih.documents.models import PaperCode, PaperState
from pulih.people.models import User

from .. import lookups
from ..models import Activity, Cohort, Participant, Session
from ..papers import ATTENDANCE_LIST, PARTICIPANT_DECREE, RECEIPTS

KINDS = {"decree": PARTICIPANT_DECREE, "attendance": ATTENDANCE_LIST, "receipts": RECEIPTS}


@dataclass(frozen=True)
class Sheet:
    """One sheet to sign. key: of KINDS; subject: the record that its code names.

    place: whose office prints it. dated: None where it bears the day on which it is prepared.
    """

    key: str
    subject: int
    number: str
    dated: date | None
    place: Area
    activity: Activity
    cohort: Cohort | None = None
    session: Session | None = None
    paper: PaperCode | None = None

    @property
    def kind(self) -> PaperKind:
        return KINDS[self.key]

    @property
    def is_current(self) -> bool:
        """Whether its code was given for the number and day that it prints now."""
        if self.paper is None:
            return False
        return (self.paper.number, self.dated or self.paper.dated) == (
            self.number[:160], self.paper.dated,
        )  # fmt: skip

    @property
    def people(self) -> QuerySet[Participant]:
        """Who sits there: of the class, or of every class in the order of their names."""
        rows = Participant.objects.filter(activity=self.activity).seated()
        if self.cohort:
            rows = rows.filter(cohort=self.cohort)
        return rows.select_related("person", "cohort", "regency").order_by(
            "cohort__regency__sort_key", "cohort_id", "number"
        )


def decree_of(activity: Activity) -> Sheet:
    place = activity.regency or activity.province
    number = activity.decree_number
    return Sheet("decree", activity.pk, number, activity.decree_on, place, activity)


def receipts_of(cohort: Cohort) -> Sheet:
    number = f"{cohort.activity.title}, {cohort.name}"
    return Sheet("receipts", cohort.pk, number, None, cohort.regency, cohort.activity, cohort)


def attendance_of(session: Session, cohort: Cohort) -> Sheet:
    """Return the list of the day of a session, which is that of the day's first one."""
    number = f"{cohort.activity.title}, {cohort.name}, {day(session.day)}"
    return Sheet(
        "attendance", session.pk, number, session.day, cohort.regency, cohort.activity, cohort,
        session,
    )  # fmt: skip


def sheets_of(cohort: Cohort) -> list[Sheet]:
    """Return every sheet of a class with the code that is in force, if any."""
    first: dict[date, Session] = {}
    for session in cohort.sessions.order_by("day", "starts_at"):
        first.setdefault(session.day, session)
    lists = [attendance_of(session, cohort) for session in first.values()]
    return with_codes([*lists, receipts_of(cohort)])


def with_codes(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Add to each the version of its paper that holds; one query, however many there are."""
    held = PaperCode.objects.filter(
        state=PaperState.VALID,
        kind__in={one.kind.key for one in sheets},
        subject__in={str(one.subject) for one in sheets},
    )
    papers = {(one.kind, one.subject): one for one in held}
    return [replace(one, paper=papers.get((one.kind.key, str(one.subject)))) for one in sheets]


def sheet_or_404(person: User, key: str, pk: int) -> Sheet:
    """Return the sheet of an activity, a class or a session that the person may see."""
    if key == "decree":
        found = decree_of(lookups.activity_of(person, pk))
    elif key == "receipts":
        found = receipts_of(lookups.cohort_of(person, pk))
    else:
        seen = Session.objects.filter(cohort__in=Cohort.objects.visible_to(person))
        session = get_object_or_404(seen, pk=pk)
        cohort = lookups.cohort_of(person, session.cohort_id)
        found = next(one for one in sheets_of(cohort) if one.dated == session.day)
    return with_codes([found])[0]
