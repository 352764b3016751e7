"""What pages say of checks, and how shared pages name rounds of follow-ups."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pulih.people.models import User
from pulih.workflow.registry import Described

from .models import Activity, FollowUpRound, MentoringVisit
from .reads.checks import Checked, blocked_by
from .rules.binding import binding_on
from .words import CHECKS


@dataclass(frozen=True)
class CheckRow:
    """One check over all people. decided: let pass by a waiver or a right objection."""

    check: str
    label: Any
    passed: int
    failed: int
    unknown: int
    decided: int


@dataclass(frozen=True)
class Summary:
    """All checks of a stage. unchecked: applied after the last run."""

    rows: Sequence[CheckRow]
    people: int
    may_pass: int
    failed: int
    unknown: int
    unchecked: int
    is_assumed: bool

    @property
    def unknown_rows(self) -> list[CheckRow]:
        """The checks that could not tell about somebody, and were not waived."""
        return [row for row in self.rows if row.unknown]


def summary(activity: Activity, stage: str, people: Sequence[Checked], day: date) -> Summary:
    """Count what the checks say of people."""
    binding, counts = binding_on(activity.measure.code, day), blocked_by(people)
    none = {"pass": 0, "fail": 0, "unknown": 0, "decided": 0}
    rows = [
        CheckRow(check, CHECKS[check], one["pass"], one["fail"], one["unknown"], one["decided"])
        for check in binding.checks[stage]
        for one in [counts.get(check, none)]
    ]
    failed = sum(one.has_failed for one in people)
    unchecked = sum(not one.told for one in people)
    passing = sum(one.may_pass for one in people)
    unknown = len(people) - passing - failed - unchecked
    return Summary(
        rows, len(people), passing, failed, unknown, unchecked, is_assumed=not binding.verified
    )


def describe_rounds(person: User, subjects: Collection[int]) -> Mapping[int, Described]:
    rows = FollowUpRound.objects.visible_to(person).filter(pk__in=subjects)
    return {
        one.pk: Described(
            _("%(cohort)s of %(activity)s after %(n)s months")
            % {"cohort": one.cohort, "activity": one.cohort.activity, "n": one.months},
            reverse("delivery:follow-up-round", args=[one.pk]),
        )
        for one in rows.select_related("cohort__activity")
    }


def describe_mentoring(person: User, subjects: Collection[int]) -> Mapping[int, Described]:
    rows = MentoringVisit.objects.visible_to(person).filter(pk__in=subjects)
    return {
        one.pk: Described(
            _("Mentoring of %(cohort)s: %(purpose)s")
            % {"cohort": one.cohort, "purpose": one.purpose},
            reverse("delivery:mentoring-visit", args=[one.pk]),
        )
        for one in rows.select_related("cohort")
    }
