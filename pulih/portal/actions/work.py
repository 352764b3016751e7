"""Work on a release that nobody waits for at the page: asked for, begun, ended."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from pulih.administration.queued import is_queued
from pulih.common.errors import Message, Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.people.queueing import task

from ..models import Release, ReleaseWork, WorkKind, WorkState
from ..models.work import RUNNING
from ..reads import releases as reads
from ..states import RELEASE
from .releases import refuse_own

MOVE_OF = {WorkKind.COUNT: "protect", WorkKind.CHECK: "check", WorkKind.PUBLISH: "publish"}


@transaction.atomic
def ask(release: Release, kind: WorkKind, *, by: User, seen: int | None = None) -> ReleaseWork:
    """Put work on a release in the queue. May refuse: a step that is not next, work that goes on.

    seen: the number of the last step that the person saw.
    """
    move = RELEASE.move(reads.state_of_release(release), MOVE_OF[kind])
    require(by, Permission(move.permission), None)
    if kind == WorkKind.PUBLISH:
        refuse_own(release, by)
    Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
    if ReleaseWork.objects.filter(release=release, state__in=RUNNING).exists():
        raise Refusal(_GOES_ON)
    now = timezone.now()
    work, _made = ReleaseWork.objects.update_or_create(
        release=release,
        defaults={
            "kind": kind, "state": WorkState.WAITING, "stage": "", "finished": 0, "total": 0,
            "problem_indonesian": "", "problem_en": "", "tries": 0, "seen": seen, "asked_by": by,
            "asked_at": now, "heard_at": now,
        },
    )  # fmt: skip
    enqueue_work(release.pk, by.pk)
    return work


def lost_work() -> list[ReleaseWork]:
    """Return the work that waits or goes on, though no job is to come for it."""
    every = ReleaseWork.objects.filter(state__in=RUNNING).order_by("pk")
    return [one for one in every if not is_queued("portal.work_on_release", release_id=one.pk)]


def enqueue_work(release_id: int, person_id: int) -> None:
    """Queue a job in the caller's transaction: there is no work that waits without one."""
    # One lock for all: what one release shows is hidden by what the other does.
    task("portal.work_on_release").configure(lock="portal-releases").defer(
        release_id=release_id, person_id=person_id
    )


@transaction.atomic
def begin_work(release_id: int, *, by: User) -> ReleaseWork | None:
    """Begin, or after a killed worker begin again; None when nothing is left to do."""
    require(by, Permission.PREPARE_RELEASES, None)
    asked = ReleaseWork.objects.select_for_update().filter(pk=release_id, state__in=RUNNING)
    work: ReleaseWork | None = asked.first()
    if work is not None:
        work.state, work.tries, work.heard_at = WorkState.RUNNING, work.tries + 1, timezone.now()
        work.stage, work.finished, work.total = "", 0, 0
        work.save()
    return work


@transaction.atomic
def end_work(work: ReleaseWork, problem: Message | None, *, by: User) -> None:
    """Write down that work is done, or why it is not."""
    require(by, Permission.PREPARE_RELEASES, None)
    said = problem or Message("", "")
    ReleaseWork.objects.filter(pk=work.pk).update(
        state=WorkState.FAILED if problem else WorkState.DONE,
        problem_indonesian=said.id,
        problem_en=said.en,
        heard_at=timezone.now(),
    )


_GOES_ON = Message(
    "Rilis ini sedang dikerjakan atas permintaan lain. Tunggu sampai selesai; halaman ini "
    "memperlihatkan jalannya.",
    "This release is being worked on for another request. Wait until that is done; this page shows "
    "how far it is.",
)
