"""Papers that people sign by hand: of an activity, a class, a day of it, goods, an inspection.

Each carries a code, by which its signed scan finds its record. Lists of people print who sits in
the class on the day of printing. Where the number names what stands in the paper (how many
sessions, moves or results, the fingerprint of a report), another content is another version.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from pulih.areas.models import Area
from pulih.common.periods import day
from pulih.documents.kinds import PaperKind
from pulih.documents.models import PaperCode, PaperState
from pulih.people.models import User
from pulih.people.permissions import Permission, holds
from pulih.scans.models import PageState, ScanPage

from .. import lookups
from ..actions.activities import place_of
from ..models import Activity, Cohort, Item, Move, Participant, Selection, Session
from ..papers import (
    ATTENDANCE_LIST,
    FINAL_REPORT,
    FURTHER_DECREE,
    INSPECTION,
    INVITATION,
    PARTICIPANT_DECREE,
    RECEIPTS,
    REPORT_WITHOUT_LEDGER,
    SCHEDULE,
    STOCK_CARD,
)
from .report import FinalReport, final_report

KINDS = {
    "decree": PARTICIPANT_DECREE,
    "further-decree": FURTHER_DECREE,
    "attendance": ATTENDANCE_LIST,
    "receipts": RECEIPTS,
    "invitation": INVITATION,
    "schedule": SCHEDULE,
    "stock-card": STOCK_CARD,
    "inspection": INSPECTION,
    "final-report": FINAL_REPORT,
}
DECREES = ("decree", "further-decree")
OF_PEOPLE = (*DECREES, "attendance", "receipts", "invitation")
OF_SESSIONS = ("invitation", "schedule")
AS_WORKBOOK = ("schedule", "stock-card")  # Nobody's name is in them but trainers'.
INSPECTED = ("passed", "scrapped")


@dataclass(frozen=True)
class Sheet:
    """One paper to sign. key: of KINDS; subject: the record that its code names.

    place: whose office prints it. dated: None where it bears the day on which it is prepared.
    has_ledger: whether who prints a report may see the money in it; other reports are other papers.
    """

    key: str
    subject: int
    number: str
    dated: date | None
    place: Area
    activity: Activity
    cohort: Cohort | None = None
    session: Session | None = None
    item: Item | None = None
    report: FinalReport | None = None
    paper: PaperCode | None = None
    selection: Selection | None = None
    has_ledger: bool = True

    @property
    def kind(self) -> PaperKind:
        return KINDS[self.key] if self.has_ledger else REPORT_WITHOUT_LEDGER

    @property
    def is_current(self) -> bool:
        """Whether its code was given for the number and day that it prints now."""
        if self.paper is None:
            return False
        return (self.paper.number, self.dated or self.paper.dated) == (
            self.number[:160], self.paper.dated,
        )  # fmt: skip

    @property
    def has_workbook(self) -> bool:
        return self.key in AS_WORKBOOK and self.is_current

    @property
    def about(self) -> str:
        """What tells it from others of its kind on one page: a number, or an item."""
        return self.number if self.key == "further-decree" else str(self.item or "")

    @property
    def people(self) -> QuerySet[Participant]:
        """Who sits there: of the class, or of every class in the order of their names.

        A decree names those whom it seated.
        """
        rows = Participant.objects.filter(activity=self.activity).seated()
        if self.selection:
            rows = rows.filter(selection=self.selection)
        elif self.key == "decree":
            rows = rows.filter(Q(selection=None) | Q(selection__decree_number=""))
        if self.cohort:
            rows = rows.filter(cohort=self.cohort)
        return rows.select_related("person", "cohort", "regency").order_by(
            "cohort__regency__sort_key", "cohort_id", "number"
        )

    @property
    def moves(self) -> QuerySet[Move]:
        """What moved of its item, in the order in which it was entered."""
        rows = Move.objects.filter(item=self.item).select_related("handover", "session", "by")
        if self.key == "inspection":
            rows = rows.filter(kind__in=INSPECTED, day=self.dated)
        return rows.order_by("pk")


def decree_of(activity: Activity) -> Sheet:
    number = activity.decree_number
    return Sheet(
        "decree", activity.pk, number, activity.decree_on, place_of(activity), activity
    )  # fmt: skip


def further_decree_of(selection: Selection) -> Sheet:
    """Return a decree after the first one of an activity, of those whom it seated."""
    activity = selection.activity
    return Sheet(
        "further-decree", selection.pk, selection.decree_number, selection.decreed_on,
        place_of(activity), activity, selection=selection,
    )  # fmt: skip


def final_report_of(activity: Activity, person: User) -> Sheet:
    """Return the report; its number holds the fingerprint of its figures."""
    report = final_report(activity, person)
    number = f"sidik {report.digest[:12]}, {activity.title}"
    key, place = "final-report", place_of(activity)
    return Sheet(
        key, activity.pk, number, None, place, activity, report=report,
        has_ledger=report.sees_money,
    )  # fmt: skip


def sheets_of_activity(activity: Activity, person: User) -> list[Sheet]:
    """Return what the page of an activity prints; the report's figures are read when it does."""
    key, place, sees = "final-report", place_of(activity), holds(person, Permission.SEE_BUDGET)
    report = Sheet(key, activity.pk, activity.title, None, place, activity, has_ledger=sees)
    first = [decree_of(activity)] if activity.decree_on else []
    further = activity.selections.exclude(decree_number="").select_related("activity")
    later = [further_decree_of(one) for one in further.order_by("decreed_on", "pk")]
    return with_codes([*first, *later, report])


def report_of(sheets: Iterable[Sheet]) -> PaperCode | None:
    """Return the final report among the papers of an activity, once it was printed."""
    return next((one.paper for one in sheets if one.key == "final-report"), None)


def is_signed(paper: PaperCode) -> bool:
    """Tell whether a scan of the paper came back."""
    return ScanPage.objects.filter(paper=paper, state=PageState.ATTACHED).exists()


def receipts_of(cohort: Cohort) -> Sheet:
    return _of_class("receipts", cohort, _named(cohort))


def invitation_of(cohort: Cohort) -> Sheet:
    return _of_class("invitation", cohort, _named(cohort))


def schedule_of(cohort: Cohort, sessions: Sequence[Session]) -> Sheet:
    """Return the schedule; sessions are only ever added, so that their number names them all."""
    hours = sum(one.lesson_hours for one in sessions)
    return _of_class("schedule", cohort, f"{len(sessions)} sesi, {hours} JP, {_named(cohort)}")


def attendance_of(session: Session, cohort: Cohort) -> Sheet:
    """Return the list of the day of a session, which is that of the day's first one."""
    number = f"{_named(cohort)}, {day(session.day)}"
    return Sheet(
        "attendance", session.pk, number, session.day, cohort.regency, cohort.activity, cohort,
        session,
    )  # fmt: skip


def stock_card_of(item: Item, moves: int) -> Sheet:
    """Return the card of an item; moves are only ever added, so that their number names them."""
    activity = item.activity
    number = f"{moves} mutasi, {item.name}, {activity.title}"
    return Sheet("stock-card", item.pk, number, None, place_of(activity), activity, item=item)


def inspection_of(item: Item, first: int, on: date, results: int) -> Sheet:
    """Return the minutes of a day's inspection; first: the key of the day's first result."""
    activity = item.activity
    number = f"{results} hasil, {item.name}, {day(on)}, {activity.title}"
    return Sheet("inspection", first, number, on, place_of(activity), activity, item=item)


def sheets_of(cohort: Cohort) -> list[Sheet]:
    """Return every sheet of a class with the code that is in force, if any."""
    sessions = list(cohort.sessions.order_by("day", "starts_at"))
    first: dict[date, Session] = {}
    for session in sessions:
        first.setdefault(session.day, session)
    days = [attendance_of(session, cohort) for session in first.values()]
    before = [invitation_of(cohort), schedule_of(cohort, sessions)] if sessions else []
    return with_codes([*before, *days, receipts_of(cohort)])


def sheets_of_goods(activity: Activity) -> list[Sheet]:
    """Return the stock card of each item that ever moved, and the minutes of each inspection."""
    moved = activity.items.annotate(n=Count("moves")).filter(n__gt=0).order_by("name")
    items: list[tuple[Item, int]] = [(one, one.n) for one in moved]
    for one, _n in items:
        one.activity = activity
    found = [stock_card_of(*one) for one in items]
    found += _inspections([one for one, _n in items])
    return with_codes(found)


def _inspections(items: Iterable[Item]) -> list[Sheet]:
    by_key = {one.pk: one for one in items}
    results = Move.objects.filter(item__in=by_key, kind__in=INSPECTED).order_by("day", "pk")
    days: dict[tuple[int, date], list[int]] = {}
    for item, on, key in results.values_list("item", "day", "pk"):
        days.setdefault((item, on), []).append(key)
    return [
        inspection_of(by_key[item], keys[0], on, len(keys)) for (item, on), keys in days.items()
    ]


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
    """Return the sheet of an activity, a class, a session or goods that the person may see."""
    return with_codes([_FOUND[key](person, pk)])[0]


def _decree(person: User, pk: int) -> Sheet:
    return decree_of(lookups.activity_of(person, pk))


def _further_decree(person: User, pk: int) -> Sheet:
    rows = Selection.objects.exclude(decree_number="").select_related("activity")
    selection: Selection = get_object_or_404(rows, pk=pk)
    selection.activity = lookups.activity_of(person, selection.activity_id)
    return further_decree_of(selection)


def _final_report(person: User, pk: int) -> Sheet:
    return final_report_of(lookups.activity_of(person, pk), person)


def _receipts(person: User, pk: int) -> Sheet:
    return receipts_of(lookups.cohort_of(person, pk))


def _invitation(person: User, pk: int) -> Sheet:
    return invitation_of(lookups.cohort_of(person, pk))


def _schedule(person: User, pk: int) -> Sheet:
    cohort = lookups.cohort_of(person, pk)
    return schedule_of(cohort, list(cohort.sessions.all()))


def _attendance(person: User, pk: int) -> Sheet:
    seen = Session.objects.filter(cohort__in=Cohort.objects.visible_to(person))
    session = get_object_or_404(seen, pk=pk)
    cohort = lookups.cohort_of(person, session.cohort_id)
    first = cohort.sessions.filter(day=session.day).earliest("starts_at")
    return attendance_of(first, cohort)


def _stock_card(person: User, pk: int) -> Sheet:
    item = lookups.item_of(person, pk)
    return stock_card_of(item, item.moves.count())


def _inspection(person: User, pk: int) -> Sheet:
    move = get_object_or_404(Move.objects.visible_to(person), pk=pk, kind__in=INSPECTED)
    item = lookups.item_of(person, move.item_id)
    same = item.moves.filter(kind__in=INSPECTED, day=move.day).order_by("pk")
    keys = list(same.values_list("pk", flat=True))
    return inspection_of(item, keys[0], move.day, len(keys))


_FOUND = {
    "decree": _decree,
    "further-decree": _further_decree,
    "attendance": _attendance,
    "receipts": _receipts,
    "invitation": _invitation,
    "schedule": _schedule,
    "stock-card": _stock_card,
    "inspection": _inspection,
    "final-report": _final_report,
}


def _of_class(key: str, cohort: Cohort, number: str) -> Sheet:
    return Sheet(key, cohort.pk, number, None, cohort.regency, cohort.activity, cohort)


def _named(cohort: Cohort) -> str:
    return f"{cohort.activity.title}, {cohort.name}"
