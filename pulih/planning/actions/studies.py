"""Asking the background to think a scenario over, and keeping what it finds, variant by variant."""

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.administration.queued import is_queued
from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.people.queueing import task
from pulih.refocusing.doubts import Told

from ..cases import plan_archive
from ..models import Scenario, Study, StudyKind, Variant
from ..rules.estimates import Estimated
from ..rules.questions import Answer, Question
from ..rules.variants import figures_of
from ..rules.what_if import Moved

MOST_TRIES = 3


@transaction.atomic
def ask_study(
    scenario: Scenario, kind: StudyKind, *, by: User, moved: Moved | None = None
) -> Study:
    """Put a question in the queue unless it is asked already. May refuse without a plan."""
    require(by, Permission.PLAN, None)
    scenario = Scenario.objects.select_for_update().get(pk=scenario.pk)
    if not scenario.has_plan:
        raise Refusal(_("This scenario has no plan yet to compare with. Solve it first."))
    given = moved or Moved()
    key = given.key if kind == StudyKind.EXACT else ""
    study, is_new = Study.objects.get_or_create(
        scenario=scenario, kind=kind, key=key, defaults={"person": by, "asked": given.as_json()}
    )
    if not is_new and not study.may_begin_again:
        return study
    study.person, study.asked_at, study.tries = by, timezone.now(), 0
    study.heard_at = None
    study.is_over = study.is_broken = False
    study.save()
    if kind == StudyKind.EXACT:
        _leave_older(study, by)
    record(by, "planning.study", scenario, kind=kind)
    enqueue_study(study, by)
    return study


def _leave_older(study: Study, by: User) -> None:
    """End what the same person asked before: only the latest numbers matter to them.

    Whoever else waits for one of them sees that it was left, and their page asks it again.
    """
    older = Study.objects.filter(kind=StudyKind.EXACT, person=by, is_over=False)
    older.exclude(pk=study.pk).update(is_over=True)


def lost_studies() -> list[Study]:
    """Return the studies that are not over, though no job is to come for them."""
    every = Study.objects.filter(is_over=False).select_related("person").order_by("pk")
    return [one for one in every if not is_queued("planning.think", study_id=one.pk)]


def enqueue_study(study: Study, by: User) -> None:
    """Queue a job in the caller's transaction: there is no study that waits without one."""
    task("planning.think").configure(lock=f"planning-study-{study.scenario_id}-{study.kind}").defer(
        study_id=study.pk, person_id=by.pk
    )


@transaction.atomic
def begin_study(study_id: int, *, by: User) -> Study | None:
    """Start, or go on after a killed worker; None when there is nothing left to do."""
    require(by, Permission.PLAN, None)
    study = Study.objects.select_for_update().filter(pk=study_id, is_over=False).first()
    if study is None:
        return None
    study.tries, study.heard_at = study.tries + 1, timezone.now()
    if study.tries > MOST_TRIES:
        study.is_over = study.is_broken = True
    study.save()
    return None if study.is_over else study


def note_study_progress(study: Study, total: int) -> bool:
    """Note that a study goes on; return whether it was left meanwhile."""
    found = Study.objects.filter(pk=study.pk)
    found.update(heard_at=timezone.now(), total=total)
    return not found.filter(is_over=False).exists()


@transaction.atomic
def keep_variant(study: Study, question: Question, answer: Answer, *, by: User) -> None:
    """Keep the answer to one question; a second worker's is the same and is dropped."""
    require(by, Permission.PLAN, None)
    if study.variants.filter(place=question.place).exists():
        return
    figures, plan = _kept(answer)
    Variant.objects.create(
        study=study, place=question.place, change=question.change, figures=figures, plan=plan
    )


def _kept(answer: Answer) -> tuple[dict[str, Any], bytes | None]:
    if answer is None:
        return {}, None
    if isinstance(answer, Told):
        kept = asdict(answer)
        return {"moved": kept["moved"], "worst": kept["worst"]}, None
    if isinstance(answer, Estimated):
        figures = {} if answer.solved is None else figures_of(answer.solved)
        plan = None if answer.solved is None else plan_archive(answer.solved)
        return figures | {"fares": answer.fares}, plan
    return figures_of(answer), plan_archive(answer)


@transaction.atomic
def end_study(study: Study, *, by: User, is_broken: bool = False) -> None:
    """Say that nothing more will come of a study, unless it was asked again meanwhile."""
    require(by, Permission.PLAN, None)
    found = Study.objects.filter(pk=study.pk, asked_at=study.asked_at)
    found.update(is_over=True, is_broken=is_broken)
