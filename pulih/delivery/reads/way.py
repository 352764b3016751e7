"""How far an activity has come: from the money that was set aside to its report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from pulih.budget.models import DocumentKind, Promise
from pulih.people.models import User
from pulih.people.permissions import Permission, holds
from pulih.web import numbers
from pulih.web.figures import Step

from ..models import Activity, Handover, Move, MoveKind
from ..rules.attendance import UNRECORDED
from .outcomes import CameTo
from .payments import LineMoney, money_by_line, promise_of
from .sheets import Sheet, is_signed, report_of


def way_of(
    activity: Activity, came: CameTo, sheets: Sequence[Sheet], person: User, today: date
) -> list[Step]:
    """Return the stations of an activity as `person` sees them; the first that lacks is now's.

    Those of the money are left out where no budget is seen, or no proposal pays; those of the goods
    where none are made.
    """
    promise = promise_of(activity) if holds(person, Permission.SEE_BUDGET) else None
    money = money_by_line(promise) if promise else []
    stations = [
        *([_reserved(promise, money)] if promise else []),
        _decreed(activity),
        _held(activity, came, today),
        *_goods(activity, came, person),
        *([_paid(money)] if promise else []),
        _reported(sheets),
    ]
    at = next((at for at, one in enumerate(stations) if one.state != "done"), None)
    return [replace(one, state="now") if n == at else one for n, one in enumerate(stations)]


def _step(label: Any, is_done: bool, when: Any = "", who: Any = "") -> Step:
    return Step(label, "done" if is_done else "ahead", when, who)


def _reserved(promise: Promise, money: Sequence[LineMoney]) -> Step:
    posted = promise.postings.filter(document_kind=DocumentKind.RESERVATION)
    day = posted.order_by("effective_on").values_list("effective_on", flat=True).first()
    rupiah = sum(one.promised for one in money)
    return _step(_("Money set aside"), rupiah > 0, numbers.day(day), numbers.millions(rupiah))


def _decreed(activity: Activity) -> Step:
    day = activity.decree_on
    return _step(
        _("Participants named"), day is not None, numbers.day(day) if day else "",
        activity.decree_number,
    )  # fmt: skip


def _held(activity: Activity, came: CameTo, today: date) -> Step:
    days = [one.day for each in came.attendance.values() for one in each.sessions]
    first, last = min(days, default=activity.starts_on), max(days, default=activity.ends_on)
    lacks = any(
        UNRECORDED in line.sessions for one in came.attendance.values() for line in one.lines
    )
    said = {"n": numbers.whole(came.completed), "of": numbers.whole(came.people)}
    return _step(
        _("Training held"), bool(days) and last < today and came.has_marks and not lacks,
        numbers.day(first) if first == last else f"{numbers.day(first)} – {numbers.day(last)}",
        _("%(n)s of %(of)s completed") % said if came.has_marks else activity.get_mode_display(),
    )  # fmt: skip


def _goods(activity: Activity, came: CameTo, person: User) -> Iterator[Step]:
    if not came.made:
        return
    results = (MoveKind.PASSED, MoveKind.SCRAPPED)
    moves = Move.objects.filter(item__activity=activity, kind__in=results)
    checked = moves.aggregate(day=Max("day"))["day"]
    passed = sum(one.passed for one in came.made)
    yield _step(
        _("Goods checked"),
        passed > 0 and not any(one.unchecked for one in came.made),
        numbers.day(checked) if checked else "",
        _("%(n)s passed") % {"n": numbers.whole(passed)} if checked else "",
    )
    sent = Handover.objects.visible_to(person).filter(activity=activity)
    received = sum(one.received for one in came.made)
    day = sent.aggregate(day=Max("received_on"))["day"]
    yield _step(
        _("Goods received"),
        received > 0
        and not any(one.in_store or one.unchecked for one in came.made)
        and not sent.filter(received_on=None).exists(),
        numbers.day(day) if day else "",
        _("%(n)s of %(of)s") % {"n": numbers.whole(received), "of": numbers.whole(passed)},
    )


def _paid(money: Sequence[LineMoney]) -> Step:
    paid, committed = sum(one.paid for one in money), sum(one.committed for one in money)
    return _step(
        _("Paid"), 0 < committed <= paid and not any(one.left for one in money), "",
        _("%(n)s of %(of)s")
        % {"n": numbers.millions(paid), "of": numbers.millions(sum(one.promised for one in money))},
    )  # fmt: skip


def _reported(sheets: Sequence[Sheet]) -> Step:
    paper = report_of(sheets)
    signed = paper is not None and is_signed(paper)
    words = _("signed report scanned") if signed else _("report printed") if paper else ""
    return _step(_("Accounted for"), signed, numbers.day(paper.dated) if paper else "", words)
