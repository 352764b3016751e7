"""What an activity still lacks before it can be closed, who has to bring it, and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.documents.models import PaperCode, PaperState
from pulih.people.models import User
from pulih.people.opening import may_open
from pulih.people.permissions import Permission, holds
from pulih.scans.models import PageState
from pulih.web import numbers
from pulih.workflow import clocks
from pulih.workflow.calendars import calendar, zone_of

from ..actions.activities import place_of
from ..clock import day_in
from ..models import Activity, Cohort, Handover, Participant, PaymentList, Trainer
from ..papers import ATTENDANCE_LIST
from ..rules.attendance import UNRECORDED
from ..rules.handovers import DAYS_TO_ANSWER
from ..words import LIST_STATES
from .attendance import Attendance
from .outcomes import CameTo
from .packs import missing_papers
from .payments import money_by_line, promise_of, state_of, with_money
from .sheets import Sheet, is_signed, report_of


@dataclass(frozen=True)
class Gap:
    """One thing that is missing. holder: who has to bring it. since: the day from which it lacks.

    due: its last day; None where no rule sets one. url: blank for who may not open it.
    """

    icon: str
    title: str
    detail: str
    holder: str
    url: str
    since: date | None = None
    due: clocks.Due | None = None


def missing(
    activity: Activity, came: CameTo, cohorts: Sequence[Cohort], sheets: Sequence[Sheet],
    person: User, now: datetime,
) -> list[Gap]:  # fmt: skip
    """Return what is missing of all that `person` sees, what comes first on the way first."""
    today = day_in(activity.province_id, now)
    found = [
        *_decree(activity),
        *_numbers(activity, cohorts),
        *_marks(came, cohorts, today),
        *_lists_of_days(came, cohorts),
        *_goods(activity, came),
        *_handovers(activity, person, now),
    ]
    if holds(person, Permission.SEE_BUDGET):
        found += [*_payments(activity), *_money(activity)]
    if activity.ends_on < today:
        found += _report(activity, sheets)
    return [one if may_open(person, one.url) else replace(one, url="") for one in found]


def _decree(activity: Activity) -> Iterator[Gap]:
    waiting = activity.selections.filter(solved_at__isnull=False, decreed_at=None).last()
    solved_at = waiting.solved_at if waiting else None
    if not waiting and activity.decree_on:
        return
    yield Gap(
        "user-check", _("The decree that names the participants"),
        _("The selection is solved; nobody has a seat before the decree.") if waiting
        else _("Nobody has a seat before it."),
        str(place_of(activity)),
        reverse("delivery:selection" if waiting else "delivery:edit", args=[activity.pk]),
        day_in(activity.province_id, solved_at) if solved_at else None,
    )  # fmt: skip


def _numbers(activity: Activity, cohorts: Iterable[Cohort]) -> Iterator[Gap]:
    without = Participant.objects.seated().filter(cohort__in=cohorts, person__nik="")
    asked = f"?activity={activity.pk}&provisional=on"
    for regency, n in without.values_list("regency__name").annotate(n=Count("pk")).order_by():
        words = ngettext("%(n)s participant without NIK", "%(n)s participants without NIK", n)
        yield Gap(
            "user", words % {"n": numbers.counted(n)},
            _("Such a seat is provisional, and nobody is paid before the number is known."),
            regency, reverse("delivery:participants") + asked,
        )  # fmt: skip


def _marks(came: CameTo, cohorts: Iterable[Cohort], today: date) -> Iterator[Gap]:
    teachers: dict[int, list[str]] = defaultdict(list)
    rows = Trainer.objects.filter(cohort__in=cohorts, role="trainer").order_by("pk")
    for cohort, name in rows.values_list("cohort", "name"):
        teachers[cohort].append(name)
    for one in cohorts:
        attendance, url = came.attendance[one.pk], reverse("delivery:attendance", args=[one.pk])
        n, since = _unrecorded(attendance, today)
        if n:
            words = ngettext("%(n)s attendance not recorded", "%(n)s attendances not recorded", n)
            yield Gap(
                "users", words % {"n": numbers.counted(n)},
                _("%(class)s, %(regency)s. Holds who passed, and what is paid by the day.")
                % {"class": one.name, "regency": one.regency},
                ", ".join(teachers[one.pk]) or str(one.regency), url, since,
            )  # fmt: skip
        if n := len(attendance.differing):
            words = ngettext(
                "%(n)s attendance on which two devices differ",
                "%(n)s attendances on which two devices differ", n,
            )  # fmt: skip
            where = f"{one.name}, {one.regency}"
            yield Gap(
                "alert-triangle", words % {"n": numbers.counted(n)}, where, str(one.regency), url
            )


def _unrecorded(attendance: Attendance, today: date) -> tuple[int, date | None]:
    """Return how many marks days that are over lack, and the first such day."""
    over = [at for at, one in enumerate(attendance.sessions) if one.day < today]
    counts = {at: sum(line.sessions[at] == UNRECORDED for line in attendance.lines) for at in over}
    days = [attendance.sessions[at].day for at, n in counts.items() if n]
    return sum(counts.values()), min(days, default=None)


def _lists_of_days(came: CameTo, cohorts: Iterable[Cohort]) -> Iterator[Gap]:
    """Yield the lists that were printed to be signed, and did not come back."""
    held = {str(s.pk): one for one in cohorts for s in came.attendance[one.pk].sessions}
    printed = PaperCode.objects.filter(
        kind=ATTENDANCE_LIST.key, state=PaperState.VALID, subject__in=held
    )
    back = printed.filter(scans__state=PageState.ATTACHED).values("pk")
    waiting: dict[Cohort, list[date]] = defaultdict(list)
    for subject, dated in printed.exclude(pk__in=back).values_list("subject", "dated"):
        waiting[held[subject]].append(dated)
    for one, days in waiting.items():
        words = ngettext(
            "%(n)s signed attendance list to scan", "%(n)s signed attendance lists to scan",
            len(days),
        )  # fmt: skip
        yield Gap(
            "file-import", words % {"n": numbers.counted(len(days))}, f"{one.name}, {one.regency}",
            str(one.regency), reverse("delivery:cohort", args=[one.pk]), min(days),
        )  # fmt: skip


def _goods(activity: Activity, came: CameTo) -> Iterator[Gap]:
    for one in came.made:
        for quantity, title in (
            (one.unchecked, _("%(n)s %(unit)s of %(item)s to check")),
            (one.in_store, _("%(n)s %(unit)s of %(item)s to hand over")),
        ):
            if quantity:
                words = {"n": numbers.whole(quantity), "unit": one.item.unit, "item": one.item}
                yield Gap(
                    "package", title % words, "", str(place_of(activity)),
                    reverse("delivery:goods", args=[activity.pk]),
                )  # fmt: skip


def _handovers(activity: Activity, person: User, now: datetime) -> Iterator[Gap]:
    rows = Handover.objects.visible_to(person).filter(activity=activity, received_on=None)
    for one in rows.select_related("item").order_by("sent_on", "pk"):
        zone = zone_of(one.province_id)
        since = datetime.combine(one.sent_on, time(), zone)
        until = clocks.until(since, DAYS_TO_ANSWER, zone, calendar())
        yield Gap(
            "file-check", _("%(number)s is not answered") % {"number": one.number},
            f"{numbers.whole(one.sent)} {one.item.unit}", one.receiver_name,
            reverse("delivery:handover", args=[one.pk]), one.sent_on,
            clocks.due(since, until, now, zone, calendar()),
        )  # fmt: skip


def _payments(activity: Activity) -> Iterator[Gap]:
    lists = PaymentList.objects.in_force().filter(activity=activity)
    for one in with_money(lists).order_by("pk"):
        state = state_of(one)
        if state == "paid":
            continue
        papers = len(missing_papers(one)) if one.request_id is None else 0
        lacking = ngettext("%(n)s paper missing", "%(n)s papers missing", papers)
        details = [str(LIST_STATES[state]), lacking % {"n": numbers.counted(papers)}]
        yield Gap(
            "cash", _("List %(number)s, %(rupiah)s")
            % {"number": one.number, "rupiah": numbers.rupiah(one.gross)},
            " · ".join(details[: 2 if papers else 1]), str(activity.unit or place_of(activity)),
            reverse("delivery:payment-list", args=[one.pk]), one.made_on,
        )  # fmt: skip


def _money(activity: Activity) -> Iterator[Gap]:
    promise = promise_of(activity)
    money = money_by_line(promise) if promise else []
    left = sum(one.left for one in money)
    unpaid = sum(one.committed - one.paid for one in money)
    for rupiah, title, detail in (
        (left, _("%(rupiah)s set aside and not committed"), _("Commit it, or release it.")),
        (unpaid, _("%(rupiah)s committed and not paid"), ""),
    ):
        if rupiah:
            yield Gap(
                "cash", title % {"rupiah": numbers.rupiah(rupiah)}, detail, str(activity.unit),
                reverse("delivery:money", args=[activity.pk]),
            )  # fmt: skip


def _report(activity: Activity, sheets: Iterable[Sheet]) -> Iterator[Gap]:
    paper = report_of(sheets)
    if paper and is_signed(paper):
        return
    yield Gap(
        "file-text", _("The signed final report"),
        _("Printed; its scan is not here.") if paper else _("Print it, have it signed, scan it."),
        str(place_of(activity)), "#papers", paper.dated if paper else None,
    )  # fmt: skip
