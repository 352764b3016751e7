"""Claiming seats by the decree: once a person, measure and year in the whole country."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _

from pulih.areas.models import Area
from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..models import Activity, Participant, Seat
from ..reads.checks import Checked, checked
from ..reads.facts import people_of
from ..rules.checks import SELECTION, Outcome
from .activities import place_of

CLAIM = "SELECT participant, seat, province, title FROM delivery_claim_seats(%s)"
SITS_ELSEWHERE = "sits_elsewhere"
LONGEST_TITLE = 120  # Of the other activity, so that the whole reason fits its column.


class Yielded(NamedTuple):
    """Who had a seat elsewhere: all that a stranger learns is the province and the activity."""

    participant: Participant
    province: Area
    title: str


class Claimed(NamedTuple):
    """What a claim came to. seats: how many were made or became whole now."""

    seats: int
    provisional: int
    yielded: list[Yielded]


@transaction.atomic
def claim_listed(activity: Activity, *, by: User, today: date) -> Claimed:
    """Claim the seats of people whom an office put on its list, without a selection. May refuse.

    With a NIK everybody must pass the checks before selection first. Without one nobody can be
    checked: such a seat is provisional, and nothing is paid for it.
    """
    require(by, Permission.RUN_ACTIVITIES, place_of(activity))
    _refuse_unchecked(activity)
    return claim(activity, by=by, today=today)


@transaction.atomic
def claim(activity: Activity, *, by: User, today: date) -> Claimed:
    """Claim the seats of everybody in an activity's classes, as its decree says. May refuse.

    Who already sits elsewhere in the same measure and year leaves the class, which then has a place
    for the next one; asked again, only what is new is claimed. Without a NIK a seat is provisional.
    """
    require(by, Permission.RUN_ACTIVITIES, place_of(activity))
    if not activity.decree_number:
        raise Refusal(
            _("Seats are claimed by the decree. Write its number and day first. Nothing was saved.")
        )
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [activity.pk])
        rows = cursor.fetchall()
    yielded = _yield({one: (province, title) for one, seat, province, title in rows if not seat})
    for one in yielded:
        one.participant.left_on = today
        one.participant.left_because = _("has a seat in %(province)s: %(activity)s") % {
            "province": one.province,
            "activity": one.title[:LONGEST_TITLE],
        }
    Participant.objects.bulk_update(
        [one.participant for one in yielded], ["left_on", "left_because"]
    )
    seats = sum(1 for _participant, seat, *_elsewhere in rows if seat)
    record(by, "delivery.claim_seats", activity, seats=seats, yielded=len(yielded))
    provisional = Seat.objects.provisional().filter(participant__activity=activity).count()
    return Claimed(seats, provisional, yielded)


def _refuse_unchecked(activity: Activity) -> None:
    seats = Seat.objects.filter(participant__activity=activity)
    listed = Participant.objects.seated().filter(activity=activity)
    waiting = listed.exclude(pk__in=seats.values("participant")).exclude(person__nik="")
    people = dict(waiting.order_by("cohort", "number").values_list("person", "person__name"))
    applicants = people_of(activity, SELECTION).filter(person__in=people)
    stand = {one.applicant.person_id: one for one in checked(activity, SELECTION, applicants)}
    held = {person: _held_by(stand.get(person)) for person in people}
    counts = Counter(held.values())
    if counts.total() > counts[""]:
        raise Refusal(
            _(
                "Nobody gets a seat unchecked. On this list %(failed)s do not pass, %(unknown)s "
                "wait for a decision, and %(unchecked)s are not checked, %(name)s among them. Go "
                "to “Applicants and checks” first. Nothing was saved."
            )
            % {
                **{kind: counts[kind] for kind in ("failed", "unknown", "unchecked")},
                "name": next(people[person] for person, kind in held.items() if kind),
            }
        )


def _held_by(found: Checked | None) -> str:
    """Say what keeps a person from a seat: failed, unknown or unchecked; empty for nothing."""
    if found is None or not found.told:
        return "unchecked"
    # Who sits elsewhere is no matter of the checks: that person yields.
    blocking = {one.outcome for one in found.blocking if one.because != SITS_ELSEWHERE}
    if Outcome.FAIL in blocking:
        return "failed"
    return "unknown" if blocking else ""


def _yield(elsewhere: dict[int, tuple[int, str]]) -> list[Yielded]:
    people = Participant.objects.filter(pk__in=elsewhere).select_related("person", "cohort")
    provinces = Area.objects.in_bulk({province for province, _title in elsewhere.values()})
    return [
        Yielded(one, provinces[elsewhere[one.pk][0]], elsewhere[one.pk][1])
        for one in people.order_by("cohort", "number")
    ]
