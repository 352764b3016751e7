"""From asking for a plan to keeping it. The solver itself runs in `jobs`, outside transactions."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.administration.queued import is_queued
from pulih.audit.actions import record, record_run
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.people.queueing import task
from pulih.refocusing import Infeasible, Outcome, Solved
from pulih.workflow.columns import move_row

from ..cases import Material, plan_archive
from ..models import Attempt, CaseArchive, Scenario, Solution, State
from ..models.scenarios import FROZEN
from ..states import RUNNING, SCENARIO
from ..wording import Sentence, in_both, no_plan_in_time
from .rows import keep_rows, opening_of
from .scenarios import is_copy, new_version, refuse_below_bound

PROVEN = 2e-4  # A gap of no more is as good as closed.
SECONDS = (600, 1_800, 3_600)  # That a plan is proven further, more each time it was in vain.


@transaction.atomic
def request_solution(scenario: Scenario, *, by: User) -> Attempt:
    """Put a draft in the queue. May refuse a ceiling that has become too low meanwhile."""
    require(by, Permission.PLAN, None)
    scenario = Scenario.objects.select_for_update().get(pk=scenario.pk)
    if scenario.is_running:
        return scenario.attempt
    if scenario.state != State.DRAFT:
        raise Refusal(_("This scenario is solved already. Make a new version to change it."))
    refuse_below_bound(scenario.fiscal_year, scenario.ceiling, scenario.as_of, by)
    move_row(SCENARIO, scenario, "queue")
    scenario.problem = {}
    scenario.save(update_fields=["state", "problem", "changed_at"])
    Attempt.objects.filter(scenario=scenario).delete()
    attempt = Attempt.objects.create(scenario=scenario, person=by)
    record(by, "planning.request", scenario)
    enqueue_scenario(scenario, by)
    return attempt


@transaction.atomic
def prove_further(scenario: Scenario, *, by: User) -> Scenario:
    """Queue a version that goes on from a plan, on its own case and with more time. May refuse.

    Asked again while one is at work, it answers with that one; one in vain is used once more.
    """
    require(by, Permission.PLAN, None)
    scenario = Scenario.objects.select_for_update().get(pk=scenario.pk)
    if scenario.state != State.SOLVED:
        raise Refusal(_("Only a solved plan that is not adopted yet can be proven further."))
    if scenario.beyond_worst:
        raise Refusal(
            _(
                "A plan that is fair beyond the worst province is proven further by more "
                "time: make a new version with a longer time limit."
            )
        )
    if scenario.solution.largest_gap <= PROVEN:
        raise Refusal(_("This plan is proven to be the best already. Nothing was saved."))
    copy = going_on_from(scenario)
    if copy is not None and copy.is_running:
        return copy
    copy = copy or new_version(scenario, by=by)
    before = max(scenario.time_limit, copy.time_limit if copy.problem else 0)
    copy.time_limit = next((some for some in SECONDS if some > before), SECONDS[-1])
    move_row(SCENARIO, copy, "queue")
    copy.problem = {}
    copy.save(update_fields=["time_limit", "state", "problem", "changed_at"])
    Attempt.objects.filter(scenario=copy).delete()
    Attempt.objects.create(scenario=copy, person=by, goes_on=True)
    record(by, "planning.prove_further", copy, of=scenario.pk)
    enqueue_scenario(copy, by)
    return copy


def going_on_from(scenario: Scenario) -> Scenario | None:
    """Return the version that goes on from a plan, or did in vain; None where there is none."""
    later = scenario.later_versions.filter(attempt__goes_on=True).select_related("attempt")
    every = later.exclude(state__in=FROZEN).order_by("-version")
    return next((one for one in every if one.is_running or is_copy(one, scenario)), None)


def lost_scenarios() -> list[Scenario]:
    """Return the scenarios that wait or are being solved, though no job is to come for them."""
    running = Scenario.objects.filter(state__in=RUNNING)
    every = running.select_related("attempt__person").order_by("pk")
    return [one for one in every if not is_queued("planning.solve_scenario", scenario_id=one.pk)]


def enqueue_scenario(scenario: Scenario, by: User) -> None:
    """Queue a job in the caller's transaction: there is no scenario that waits without one."""
    task("planning.solve_scenario").configure(lock=f"planning-{scenario.pk}").defer(
        scenario_id=scenario.pk, person_id=by.pk
    )


@transaction.atomic
def begin(scenario_id: int, *, by: User) -> Scenario | None:
    """Start, or after a killed worker start again; None when there is nothing left to do."""
    require(by, Permission.PLAN, None)
    scenario = Scenario.objects.select_for_update().filter(pk=scenario_id).first()
    if scenario is None or not scenario.is_running:
        return None
    attempt = scenario.attempt
    if attempt.is_cancelled:
        return_to_draft(scenario, {}, by=by)
        return None
    now = timezone.now()
    attempt.started_at, attempt.heard_at, attempt.tries = now, now, attempt.tries + 1
    attempt.stage, attempt.value, attempt.bound, attempt.gap = "", None, None, None
    attempt.save()
    move_row(SCENARIO, scenario, "begin")
    scenario.save(update_fields=["state", "changed_at"])
    return scenario


def hear(scenario_id: int, said: dict[str, Any]) -> bool:
    """Note what the solver says; return whether the planner has cancelled.

    said: stage, value, bound, gap and seconds, or nothing new.
    """
    attempts = Attempt.objects.filter(scenario_id=scenario_id)
    attempts.update(**said, heard_at=timezone.now())
    return not attempts.filter(is_cancelled=False).exists()


@transaction.atomic
def cancel(scenario: Scenario, *, by: User) -> Scenario:
    """Stop a calculation; a plan that is already there stays.

    One that goes on from a plan has something to keep: its job ends it with what is better by now.
    """
    require(by, Permission.PLAN, None)
    scenario = Scenario.objects.select_for_update().get(pk=scenario.pk)
    if not scenario.is_running:
        return scenario
    Attempt.objects.filter(scenario=scenario).update(is_cancelled=True)
    record(by, "planning.cancel", scenario)
    if scenario.state == State.WAITING or not scenario.attempt.goes_on:
        return_to_draft(scenario, {}, by=by)
    return scenario


@transaction.atomic
def return_to_draft(scenario: Scenario, problem: Sentence, *, by: User) -> None:
    """Give a scenario back to its planner, with what went wrong, if anything did."""
    require(by, Permission.PLAN, None)
    running = Scenario.objects.filter(pk=scenario.pk, state__in=RUNNING)
    running.update(state=State.DRAFT, problem=problem, changed_at=timezone.now())
    scenario.refresh_from_db()


@transaction.atomic
def keep_answer(
    scenario: Scenario,
    outcome: Outcome,
    explanation: dict[str, Any],
    material: Material,
    *,
    by: User,
    started_at: datetime,
) -> Solution | None:
    """Keep a plan or a proven conflict; give the draft back when time ran out without either."""
    require(by, Permission.PLAN, None)
    scenario = Scenario.objects.select_for_update().get(pk=scenario.pk)
    if scenario.state != State.SOLVING:
        return None  # Cancelled, or another worker was faster.
    if not isinstance(outcome, Solved | Infeasible):
        return_to_draft(scenario, in_both(partial(no_plan_in_time, scenario.time_limit)), by=by)
        return None
    solution = Solution.objects.create(
        scenario=scenario,
        status=explanation["status"],
        case_sha256=material.sha256,
        explanation=explanation,
        seconds=outcome.seconds,
        solved_by=by,
        **opening_of(outcome, material),
    )
    CaseArchive.objects.create(
        solution=solution, case=material.archive(), plan=plan_archive(outcome)
    )
    counts = keep_rows(solution, outcome, material) if isinstance(outcome, Solved) else {}
    move_row(SCENARIO, scenario, "solve" if isinstance(outcome, Solved) else "refute")
    scenario.save(update_fields=["state", "changed_at"])
    record(by, "planning.solve", scenario, status=solution.status)
    record_run(
        "planning.solve", by=by, input_sha256=solution.case_sha256, started_at=started_at,
        counts=counts,
    )  # fmt: skip
    return solution
