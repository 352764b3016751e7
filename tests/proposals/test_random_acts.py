"""Random acts of random persons at random times, beside a plain machine that knows no database.

No open proposal, idea or amendment lies with nobody or with two; no forbidden step is taken; a
refusal changes nothing; and every move of the three tables is reached.
"""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from pulih.budget.actions.funding import reserve_for, suggested_lines
from pulih.budget.actions.promises import unreserve
from pulih.budget.models import Promise
from pulih.common.errors import Refusal
from pulih.people.scope import speaking_for
from pulih.proposals.actions import amending, deciding, ideas, reviewing, sending, verifying
from pulih.proposals.actions.deciding import Cut
from pulih.proposals.models import Amendment, DecidedRow, Idea, Outcome, Proposal, Score
from pulih.proposals.rules.gates import AMENDMENT
from pulih.proposals.rules.idea_machine import IDEA
from pulih.proposals.rules.machine import FUNDED, PROPOSAL
from pulih.workflow.models import Duty, Step
from tests.make import budget
from tests.make import proposals as make
from tests.people import cast

DAY = date(2020, 6, 12)
MONEY = 60_000_000  # Enough for two of the proposals and not for three.
# The reference, written by hand: from, move, to, and who usually makes it.
WAYS = {
    "proposal": """
        draft submit submitted office | returned submit submitted office
        submitted return returned checker | submitted verify verified checker
        verified assign under_review checker | under_review score scored reviewer
        scored approve approved decider | scored approve_partly partly_approved decider
        scored reject rejected decider
        approved reserve reserved decider | partly_approved reserve reserved decider
        reserved release approved decider | reserved release_partly partly_approved decider
        scheduled release approved decider | scheduled release_partly partly_approved decider
        reserved schedule scheduled office | scheduled run running office
        running account accounted office
        draft withdraw withdrawn office | submitted withdraw withdrawn office
        returned withdraw withdrawn office | verified withdraw withdrawn office
        under_review withdraw withdrawn office | scored withdraw withdrawn office
    """,
    "idea": """
        sent take taken office | sent take_partly taken_partly office
        sent decline declined office | sent withdraw withdrawn regency
    """,
    "amendment": """
        asked check checked checker | asked accept granted checker
        checked grant granted decider | asked refuse refused checker
        checked refuse_checked refused decider
        asked withdraw withdrawn office | checked withdraw withdrawn office
    """,
}
ENDS = {"rejected", "accounted", "withdrawn", "taken", "taken_partly", "declined"} | {
    "granted",
    "refused",
}
ENDING = {"withdraw", "return", "release", "release_partly", "refuse", "refuse_checked", "decline"}
PERSONS = {
    "office": cast.provincial_officer,
    "checker": cast.planner,
    "decider": make.second_planner,
    "reviewer": lambda: make.reviewer(1),
    "second_reviewer": lambda: make.reviewer(2),
    "regency": cast.regency_officer,
    "stranger": lambda: cast.provincial_officer("Bali"),
    "auditor": cast.auditor,
}


def ways():
    for machine, table in WAYS.items():
        for line in table.replace("|", "\n").split("\n"):
            if line.strip():
                source, move, target, person = line.split()
                yield (machine, source, move), (target, person)


REFERENCE = dict(ways())
MOVES = sorted({(machine, move) for machine, _source, move in REFERENCE})
reached: Counter = Counter()


def reserve(proposal, by, now):
    amounts, _missing = suggested_lines(proposal)
    number = f"KEP-{proposal.pk}-{Step.objects.of(PROPOSAL.key, proposal.pk).count()}"
    reserve_for(proposal, amounts, number=number, effective_on=DAY, by=by, now=now)


def release(proposal, by, now, outcome):
    """Release all that stands for a proposal; which move that is, its decision says."""
    if proposal.state not in FUNDED or proposal.decision.outcome != outcome:
        raise Refusal("Nothing stands for it, or it is the other move.")
    promise = Promise.objects.get(number=proposal.number)
    amounts = dict(promise.lines.filter(reserved__gt=0).values_list("line_id", "reserved"))
    number = f"LP-{proposal.pk}-{promise.postings.count()}"
    unreserve(promise, amounts, number=number, effective_on=DAY, by=by, **WHY)


def decide(proposal, outcome, by, now, **values):
    deciding.decide(proposal, outcome, reason="Sesuai.", by=by, now=now, **values)


def score(proposal, by, now):
    """Give the review that `by` was named for, or somebody's where that is another."""
    one = proposal.assignments.filter(reviewer=by).first() or proposal.assignments.first()
    if one is None:
        raise Refusal("Nobody reviews it.")
    if not one.declared:
        reviewing.declare(one, has_conflict=False, by=by)
    points = {"need": 30, "cost": 20, "goods": 10, "readiness": 10}
    reviewing.submit_score(one, points, note="", by=by, now=now)


def take(idea, by, now, people=None, reason=""):
    measure = make.Measure.objects.get(code="mask_training")
    ideas.take_up(
        idea, people=people or idea.people, measure=measure, reason=reason, by=by, now=now
    )


WHY = {"reason": "Alasan."}
ACTS = {
    ("proposal", "submit"): lambda one, **who: sending.submit(one, **who),
    ("proposal", "withdraw"): lambda one, **who: sending.withdraw(one, **WHY, **who),
    ("proposal", "return"): lambda one, **who: verifying.give_back(
        one, make.yes(), working_days=3, **WHY, **who
    ),
    ("proposal", "verify"): lambda one, **who: verifying.verify(one, make.yes(), **who),
    ("proposal", "assign"): lambda one, **who: reviewing.assign(
        one, [make.reviewer(1), make.reviewer(2)], **who
    ),
    ("proposal", "score"): score,
    ("proposal", "approve"): lambda one, **who: decide(one, Outcome.APPROVED, **who),
    ("proposal", "reject"): lambda one, **who: decide(one, Outcome.REJECTED, **who),
    ("proposal", "approve_partly"): lambda one, **who: decide(
        one, Outcome.PARTLY, cuts={1: Cut(800_000, "Diturunkan.")}, **who
    ),
    ("proposal", "reserve"): reserve,
    ("proposal", "release"): lambda one, **who: release(one, outcome=Outcome.APPROVED, **who),
    ("proposal", "release_partly"): lambda one, **who: release(one, outcome=Outcome.PARTLY, **who),
    ("proposal", "schedule"): lambda one, **who: sending.advance(one, "schedule", **who),
    ("proposal", "run"): lambda one, **who: sending.advance(one, "run", **who),
    ("proposal", "account"): lambda one, **who: sending.advance(one, "account", **WHY, **who),
    ("idea", "take"): take,
    ("idea", "take_partly"): lambda one, **who: take(one, people=1, **WHY, **who),
    ("idea", "decline"): lambda one, **who: ideas.decline(one, **WHY, **who),
    ("idea", "withdraw"): lambda one, **who: ideas.withdraw(one, **WHY, **who),
    ("amendment", "check"): lambda one, **who: amending.check(one, **who),
    ("amendment", "accept"): lambda one, **who: amending.accept(one, **who),
    ("amendment", "grant"): lambda one, **who: amending.grant(one, effective_on=DAY, **who),
    ("amendment", "refuse"): lambda one, **who: amending.refuse(one, **WHY, **who),
    ("amendment", "refuse_checked"): lambda one, **who: amending.refuse(one, **WHY, **who),
    ("amendment", "withdraw"): lambda one, **who: amending.withdraw(one, **WHY, **who),
}
MODELS = {"proposal": Proposal, "idea": Idea, "amendment": Amendment}
COUNTED = (Step, Duty, Proposal, Idea, Amendment, Score, DecidedRow)
index = st.integers(0, 9_999)  # Wide, so that Hypothesis does not return to the least.


class Acts(RuleBasedStateMachine):
    """What people do, and `states`: what the plain machine says came of it."""

    def __init__(self):
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.states = {}
        self.unfinished = set()  # Drafts out of ideas, which say too little to be sent.
        self.now = make.SENT
        self.people = {name: person() for name, person in PERSONS.items()}
        self.round = make.round_()
        budget.line(budget.unit(), "3038.001.051.A.522151", ceiling=MONEY)
        self.write()
        self.write()

    def teardown(self):
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @rule()
    def write(self):
        """Begin a proposal and send an idea, unless there are enough."""
        if len(self.states) < 9:
            proposal = make.complete(people=1, round_of=self.round)
            self.states["proposal", proposal.pk] = "draft"
            idea = make.idea(round_of=self.round)
            self.states["idea", idea.pk] = "sent"

    @rule(which=index, many=st.booleans())
    def ask(self, which, many):
        """Ask for an amendment, whether or not the proposal is approved."""
        proposal = self.subject(which, "proposal")
        if proposal is not None:
            self.ask_of(proposal, many=many)

    def ask_of(self, proposal, *, many):
        """Ask for other words, and for other places too where `many`."""
        before, is_open = self.snapshot(), proposal.state in AMENDABLE
        is_free = not self.has_open_amendment(proposal.pk)
        try:
            content = make.content(proposal, method=f"Cara {self.now}") if is_open else {}
            if many and content:
                content["places"] = [{**one, "site": str(self.now)} for one in content["places"]]
            office = self.people["office"]
            with speaking_for(office), transaction.atomic():
                made = amending.ask(proposal, content, by=office, now=self.now, **WHY)
        except Refusal:
            assert not (is_open and is_free)
            assert self.snapshot() == before
        else:
            assert is_open
            assert is_free
            self.states["amendment", made.pk] = "asked"
        self.settle()

    @rule(steps=st.lists(st.tuples(index, index), min_size=4, max_size=9))
    def go_on(self, steps):
        """Take steps that the plain machine allows, each by who usually takes it."""
        for which, choice in steps:
            self.now += timedelta(hours=which % 9)
            keys = [key for key, state in self.states.items() if state not in ENDS]
            # Half of the time whatever has come far, so that some end.
            keys = sorted(set(keys) - self.unfinished, key=lambda key: (self.is_draft(key), key))
            if keys:
                self.go_on_with(*keys[0 if which % 2 else which % len(keys)], choice)

    def is_draft(self, key):
        return self.states[key] in ("draft", "returned")

    def go_on_with(self, machine, pk, choice):
        state = self.states[machine, pk]
        if state in AMENDABLE and choice % 3 and not self.has_open_amendment(pk):
            self.ask_of(Proposal.objects.get(pk=pk), many=bool(choice % 2))
            return
        moves = [move for kind, source, move in REFERENCE if (kind, source) == (machine, state)]
        onward = [move for move in moves if move not in ENDING] or moves
        offered = moves if choice % 10 > 8 else onward
        move = offered[choice % len(offered)]
        _target, person = REFERENCE[machine, state, move]
        self.act(machine, pk, move, person)
        if move == "score":
            self.act(machine, pk, move, "second_reviewer")

    @rule(which=index, act=st.sampled_from(MOVES), person=st.sampled_from(sorted(PERSONS)))
    def try_anything(self, which, act, person):
        """Let anybody try any step, whatever the state."""
        machine, move = act
        subject = self.subject(which, machine)
        if subject is not None:
            self.act(machine, subject.pk, move, person)

    def has_open_amendment(self, pk):
        return Amendment.objects.filter(proposal=pk, is_open=True).exists()

    def subject(self, which, machine):
        keys = [pk for kind, pk in self.states if kind == machine]
        return MODELS[machine].objects.get(pk=keys[which % len(keys)]) if keys else None

    def act(self, machine, pk, move, person):
        before, state = self.snapshot(), self.states[machine, pk]
        by = self.people[person]
        known = set(Proposal.objects.values_list("pk", flat=True))
        try:
            with speaking_for(by), transaction.atomic():
                subject = MODELS[machine].objects.get(pk=pk)
                ACTS[machine, move](subject, by=by, now=self.now)
        except (Refusal, PermissionDenied, MODELS[machine].DoesNotExist):
            assert self.snapshot() == before, f"{person}: {move} of {state} left something"
        else:
            target, usual = REFERENCE[machine, state, move]  # A forbidden step has no entry.
            alike = {"checker", "decider"}, {"reviewer", "second_reviewer"}
            assert person == usual or {person, usual} in alike, f"{person} made {move}"
            is_waiting = move == "score" and Score.objects.filter(proposal=pk).count() < 2
            self.states[machine, pk] = state if is_waiting else target
            if not is_waiting:
                reached[machine, move] += 1
            for one in set(Proposal.objects.values_list("pk", flat=True)) - known:
                self.states["proposal", one] = "draft"
                self.unfinished.add(("proposal", one))
        self.settle()

    def snapshot(self):
        return [model.objects.count() for model in COUNTED], dict(self.stored())

    def stored(self):
        for key, pk in self.states:
            last = Step.objects.of(key, pk).last()
            open_ = Duty.objects.open().of(key, pk).filter(kind="main").count()
            yield (key, pk), (last.to_state, open_)

    def settle(self):
        """Compare with the plain machine; PostgreSQL checks what it would at the end."""
        connection.check_constraints()
        for key, (state, open_duties) in self.stored():
            assert state == self.states[key], key
            assert open_duties == (0 if state in ENDS else 1), key
        for proposal in Proposal.objects.all():
            assert proposal.state == self.states["proposal", proposal.pk]


AMENDABLE = {"approved", "partly_approved", "reserved", "scheduled", "running"}


def test_the_reference_says_what_the_tables_say():
    for machine in (PROPOSAL, IDEA, AMENDMENT):
        declared = {
            (machine.key, source, move.key): move.target
            for move in machine.moves
            for source in move.sources
        }
        ours = {key: target for key, (target, _who) in REFERENCE.items() if key[0] == machine.key}
        assert declared == ours


@pytest.mark.django_db
def test_nothing_is_lost_whatever_people_do():
    run_state_machine_as_test(
        Acts,
        settings=settings(
            max_examples=4,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


SCORED = ("submit", "return", "submit", "verify", "assign", "score")
WALKS = {
    "proposal": [
        (*SCORED, "approve", "reserve", "release", "reserve", "schedule", "run", "account"),
        (*SCORED, "approve_partly", "reserve", "schedule", "release_partly", "reserve"),
        (*SCORED, "reject"),
        ("withdraw",),
    ],
    "idea": [("take",), ("take_partly",), ("decline",), ("withdraw",)],
    "amendment": [
        ("accept",), ("refuse",), ("withdraw",), ("check", "grant"), ("check", "refuse_checked"),
        ("check", "withdraw"),
    ],
}  # fmt: skip


@pytest.mark.django_db
def test_every_move_is_reached_and_everybody_else_is_refused_on_the_way():
    reached.clear()
    acts = Acts()
    try:
        for walk in WALKS["proposal"]:
            pk = make.complete(people=1, round_of=acts.round).pk
            acts.states["proposal", pk] = "draft"
            walk_all(acts, "proposal", pk, walk)
            if walk[-1] == "reserve":
                amend_all(acts, pk)
        for walk in WALKS["idea"]:
            pk = make.idea(round_of=acts.round).pk
            acts.states["idea", pk] = "sent"
            walk_all(acts, "idea", pk, walk)
    finally:
        acts.teardown()
    assert sorted(set(MOVES) - set(reached)) == []


def amend_all(acts, pk):
    for walk in WALKS["amendment"]:
        acts.now += timedelta(hours=1)
        acts.ask_of(Proposal.objects.get(pk=pk), many=walk[0] == "check")
        amendment = Amendment.objects.filter(proposal=pk).latest("pk")
        walk_all(acts, "amendment", amendment.pk, walk)


def walk_all(acts, machine, pk, walk):
    for move in walk:
        state = acts.states[machine, pk]
        _target, usual = REFERENCE[machine, state, move]
        for person in ("stranger", "auditor"):
            acts.act(machine, pk, move, person)
        acts.act(machine, pk, move, usual)
        if move == "score":
            acts.act(machine, pk, move, "second_reviewer")
        assert acts.states[machine, pk] != state, f"{usual} could not {move}"
