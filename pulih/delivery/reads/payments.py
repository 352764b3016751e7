"""What the participants of an activity are owed, and what the ledger says of their lists."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from pulih.budget.models import AmountKind, BudgetLine, DocumentKind, Entry, Posting, Promise
from pulih.budget.models.promises import OF_PROPOSALS
from pulih.budget.reads.limits import Left, left_of
from pulih.budget.reads.promises import PROMISING, left_of_promise
from pulih.people.models import User
from pulih.proposals.models import DecidedRow

from ..models import Activity, Cohort, Participant, PaymentEntry, PaymentList, Stage
from ..rules.attendance import PRESENT
from ..rules.payments import (
    Amount,
    Basis,
    Claim,
    ParticipantFacts,
    Pay,
    amount,
    digest,
    obstacles,
    pays,
    rule_on,
)
from ..words import NOT_PAID
from . import honoraria
from .attendance import AttendanceLine, of_cohorts
from .checks import Checked, checked
from .facts import people_of


@dataclass(frozen=True)
class Owed:
    """One participant and one row of the plan. obstacles: keys; none where it can be paid.

    days: those present that no list pays by this row yet.
    """

    participant: Participant
    days: Sequence[date]
    amount: Amount
    obstacles: Sequence[str]
    checks: Sequence[Any] = ()

    @property
    def reasons(self) -> list[Any]:
        """Say what stands in the way, each check by its name."""
        named = [NOT_PAID[one] for one in self.obstacles if one != "blocked"]
        return [*named, *(f"{one.label}: {one.reason}" for one in self.checks)]


def promise_of(activity: Activity) -> Promise | None:
    """Return the money that is set aside for the proposal of an activity, at the unit that pays."""
    if activity.proposal is None or activity.unit_id is None:
        return None
    promises = Promise.objects.filter(room=OF_PROPOSALS, number=activity.proposal.number)
    return promises.filter(unit=activity.unit_id).select_related("unit__province").first()


def activities_of(promise: Promise | None, person: User) -> QuerySet[Activity]:
    """Return the activities within sight that a promise pays for."""
    seen = Activity.objects.visible_to(person)
    if promise is None or promise.room != OF_PROPOSALS:
        return seen.none()
    return seen.filter(proposal__number=promise.number, unit=promise.unit_id).order_by("pk")


def rows_of(activity: Activity) -> list[tuple[DecidedRow, Pay]]:
    """Return the approved rows that pay participants, with what each pays one of them."""
    accounts = rule_on(activity.starts_on).accounts
    rows = DecidedRow.objects.in_force(activity.proposal_id or 0).filter(account__in=accounts)
    found = [(row, pays(row.counts, row.units, row.unit_cost)) for row in rows]
    return [(row, pay) for row, pay in found if pay and row.rupiah]


def owed(
    activity: Activity, row: DecidedRow, pay: Pay, *, without: PaymentList | None = None,
    only: Participant | None = None,
) -> list[Owed]:  # fmt: skip
    """Return what every participant is owed by a row, by class and number in the list.

    without: a list that is looked at as if it paid nothing yet. only: for this one alone.
    """
    rule = rule_on(activity.starts_on)
    known = _Known(activity, row, pay, without, only)
    found = []
    for participant in known.participants:
        days = known.days(participant)
        person = known.checked.get(participant.person_id)
        facts = known.facts(participant, days, person)
        blocking = person.blocking if person else []
        due = amount(len(days), pay, rule, row.account, activity.starts_on)
        found.append(Owed(participant, days, due, obstacles(facts, rule), blocking))
    return found


class _Known:
    """Everything that is asked about an activity's participants, in few queries for all."""

    def __init__(
        self, activity: Activity, row: DecidedRow, pay: Pay, without: PaymentList | None,
        only: Participant | None,
    ) -> None:  # fmt: skip
        seated = Participant.objects.seated().filter(activity=activity)
        asked = people_of(activity, Stage.PAYMENT)
        cohorts = list(Cohort.objects.filter(activity=activity))
        if only is not None:
            seated, asked = seated.filter(pk=only.pk), asked.filter(person=only.person_id)
            cohorts = [one for one in cohorts if one.pk == only.cohort_id]
        people = seated.select_related("person", "cohort", "seat")
        self.participants = list(people.order_by("cohort__name", "cohort", "number"))
        self.lines: dict[int, AttendanceLine] = {}
        self.days_of: dict[int, Sequence[date]] = {}
        for attendance in of_cohorts(activity, cohorts).values():
            for line in attendance.lines:
                self.lines[line.participant.pk] = line
                self.days_of[line.participant.pk] = [one.day for one in attendance.sessions]
        self.checked = {
            one.applicant.person_id: one for one in checked(activity, Stage.PAYMENT, asked)
        }
        entries = PaymentEntry.objects.filter(row=row, is_void=False)
        entries = entries.exclude(list=without) if without else entries
        self.is_paid_by_day = pay.basis is Basis.DAY
        self.listed: dict[int, str] = {}
        self.paid_days: dict[int, set[date]] = defaultdict(set)
        for one, number, days in entries.values_list("participant", "list__number", "days"):
            self.listed[one] = number
            self.paid_days[one].update(days)

    def days(self, participant: Participant) -> list[date]:
        """Return the days present that no list pays; none of what is paid once, and is."""
        said = zip(self.days_of[participant.pk], self.lines[participant.pk].sessions, strict=True)
        present = {day for day, presence in said if presence == PRESENT}
        if participant.pk in self.listed and not self.is_paid_by_day:
            return []
        return sorted(present - self.paid_days[participant.pk])

    def facts(
        self, participant: Participant, days: Sequence[date], person: Checked | None
    ) -> ParticipantFacts:
        seat = getattr(participant, "seat", None)
        has_seat = seat is not None and seat.given_up_on is None
        return ParticipantFacts(
            days=len(days),
            outcome=self.lines[participant.pk].completion.outcome,
            has_seat=has_seat,
            is_provisional=seat is not None and seat.is_provisional,
            is_checked=person is not None and bool(person.told),
            blocking=[one.check for one in person.blocking] if person else [],
            listed_in="" if days else self.listed.get(participant.pk, ""),
        )


def digest_of(given: PaymentList, entries: Iterable[PaymentEntry]) -> str:
    """Return the digest of a list with these lines, in their order."""
    return digest(
        [given.activity_id, given.row_id, given.basis, given.rate],
        ([one.participant_id, *map(str, one.days), one.gross, one.tax] for one in entries),
    )


def already_listed(row: DecidedRow) -> int:
    """Return what standing lists pay by a row, in rupiah."""
    lists = PaymentList.objects.in_force().filter(row=row)
    return int(lists.aggregate(total=Sum("gross"))["total"] or 0)


@dataclass(frozen=True)
class Source:
    """Where a request can take its money from. commitment: None for the imprest."""

    commitment: Posting | None
    left: Left

    @property
    def key(self) -> str:
        return f"{self.commitment.pk if self.commitment else 'up'}-{self.left.line.pk}"


def sources(promise: Promise, account: str, rupiah: int) -> list[Source]:
    """Return what could pay so much on an account: commitments first, then money still promised."""
    commitments = documents_of(promise).filter(
        document_kind=DocumentKind.COMMITMENT, refers_to=None, reversed_by=None
    )
    found = [
        Source(one, left) for one in commitments for left in left_of(one, DocumentKind.REQUEST)
    ]
    found += [Source(None, left) for left in left_of_promise(promise)]
    return [one for one in found if one.left.line.account == account and one.left.left >= rupiah]


def documents_of(promise: Promise) -> QuerySet[Posting]:
    """Return what was committed, asked, ordered and paid for a promise, in its order."""
    kinds = (
        DocumentKind.COMMITMENT, DocumentKind.REQUEST, DocumentKind.ORDER, DocumentKind.PAYMENT,
        DocumentKind.RETURN,
    )  # fmt: skip
    found: QuerySet[Posting] = promise.postings.filter(document_kind__in=kinds, reverses=None)
    return found.order_by("effective_on", "pk")


def _sum(of: Q, kind: str) -> Coalesce:
    entries = Entry.objects.filter(of, amount_kind=kind).order_by().values("amount_kind")
    return Coalesce(Subquery(entries.annotate(total=Sum("rupiah")).values("total")), 0)


def _below(*steps: int) -> Q:
    """Pick what stands so many steps below the request of a list."""
    found = Q()
    for step in steps:
        found |= Q(**{f"posting__{'__'.join(['refers_to'] * step)}": OuterRef("request")})
    return found


def with_money(lists: QuerySet[PaymentList]) -> QuerySet[PaymentList]:
    """Add what was ordered and paid by the ledger, less what was reversed or returned.

    An order stands one step below the request and its reversal two; a payment two, its reversal and
    returns three, the reversal of a return four.
    """
    return lists.select_related("request__reversed_by", "row", "activity", "province").annotate(
        ordered=_sum(_below(1, 2), AmountKind.ORDER),
        paid=_sum(_below(2, 3, 4), AmountKind.REALISATION),
    )


def state_of(given: Any) -> str:
    """Return how far a list of `with_money` has come, as a key of `words.LIST_STATES`."""
    if given.withdrawn_on:
        return "withdrawn"
    if given.request_id is None:
        return "made"
    if hasattr(given.request, "reversed_by"):
        return "taken_back"
    if given.paid:
        return "paid" if given.paid >= given.gross else "partly_paid"
    return "ordered" if given.ordered else "requested"


def claims(given: PaymentList) -> list[Claim]:
    """Return what is to be claimed back since somebody corrected what the list was made from."""
    if given.is_of_teachers:
        return honoraria.claims_of(given)
    entries = list(given.entries.select_related("participant__person", "participant__cohort"))
    cohorts = list(Cohort.objects.filter(activity=given.activity_id))
    present = present_days(given.activity, cohorts)
    found = []
    for one in entries:
        gone = [day for day in one.days if day not in present.get(one.participant_id, ())]
        if gone:
            kept = len(one.days) - len(gone)
            times = kept if one.times == len(one.days) and given.basis == "day" else min(kept, 1)
            who, rupiah = one.participant, one.gross - times * one.rate
            found.append(Claim(str(who.person), who.cohort, gone, rupiah))
    return [one for one in found if one.rupiah]


def as_fixed(given: PaymentList) -> tuple[str, int]:
    """Return digest and gross of a list as its lines say now."""
    if given.is_of_teachers:
        lines = honoraria.lines_of(given)
        return honoraria.digest_of(given, lines), sum(one.gross for one, _paid in lines)
    entries = list(given.entries.order_by("position"))
    return digest_of(given, entries), sum(one.gross for one in entries)


def present_days(activity: Activity, cohorts: Iterable[Cohort]) -> Mapping[int, set[date]]:
    """Return by participant the days on which somebody was present, as marks say now."""
    found = {}
    for attendance in of_cohorts(activity, list(cohorts)).values():
        for line in attendance.lines:
            said = zip(attendance.sessions, line.sessions, strict=True)
            found[line.participant.pk] = {one.day for one, was in said if was == PRESENT}
    return found


@dataclass(frozen=True)
class LineMoney:
    """What a promise has on one line, in rupiah: set aside, still reserved, committed, paid."""

    line: BudgetLine
    promised: int
    left: int
    committed: int
    paid: int


def money_by_line(promise: Promise) -> list[LineMoney]:
    """Return the chain of a promise line by line, by the line's key."""
    entries = Entry.objects.filter(posting__promise=promise).order_by()
    kind = Coalesce("posting__reverses__document_kind", "posting__document_kind")
    sums: dict[int, Counter[str]] = defaultdict(Counter)
    rows = entries.annotate(root=kind).values_list("line_id", "amount_kind", "root")
    for line, amount_kind, root, total in rows.annotate(total=Sum("rupiah")):
        sums[line][amount_kind] += int(total)
        if amount_kind == AmountKind.RESERVATION and root in PROMISING:
            sums[line]["promised"] += int(total)
    lines = BudgetLine.objects.select_related("unit", "province").in_bulk(sums)
    return [
        LineMoney(
            line, sums[line.pk]["promised"], sums[line.pk][AmountKind.RESERVATION],
            sums[line.pk][AmountKind.COMMITMENT], sums[line.pk][AmountKind.REALISATION],
        )
        for line in sorted(lines.values(), key=lambda one: one.line_key)
    ]  # fmt: skip
