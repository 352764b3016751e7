"""What became of the funded proposals: classes, who came, what was made and who signed for it.

Each through the actions of its office, on its own days of 2020. Source: PROG-01, PROG-02, PROG-03.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, time, timedelta
from functools import cache
from importlib.resources import files
from itertools import islice
from random import Random
from typing import Any

from django.db import transaction

from pulih import places
from pulih.areas.models import Area
from pulih.budget.models import SpendingUnit
from pulih.delivery.actions import activities, honoraria, rosters, seats
from pulih.delivery.models import Activity, Cohort, Site, Stage, TrainerRole
from pulih.measures.models import Measure
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.proposals.models import Proposal

from . import attended, checking, choosing, made, names, numbers, paid
from .firms import birthday
from .told import ACTIVITIES_STOOD_ON as STOOD_ON
from .trainees import Trainee, trainees

HOURS_A_DAY = 8
MODES = {"home_video": "home", "offline": "classroom", "online": "online", "mixed": "mixed"}
SUBJECTS = ("Pola dan bahan", "Memotong", "Menjahit dan merakit", "Memeriksa mutu", "Mengemas")
# What those who teach are to the tax office, in turn, and whether they show an NPWP.
PAYEES = (("servant_3", True), ("person", True), ("servant_4", True), ("person", False))
Story = Mapping[str, Any]
Done = Callable[[int, int], None]


@cache
def _told() -> Story:
    """Read the trainings, and their proposals by key."""
    data = files(__package__).joinpath("data")
    told = tomllib.loads(data.joinpath("activities.toml").read_text("utf-8"))
    proposed = tomllib.loads(data.joinpath("proposals.toml").read_text("utf-8"))["proposal"]
    return {**told, "proposed": {one["key"]: one for one in proposed}}


def live_through(seed: int, done: Done, *, by: User) -> list[Activity]:
    """Carry out what is funded, and begin one more training; what is there already stays.

    by: Pulih itself, who acts for offices without an account.
    """
    told = _told()
    stories = sorted(told["training"], key=lambda one: one["decree"][1])
    carried = []
    for place, story in enumerate(stories):
        done(place, len(stories) + 1)
        proposed = told["proposed"][story["key"]]
        proposal = Proposal.objects.filter(title=proposed["title"], state="scheduled").first()
        if proposal and not Activity.objects.filter(title=proposal.title).exists():
            with transaction.atomic():
                carried.append(_carry_out(story, proposed, proposal, seed, by))
    _begin(told["running"], seed)
    _choose(told["choosing"], seed)
    done(len(stories) + 1, len(stories) + 1)
    return carried


def hand_over_orders(*, by: User) -> None:
    """Hand over, once, what the market ordered of those who were trained. by: Pulih itself."""
    told = _told()
    for story in told["training"]:
        title = told["proposed"][story["key"]]["title"]
        activity = Activity.objects.filter(title=title, handovers=None).first()
        if "orders" not in story or activity is None:
            continue
        office = User.objects.filter(username=story.get("office", "")).first() or by
        name, _unit, _standard = story["product"]
        with speaking_for(office), transaction.atomic():
            made.send_goods(story, activity, activity.items.get(name=name), by=office)


def _carry_out(
    story: Story, proposed: Story, proposal: Proposal, seed: int, system: User
) -> Activity:
    office = User.objects.filter(username=story.get("office", "")).first() or system
    with speaking_for(office):
        activity = _activity(story, proposal, office)
        cohorts = list(_cohorts(story, proposed, proposal, activity, office))
        for cohort, listed in zip(cohorts, _lists(story, proposal, cohorts, seed), strict=True):
            _seat(cohort, listed, office)
        _claim(activity, seed, office)
        for cohort in cohorts:
            attended.mark(cohort, seed, by=office)
            if "honoraria" in story:
                _say_who_taught(story, cohort, office)
    paid.buy_material(story, activity)
    with speaking_for(office):
        made.hand_over(story, activity, cohorts, by=office)
    paid.pay_people(story, activity, office)
    paid.pay_teachers(story, activity, office)
    return activity


def _activity(story: Story, proposal: Proposal, by: User) -> Activity:
    number, day = story["decree"]
    return activities.save_activity(
        Activity(),
        area=proposal.province,
        title=proposal.title,
        measure=proposal.measure,
        proposal=proposal,
        mode=MODES[proposal.mode],
        starts_on=proposal.starts_on,
        ends_on=proposal.ends_on,
        decree_number=number,
        decree_on=day,
        unit=SpendingUnit.objects.filter(province=proposal.province, authority="DK").first(),
        by=by,
    )


def _cohorts(
    story: Story, proposed: Story, proposal: Proposal, activity: Activity, by: User
) -> Iterator[Cohort]:
    """Open the classes with their days and teachers."""
    days, hours, _classes, size, trainers, assistants = proposed["shape"]
    assert proposal.starts_on is not None
    teachers = _people(f"trainers {story['key']}", trainers)
    helpers = _people(f"assistants {story['key']}", assistants)
    payees = {
        person: PAYEES[(at + first) % len(PAYEES)]
        for first, people in enumerate((teachers, helpers))
        for at, person in enumerate(people)
    }
    for place, site in enumerate(_sites(story, proposal, activity, size, by)):
        name = f"Angkatan {place + 1}"
        cohort = activities.add_cohort(site, name=name, places=size, by=by)
        _plan(cohort, proposal.starts_on, days, hours // days, by, story.get("video", ""))
        taught = [(teachers[place % len(teachers)], "trainer")]
        taught += [(helpers[place], "assistant")] if place < len(helpers) else []
        for person, role in taught:
            payee, has_npwp = payees[person]
            activities.add_trainer(
                cohort, name=person, role=role, institution="", payee=payee, has_npwp=has_npwp,
                nik=_nik_of(person), by=by,
            )  # fmt: skip
        yield cohort


def _sites(
    story: Story, proposal: Proposal, activity: Activity, size: int, by: User
) -> Iterator[Site]:
    """Add the places of the proposal, and yield each as often as it holds classes of `size`.

    The story names those that have no name there.
    """
    quotas = proposal.places.select_related("regency")
    for quota in quotas.order_by("regency__sort_key", "position"):
        name = quota.site or story["site"]
        site = activities.add_site(activity, regency=quota.regency, name=name, address="", by=by)
        yield from [site] * (quota.people // size)


def _plan(cohort: Cohort, first: date, days: int, hours: int, by: User, video: str = "") -> None:
    for n in range(days):
        activities.add_session(
            cohort, day=first + timedelta(n), starts_at=time(8), lesson_hours=hours,
            subject=SUBJECTS[n % len(SUBJECTS)], video=video, by=by,
        )  # fmt: skip


def _say_who_taught(story: Story, cohort: Cohort, by: User) -> None:
    """Record who taught every session, and who helped in those of the first days."""
    sessions = list(cohort.sessions.order_by("day", "starts_at"))
    last = cohort.activity.ends_on
    for trainer in cohort.trainers.order_by("pk"):
        is_helper = trainer.role == TrainerRole.ASSISTANT
        honoraria.state_teaching(
            cohort, trainer=trainer, lesson_hours=None, why="", by=by, today=last,
            sessions=sessions[: story.get("days_helped")] if is_helper else sessions,
        )  # fmt: skip


def _lists(
    story: Story, proposal: Proposal, cohorts: list[Cohort], seed: int
) -> Iterator[list[Trainee]]:
    """Yield the list of each class; the last may hold somebody of another province's class."""
    queues: dict[int, Iterator[Trainee]] = {}
    for cohort in cohorts:
        queue = queues.setdefault(
            cohort.regency_id, trainees(_place(cohort.regency), f"{seed} {story['key']}")
        )
        listed = list(islice(queue, cohort.places))
        if cohort == cohorts[-1] and (other := story.get("also_from")):
            listed[-1] = _of_another(other, seed)
        yield listed


def _of_another(key: str, seed: int) -> Trainee:
    """Return the first person with a number who is on the list of another training."""
    proposed = _told()["proposed"][key]
    province = places.resolve(proposed["province"], on=STOOD_ON)
    assert province is not None
    inside = Area.objects.filter(pk__in=[one.key for one in places.children_of(province, STOOD_ON)])
    first = inside.order_by("sort_key")[0]
    return next(one for one in trainees(_place(first), f"{seed} {key}") if one.nik)


def _seat(cohort: Cohort, listed: list[Trainee], by: User) -> None:
    text = "\n".join(one.line() for one in listed)
    rosters.seat_list(cohort, text, by=by, today=cohort.activity.starts_on)


def _claim(activity: Activity, seed: int, by: User) -> None:
    """Claim the seats of the decree; who has one elsewhere yields to the next on the list."""
    day = activity.decree_on or activity.starts_on
    checking.check(activity, Stage.SELECTION, day, by)
    claimed = seats.claim_listed(activity, by=by, today=day)
    for one in claimed.yielded:
        next_one = islice(trainees(_place(one.participant.cohort.regency), f"{seed} next"), 1)
        _seat(one.participant.cohort, list(next_one), by)
    if claimed.yielded:
        checking.check(activity, Stage.SELECTION, day, by)
        seats.claim_listed(activity, by=by, today=activity.starts_on)


def _place(area: Area) -> places.Place:
    return places.place(area.pk)


def _people(story: str, number: int) -> list[str]:
    random = Random(story)
    found: dict[str, None] = {}
    while len(found) < number:
        found[names.person(random)[0]] = None
    return list(found)


def _nik_of(teacher: str) -> str:
    """Return the number of who teaches: one person wherever the name stands."""
    return numbers.nik("317105", birthday(Random(teacher)), "L", teacher)


def _begin(story: Story, seed: int) -> None:
    """Begin a training that stands before its first mark, for people to try."""
    office = User.objects.get(username=story["office"])
    if Activity.objects.filter(title=story["title"]).exists():
        return
    number, day = story["decree"]
    with speaking_for(office), transaction.atomic():
        cohort = _open(story, office, decree_number=number, decree_on=day)
        activity = cohort.activity
        teacher = _people(f"{seed} running", 1)[0]
        activities.add_trainer(
            cohort, name=teacher, role="trainer", institution="", nik=_nik_of(teacher), by=office
        )
        listed = trainees(_place(cohort.regency), f"{seed} running")
        _seat(cohort, list(islice(listed, story["people"])), office)
        checking.check(activity, Stage.SELECTION, day, office)
        seats.claim_listed(activity, by=office, today=day)


def _choose(story: Story, seed: int) -> None:
    """Let the participants of a later training be chosen, up to the decree, which waits."""
    office = User.objects.get(username=story["office"])
    if Activity.objects.filter(title=story["title"]).exists():
        return
    with speaking_for(office), transaction.atomic():
        activity = _open(story, office).activity
        choosing.choose(activity, story, seed, by=office)


def _open(story: Story, office: User, **decree: Any) -> Cohort:
    """Make a training of one class with all its sessions."""
    regency = places.resolve(story["regency"], on=STOOD_ON)
    assert regency is not None
    first, last = story["dates"]
    area = Area.objects.get(pk=regency.key)
    activity = activities.save_activity(
        Activity(), area=area, title=story["title"], mode="classroom",
        measure=Measure.objects.get(code=story["measure"]), starts_on=first, ends_on=last,
        by=office, **decree,
    )  # fmt: skip
    site = activities.add_site(activity, regency=area, name=story["site"], address="", by=office)
    cohort = activities.add_cohort(site, name="Angkatan 1", places=story["people"], by=office)
    _plan(cohort, first, (last - first).days + 1, HOURS_A_DAY, office)
    return cohort
