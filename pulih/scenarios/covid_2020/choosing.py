"""A training whose participants are chosen: everything before the decree has happened."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Any

from pulih import places
from pulih.delivery.actions import applicants, selections
from pulih.delivery.models import Activity, Selection, Stage
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.places import Place

from . import checking
from .trainees import Trainee, trainees

HEADS = "Nama\tNIK\tJK\tDesa\tDifabel\tPHK\tNilai"


def choose(activity: Activity, story: Mapping[str, Any], seed: int, *, by: User) -> Selection:
    """Let people apply and be chosen by list, seed and plan; the decree is not signed yet."""
    assert activity.regency is not None
    regency = places.place(activity.regency.pk)
    asking = islice(trainees(regency, f"{seed} choosing"), story["applicants"])
    lines = [_line(one, at) for at, one in enumerate(asking)]
    with speaking_for(by):
        applicants.add_list(
            activity, regency=activity.regency, people="\n".join([HEADS, *lines]), by=by,
            today=story["applied_on"],
        )  # fmt: skip
    checking.check(activity, Stage.SELECTION, story["chosen_on"], by)
    moment = _moment(story, regency)
    first, second = story["witnesses"]
    with speaking_for(by):
        made = selections.publish(activity, by=by, now=moment, **story["criteria"])
        selections.freeze(made, by=by, now=moment + timedelta(minutes=30))
        drawn_at = moment + timedelta(hours=1)
        selections.draw(
            made, seed=story["seed"], witness=first, other_witness=second, by=by, now=drawn_at
        )
        return selections.choose(made, by=by, now=drawn_at + timedelta(minutes=5))


def _line(one: Trainee, at: int) -> str:
    # Several share each number of points, so that the line runs through people who are alike.
    points = 40 + at * 3 % 7 * 5
    return f"{one.line()}\t{points}"


def _moment(story: Mapping[str, Any], regency: Place) -> datetime:
    return datetime.combine(story["chosen_on"], time(9), tzinfo=places.time_zone(regency))
