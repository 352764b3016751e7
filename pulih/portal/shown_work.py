"""The work on a release as its page shows it: what is done, of how much, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.web import numbers
from pulih.web.words import say

from .models import Release, ReleaseWork, WorkKind

SILENT = timedelta(seconds=60)
PAGES = 700  # Roughly, of a whole country; a bar that is nearly right says more than none.
# Where each stage begins and ends on the bar.
SHARES = {
    "counting": (0.0, 0.5),
    "protecting": (0.5, 0.9),
    "keeping": (0.9, 1.0),
    "checking": (0.1, 0.9),
    "files": (0.0, 0.4),
    "pages": (0.4, 0.9),
    "pressing": (0.9, 1.0),
}


@dataclass(frozen=True)
class Work:
    """share: 0 to 1. is_asked_here: a fragment that ends, and so loads the page again."""

    is_running: bool
    words: str
    share: float
    is_silent: bool
    problem: str
    is_asked_here: bool = False


def work_of(release: Release, is_asked_here: bool = False) -> Work | None:
    work = ReleaseWork.objects.filter(release=release).first()
    if work is None:
        return None
    return Work(
        work.is_running,
        _words(work),
        _share(work),
        timezone.now() - work.heard_at > SILENT,
        say(work.problem) if work.problem else "",
        is_asked_here,
    )


def _share(work: ReleaseWork) -> float:
    begin, end = SHARES.get(work.stage, (0.0, 0.0))
    total = work.total or (PAGES if work.stage == "pages" else 0)
    within = min(work.finished / total, 1.0) if total else 0.0
    return begin + (end - begin) * within


def _words(work: ReleaseWork) -> str:
    if not work.stage:
        return _("Waiting for the worker to take it up.")
    if work.stage == "pages":
        return _("Writing pages: %(n)s") % {"n": numbers.whole(work.finished)}
    words = {
        "counting": _("Counting: table %(n)s of %(total)s"),
        "protecting": _("Hiding small groups and proving that they cannot be found"),
        "keeping": _("Keeping the figures"),
        "checking": _("Checking books, hidden groups and sums"),
        "files": _("Writing files: %(n)s of %(total)s"),
        "pressing": _("Compressing files"),
    }
    said = words.get(work.stage, str(WorkKind(work.kind).label))
    n = min(work.finished + 1, work.total)
    return said % {"n": numbers.whole(n), "total": numbers.whole(work.total)}
