"""Was it received, does it still work, is it off the books: the story after the last training.

Every visit, answer and paper is generated, and says so.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from pulih import places
from pulih.delivery.actions import certificates, followups
from pulih.delivery.actions.followups import GivenAnswer
from pulih.delivery.models import Activity, Cohort, FollowUp, Handover
from pulih.delivery.reads.certificates import in_force
from pulih.grants import actions as grants
from pulih.grants.models import GrantCase
from pulih.grants.states import KEYS
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.sampling.actions import checks, visits
from pulih.sampling.models import Kind, Outcome, SampleCheck, SampleUnit
from pulih.sampling.rules.sample import Wanted

from .told import ACTIVITIES_STOOD_ON as STOOD_ON

SHOWN = "(peragaan)"
FROZEN_ON, VISITED_ON = date(2020, 10, 20), date(2020, 10, 27)
FIRST_DAY = date(2020, 6, 1)
WITNESSES = {"witness": f"Inspektorat {SHOWN}", "other_witness": f"Perwakilan BPKP {SHOWN}"}
SEEDS = {Kind.SEATS: "461352", Kind.GOODS: "215463"}
TITLES = {
    Kind.SEATS: f"Uji petik kursi pelatihan 2020 {SHOWN}",
    Kind.GOODS: f"Uji petik barang yang diserahkan 2020 {SHOWN}",
}
NOTES = {
    Outcome.DIFFERENT: f"Sebagian tidak seperti catatan {SHOWN}",
    Outcome.NOT_RECEIVED: f"Mengaku tidak pernah menerima {SHOWN}",
    Outcome.NOT_FOUND: f"Rumah kosong, tetangga tidak tahu {SHOWN}",
}
OUTCOMES = (*Outcome.values,)
ODDS = (88, 5, 3, 4)  # Of each outcome in a hundred visits.
VISITED, ANSWERED = 0.85, 0.7
TURNOVERS = ("none", "up_to_1m", "up_to_5m", "up_to_25m", "not_said")
STEPS = 4
Done = Callable[[int, int], None]


def live_through(seed: int, done: Done, *, by: User, planner: User) -> None:
    """Sample, ask and grant, each unless it is there already. by: Pulih itself."""
    for place, kind in enumerate(SEEDS):
        done(place, STEPS)
        _sample(kind, seed, planner)
    done(2, STEPS)
    _ask(seed, by)
    done(3, STEPS)
    _grant(seed, planner)
    done(STEPS, STEPS)


def _sample(kind: Kind, seed: int, by: User) -> None:
    with speaking_for(by):
        if SampleCheck.objects.filter(kind=kind).exists():
            return
        sample = checks.freeze(
            title=TITLES[kind], kind=kind, province=None, first_day=FIRST_DAY,
            last_day=FROZEN_ON, wanted=Wanted(10, 90), by=by, now=_at(FROZEN_ON, 9),
            today=FROZEN_ON,
        )  # fmt: skip
        checks.draw(sample, seed=SEEDS[kind], **WITNESSES, by=by, now=_at(FROZEN_ON, 14))
        random = Random(f"{seed} visits {kind}")
        drawn = SampleUnit.objects.filter(sample=sample, drawn__isnull=False)
        for unit in drawn.select_related("sample", "province", "drawn").order_by("number"):
            if random.random() < VISITED:
                _visit(unit, random, by)


def _visit(unit: SampleUnit, random: Random, by: User) -> None:
    (outcome,) = random.choices(OUTCOMES, ODDS)
    counted = None
    if outcome == Outcome.DIFFERENT and unit.quantity > 1:
        counted = unit.quantity - random.randint(1, max(1, unit.quantity // 20))
    elif outcome == Outcome.DIFFERENT:
        counted = 0 if unit.sample.kind != Kind.SEATS else None
    visits.visit(
        unit, outcome=outcome, counted=counted,
        note=NOTES.get(Outcome(outcome), ""), visited_on=VISITED_ON,
        visitor=f"Petugas uji petik {SHOWN}", by=by, now=_at(VISITED_ON, 11), today=VISITED_ON,
    )  # fmt: skip


def certify(*, by: User) -> None:
    """Give certificates to those who completed, in the week after their training."""
    with speaking_for(by):
        cohorts = Cohort.objects.filter(activity__in=Activity.objects.exclude(proposal=None))
        rows = cohorts.select_related("activity__province", "activity__regency", "regency")
        for cohort in rows.order_by("pk"):
            day = cohort.activity.ends_on + timedelta(3)
            if not in_force(cohort):
                number = f"SERT-{cohort.pk}/2020 {SHOWN}"
                certificates.issue_all(cohort, number=number, dated=day, by=by, today=day)


def _ask(seed: int, by: User) -> None:
    """Ask those whose three months have come, and let most of them answer."""
    with speaking_for(by):
        activities = Activity.objects.select_related("province", "regency").order_by("pk")
        if not followups.open_rounds(activities, by=by, now=_at(STOOD_ON, 8), today=STOOD_ON):
            return
        random = Random(f"{seed} follow-ups")
        for one in FollowUp.objects.select_related("regency").order_by("pk"):
            if random.random() < ANSWERED:
                followups.answer(one, _said(random), by=by, now=_at(STOOD_ON, 10))


def _said(random: Random) -> GivenAnswer:
    is_producing = random.random() < 0.8
    return GivenAnswer(
        has_kit=random.choice((True, True, False, None)),
        has_nib=random.choice((True, False, None)),
        has_certificate=random.choice((True, False, False, None)),
        is_producing=is_producing,
        turnover=random.choice(TURNOVERS[1:]) if is_producing else "none",
        note="" if is_producing else f"Bahan baku mahal {SHOWN}",
    )


def _grant(seed: int, by: User) -> None:
    """Begin the grants of what was received by September, and bring each some way."""
    with speaking_for(by):
        if GrantCase.objects.exists():
            return
        random = Random(f"{seed} grants")
        received = Handover.objects.filter(received__gt=0, received_on__lt=date(2020, 9, 1))
        for handover in received.select_related("activity__province").order_by("pk"):
            day = (handover.received_on or FIRST_DAY) + timedelta(7)
            case = grants.open_case(handover, by=by, now=_at(day, 9), today=day)
            for step, taken_on in _steps(random, day):
                grants.take(
                    case, step=step, number=f"{step[:4].upper()}-{case.pk}/2020 {SHOWN}",
                    dated=taken_on, note="", by=by, now=_at(taken_on, 10), today=taken_on,
                )  # fmt: skip


def _steps(random: Random, day: date) -> Iterator[tuple[str, date]]:
    keys: Sequence[str] = KEYS[: random.randint(0, len(KEYS))]
    for key in keys:
        day += timedelta(random.randint(5, 20))
        if day <= STOOD_ON:
            yield key, day


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=places.time_zone(places.place(1)))
