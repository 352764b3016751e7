"""The decree (SK penetapan peserta): the chosen get their places and seats in one step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.web import numbers

from ..clock import day_in
from ..models import Activity, Cohort, Participant, Seat, Selection, SelectionEntry
from ..reads.decrees import decrees_of
from ..reads.places import open_cohorts
from ..reads.waiting import Waiting
from .activities import place_of, save_activity
from .rosters import seat_all
from .seats import Yielded, claim


@dataclass
class Decreed:
    """What a decree came to. moved_up: who took a place that was yielded; empty: left over.

    left_over: whose places those are, in words.
    """

    claimed: int = 0
    yielded: list[Yielded] = field(default_factory=list)
    moved_up: list[SelectionEntry] = field(default_factory=list)
    empty: int = 0
    left_over: str = ""


@transaction.atomic
def decree(
    selection: Selection, *, number: str, decreed_on: date, by: User, now: datetime, today: date
) -> Decreed:
    """Seat the chosen and claim all their seats. May refuse.

    Whoever was taken elsewhere meanwhile yields to the next place of the group, and so on until
    nobody yields or the group has nobody left. A decree after the first one keeps its own number
    and day with the selection.
    """
    found = _locked(selection, by)
    activity = found.activity
    if not found.solved_at:
        raise Refusal(_("Solve the selection before its decree."))
    if found.decreed_at:
        raise Refusal(_("The seats of this selection are claimed already."))
    solved_on = day_in(activity.province_id, found.solved_at)
    if decreed_on < solved_on:
        raise Refusal(
            _("The decree of %(day)s would stand before the selection of %(solved)s. Correct it.")
            % {"day": numbers.day(decreed_on), "solved": numbers.day(solved_on)}
        )
    _keep_decree(found, number, decreed_on, by)
    chosen = found.entries.filter(decision__is_chosen=True).order_by("code")
    answer = Decreed()
    _seat(found, chosen.select_related("applicant__person"))
    _claim(activity, answer, by, today)
    _fill(found, answer, by, today)
    found.decreed_at = now
    found.save(update_fields=["decreed_at", "decree_number", "decreed_on"])
    record(
        by, "delivery.decree", found, seats=answer.claimed, yielded=len(answer.yielded),
        moved_up=len(answer.moved_up),
    )  # fmt: skip
    return answer


@transaction.atomic
def move_up(selection: Selection, *, by: User, today: date) -> Decreed:
    """Give places that somebody left after the decree to the next of the group. May refuse.

    Of every decreed selection of the activity: a place stays with the selection that filled it.
    """
    found = _locked(selection, by)
    if not found.decreed_at:
        raise Refusal(_("Nobody moves up before the decree."))
    decreed = found.activity.selections.exclude(decreed_at=None).order_by("version")
    answer = Decreed()
    for one in decreed.select_related("activity"):
        _fill(one, answer, by, today)
    if not answer.moved_up:
        waiting = [Waiting(one) for one in decreed]
        with_places = [one for one in waiting if one.free] or waiting[-1:]
        raise Refusal(" ".join(one.why_nobody() for one in with_places))
    record(by, "delivery.move_up", found, moved_up=len(answer.moved_up))
    return answer


def _locked(selection: Selection, by: User) -> Selection:
    """Return the selection as it is stored, with its activity locked for this person."""
    require(by, Permission.RUN_ACTIVITIES, place_of(selection.activity))
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=selection.activity_id)
    found: Selection = Selection.objects.get(pk=selection.pk)
    found.activity = activity
    return found


def _keep_decree(selection: Selection, number: str, decreed_on: date, by: User) -> None:
    """Keep number and day with the activity, or with the selection where others sit by a decree."""
    activity = selection.activity
    said = (number, decreed_on)
    if said == (activity.decree_number, activity.decree_on):
        return
    if not Seat.objects.filter(participant__activity=activity).exists():
        save_activity(activity, decree_number=number, decree_on=decreed_on, by=by)
        return
    for one in decrees_of(activity):
        if one.number.casefold() == number.casefold():
            raise Refusal(
                _(
                    "Decree %(number)s of %(day)s has seated people already. Give this decree its "
                    "own number."
                )
                % {"number": one.number, "day": numbers.day(one.day)}
            )
    selection.decree_number, selection.decreed_on = said


def _claim(activity: Activity, answer: Decreed, by: User, today: date) -> None:
    claimed = claim(activity, by=by, today=today)
    answer.claimed += claimed.seats
    answer.yielded += claimed.yielded


def _fill(selection: Selection, answer: Decreed, by: User, today: date) -> None:
    """Let the next of each group move up until nobody yields or nobody waits."""
    while True:
        waiting = Waiting(selection)
        up = waiting.next_ones()
        if not up:
            answer.empty += waiting.free.total()
            answer.left_over = "; ".join(filter(None, [answer.left_over, waiting.free_in_words()]))
            return
        answer.moved_up += up
        _seat(selection, up)
        _claim(selection.activity, answer, by, today)


def _seat(selection: Selection, entries: Iterable[SelectionEntry]) -> None:
    """Give each a place in a class of the own regency, in the order of the list."""
    activity = selection.activity
    people = defaultdict(list)
    sitting = set(
        Participant.objects.seated().filter(activity=activity).values_list("person", flat=True)
    )
    for one in entries:
        if one.applicant.person_id not in sitting:
            people[one.regency_id].append(one.applicant.person)
    for cohort, free in open_cohorts(activity):
        waiting = people[cohort.regency_id]
        taken, people[cohort.regency_id] = waiting[:free], waiting[free:]
        if taken:
            locked = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
            seat_all(locked, taken, selection)
    if any(people.values()):
        raise Refusal(
            _("The classes have fewer free places than the selection counted. Make them larger.")
        )
