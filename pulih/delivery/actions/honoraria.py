"""Saying who taught which session, and fixing the list that pays for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db import connection, transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.proposals.models import DecidedRow
from pulih.web import numbers
from pulih.web.words import say

from ..models import (
    Activity,
    Cohort,
    Honorarium,
    PaidSession,
    PaymentList,
    Session,
    Teaching,
    Trainer,
)
from ..reads.honoraria import (
    Offer,
    OwedTeacher,
    digest_of,
    lines_of,
    offer_of,
    offers_of,
    owed_to_teachers,
)
from .listing import (
    issue_paper,
    locked_for_a_list,
    refuse_more_than_approved,
    require_money,
    some_of,
)
from .teachers import give_nik, same_person


@transaction.atomic
def state_teaching(
    cohort: Cohort, *, trainer: Trainer, sessions: Iterable[Session], lesson_hours: int | None,
    why: str, by: User, today: date,
) -> int:  # fmt: skip
    """Record who taught sessions of a class; return of how many something new was said.

    sessions: none means every one until today. lesson_hours: None means all of each; 0 takes back
    what was said before. Other hours than were said before need a reason. May refuse.
    """
    require(by, Permission.RUN_ACTIVITIES, cohort.regency)
    Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    chosen = list(sessions) or list(cohort.sessions.filter(day__lte=today).order_by("day"))
    if not chosen:
        raise Refusal(_("No session of this class was held yet."))
    said = dict(
        Teaching.objects.filter(trainer=trainer, session__in=chosen)
        .order_by("pk")
        .values_list("session", "lesson_hours")
    )
    new = []
    for one in chosen:
        hours = one.lesson_hours if lesson_hours is None else lesson_hours
        _refuse_wrong_hours(one, hours, today)
        before = said.get(one.pk)
        if hours != (before or 0):
            _refuse_without_reason(trainer, one, before, why)
            new.append(
                Teaching(
                    session=one, trainer=trainer, province_id=cohort.province_id,
                    regency_id=cohort.regency_id, lesson_hours=hours, by=by,
                    why=why if before is not None else "",
                )
            )  # fmt: skip
    Teaching.objects.bulk_create(new)
    record(by, "delivery.state_teaching", trainer, sessions=len(new))
    return len(new)


def _refuse_wrong_hours(session: Session, hours: int, today: date) -> None:
    if session.day > today:
        raise Refusal(
            _("%(day)s lies ahead. Record it when it has happened.")
            % {"day": numbers.day(session.day)}
        )
    if hours > session.lesson_hours:
        raise Refusal(
            _("The session of %(day)s has %(there)s JP; nobody taught %(hours)s of them.")
            % {"day": numbers.day(session.day), "there": session.lesson_hours, "hours": hours}
        )


def _refuse_without_reason(
    trainer: Trainer, session: Session, before: int | None, why: str
) -> None:
    if before is not None and not why:
        raise Refusal(
            _("%(hours)s JP of %(day)s are recorded for %(person)s. Say why that was wrong.")
            % {"hours": before, "day": numbers.day(session.day), "person": trainer}
        )


@transaction.atomic
def state_payee(
    cohort: Cohort, *, trainer: Trainer, payee: str, has_npwp: bool, by: User, nik: str = "",
    same_as: Trainer | None = None,
) -> Trainer:  # fmt: skip
    """Say who somebody that teaches is, also to the tax office. May refuse.

    nik: empty leaves it as it is; same_as: who has the same one, matched by hand. Lists that are
    fixed stay as they are.
    """
    require(by, Permission.RUN_ACTIVITIES, cohort.regency)
    if same_as and not nik:
        nik = same_person(trainer, same_as)
    if nik:
        give_nik(trainer, nik)
    trainer.payee, trainer.has_npwp = payee, has_npwp
    trainer.save(update_fields=["payee", "has_npwp", "nik", "nik_key"])
    record(by, "delivery.state_payee", trainer, payee=payee)
    return trainer


@transaction.atomic
def make_list(
    activity: Activity, row: DecidedRow, *, number: str, rate: int, by: User, today: date,
    only: Collection[int] = (),
) -> PaymentList:  # fmt: skip
    """Fix who is paid for teaching by a row of the plan: all who can be, or `only` these.

    rate: rupiah an hour or a day, at most what the row was approved with and the standard unit
    costs allow. May refuse.
    """
    require_money(activity, by)
    promise, offer = locked_for_a_list(activity, number), _offer(activity, row)
    _refuse_rate(offer, rate)
    _one_list_at_a_time(activity)
    wanted = _wanted(owed_to_teachers(activity, offer, rate, today, first=only), only)
    gross = sum(one.amount.gross for one in wanted)
    refuse_more_than_approved(row, gross)
    made = PaymentList(
        activity=activity, province_id=activity.province_id, row=row, number=number,
        basis=offer.pay.basis, rate=rate, made_on=today, by=by, people=len(wanted), gross=gross,
        tax=sum(one.amount.tax for one in wanted),
    )  # fmt: skip
    lines = [_line(made, at, one) for at, one in enumerate(wanted, 1)]
    made.digest = digest_of(made, lines)
    made.save()
    Honorarium.objects.bulk_create([line for line, _paid in lines])
    PaidSession.objects.bulk_create([one for _line, paid in lines for one in paid])
    issue_paper(made, promise)
    record(by, "delivery.make_payment_list", made, people=made.people, digest=made.digest)
    return made


def _one_list_at_a_time(activity: Activity) -> None:
    """Let two activities not both pay one person for the same hours; in one order for all."""
    rows = Trainer.objects.filter(cohort__activity=activity).exclude(nik_key="")
    with connection.cursor() as cursor:
        for key in sorted(set(rows.values_list("nik_key", flat=True))):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 13))", [key])


def _line(made: PaymentList, at: int, one: OwedTeacher) -> tuple[Honorarium, list[PaidSession]]:
    trainer, due = one.trainer, one.amount
    line = Honorarium(
        list=made, row=made.row, trainer=trainer, province_id=made.province_id, position=at,
        payee=trainer.payee, has_npwp=trainer.has_npwp, rate=made.rate, times=due.times,
        gross=due.gross, tax=due.tax,
    )  # fmt: skip
    return line, [
        PaidSession(
            honorarium=line, session=session, trainer=trainer, province_id=made.province_id,
            lesson_hours=hours,
        )
        for session, hours in one.owed
    ]  # fmt: skip


def _offer(activity: Activity, row: DecidedRow) -> Offer:
    found = next((one for one in offers_of(activity) if one.row.pk == row.pk), None)
    if found is None:
        raise Refusal(_("“%(row)s” of the cost plan pays nobody who teaches.") % {"row": row.text})
    return found


def _refuse_rate(offer: Offer, rate: int) -> None:
    standard = offer.standard
    if standard and standard.is_above(rate):
        raise Refusal(
            _(
                "%(rate)s is above the ceiling of the standard unit costs: %(most)s a %(unit)s for "
                "“%(item)s”, since %(day)s (%(source)s). Nothing was saved."
            )
            % {
                "rate": numbers.rupiah(rate), "most": numbers.rupiah(standard.amount),
                "unit": standard.unit, "day": numbers.day(standard.valid_from),
                "item": say(standard.name),
                "source": standard.source,
            }
        )  # fmt: skip
    if rate > offer.row.unit_cost:
        raise Refusal(
            _(
                "%(rate)s is above the rate that was approved for “%(row)s”: %(most)s. Nothing was "
                "saved."
            )
            % {
                "rate": numbers.rupiah(rate), "row": offer.row.text,
                "most": numbers.rupiah(offer.row.unit_cost),
            }
        )  # fmt: skip


def _wanted(people: Sequence[OwedTeacher], only: Collection[int]) -> list[OwedTeacher]:
    chosen = [one for one in people if one.trainer.pk in only] if only else list(people)
    blocked = [f"{one.trainer} ({', '.join(one.reasons)})" for one in chosen if one.obstacles]
    if only and (blocked or len(chosen) < len(set(only))):
        raise Refusal(_("Cannot be paid: %(people)s. Nothing was saved.")
                      % {"people": some_of(blocked)})  # fmt: skip
    found = [one for one in chosen if not one.obstacles and one.amount.gross]
    if not found:
        raise Refusal(
            _("Nobody can be paid by this row yet: %(people)s. Nothing was saved.")
            % {"people": some_of(blocked) or _("nobody is named who teaches")}
        )
    return found


def changed(given: PaymentList) -> list[str]:
    """Return who of a list of honoraria would not be paid the same today."""
    offer = offer_of(given)
    now = (
        {}
        if offer is None
        else {
            one.trainer.pk: one
            for one in owed_to_teachers(
                given.activity,
                offer,
                given.rate,
                given.made_on,
                without=given,
                first=given.honoraria.values_list("trainer", flat=True),
            )
        }
    )
    return [
        line.trainer.name
        for line, paid in lines_of(given)
        if (one := now.get(line.trainer_id)) is None
        or (line.payee, line.has_npwp) != (one.trainer.payee, one.trainer.has_npwp)
        or not {(paid.session_id, paid.lesson_hours) for paid in paid}
        <= {(session.pk, hours) for session, hours in one.owed}
    ]


def void(given: PaymentList) -> None:
    """Let another list pay what a withdrawn one would have paid."""
    given.honoraria.update(is_void=True)
    PaidSession.objects.filter(honorarium__list=given).update(is_void=True)
