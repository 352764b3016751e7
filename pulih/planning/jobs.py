"""Work that planners do not wait for."""

import logging
from datetime import datetime
from functools import partial
from typing import Any, cast

from django.utils import timezone
from procrastinate.contrib.django import app

from pulih.administration.queued import NO_LONGER
from pulih.people.models import User
from pulih.people.permissions import Permission, may
from pulih.people.queueing import AWAY
from pulih.people.scope import speaking_as_system, speaking_for
from pulih.refocusing import Case, Outcome, Solved
from pulih.refocusing.earlier import is_further
from pulih.refocusing.explain import explanation
from pulih.refocusing.near import beside
from pulih.refocusing.relief import Units

from . import actions
from .cases import (
    Material,
    case_of,
    earlier_of,
    kept_material,
    material_of,
    plan_of,
    units_of,
)
from .models import Scenario, Study, StudyKind
from .rules.questions import Answer, Question, answers, questions_of
from .running import Broken, Stopped, Waiting, answers_apart, go_on_apart, run_apart
from .wording import Sentence, broken, in_both, killed, nothing_further, of_faults

GAP = 1e-4
MOST_TRIES = 3
log = logging.getLogger(__name__)


@app.task(name="planning.solve_scenario")
def solve_scenario(scenario_id: int, person_id: int) -> None:
    """Solve a scenario for the planner who asked; a job of a killed worker begins again."""
    person = User.objects.get(pk=person_id)
    with speaking_for(person):
        scenario = actions.begin(scenario_id, by=person)
        if scenario is not None:
            solve_for(scenario, person)


def solve_for(scenario: Scenario, person: User) -> None:
    """Solve a scenario that has begun; keep its plan, or give it back with what went wrong."""
    problem = in_both(broken)
    is_away = False
    try:
        problem = _answer(scenario, person)
    except AWAY:
        is_away = True  # It is taken up again.
        raise
    finally:
        # Whatever else happened, a living worker leaves no scenario “being solved”.
        if not is_away:
            actions.return_to_draft(scenario, problem, by=person)


def _answer(scenario: Scenario, person: User) -> Sentence:
    """Solve and keep; return what went wrong, empty if nothing did."""
    if scenario.attempt.tries > MOST_TRIES:
        return in_both(killed)
    started_at = timezone.now()
    before = scenario.previous.solution if scenario.previous and scenario.attempt.goes_on else None
    material = kept_material(before) if before else material_of(scenario, person)
    case = material.case()
    if not isinstance(case, Case):
        return of_faults(case)
    earlier = None if before is None else earlier_of(before)
    hear, limit = partial(actions.hear, scenario.pk), scenario.time_limit
    if earlier is None:
        fair = scenario.beyond_worst
        outcome = run_apart(case, gap=GAP, time_limit=limit, hear=hear, beyond_worst=fair)
    else:
        outcome = go_on_apart(case, earlier, gap=GAP, time_limit=limit, hear=hear)
    if isinstance(outcome, Stopped):
        return {}
    if isinstance(outcome, Broken):
        log.error("planning.solver_broke", extra={"scenario": scenario.pk})
        return in_both(broken)
    if earlier is not None and not (isinstance(outcome, Solved) and is_further(outcome, earlier)):
        return in_both(partial(nothing_further, outcome.seconds))
    _keep(scenario, outcome, material, person, started_at)
    return {}


def _keep(
    scenario: Scenario, outcome: Outcome, material: Material, person: User, started_at: datetime
) -> None:
    outcome, near = _near(scenario, outcome)
    told = explanation(outcome) | near
    actions.keep_answer(scenario, outcome, told, material, by=person, started_at=started_at)


def _near(scenario: Scenario, outcome: Outcome) -> tuple[Outcome, dict[str, Any]]:
    """Let the plan of the version before stay unless turning it pays; say what became of it."""
    before = scenario.previous
    proves = scenario.attempt.goes_on
    if proves or before is None or not before.has_plan or not isinstance(outcome, Solved):
        return outcome, {}
    kept, turned = beside(outcome, plan_of(before.solution))
    return kept, {"near": turned.told}


@app.task(name="planning.think")
def think(study_id: int, person_id: int) -> None:
    """Answer a study's questions one by one; after a killed worker only those that are open."""
    person = User.objects.get(pk=person_id)
    with speaking_for(person):
        study = actions.begin_study(study_id, by=person)
        if study is not None:
            think_over(study, person)


def think_over(study: Study, person: User) -> None:
    """Answer the questions of a study that has begun, until they end or the study is left."""
    is_broken, is_away = True, False
    try:
        is_broken = not _answer_all(study, person)
    except AWAY:
        is_away = True  # It is taken up again.
        raise
    finally:
        # Whatever else happened, a living worker leaves no study “being worked out”.
        if not is_away:
            actions.end_study(study, by=person, is_broken=is_broken)


def _answer_all(study: Study, person: User) -> bool:
    """Keep answers until they end or the study is left; return whether the cores went on."""
    case = case_of(study.scenario.solution)
    every = questions_of(study.kind, case, study.asked)
    known = set(study.variants.values_list("place", flat=True))
    missing = [question for question in every if question.place not in known]
    given = study.kind, case, missing, study.scenario.time_limit, _todays_units(study)
    for answer in answers_apart(answers, *given):
        if actions.note_study_progress(study, len(every)):
            return True
        if isinstance(answer, Broken):
            log.error("planning.study_broke", extra={"study": study.pk})
            return False
        if not isinstance(answer, Waiting):
            question, found = cast("tuple[Question, Answer]", answer)
            actions.keep_variant(study, question, found, by=person)
    return True


def _todays_units(study: Study) -> Units | None:
    """Return the units of the scenario's plan for a study that holds it against others."""
    if study.kind != StudyKind.NEEDS:
        return None
    return units_of(study.scenario.solution, study.scenario.as_of)


@app.periodic(cron="* * * * *")
@app.task(name="planning.take_up", pass_context=False)
def take_up(timestamp: int) -> None:
    """Queue again what waits for a job that is lost. Each counts its tries, so none goes on."""
    with speaking_as_system() as system:
        for scenario in actions.lost_scenarios():
            if may(scenario.attempt.person, Permission.PLAN, None):
                actions.enqueue_scenario(scenario, scenario.attempt.person)
            else:
                problem = {"id": NO_LONGER.id, "en": NO_LONGER.en}
                actions.return_to_draft(scenario, problem, by=system)
        for study in actions.lost_studies():
            if may(study.person, Permission.PLAN, None):
                actions.enqueue_study(study, study.person)
            else:
                actions.end_study(study, by=system, is_broken=True)
