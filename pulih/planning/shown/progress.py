"""How far a calculation is, in words."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.web import numbers

from ..models import Attempt, Scenario

STAGES = ("worst", "relief", "change")
SILENT_SECONDS = 30


@dataclass(frozen=True)
class SolveProgress:
    """What the waiting page shows. share: 0 to 1 of the time allowed."""

    share: float
    stages: list[tuple[str, str, str]]  # Words, what was reached, state: done, now or ahead.
    time_left: str
    is_waiting: bool
    is_silent: bool
    is_done: bool
    next_url: str


def progress_of(scenario: Scenario) -> SolveProgress:
    attempt = getattr(scenario, "attempt", None)
    limit = scenario.time_limit
    spent = _spent(attempt)
    return SolveProgress(
        share=min(1.0, spent / limit),
        stages=[_stage(name, attempt) for name in STAGES],
        time_left=_time_left(limit - spent),
        is_waiting=scenario.state == "waiting",
        is_silent=_is_silent(attempt),
        is_done=not scenario.is_running,
        next_url=reverse("planning:scenario", args=[scenario.pk]),
    )


def _time_left(seconds: float) -> str:
    if seconds < 1:
        return _("the plan is being kept")
    return _("at most %(seconds)s seconds left") % {"seconds": numbers.whole(seconds)}


def _spent(attempt: Attempt | None) -> float:
    if attempt is None or attempt.started_at is None:
        return 0.0
    return max(0.0, (timezone.now() - attempt.started_at).total_seconds())


def _is_silent(attempt: Attempt | None) -> bool:
    """Tell whether the worker has fallen silent; its job is then taken up again."""
    if attempt is None or attempt.heard_at is None:
        return False
    return (timezone.now() - attempt.heard_at).total_seconds() > SILENT_SECONDS


def _stage(name: str, attempt: Attempt | None) -> tuple[str, str, str]:
    words = {
        "worst": _("Raise the lowest coverage"),
        "relief": _("Relieve as many firms as possible"),
        "change": _("Move as little money as possible"),
    }[name]
    now = STAGES.index(attempt.stage) if attempt and attempt.stage in STAGES else -1
    place = STAGES.index(name)
    if attempt is None or place > now:
        return words, "", "ahead"
    if place < now:
        return words, _("done"), "done"
    return words, _reached(name, attempt), "now"


def _reached(name: str, attempt: Attempt) -> str:
    values = {
        "value": _value(name, attempt.value),
        "bound": _value(name, attempt.bound),
        "gap": numbers.percent(attempt.gap, 2),
    }
    return _("%(value)s so far, at best %(bound)s, gap %(gap)s") % values


def _value(name: str, value: float | None) -> str:
    if value is None or abs(value) > 1e18:
        return numbers.UNKNOWN
    if name == "worst":
        return numbers.percent(value, 2)
    if name == "relief":
        return numbers.whole(value)
    return numbers.billions(round(value))
