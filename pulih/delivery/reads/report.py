"""Everything that the final report of an activity says, out of what stands on the day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pulih.people.models import User
from pulih.people.permissions import Permission, holds

from ..models import (
    Activity,
    Cohort,
    Handover,
    MentoringReport,
    MentoringVisit,
    Objection,
    Participant,
    PaymentList,
    Person,
    Sex,
)
from ..report_parts import sentences_of
from ..rules.completion import PASSED
from .certificates import papers_of
from .checks import unchecked
from .costs import Costs, costs_of
from .goods import ItemStock, of_activity
from .outcomes import CameTo, came_to
from .payments import claims, money_by_line, promise_of, state_of, with_money


@dataclass(frozen=True)
class ClassRow:
    """One class: people who sit in it, their planned hours, person-days, and who completed."""

    name: str
    place: str
    places: int
    people: int
    hours: int
    person_days: int
    passed: int
    failed: int
    open: int


@dataclass(frozen=True)
class Goods:
    """One item. gone: scrapped, or lost in store or on the way.

    left: still in the activity's hands, wherever it lies; value: rupiah of that.
    """

    name: str
    unit: str
    bought: int
    made: int
    passed: int
    used: int
    gone: int
    sent: int
    received: int
    left: int
    value: int


@dataclass(frozen=True)
class Money:
    """Rupiah by line of the budget: set aside, committed, paid. claimed: to come back."""

    lines: Sequence[tuple[str, int, int, int]]
    lists: int
    lists_unpaid: int
    claimed: int


@dataclass(frozen=True)
class FinalReport:
    """Plain values, so that the same figures always have the same fingerprint.

    money, costs: None where the reader sees no budget; groups: people and who completed, by group.
    """

    classes: Sequence[ClassRow]
    groups: Sequence[tuple[str, int, int]]
    unrecorded: int
    differing: int
    certificates: int
    provisional: int
    unclaimed: int
    unchecked: int
    objections: int
    goods: Sequence[Goods]
    handovers: int
    unanswered: int
    with_difference: int
    sees_money: bool
    money: Money | None
    costs: Costs | None
    mentoring: Sequence[tuple[str, str, str]]
    unvisited: int
    others: Sequence[str]

    @property
    def digest(self) -> str:
        text = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def completed(self) -> int:
        return sum(one.passed for one in self.classes)


def final_report(activity: Activity, person: User) -> FinalReport:
    """Read the report as `person` may see it, who runs the activity and so sees it whole."""
    cohorts = list(activity.cohorts.select_related("site").order_by("regency__sort_key", "name"))
    came = came_to(activity, cohorts)
    seated = list(Participant.objects.seated().filter(activity=activity).select_related(
        "person", "seat"
    ))  # fmt: skip
    sees_money = holds(person, Permission.SEE_BUDGET)
    handovers = Handover.objects.filter(activity=activity)
    answered = handovers.exclude(received=None)
    visits = MentoringVisit.objects.filter(cohort__activity=activity)
    return FinalReport(
        classes=[_class_row(one, came) for one in cohorts],
        groups=_groups(seated, came),
        unrecorded=sum(one.unrecorded for one in came.attendance.values()),
        differing=sum(len(one.differing) for one in came.attendance.values()),
        certificates=_certificates(seated),
        provisional=sum(not one.person.nik for one in seated),
        unclaimed=sum(_has_no_seat(one) for one in seated),
        unchecked=unchecked(activity, person),
        objections=Objection.objects.filter(result__run__activity=activity, answer="").count(),
        goods=[_goods(one) for one in of_activity(activity)],
        handovers=handovers.count(),
        unanswered=handovers.filter(received=None).count(),
        with_difference=sum(one.received != one.sent for one in answered),
        sees_money=sees_money,
        money=_money(activity) if sees_money else None,
        costs=costs_of(activity, came) if sees_money else None,
        mentoring=_mentoring(activity),
        unvisited=visits.filter(report=None).count(),
        others=sentences_of(activity, person),
    )


def _class_row(cohort: Cohort, came: CameTo) -> ClassRow:
    found = came.attendance[cohort.pk]
    outcomes = found.outcomes()
    return ClassRow(
        cohort.name, f"{cohort.site.name}", cohort.places, len(found.lines),
        sum(one.lesson_hours for one in found.sessions), found.person_days,
        outcomes["passed"], outcomes["failed"], outcomes["open"],
    )  # fmt: skip


def _groups(seated: Sequence[Participant], came: CameTo) -> list[tuple[str, int, int]]:
    completed = {
        line.participant.pk
        for one in came.attendance.values()
        for line in one.lines
        if line.completion.outcome == PASSED
    }
    tests: dict[str, Callable[[Person], bool]] = {
        "perempuan": lambda one: one.sex == Sex.WOMAN,
        "laki-laki": lambda one: one.sex == Sex.MAN,
        "penyandang disabilitas": lambda one: one.has_disability,
        "korban PHK atau dirumahkan": lambda one: one.is_laid_off,
    }
    return [
        (
            name,
            sum(test(one.person) for one in seated),
            sum(test(one.person) and one.pk in completed for one in seated),
        )
        for name, test in tests.items()
    ]


def _certificates(seated: Sequence[Participant]) -> int:
    return papers_of(one.pk for one in seated).count()


def _has_no_seat(one: Participant) -> bool:
    seat = getattr(one, "seat", None)
    return seat is None or seat.given_up_on is not None


def _goods(one: ItemStock) -> Goods:
    by = one.by_kind
    return Goods(
        one.item.name, one.item.unit, by["bought"], by["made"], by["passed"], by["used"],
        by["scrapped"] + by["lost"] + by["lost_on_way"], by["sent"], by["received"],
        sum(one.at.values()), one.value,
    )  # fmt: skip


def _money(activity: Activity) -> Money | None:
    promise = promise_of(activity)
    if promise is None:
        return None
    lists: list[Any] = list(with_money(PaymentList.objects.in_force().filter(activity=activity)))
    return Money(
        [(one.line.line_key, one.promised, one.committed, one.paid)
         for one in money_by_line(promise)],
        len(lists),
        sum(state_of(one) != "paid" for one in lists),
        sum(claim.rupiah for one in lists if one.paid for claim in claims(one)),
    )  # fmt: skip


def _mentoring(activity: Activity) -> list[tuple[str, str, str]]:
    """Return day, finding, and what is to be done, of each visit that was reported."""
    rows = MentoringReport.objects.filter(visit__cohort__activity=activity)
    return [
        (one.visited_on.isoformat(), one.finding, one.task)
        for one in rows.order_by("visited_on", "pk")
    ]
