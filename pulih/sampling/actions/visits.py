"""Writing down what a visit found; a mistake is corrected by another visit, never changed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.links.acting import on_behalf
from pulih.people.links.actions import require_link
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.web import numbers
from pulih.workflow.actions import NewDuty, start, take_step
from pulih.workflow.post_holders import post_of
from pulih.workflow.reads import last_step

from ..models import Finding, Kind, Outcome, SampleUnit, Visit
from ..posts import SETTLER
from ..purposes import VISIT
from ..states import FINDING, WORKING_DAYS


@dataclass(frozen=True)
class Pressed:
    """Which press on which phone a visit was, by the phone's clock."""

    device: str
    press: int
    pressed_at: datetime


@transaction.atomic
def visit(
    given: SampleUnit, *, outcome: str, counted: int | None, note: str, visited_on: date,
    visitor: str, by: User | Link, now: datetime, today: date, why: str = "",
    pressed: Pressed | None = None,
) -> Visit:  # fmt: skip
    """Write down what was found. why: what was wrong with the visit before it, which it corrects.

    pressed: which press on which phone, where it waited for a network. What is not as recorded
    becomes a finding that the office has to settle. May refuse.
    """
    if isinstance(by, Link):
        require_link(by, VISIT, given.pk)
    else:
        require(by, Permission.CHECK_SAMPLES, given.province)
    with on_behalf(by) as person:
        unit = SampleUnit.objects.select_for_update(of=("self",)).get(pk=given.pk)
        before = standing(unit)
        _refuse_wrong_day(unit, visited_on, today)
        _refuse_wrong_words(unit, outcome, counted, note)
        _refuse_silent_change(before, why)
        made = Visit.objects.create(
            unit=unit, province_id=unit.province_id, outcome=outcome, counted=counted, note=note,
            visited_on=visited_on, visitor=visitor, corrects=before, why=why,
            by=None if isinstance(by, Link) else by, link=by if isinstance(by, Link) else None,
            **(asdict(pressed) if pressed else {}),
        )  # fmt: skip
        _follow_up(made, person, now)
    record(by, "sampling.visit", made, outcome=outcome)
    return made


@transaction.atomic
def take_move(
    finding: Finding, move: str, *, reason: str, seen: int | None, by: User, now: datetime
) -> Finding:
    """Settle a finding, or say that it is none, with the reason. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, finding.province)
    visit = standing(finding.unit)
    assert visit is not None
    if move == "refute" and visit.by_id == by.pk:
        raise Refusal(
            _("You made this visit yourself. Correct it, or let somebody else refute it.")
        )
    take_step(FINDING, finding.pk, move, by=by, reason=reason, seen=seen, now=now)
    record(by, f"sampling.{move}", finding)
    return finding


def standing(unit: SampleUnit) -> Visit | None:
    """The visit of a line that nobody has corrected."""
    found: Visit | None = unit.visits.filter(corrected_by=None).first()
    return found


def _refuse_wrong_day(unit: SampleUnit, day: date, today: date) -> None:
    drawn_at = unit.sample.drawn_at
    if drawn_at is None or not hasattr(unit, "drawn"):
        raise Refusal(
            _("%(unit)s was not drawn, so a visit there says nothing of the others.")
            % {"unit": unit}
        )
    first = timezone.localdate(drawn_at)
    if not first <= day <= today:
        raise Refusal(
            _("The visit would be on %(day)s; it lies between the draw, %(first)s, and today.")
            % {"day": numbers.day(day), "first": numbers.day(first)}
        )


def _refuse_wrong_words(unit: SampleUnit, outcome: str, counted: int | None, note: str) -> None:
    if outcome != Outcome.RECEIVED and not note.strip():
        raise Refusal(_("Say what was seen or said there; whoever settles it has only your words."))
    is_counted = unit.sample.kind != Kind.SEATS
    if outcome == Outcome.DIFFERENT and is_counted and counted in (None, unit.quantity):
        raise Refusal(
            _("A difference needs what was counted, other than %(n)s. Write the number.")
            % {"n": numbers.whole(unit.quantity)}
        )
    if outcome == Outcome.RECEIVED and counted not in (None, unit.quantity):
        raise Refusal(
            _("%(counted)s counted, %(n)s recorded: that is received with differences.")
            % {"counted": numbers.whole(counted), "n": numbers.whole(unit.quantity)}
        )


def _refuse_silent_change(before: Visit | None, why: str) -> None:
    if before and not why.strip():
        raise Refusal(
            _("It was visited on %(day)s already. To correct that, say what was wrong with it.")
            % {"day": numbers.day(before.visited_on)}
        )
    if why.strip() and before is None:
        raise Refusal(
            _("There is no visit to correct yet. Leave the reason of a correction blank.")
        )


def _follow_up(made: Visit, person: User, now: datetime) -> None:
    """Open a finding where there is none; a correction that finds all there ends it."""
    open_ = next(
        (
            one for one in made.unit.findings.order_by("-pk")
            if (step := last_step(FINDING, one.pk)) and not step.is_final
        ),
        None,
    )  # fmt: skip
    if made.outcome == Outcome.RECEIVED:
        if open_:
            take_step(FINDING, open_.pk, "refute", by=person, reason=made.why, now=now)
        return
    if open_ is None:
        found = Finding.objects.create(visit=made, unit=made.unit, province_id=made.province_id)
        duty = NewDuty(
            post=post_of(SETTLER.key, made.province), working_days=WORKING_DAYS,
            escalates_to=post_of(SETTLER.key, None),
        )  # fmt: skip
        start(FINDING, found.pk, area=made.province, by=person, duty=duty, now=now)
