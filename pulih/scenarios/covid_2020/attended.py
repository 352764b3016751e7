"""Who came to the classes of the story, as a phone sent it."""

from collections.abc import Iterator
from datetime import date, datetime, time
from random import Random

from pulih import places
from pulih.delivery.actions import attendance
from pulih.delivery.acts import ActIn, ActsIn
from pulih.delivery.models import Cohort, Participant, Session
from pulih.people.models import User

CAME = 0.985


def mark(cohort: Cohort, seed: int, *, by: User) -> None:
    """Mark who came on every day, as a phone sends it in the evening of the last."""
    random = Random(f"{seed} attendance {cohort.activity.title} {cohort.name}")
    sessions = list(cohort.sessions.order_by("day"))
    people = list(cohort.participants.seated().order_by("number"))
    acts = list(_presses(sessions, people, random))
    evening = _at(cohort, sessions[-1].day, time(17, 30))
    sent = ActsIn(device=f"peragaan-{cohort.pk:06}", sent_at=evening, acts=acts)
    verdicts = attendance.take(cohort, sent, by=by, now=evening)
    assert all(one.result == "taken" for one in verdicts), verdicts


def _presses(sessions: list[Session], people: list[Participant], random: Random) -> Iterator[ActIn]:
    number = 0
    for session in sessions:
        for person in people:
            number += 1
            is_here = random.random() < CAME
            yield ActIn(
                number=number,
                session=session.pk,
                participant=person.pk,
                presence="present" if is_here else "absent",
                reason="" if is_here else random.choice(("ill", "excused", "unknown")),
                pressed_at=_at(session.cohort, session.day, time(8, 10)),
                corrects_device="",
                corrects_number=None,
                why="",
            )


def _at(cohort: Cohort, day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=places.time_zone(places.place(cohort.regency_id)))
