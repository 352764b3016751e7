"""How each applicant stands after the checks: what failed, what nobody knows, what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from pulih.people.models import User
from pulih.people.permissions import Permission, holds
from pulih.web import numbers

from ..models import (
    Activity,
    Applicant,
    CheckResult,
    CheckRun,
    ComparisonList,
    ListKind,
    NumberCorrection,
    Objection,
    Participant,
    Waiver,
)
from ..rules.binding import ages_on, binding_on
from ..rules.checks import EMPLOYERS, Outcome
from ..words import BECAUSE, CHECKS

# Why a check said so, and of whom: what was decided about it holds while neither changes.
Cause = tuple[int, str, str, int | None]
LISTS_OF = {
    "registry_match": ("civil_registry",),
    "public_employee": EMPLOYERS,
    "deceased": ("civil_registry", "deceased"),
    "abroad": ("civil_registry",),
    "other_credit": ("credit",),
    "received_before": ("other_programmes",),
    "paid_before": ("payments",),
}
# What would tell whoever typed somebody's NIK into a form that the NIK is known here.
TOLD_AT_THE_OFFICE = frozenset((*LISTS_OF, "nik_form", "same_name_address"))


@dataclass(frozen=True)
class Told:
    """One check of one applicant as a page says it. result: where a decision on it is written.

    list: which one answered, or could not.
    """

    check: str
    outcome: str
    because: str
    list: ComparisonList | None
    result: CheckResult
    waiver: Waiver | None = None
    objection: Objection | None = None

    @property
    def label(self) -> Any:
        return CHECKS[self.check]

    @property
    def reason(self) -> Any:
        return BECAUSE[self.because]

    @property
    def list_words(self) -> str:
        """Name the list as an office asks for a newer one: what it holds, whose, of which day."""
        return f"{self.list}, {numbers.day(self.list.as_of)}" if self.list else ""

    @property
    def blocks(self) -> bool:
        """Failed, unless the person was right; unknown, unless somebody waived it."""
        if self.outcome == Outcome.FAIL:
            return self.objection is None or self.objection.answer != "upheld"
        return self.outcome == Outcome.UNKNOWN and self.waiver is None


@dataclass(frozen=True)
class Checked:
    """An applicant with what the newest run said. told: none where no run has met the person."""

    applicant: Applicant
    told: Sequence[Told]

    @property
    def blocking(self) -> list[Told]:
        return [one for one in self.told if one.blocks]

    @property
    def may_pass(self) -> bool:
        return bool(self.told) and not self.blocking

    @property
    def has_failed(self) -> bool:
        return any(one.outcome == Outcome.FAIL for one in self.blocking)


def checked(activity: Activity, stage: str, applicants: QuerySet[Applicant]) -> list[Checked]:
    """Return how these applicants of an activity stand at a stage."""
    people = list(applicants.select_related("person", "regency").order_by("person__name", "pk"))
    results = _newest(activity, stage, people)
    decided, lists = _decided(activity, stage), _lists_of(results.values())
    return [
        Checked(one, _told(results[one.pk], lists, *decided) if one.pk in results else ())
        for one in people
    ]


def blocked_by(people: Iterable[Checked]) -> dict[str, dict[str, int]]:
    """Count by check: how many passed, failed, are unknown, and were let pass by a decision."""
    counts: dict[str, dict[str, int]] = {}
    for person in people:
        for one in person.told:
            row = counts.setdefault(one.check, {"pass": 0, "fail": 0, "unknown": 0, "decided": 0})
            row["decided" if one.outcome != Outcome.PASS and not one.blocks else one.outcome] += 1
    return counts


@dataclass(frozen=True)
class Consulted:
    """A kind of list that a measure's checks need. found: the newest one; days: its age."""

    kind: str
    label: Any
    found: ComparisonList | None
    days: int
    most_days: int

    @property
    def is_old(self) -> bool:
        return self.found is not None and self.days > self.most_days


def consulted(activity: Activity, day: date) -> list[Consulted]:
    """Return every kind of list that binds for an activity, with the newest of its province."""
    checks = set().union(*binding_on(activity.measure.code, day).checks.values())
    kinds = dict.fromkeys(kind for check in LISTS_OF if check in checks for kind in LISTS_OF[check])
    newest = {
        one.kind: one
        for one in ComparisonList.objects.filter(as_of__lte=day).order_by("as_of", "pk")
        if one.is_of(activity.province_id)
    }
    ages = ages_on(day)
    return [
        Consulted(
            kind,
            ListKind(kind).label,
            newest.get(kind),
            (day - newest[kind].as_of).days if kind in newest else 0,
            ages[kind],
        )
        for kind in kinds
    ]


def objections_for(person: User) -> Any:
    """Return the open objections that a person may answer: not of checks run by the same person."""
    if not holds(person, Permission.RUN_ACTIVITIES):
        return Objection.objects.none()
    waiting = Objection.objects.visible_to(person).filter(answer="")
    return waiting.exclude(maker=person)


def unchecked(activity: Activity, person: User) -> int:
    """Count those who sit in a class that `person` sees and whom no check has ever met."""
    met = CheckResult.objects.filter(run__activity=activity).values("applicant__person")
    seated = Participant.objects.seated().visible_to(person).filter(activity=activity)
    return seated.exclude(person__in=met).count()


def last_run(activity: Activity, stage: str) -> CheckRun | None:
    runs = CheckRun.objects.filter(activity=activity, stage=stage)
    return runs.select_related("by").order_by("-pk").first()


def _newest(
    activity: Activity, stage: str, people: Sequence[Applicant]
) -> Mapping[int, CheckResult]:
    """Return the newest result of each; none from before the NIK was said to be wrong."""
    mine = CheckResult.objects.filter(applicant=OuterRef("pk"), run__stage=stage).order_by("-pk")
    asked = Applicant.objects.filter(pk__in=[one.pk for one in people])
    keys = asked.annotate(newest=Subquery(mine.values("pk")[:1])).values("newest")
    corrected = NumberCorrection.objects.filter(
        person=OuterRef("applicant__person"), at__gt=OuterRef("run__at")
    )
    found = CheckResult.objects.filter(~Exists(corrected), pk__in=keys, run__activity=activity)
    return {one.applicant_id: one for one in found.select_related("run")}


def _lists_of(results: Iterable[CheckResult]) -> dict[int, ComparisonList]:
    keys = {list_ for one in results for *_finding, list_ in one.findings if list_ is not None}
    return ComparisonList.objects.in_bulk(keys)


def _told(
    result: CheckResult,
    lists: Mapping[int, ComparisonList],
    waivers: Mapping[Cause, Waiver],
    objections: Mapping[Cause, Objection],
) -> list[Told]:
    found = []
    for check, outcome, because, list_ in result.findings:
        cause = (result.applicant_id, check, because, list_)
        found.append(
            Told(
                check, outcome, because, lists.get(list_), result, waivers.get(cause),
                objections.get(cause),
            )
        )  # fmt: skip
    return found


def _decided(activity: Activity, stage: str) -> tuple[dict[Cause, Waiver], dict[Cause, Objection]]:
    """Return waivers of a stage, and objections of any, by the cause that they are about.

    What is not known is let pass for a stage; that a list is wrong about somebody holds for both.
    """
    of = {"result__run__activity": activity}
    waivers = Waiver.objects.filter(**of, result__run__stage=stage)
    waivers = waivers.select_related("result", "by").order_by("pk")
    objections = Objection.objects.filter(**of).select_related("result", "answered_by")
    return (
        {_cause(one): one for one in waivers},
        {_cause(one): one for one in objections.order_by("pk")},
    )


def _cause(one: Waiver | Objection) -> Cause:
    because, list_ = next(
        (because, list_)
        for check, _outcome, because, list_ in one.result.findings
        if check == one.check_name
    )
    return one.result.applicant_id, one.check_name, because, list_
