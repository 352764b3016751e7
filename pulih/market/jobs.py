"""Work that planners do not wait for: sharing needs out."""

import logging
from functools import partial

from procrastinate.contrib.django import app

from pulih.administration.queued import NO_LONGER
from pulih.matching import Case, Solved, solve
from pulih.people.models import User
from pulih.people.permissions import Permission, may
from pulih.people.queueing import AWAY
from pulih.people.scope import speaking_as_system, speaking_for
from pulih.planning.running import Broken, Stopped, solve_apart
from pulih.workflow import clock

from .actions import earlier_lists, offers
from .actions import runs as actions
from .models import Run

GAP = 1e-4
STOPPED_SECONDS = 2.0
MOST_TRIES = 3
BROKEN = (
    "Pencocokan terhenti tanpa jawaban. Coba lagi; bila berulang, hubungi pengelola.",
    "The match ended without an answer. Try again; if it happens again, tell the administrator.",
)
log = logging.getLogger(__name__)


@app.task(name="market.solve_run")
def solve_run(run_id: int, person_id: int) -> None:
    """Work a match out for who asked for it; a job of a killed worker begins again."""
    person = User.objects.get(pk=person_id)
    with speaking_for(person):
        run = actions.begin(run_id, by=person)
        if run is not None:
            solve_for(run, person)


@app.periodic(cron="*/5 * * * *")
@app.task(name="market.lapse_offers", queueing_lock="market.lapse_offers")
def lapse_offers(timestamp: int) -> None:
    """Let offers lapse that nobody answered in time, so that the rest can be offered again."""
    with speaking_as_system() as system:
        offers.lapse_offers(by=system, now=clock.now())


@app.periodic(cron="23 * * * *")
@app.task(name="market.read_earlier", queueing_lock="market.read_earlier")
def read_earlier(timestamp: int) -> None:
    """Read what lists from before the market say of makers, a few at a time."""
    with speaking_as_system() as system:
        earlier_lists.read_earlier(by=system)


@app.periodic(cron="* * * * *")
@app.task(name="market.take_up", pass_context=False)
def take_up(timestamp: int) -> None:
    """Queue again what waits for a job that is lost. Each counts its tries, so none goes on."""
    with speaking_as_system():
        for run in actions.lost():
            if may(run.asked_by, Permission.MATCH, run.area):
                actions.enqueue(run, run.asked_by)
            else:
                actions.give_up(run, (NO_LONGER.id, NO_LONGER.en))


def solve_for(run: Run, person: User) -> None:
    """Work out a match that has begun; keep its answer, or write down what went wrong."""
    problem, is_away = BROKEN, False
    try:
        problem = _answer(run, person)
    except AWAY:
        is_away = True  # It is taken up again.
        raise
    finally:
        # Whatever else happened, a living worker leaves no match “being worked out”.
        if not is_away:
            actions.give_up(run, problem)


def _answer(run: Run, person: User) -> tuple[str, str]:
    if run.progress.tries > MOST_TRIES:
        return BROKEN
    material = actions.case_of(run, list(actions.needs_of(run, person)), person)
    case = material.case()
    if not isinstance(case, Case):
        return case[0].message.id, case[0].message.en
    solved = solve_apart(
        solve, case, gap=GAP, time_limit=run.time_limit, hear=partial(actions.hear, run.pk)
    )
    if isinstance(solved, Stopped):
        # It had found nothing yet. What a short look finds is lawful too, and better than nothing.
        solved = solve(case, gap=GAP, time_limit=STOPPED_SECONDS)
    if isinstance(solved, Broken):
        log.error("market.solver_broke", extra={"run": run.pk})
        return BROKEN
    assert isinstance(solved, Solved)
    actions.keep_answer(run, solved, material, by=person)
    return "", ""
