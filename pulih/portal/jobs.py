"""Work that people do not wait for: releases, the site on show."""

from __future__ import annotations

import logging
from collections.abc import Callable

from procrastinate.contrib.django import app

from pulih.administration.queued import NO_LONGER
from pulih.common.errors import Message, Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, may
from pulih.people.queueing import AWAY
from pulih.people.scope import speaking_as_system, speaking_for

from . import actions
from .models import ReleaseWork, WorkKind, loaded_scenario
from .progress import heard

MOST_TRIES = 3
BROKEN = Message(
    "Pekerjaan ini terhenti karena kesalahan kami; rilis yang tampil tetap utuh. Coba lagi; bila "
    "berulang, hubungi pengelola.",
    "This work stopped through a fault of ours; the release on show is whole. Try again; if it "
    "happens again, tell the administrator.",
)
KILLED = Message(
    "Pekerjaan ini berkali-kali dihentikan dari luar; rilis yang tampil tetap utuh. Periksa memori "
    "dan disk, lalu coba lagi.",
    "This work was stopped from outside several times; the release on show is whole. Check memory "
    "and disk, then try again.",
)
WORK: dict[str, Callable[..., object]] = {
    WorkKind.COUNT: actions.protect,
    WorkKind.CHECK: actions.check,
    WorkKind.PUBLISH: actions.publish,
}
log = logging.getLogger(__name__)


@app.task(name="portal.work_on_release")
def work_on_release(release_id: int, person_id: int) -> None:
    """Count, check or publish for the steward who asked; a job of a killed worker begins again."""
    person = User.objects.get(pk=person_id)
    with speaking_for(person):
        work = actions.begin_work(release_id, by=person)
        if work is not None:
            _work_for(work, person)


def _work_for(work: ReleaseWork, person: User) -> None:
    problem: Message | None = BROKEN
    is_away = False
    try:
        problem = _problem(work, person)
    except AWAY:
        is_away = True  # It is taken up again.
        raise
    finally:
        # Whatever else happened, a living worker leaves no release “running”.
        if not is_away:
            actions.end_work(work, problem, by=person)


def _problem(work: ReleaseWork, person: User) -> Message | None:
    """Do it; what went wrong, None if nothing did."""
    if work.tries > MOST_TRIES:
        return KILLED
    try:
        with heard(work.pk, person) as on_progress:
            WORK[work.kind](work.release, by=person, seen=work.seen, on_progress=on_progress)
    except Refusal as refusal:
        return refusal.message
    return None


@app.periodic(cron="* * * * *")
@app.task(name="portal.take_up", pass_context=False)
def take_up(timestamp: int) -> None:
    """Queue again what waits for a job that is lost. Each counts its tries, so none goes on."""
    with speaking_as_system() as system:
        for work in actions.lost_work():
            if may(work.asked_by, Permission.PREPARE_RELEASES, None):
                actions.enqueue_work(work.pk, work.asked_by_id)
            else:
                actions.end_work(work, NO_LONGER, by=system)


@app.periodic(cron="2-59/5 * * * *")
@app.task(name="portal.mend_site", queueing_lock="portal.mend_site", lock="portal-releases")
def mend_site(timestamp: int) -> None:
    """Put the newest release on show where a killed process could not."""
    if actions.mend_site():
        log.warning("portal.site_mended")


@app.periodic(cron="27 * * * *")
@app.task(name="portal.tell_late_lists", queueing_lock="portal.tell_late_lists")
def tell_late_lists(timestamp: int) -> None:
    """Tell the stewards of the newest release which lists came after it."""
    with speaking_as_system() as system:
        actions.tell_late_lists(by=system)


@app.periodic(cron="7 * * * *")
@app.task(name="portal.publish_money", queueing_lock="portal.publish_money", lock="portal-releases")
def publish_money(timestamp: int) -> None:
    """Publish the money of yesterday, tried each hour until no import is in the way."""
    if loaded_scenario() is not None:
        return  # A demonstration stays on its own day.
    with speaking_as_system() as system:
        actions.publish_money(by=system)
