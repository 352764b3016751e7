"""What those who taught an activity are owed, session by session, and what lists pay them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from pulih.classifications import units
from pulih.classifications.standards import UnitCost, standard_for
from pulih.people.scope import speaking_as_system
from pulih.proposals.models import CostRow, DecidedRow
from pulih.proposals.rules.rows import NO_ITEM
from pulih.references.charts import unit_costs

from ..models import (
    Activity,
    Cohort,
    Honorarium,
    Mark,
    PaidSession,
    PaymentList,
    Session,
    Teaching,
    Trainer,
    TrainerRole,
)
from ..rules.attendance import PRESENT
from ..rules.honoraria import (
    Hours,
    Lesson,
    LessonStatus,
    amount,
    highest_rate,
    is_of_assistants,
    lesson_status,
    obstacles,
    pays,
    rule_on,
    times,
)
from ..rules.payments import Amount, Basis, Claim, Pay, digest
from ..words import NOT_PAID_TEACHER


@dataclass(frozen=True)
class Offer:
    """A row of the plan that pays those who teach or help. standard: what its unit may cost."""

    row: DecidedRow
    pay: Pay
    role: str
    standard: UnitCost | None

    @property
    def highest(self) -> int:
        return highest_rate(self.row.unit_cost, self.standard)


@dataclass(frozen=True)
class OwedTeacher:
    """Who teaches a class, and what a row owes. lessons: each session, JP, what became of it."""

    trainer: Trainer
    lessons: Sequence[tuple[Session, int, LessonStatus]]
    amount: Amount
    obstacles: Sequence[str]

    @property
    def owed(self) -> list[tuple[Session, int]]:
        return [(one, hours) for one, hours, said in self.lessons if said is LessonStatus.OWED]

    @property
    def not_owed(self) -> list[tuple[Session, str]]:
        """The sessions that are not paid now, each with why."""
        return [
            (one, str(NOT_PAID_TEACHER[said.value]))
            for one, _hours, said in self.lessons
            if said is not LessonStatus.OWED
        ]

    @property
    def reasons(self) -> list[str]:
        return [str(NOT_PAID_TEACHER[one]) for one in self.obstacles]


def offers_of(activity: Activity) -> list[Offer]:
    """Return the approved rows that pay those who teach or help, each with its standard."""
    rule = rule_on(activity.starts_on)
    rows = DecidedRow.objects.in_force(activity.proposal_id or 0).filter(account__in=rule.accounts)
    found = [(row, pays(row.units, row.unit_cost)) for row in rows if row.rupiah]
    if not any(pay for _row, pay in found):
        return []
    among = unit_costs(activity.starts_on, activity.province_id)
    return [
        Offer(
            row, pay,
            TrainerRole.ASSISTANT if is_of_assistants(row.text, rule) else TrainerRole.TRAINER,
            _standard(activity, row, among),
        )
        for row, pay in found
        if pay
    ]  # fmt: skip


def _standard(activity: Activity, row: DecidedRow, among: Sequence[UnitCost]) -> UnitCost | None:
    """Return the standard that the office confirmed in the plan, else the likeliest."""
    planned = CostRow.objects.filter(proposal=row.proposal_id, position=row.position, text=row.text)
    said = planned.values_list("standard", flat=True).first() or ""
    if said == NO_ITEM:
        return None
    known = [one for one in among if one.code == said] or among
    parts = units.product(unit for one in row.units if (unit := units.find(one)))
    return standard_for(
        row.account,
        row.text,
        activity.province_id,
        activity.starts_on,
        known,
        units.words_of(parts) if parts else "",
    )


def teachings_of(trainers: Iterable[Trainer]) -> Mapping[int, Mapping[int, int]]:
    """Return by trainer and session the lesson hours that the newest word gives them; no zeros."""
    said: dict[int, dict[int, int]] = defaultdict(dict)
    for one in Teaching.objects.filter(trainer__in=list(trainers)).order_by("pk"):
        said[one.trainer_id][one.session_id] = one.lesson_hours
    return {
        trainer: {session: hours for session, hours in taught.items() if hours}
        for trainer, taught in said.items()
    }


def held_sessions(cohorts: Iterable[int]) -> set[int]:
    """Return the sessions in which somebody is marked present by a mark that stands."""
    corrected = Mark.objects.filter(
        participant=OuterRef("participant"), corrects_device=OuterRef("device"),
        corrects_number=OuterRef("number"),
    )  # fmt: skip
    marks = Mark.objects.filter(cohort__in=list(cohorts), presence=PRESENT)
    return set(marks.exclude(Exists(corrected)).values_list("session", flat=True).distinct())


def owed_to_teachers(
    activity: Activity, offer: Offer, rate: int, on: date, *, first: Collection[int] = (),
    without: PaymentList | None = None,
) -> list[OwedTeacher]:  # fmt: skip
    """Return what everybody who teaches or helps is owed by a row, by class and name.

    on: the day whose tax is withheld. first: trainers who are asked first for hours that the same
    person taught in two classes. without: a list whose sessions count as not paid yet.
    """
    rule = rule_on(activity.starts_on)
    trainers = Trainer.objects.filter(cohort__activity=activity, role=offer.role)
    everybody = list(trainers.select_related("cohort").order_by("cohort__name", "cohort", "name"))
    known = _Known(everybody, without)
    asked = sorted(everybody, key=lambda one: one.pk not in first)
    told = {one.pk: known.lessons(one) for one in asked}
    found = []
    for trainer in everybody:
        lessons = told[trainer.pk]
        owed = [one for _session, one, said in lessons if said is LessonStatus.OWED]
        due = amount(
            times(owed, offer.pay, rule), rate, trainer.payee, offer.row.account, on,
            has_npwp=trainer.has_npwp,
        )  # fmt: skip
        statuses = [said for _session, _lesson, said in lessons]
        rows = [(session, one.lesson_hours, said) for session, one, said in lessons]
        found.append(
            OwedTeacher(
                trainer,
                rows,
                due,
                obstacles(statuses, trainer.payee, due.times, has_nik=bool(trainer.nik_key)),
            )
        )
    return found


class _Known:
    """Everything that is asked about those who teach, in few queries for all."""

    def __init__(self, trainers: Sequence[Trainer], without: PaymentList | None) -> None:
        self.taught = teachings_of(trainers)
        cohorts = {one.cohort_id for one in trainers}
        self.held = held_sessions(cohorts)
        sessions = Session.objects.filter(cohort__in=cohorts).order_by("day", "starts_at")
        self.sessions = {one.pk: one for one in sessions}
        self.paid: set[tuple[int, int]] = set()
        self.busy: dict[str, list[Hours]] = defaultdict(list)
        people = {_person(one) for one in trainers} | {_name(one) for one in trainers}
        for one in self._paid(without):
            if (person := _person(one.trainer)) in people:
                self.paid.add((one.session_id, one.trainer_id))
                self.busy[person].append(_hours(_lesson(one.session, one.lesson_hours)))

    def _paid(self, without: PaymentList | None) -> list[PaidSession]:
        """Return what is paid on these days, anywhere: a person may teach in two provinces."""
        if not self.sessions:
            return []
        days = [one.day for one in self.sessions.values()]
        paid = PaidSession.objects.filter(
            is_void=False, session__day__range=(min(days), max(days))
        ).select_related("session", "trainer")
        with speaking_as_system():
            return list(paid.exclude(honorarium__list=without) if without else paid)

    def lessons(self, trainer: Trainer) -> list[tuple[Session, Lesson, LessonStatus]]:
        """Return every session that somebody taught, and keep its hours from another class."""
        found = []
        taught = self.taught.get(trainer.pk, {})
        for session in (one for key, one in self.sessions.items() if key in taught):
            lesson = _lesson(
                session, taught[session.pk], is_held=session.pk in self.held,
                is_paid=(session.pk, trainer.pk) in self.paid,
            )  # fmt: skip
            # What was paid before a NIK was asked for is known by the name alone.
            busy = [*self.busy[_person(trainer)], *self.busy[_name(trainer)]]
            said = lesson_status(lesson, busy)
            if said is LessonStatus.OWED:
                self.busy[_person(trainer)].append(_hours(lesson))
            found.append((session, lesson, said))
        return found


def _person(trainer: Trainer) -> str:
    """Return who somebody is: by the NIK, however the name is written, else by the name."""
    return trainer.nik_key or _name(trainer)


def _name(trainer: Trainer) -> str:
    return " ".join(trainer.name.casefold().split())


def _lesson(session: Session, hours: int, *, is_held: bool = True, is_paid: bool = True) -> Lesson:
    begins = datetime.combine(session.day, session.starts_at)
    return Lesson(session.pk, begins, hours, is_held, is_paid)


def _hours(lesson: Lesson) -> Hours:
    return Hours(lesson.begins, lesson.ends)


def offer_of(given: PaymentList) -> Offer | None:
    """Return the row of a list as it pays now; None where it pays nobody any more."""
    return next((one for one in offers_of(given.activity) if one.row.pk == given.row_id), None)


def digest_of(given: PaymentList, lines: Iterable[tuple[Honorarium, Iterable[PaidSession]]]) -> str:
    """Return the digest of a list of honoraria with these lines, in their order."""
    return digest(
        [given.activity_id, given.row_id, given.basis, given.rate],
        (
            [
                one.trainer_id, one.payee, one.has_npwp,
                *([paid.session_id, paid.lesson_hours] for paid in sessions), one.gross, one.tax,
            ]
            for one, sessions in lines
        ),
    )  # fmt: skip


def lines_of(given: PaymentList) -> list[tuple[Honorarium, list[PaidSession]]]:
    """Return the lines of a list in their order, each with its sessions as they were fixed."""
    paid: dict[int, list[PaidSession]] = defaultdict(list)
    rows = PaidSession.objects.filter(honorarium__list=given).select_related("session")
    for one in rows.order_by("pk"):
        paid[one.honorarium_id].append(one)
    lines = given.honoraria.select_related("trainer__cohort").order_by("position")
    return [(one, paid[one.pk]) for one in lines]


def claims_of(given: PaymentList) -> list[Claim]:
    """Return what is to be claimed back since who taught, or who came, was corrected."""
    lines = lines_of(given)
    cohorts = {one.trainer.cohort_id for one, _paid in lines}
    taught = teachings_of([one.trainer for one, _paid in lines])
    held, rule = held_sessions(cohorts), rule_on(given.activity.starts_on)
    pay, found = Pay(Basis(given.basis), given.rate), []
    for line, paid in lines:
        now = taught.get(line.trainer_id, {})
        still = {
            one.session_id: min(one.lesson_hours, now.get(one.session_id, 0))
            for one in paid
            if one.session_id in held
        }
        kept = [
            _lesson(one.session, still[one.session_id]) for one in paid if still.get(one.session_id)
        ]
        rupiah = line.gross - min(times(kept, pay, rule), line.times) * line.rate
        less = [one for one in paid if still.get(one.session_id, 0) < one.lesson_hours]
        if rupiah:
            days = sorted({one.session.day for one in less})
            found.append(Claim(line.trainer.name, line.trainer.cohort, days, rupiah))
    return found


def hours_taught(cohort: Cohort) -> list[tuple[Trainer, int]]:
    """Return who teaches a class, and the lesson hours that are recorded of each."""
    trainers = list(cohort.trainers.order_by("-role", "name"))
    taught = teachings_of(trainers)
    return [(one, sum(taught.get(one.pk, {}).values())) for one in trainers]
