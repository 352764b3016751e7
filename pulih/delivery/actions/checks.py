"""Checking who may receive, waiving what nobody knows, and answering who objects."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.links.actions import require_link
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.web import numbers
from pulih.workflow.calendars import calendar

from ..models import (
    Activity,
    Applicant,
    CheckResult,
    CheckRun,
    Objection,
    Origin,
    Participant,
    Waiver,
)
from ..purposes import ANSWER
from ..reads.checks import checked
from ..reads.facts import facts_of, people_of
from ..rules.binding import ages_on, binding_on
from ..rules.checks import PAYMENT, CheckTerms, Finding, Outcome, judge_all
from ..words import CHECKS
from .activities import place_of

DAYS_TO_DECIDE = 5  # Working days. Source: assumed; no rule was found.
BATCH = 1_000
KEEP_RESULTS = (Path(__file__).parents[1] / "sql/queries/keep_results.sql").read_text("utf-8")


@transaction.atomic
def run(activity: Activity, *, stage: str, by: User, now: datetime, today: date) -> CheckRun:
    """Check all who applied, or before payment all who sit in a class. May refuse.

    Who sits in a class by a pasted list is checked before selection too: nobody is let in by it.
    """
    require(by, Permission.RUN_ACTIVITIES, place_of(activity))
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    _add_those_of_classes(activity, today)
    facts = facts_of(activity, stage, today)
    if not facts:
        raise Refusal(
            _("Nobody has a place in this activity yet. Seat its people first.")
            if stage == PAYMENT
            else _("Nobody applied to this activity yet. Add its applicants first.")
        )
    checks = binding_on(activity.measure.code, today).checks[stage]
    asked = CheckTerms(today, stage, ages_on(today))
    made = CheckRun.objects.create(
        activity=activity, province_id=activity.province_id, regency_id=activity.regency_id,
        stage=stage, day=today, people=len(facts), by=by, at=now,
    )  # fmt: skip
    findings = judge_all(facts, checks, asked)
    counts = {outcome.value: people for outcome, people in _keep(made, findings).items()}
    record(by, "delivery.check", made, stage=stage, people=len(facts), **counts)
    return made


@transaction.atomic
def waive(result: CheckResult, *, check: str, reason: str, by: User, now: datetime) -> Waiver:
    """Let an applicant pass whom a check could not tell about. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, result.regency)
    if result.run.by_id == by.pk:
        raise Refusal(_("You ran this check yourself. Somebody else of the office must waive it."))
    if check not in result.unknown:
        raise Refusal(
            _("“%(check)s” is not unknown for this person. Only what nobody knows is waived.")
            % {"check": CHECKS.get(check, check)}
        )
    if result.waivers.filter(check_name=check).exists():
        raise Refusal(_("This has been waived before. Load the page again."))
    made = Waiver.objects.create(
        result=result, check_name=check, province_id=result.province_id,
        regency_id=result.regency_id, reason=reason, by=by, at=now,
    )  # fmt: skip
    record(by, "delivery.waive", made, check=check)
    return made


@transaction.atomic
def waive_all(
    activity: Activity, *, stage: str, check: str, reason: str, by: User, now: datetime
) -> int:
    """Waive one check for everybody whom it could not tell about. Return how many. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, place_of(activity))
    people = checked(activity, stage, people_of(activity, stage))
    open_ = [
        one.result
        for person in people
        for one in person.blocking
        if one.check == check and one.outcome == Outcome.UNKNOWN
    ]
    if not open_:
        raise Refusal(_("Nothing is left to waive here. Load the page again."))
    for result in open_:
        waive(result, check=check, reason=reason, by=by, now=now)
    return len(open_)


@transaction.atomic
def object_to(
    result: CheckResult, *, check: str, said: str, by: User | Link, now: datetime, today: date
) -> Objection:
    """Write down that an applicant says a failed check is wrong. May refuse."""
    if isinstance(by, Link):
        require_link(by, ANSWER, result.applicant_id)
    else:
        require(by, Permission.RUN_ACTIVITIES, result.regency)
    if check not in result.failed:
        raise Refusal(
            _("“%(check)s” did not fail for this person, so there is nothing to object to.")
            % {"check": CHECKS.get(check, check)}
        )
    if made_before := result.objections.filter(check_name=check).first():
        raise Refusal(
            _("There is an objection to this already. It will be answered by %(day)s.")
            % {"day": numbers.day(made_before.due_on)}
        )
    made = Objection.objects.create(
        result=result, check_name=check, province_id=result.province_id,
        regency_id=result.regency_id, said=said, made_at=now,
        by=None if isinstance(by, Link) else by,
        link=by if isinstance(by, Link) else None, due_on=calendar().after(today, DAYS_TO_DECIDE),
    )  # fmt: skip
    record(by, "delivery.object", made, check=check)
    return made


@transaction.atomic
def answer(objection: Objection, *, answer: str, reason: str, by: User, now: datetime) -> Objection:
    """Say who is right, the person or the check. May refuse."""
    found: Objection = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
    require(by, Permission.RUN_ACTIVITIES, found.regency)
    if found.answer:
        raise Refusal(
            _("This objection was answered on %(day)s.") % {"day": numbers.day(found.answered_at)}
        )
    if found.maker_id == by.pk:
        raise Refusal(_("You ran this check yourself. Somebody else must answer the objection."))
    found.answer, found.answer_reason = answer, reason
    found.answered_by, found.answered_at = by, now
    found.save(update_fields=["answer", "answer_reason", "answered_by", "answered_at"])
    record(by, "delivery.answer_objection", found, answer=answer)
    return found


def _add_those_of_classes(activity: Activity, today: date) -> None:
    """Let everybody who sits in a class count as an applicant, also those seated from a list."""
    seated = Participant.objects.seated().filter(activity=activity)
    missing = seated.exclude(
        person__in=Applicant.objects.filter(activity=activity).values("person")
    )
    Applicant.objects.bulk_create(
        [
            Applicant(
                activity=activity, person=one.person, province_id=one.person.province_id,
                regency_id=one.person.regency_id, origin=Origin.CLASS, applied_on=today,
            )
            for one in missing.select_related("person")
        ],
        batch_size=BATCH,
    )  # fmt: skip


def _keep(made: CheckRun, findings: dict[int, list[Finding]]) -> dict[Outcome, int]:
    """Keep what was found of each applicant; return of how many something failed or is unknown."""
    kinds: dict[int, int] = {}  # People who are alike share one list of findings.
    said: list[list[Finding]] = []
    for found in findings.values():
        if kinds.setdefault(id(found), len(said)) == len(said):
            said.append(found)
    applicants, of = list(findings), [kinds[id(found)] for found in findings.values()]
    with connection.cursor() as cursor:
        cursor.execute(KEEP_RESULTS, {
            "run": made.pk, "applicants": applicants, "kinds": of,
            "said": json.dumps([_as_kept(kind, found) for kind, found in enumerate(said)]),
        })  # fmt: skip
        assert cursor.rowcount == len(findings), "each applicant has one result"
    people = Counter(of)
    return {
        outcome: sum(people[kind] for kind, found in enumerate(said) if _named(found, outcome))
        for outcome in (Outcome.FAIL, Outcome.UNKNOWN)
    }


def _as_kept(kind: int, found: Sequence[Finding]) -> dict[str, Any]:
    return {
        "kind": kind,
        "findings": [[one.check, one.outcome.value, one.because, one.list] for one in found],
        "failed": _named(found, Outcome.FAIL),
        "unknown": _named(found, Outcome.UNKNOWN),
    }


def _named(findings: Sequence[Finding], outcome: Outcome) -> list[str]:
    return [one.check for one in findings if one.outcome == outcome]
