"""Money alone, with nobody's data, publishes itself: no steward is asked while checks pass."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from pulih.common.errors import Refusal
from pulih.inbox.models import ImportBatch
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.workflow.models.steps import state_of

from .. import rhythm
from ..models import Cadence, Cell, Release, ReleaseWork, Scope, WorkKind, WorkState
from ..plain_cells import plain
from ..reads import releases as reads
from ..states import RELEASE
from .releases import NewRelease, check, discard, draft, protect, publish

SUPERSEDED = "Digantikan penghitungan hari berikutnya."


class Unchanged(Exception):
    """The figures of money are those that are on show."""


def publish_money(
    *, by: User, day: date | None = None, now: datetime | None = None, with_pages: bool = True
) -> Release | None:
    """Publish the money of a day, usually yesterday, if it is due and has changed; None if not.

    A check that fails blocks it: the release stays, with what is wrong on its page, for stewards.
    with_pages: as of `publish`.
    """
    require(by, Permission.PUBLISH_RELEASES, None)
    day = day or timezone.localtime(now).date() - timedelta(days=1)
    if not _is_due(day):
        return None
    _leave_stopped(by)
    try:
        release = _counted(day, by, now)
    except Unchanged:
        return None
    try:
        check(release, by=by, now=now)
    except Refusal as refusal:
        _say_why(release, refusal, by)
        return None
    return publish(release, by=by, now=now, with_pages=with_pages)


def _is_due(day: date) -> bool:
    """Once a rhythm, and not while an import changes what is counted."""
    cadence = Cadence.objects.filter(scope=Scope.MONEY).first()
    newest = reads.newest()
    if cadence is None or newest is None or ImportBatch.objects.unfinished().exists():
        return False  # What people read first is a release that two stewards have seen.
    is_tried = Release.objects.filter(as_of=day, scope=Scope.MONEY).exists()
    return rhythm.due_after(cadence.every, cadence.day, newest.as_of) <= day and not is_tried


@transaction.atomic
def _counted(day: date, by: User, now: datetime | None) -> Release:
    """Count; raise Unchanged, and leave no trace, where nothing is new."""
    release = draft(NewRelease(day, scope=Scope.MONEY), by=by, now=now)
    protect(release, by=by, now=now)
    if release.carries is None or _figures(release) == _figures(release.carries):
        raise Unchanged
    return release


def _figures(release: Release) -> dict[str, int | str]:
    return {cell.cell: cell.states for cell in plain(Cell.objects.filter(release=release))}


def _leave_stopped(by: User) -> None:
    """What a failed check stopped on an earlier day is counted again, not published late."""
    stopped = Release.objects.filter(scope=Scope.MONEY, made_by=by).annotate(
        state=state_of(RELEASE.key)
    )
    for release in stopped.filter(state__in=("draft", "protected", "checked")):
        discard(release, reason=SUPERSEDED, by=by)


def _say_why(release: Release, refusal: Refusal, by: User) -> None:
    now = timezone.now()
    ReleaseWork.objects.create(
        release=release, kind=WorkKind.CHECK, state=WorkState.FAILED, asked_by=by, asked_at=now,
        heard_at=now, problem_indonesian=refusal.message.id, problem_en=refusal.message.en,
    )  # fmt: skip
