"""The decree (SK penetapan peserta): the chosen get their places and seats in one step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..models import Activity, Cohort, Participant, Selection, SelectionEntry
from ..reads.places import open_cohorts
from .activities import place_of
from .rosters import seat_all
from .seats import Yielded, claim


@dataclass
class Decreed:
    """What a decree came to. moved_up: who took a place that was yielded; empty: left over."""

    claimed: int = 0
    yielded: list[Yielded] = field(default_factory=list)
    moved_up: list[SelectionEntry] = field(default_factory=list)
    empty: int = 0


@transaction.atomic
def decree(
    selection: Selection, *, number: str, decreed_on: date, by: User, now: datetime, today: date
) -> Decreed:
    """Seat the chosen and claim all their seats. May refuse.

    Whoever was taken elsewhere meanwhile yields to the next place of the group, and so on until
    nobody yields or the group has nobody left.
    """
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=selection.activity_id)
    require(by, Permission.RUN_ACTIVITIES, place_of(activity))
    found = Selection.objects.get(pk=selection.pk)
    if not found.solved_at:
        raise Refusal(_("Solve the selection before its decree."))
    if found.decreed_at:
        raise Refusal(_("The seats of this selection are claimed already."))
    activity.decree_number, activity.decree_on = number, decreed_on
    activity.save(update_fields=["decree_number", "decree_on"])
    entries = list(found.entries.select_related("decision", "applicant__person").order_by("code"))
    answer = _claim(activity, _Waiting(entries, found.criteria["one_a_household"]), by, today)
    found.decreed_at = now
    found.save(update_fields=["decreed_at"])
    record(
        by, "delivery.decree", found, seats=answer.claimed, yielded=len(answer.yielded),
        moved_up=len(answer.moved_up),
    )  # fmt: skip
    return answer


def _claim(activity: Activity, waiting: _Waiting, by: User, today: date) -> Decreed:
    answer = Decreed()
    _seat(activity, waiting.chosen)
    while True:
        claimed = claim(activity, by=by, today=today)
        answer.claimed += claimed.seats
        if not claimed.yielded:
            return answer
        answer.yielded += claimed.yielded
        # Household members of who yielded are free to come only once all have yielded.
        left = [waiting.leave(one.participant.person_id) for one in claimed.yielded]
        # Who sat there before the selection frees no place of it.
        gone = [one for one in left if one]
        up = [next_ for one in gone if (next_ := waiting.next_after(one))]
        answer.moved_up += up
        answer.empty += len(gone) - len(up)
        _seat(activity, up)


class _Waiting:
    """Who sits and who waits in each group, by place; nobody of a household that sits moves up."""

    def __init__(self, entries: Sequence[SelectionEntry], is_exclusive: bool) -> None:
        self.is_exclusive = is_exclusive
        self.by_person = {one.applicant.person_id: one for one in entries}
        self.chosen = [one for one in entries if one.decision.is_chosen]
        self.sitting = {one.pk for one in self.chosen}
        self.gone: set[int] = set()
        self.groups: dict[int, list[SelectionEntry]] = defaultdict(list)
        for one in sorted(entries, key=lambda each: each.decision.place or 0):
            self.groups[one.decision.group].append(one)

    def leave(self, person: int) -> SelectionEntry | None:
        one = self.by_person.get(person)
        if one:
            self.sitting.discard(one.pk)
            self.gone.add(one.pk)
        return one

    def next_after(self, gone: SelectionEntry) -> SelectionEntry | None:
        taken = self._households()
        for one in self.groups[gone.decision.group]:
            is_free = one.pk not in self.sitting and one.pk not in self.gone
            if is_free and not (self.is_exclusive and one.household in taken):
                self.sitting.add(one.pk)
                return one
        return None

    def _households(self) -> set[str]:
        here = (one for one in self.by_person.values() if one.pk in self.sitting)
        return {one.household for one in here if one.household}


def _seat(activity: Activity, entries: Iterable[SelectionEntry]) -> None:
    """Give each a place in a class of the own regency, in the order of the list."""
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
            seat_all(Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk), taken)
    if any(people.values()):
        raise Refusal(
            _("The classes have fewer free places than the selection counted. Make them larger.")
        )
