"""Random acts of random persons on random machines, against a plain reference.

The reference is a state, a holder and a count of steps. After every act: no subject without its one
open duty unless it has ended, no step that the table forbids, and a refusal changes nothing.
"""

from itertools import count, pairwise

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.common.errors import Refusal
from pulih.people.permissions import Permission, may
from pulih.people.scope import speaking_for
from pulih.workflow import reads
from pulih.workflow.actions import NewDuty, start, take_step
from pulih.workflow.models import Duty, Step
from pulih.workflow.post_holders import post_of
from tests.examples import examples
from tests.make.workflow import DECIDER, machines
from tests.people import cast

pytestmark = pytest.mark.django_db
SUBJECTS = count(1)


class Reference:
    """What a subject should be."""

    def __init__(self, machine, area, holder):
        self.machine, self.area, self.holder = machine, area, holder
        self.state, self.steps = machine.start, 1

    def expects(self, person, key, reason, seen):
        """Return what an act must come to: the move, Refusal or PermissionDenied."""
        if not person.covers(self.area):
            return PermissionDenied
        if seen is not None and seen != self.steps:
            return Refusal
        move = next((one for one in self.machine.moves if one.key == key), None)
        if move is None or self.state not in move.sources:
            return Refusal
        if not may(person, Permission(move.permission), self.area):
            return PermissionDenied
        if (move.needs_reason and not reason.strip()) or (
            move.for_holder and person != self.holder
        ):
            return Refusal
        return move

    def took(self, move, holder):
        self.state, self.steps = move.target, self.steps + 1
        final = self.machine.state(move.target).final
        self.holder = None if final else (holder or self.holder)


def duty_of(holder, post, working_days):
    """A planner acts for the country's vacant post; the others hold duties themselves."""
    if holder.role == "planner":
        return NewDuty(post=post, working_days=working_days)
    return NewDuty(person=holder, working_days=working_days)


def snapshot():
    return list(Step.objects.values_list()), list(Duty.objects.order_by("pk").values_list())


def as_commit():
    """Ask now what PostgreSQL asks as a transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def compare(reference, machine, subject):
    as_commit()
    steps = list(Step.objects.of(machine.key, subject))
    assert [one.number for one in steps] == list(range(1, reference.steps + 1))
    assert steps[-1].to_state == reference.state
    duties = list(Duty.objects.open().of(machine.key, subject))
    if reference.holder is None:
        assert (duties, machine.state(reference.state).final) == ([], True)
    else:
        [duty] = duties
        assert reads.waiting_for(reference.holder).filter(pk=duty.pk).exists()
    for before, after in pairwise(steps):
        assert after.from_state == before.to_state
        assert machine.move(after.from_state, after.move).target == after.to_state


def attempt(person, machine, subject, key, **given):
    """Take a step as a room's action would; return the kind of what came of it."""
    try:
        with speaking_for(person), transaction.atomic():
            return type(take_step(machine, subject, key, by=person, **given))
    except (Refusal, PermissionDenied) as refused:
        return type(refused)


acts = st.lists(
    st.tuples(
        st.sampled_from(["planner", "jabar", "bali", "indramayu", "auditor"]),
        st.integers(0, 9),
        st.sampled_from(["", "  ", "Belum lengkap"]),
        st.sampled_from([None, None, 0, 1]),  # How many steps ago the page was loaded.
        st.sampled_from(["planner", "jabar", "indramayu", "same"]),
        st.sampled_from([None, 1, 5]),
    ),
    max_size=12,
)


@settings(max_examples=examples(20), deadline=None, suppress_health_check=list(HealthCheck))
@given(machines(), acts)
def test_every_act_comes_to_what_the_reference_says(machine, acts):
    people = {
        "planner": cast.planner(),
        "jabar": cast.provincial_officer(),
        "bali": cast.provincial_officer("Bali"),
        "indramayu": cast.regency_officer(),
        "auditor": cast.auditor(),
    }
    area, subject, post = cast.area("Jawa Barat"), next(SUBJECTS), post_of(DECIDER.key, None)
    first = people["jabar"]
    with speaking_for(first), transaction.atomic():
        start(machine, subject, area=area, by=first, duty=NewDuty(person=first))
    reference = Reference(machine, area, first)
    for who, number, reason, ago, next_holder, days in acts:
        person = people[who]
        key = machine.moves[number].key if number < len(machine.moves) else "no such"
        seen = None if ago is None else reference.steps - ago
        expected = reference.expects(person, key, reason, seen)
        holder = people.get(next_holder)
        duty = duty_of(holder, post, days) if holder else "same"
        if not isinstance(expected, type) and machine.state(expected.target).final:
            duty = None
        before = snapshot()
        came = attempt(person, machine, subject, key, reason=reason, duty=duty, seen=seen)
        if isinstance(expected, type):
            assert came is expected
            assert snapshot() == before
        else:
            assert came is Step
            reference.took(expected, holder)
        compare(reference, machine, subject)
