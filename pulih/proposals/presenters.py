"""A proposal as its pages and papers show it: rows with their checks, sums, places, goods."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse

from pulih.areas.models import Area
from pulih.people.models import User
from pulih.people.permissions import Permission, holds, may
from pulih.web import numbers
from pulih.web.figures import Step as Station
from pulih.workflow.calendars import zone_of
from pulih.workflow.clocks import last_day
from pulih.workflow.models import MAIN, Duty, Step
from pulih.workflow.reads import Held, clock_of, open_duty, states
from pulih.workflow.registry import Described
from pulih.workflow.states import Move, State

from . import promised
from .clocks import day_in
from .contents import Change
from .models import Amendment, CostRow, Idea, Place, Proposal, ProposalDecision, ProposedGood, Score
from .reads import basis_of, like, plan_of
from .rules.factors import written
from .rules.findings import Finding, Severity
from .rules.gates import AMENDABLE, AMENDMENT, TOPICS
from .rules.machine import PROPOSAL, UNPAID
from .rules.plans import Assessment, Sums, assess
from .rules.reviewing import as_decimal, criteria_of, score
from .rules.rows import CheckedRow

TONES = {
    Severity.BLOCKS: "bad",
    Severity.ASKS: "warn",
    Severity.WARNS: "warn",
    Severity.NOTES: "info",
}


@dataclass(frozen=True)
class Said:
    """One finding in words. anchor: the element of the editor that it speaks of."""

    words: str
    tone: str
    anchor: str
    stops: bool


@dataclass(frozen=True)
class ShownRow:
    """A row of the cost plan. standard: rupiah a unit of its item, None where none fits."""

    row: CostRow
    checked: CheckedRow
    calculation: str
    standard: int | None
    standard_name: str
    findings: Sequence[Said]

    @property
    def over(self) -> int:
        return self.checked.over

    @property
    def agrees(self) -> bool:
        """Tell whether the row is within its item, and nothing else stands against it."""
        is_within = self.standard is not None and not self.over
        return is_within and not any(one.stops for one in self.findings)

    @property
    def is_confirmed(self) -> bool:
        """Tell whether the standard was compared with its regulation, or there is none."""
        return self.checked.standard is None or self.checked.standard.verified


@dataclass(frozen=True)
class ShownPlan:
    """All of a proposal but its answer. findings: what is not said of a row."""

    rows: Sequence[ShownRow]
    places: Sequence[Place]
    goods: Sequence[ProposedGood]
    ideas: Sequence[Idea]
    sums: Sums
    people: int
    findings: Sequence[Said]
    stopping: int
    assessment: Assessment

    @property
    def may_be_sent(self) -> bool:
        return self.assessment.may_be_sent

    @property
    def unconfirmed(self) -> str:
        """The numbers of the rows whose standard nobody compared with its regulation."""
        return ", ".join(str(one.row.position) for one in self.rows if not one.is_confirmed)


def shown_plan(proposal: Proposal, language: str) -> ShownPlan:
    """Check a proposal whole and put what was found into words."""
    today = day_in(proposal.province_id) if proposal.is_editable else None
    plan = plan_of(proposal, today=today)
    found = assess(plan, basis_of(proposal), like(proposal))
    rows = [
        shown_row(row, checked, language)
        for row, checked in zip(proposal.rows.all(), found.rows, strict=True)
    ]
    return ShownPlan(
        rows,
        list(proposal.places.select_related("regency")),
        list(proposal.goods.all()),
        list(proposal.ideas.select_related("regency").order_by("number")),
        found.sums,
        plan.participants,
        [_said(one, language) for one in found.findings if not isinstance(one.place, int)],
        len(found.stopping),
        found,
    )


def shown_row(row: CostRow, checked: CheckedRow, language: str) -> ShownRow:
    standard = checked.standard
    return ShownRow(
        row,
        checked,
        written(checked.row.factors, language),
        standard.amount if standard else None,
        standard.name.in_language(language) if standard else "",
        [_said(one, language) for one in checked.findings],
    )


def all_said(found: Assessment, language: str) -> list[Said]:
    """Put everything that was found into words, what stops first."""
    said = [_said(one, language) for one in found.findings]
    return sorted(said, key=lambda one: not one.stops)


def _said(finding: Finding, language: str) -> Said:
    place = finding.place
    severity = finding.severity
    anchor = f"row-{place}" if isinstance(place, int) else f"part-{place}"
    words = finding.message.in_language(language)
    return Said(words, TONES[severity], anchor, severity.stops)


def office_name(province: Area) -> str:
    """Return what the province's office is called on papers."""
    return f"Dinas Perindustrian Provinsi {province.name}"


def describe(person: User, keys: Collection[int]) -> Mapping[int, Described]:
    """Name the proposals that a shared page speaks of."""
    visible = Proposal.objects.visible_to(person).filter(pk__in=keys)
    return {
        one.pk: Described(str(one), reverse("proposals:proposal", args=[one.pk]), one.state)
        for one in visible
    }


def describe_ideas(person: User, keys: Collection[int]) -> Mapping[int, Described]:
    """Name the ideas that a shared page speaks of."""
    visible = Idea.objects.visible_to(person).filter(pk__in=keys)
    return {
        one.pk: Described(str(one), reverse("proposals:idea", args=[one.pk])) for one in visible
    }


def describe_amendments(person: User, keys: Collection[int]) -> Mapping[int, Described]:
    """Name the amendments that a shared page speaks of."""
    visible = Amendment.objects.visible_to(person)
    return {
        one.pk: Described(
            f"{one} {one.proposal.title}", reverse("proposals:amendment", args=[one.pk])
        )
        for one in visible.filter(pk__in=keys).select_related("proposal")
    }


def by_topic(found: Sequence[Change], language: str) -> list[tuple[str, list[Change]]]:
    """Group what differs by words, dates, places, people, goods and money, each by its name."""
    return [
        (words.in_language(language), of_topic)
        for topic, words in TOPICS.items()
        if (of_topic := [one for one in found if one.topic == topic])
    ]


@dataclass(frozen=True)
class Written:
    """A reason that the office may read. state: words of what the step led to.

    repair_until: the last day of what goes back for repair.
    """

    at: datetime
    state: str
    reason: str
    repair_until: date | None


@dataclass(frozen=True)
class Answer:
    """Who holds a proposal and how it came here, with every reason that the office may read.

    onward: moves that need no word; later: those that need a reason. approved: what is in
    force, in rupiah; missing: what of it is not set aside; cut: written, by how much it is less
    than what was asked for. scores: slot, total and points of each
    review, once all are in; empty before.
    """

    state: State
    state_words: str
    held: Held | None
    steps: Sequence[Step]
    reasons: Sequence[Written]
    way: Sequence[Station]
    onward: Sequence[tuple[Move, str]]
    later: Sequence[tuple[Move, str]]
    seen: int
    scores: Sequence[Score]
    criteria: Sequence[tuple[str, int, Sequence[int]]]
    mean: Decimal | None
    decision: ProposalDecision | None
    amendments: Sequence[tuple[Amendment, State]]
    may_amend: bool
    is_amended: bool
    approved: int | None
    missing: int
    cut: str


SCORED = ("scored", "approved", "partly_approved", "rejected", "reserved", "scheduled", "running",
          "accounted")  # fmt: skip
# The usual way; what stands beside it goes on from the state that it is as far as.
WAY = ("draft", "submitted", "verified", "under_review", "scored", "approved", "reserved",
       "scheduled", "running", "accounted")  # fmt: skip
AS_FAR_AS = {"returned": "draft", "partly_approved": "approved"}


def answer_to(proposal: Proposal, by: User, language: str) -> Answer:
    """Return the way of a proposal as `by` may see it."""
    steps = list(Step.objects.of(PROPOSAL.key, proposal.pk).select_related("by"))
    state = PROPOSAL.state(proposal.state)
    duty = open_duty(PROPOSAL, proposal.pk)
    scores: list[Score] = []
    if proposal.state in SCORED:
        scores = list(proposal.scores.order_by("slot"))
    decision = ProposalDecision.objects.filter(proposal=proposal).first()
    approved = promised.approved([proposal]).get(proposal.pk) if decision else None
    amended = list(proposal.amendments.select_related("proposal").order_by("number"))
    moves = [
        (move, move.label.in_language(language))
        for move in PROPOSAL.allowed(proposal.state)
        if move.is_drawn and may(by, Permission(move.permission), proposal.province)
    ]
    return Answer(
        state,
        state.label.in_language(language),
        clock_of(duty) if duty else None,
        steps,
        _reasons(proposal, steps, language),
        _stations(proposal, steps, language),
        [one for one in moves if not one[0].needs_reason],
        [one for one in moves if one[0].needs_reason],
        steps[-1].number if steps else 0,
        scores,
        _criteria(scores, language),
        _mean(scores),
        decision,
        _with_states(amended),
        proposal.state in AMENDABLE and may(by, Permission.PROPOSE, proposal.province),
        any(one.version_id for one in amended),
        approved,
        _missing(proposal, approved, by),
        _cut(proposal, approved),
    )


def _cut(proposal: Proposal, approved: int | None) -> str:
    """Return by how much another sum is approved than asked for; empty where it is the same."""
    cut = approved - proposal.asked_rupiah if approved is not None else 0
    return numbers.signed(numbers.whole(cut)) if cut else ""


def _missing(proposal: Proposal, approved: int | None, by: User) -> int:
    """Return what of the approved money is not set aside; 0 for who does not see the ledger."""
    if approved is None or proposal.state not in UNPAID or not holds(by, Permission.SEE_BUDGET):
        return 0
    stands = promised.set_aside([proposal.number]).get(proposal.number, promised.Aside())
    return max(0, approved - stands.rupiah)


def _with_states(amended: Sequence[Amendment]) -> list[tuple[Amendment, State]]:
    """Return amendments with their states, without those whose steps a reviewer does not see."""
    now = states(AMENDMENT, [one.pk for one in amended]) if amended else {}
    return [(one, now[one.pk]) for one in amended if one.pk in now]


def _mean(scores: Sequence[Score]) -> Decimal | None:
    if not scores:
        return None
    return as_decimal(score([one.total for one in scores]))


def _criteria(scores: Sequence[Score], language: str) -> list[tuple[str, int, list[int]]]:
    """Return each criterion with its weight and the points of every review, unnamed."""
    if not scores:
        return []
    return [
        (
            one.words.in_language(language),
            one.weight,
            [review.points.get(one.key, 0) for review in scores],
        )
        for one in criteria_of(scores[0].criteria).criteria
    ]


def _reasons(proposal: Proposal, steps: Sequence[Step], language: str) -> list[Written]:
    """Return every step's reason, the newest first, with the day until which to repair."""
    back = [step.pk for step in steps if step.to_state == "returned"]
    clocks = Duty.objects.filter(opened_by_step__in=back, kind=MAIN) if back else ()
    until = {one.opened_by_step_id: one.until for one in clocks if one.until}
    zone = zone_of(proposal.province_id)
    return [
        Written(
            step.at,
            PROPOSAL.state(step.to_state).label.in_language(language),
            step.reason,
            last_day(until[step.pk], zone) if step.pk in until else None,
        )
        for step in reversed(steps)
        if step.reason
    ]


def _stations(proposal: Proposal, steps: Sequence[Step], language: str) -> list[Station]:
    """Return the steps that were taken and those that usually follow."""
    zone = zone_of(proposal.province_id)
    done = [
        Station(
            PROPOSAL.state(step.to_state).label.in_language(language),
            "returned" if step.to_state == "returned" else "done",
            numbers.moment(step.at, zone),
        )
        for step in steps
    ]
    if done:
        done[-1] = replace(done[-1], state="now")
    if PROPOSAL.state(proposal.state).final:
        return done
    stands = WAY.index(AS_FAR_AS.get(proposal.state, proposal.state))
    ahead = [
        Station(PROPOSAL.state(key).label.in_language(language), "ahead")
        for key in WAY[stands + 1 :]
    ]
    return [*done, *ahead]
