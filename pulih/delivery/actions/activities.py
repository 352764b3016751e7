"""Activities, where they are held, their classes and sessions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.areas.models import Area
from pulih.areas.rows import area_of
from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.web import numbers

from ..clock import province_of
from ..models import Activity, Cohort, Seat, Session, Site, Trainer
from .teachers import give_nik


@transaction.atomic
def save_activity(
    activity: Activity, *, area: Area | None = None, by: User, **values: Any
) -> Activity:
    """Make or change an activity. area: of a new one, its province or regency. May refuse."""
    is_new = activity.pk is None
    for name, value in values.items():
        setattr(activity, name, value)
    if is_new:
        assert area is not None
        _place(activity, area)
    require(by, Permission.RUN_ACTIVITIES, place_of(activity))
    if not is_new:
        Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    _refuse_another_units_province(activity)
    _refuse_another_proposal(activity)
    _refuse_impossible_days(activity)
    _refuse_seats_without_decree(activity)
    activity.save()
    verb = "delivery.add_activity" if is_new else "delivery.change_activity"
    record(by, verb, activity, fields=sorted(values))
    return activity


def _place(activity: Activity, area: Area) -> None:
    if area.level == "regency":
        activity.regency, activity.province = area, province_of(area, activity.starts_on)
    else:
        activity.regency, activity.province = None, area


def place_of(activity: Activity) -> Area:
    """Return whose activity it is: a regency's, or its province's."""
    return area_of(activity)


def _refuse_another_units_province(activity: Activity) -> None:
    unit = activity.unit
    if unit and unit.province.level == "province" and unit.province_id != activity.province_id:
        raise Refusal(
            _("%(unit)s does not spend for %(province)s. Choose its own province or another unit.")
            % {"unit": unit, "province": activity.province}
        )


def _refuse_another_proposal(activity: Activity) -> None:
    """A proposal pays for its own province and measure alone."""
    proposal = activity.proposal
    if proposal is None:
        return
    if proposal.province_id != activity.province_id or proposal.measure_id != activity.measure_id:
        raise Refusal(
            _(
                "Proposal %(number)s is of %(province)s for “%(measure)s”. Choose the one that "
                "asked for this activity, or leave it blank."
            )
            % {
                "number": proposal.number,
                "province": proposal.province,
                "measure": proposal.measure,
            }
        )


def _refuse_impossible_days(activity: Activity) -> None:
    if activity.ends_on < activity.starts_on:
        raise Refusal(
            _("The last day, %(last)s, lies before the first, %(first)s. Correct one of them.")
            % {
                "last": numbers.day(activity.ends_on),
                "first": numbers.day(activity.starts_on),
            }
        )
    if activity.pk is None:
        return
    sessions = Session.objects.filter(cohort__activity=activity)
    outside = sessions.exclude(day__range=(activity.starts_on, activity.ends_on))
    if first := outside.order_by("day").first():
        raise Refusal(
            _("There is a session on %(day)s. Move it first, or keep that day in the activity.")
            % {"day": numbers.day(first.day)}
        )
    early = Session.objects.filter(
        cohort__activity=activity, day__lt=activity.decree_on or date.min
    )
    if first := early.order_by("day").first():
        raise Refusal(
            _("There is a session on %(day)s, before the decree of %(decree)s. Correct one.")
            % {"day": numbers.day(first.day), "decree": numbers.day(activity.decree_on)}
        )


def _refuse_seats_without_decree(activity: Activity) -> None:
    if activity.decree_number or activity.pk is None:
        return
    seats = Seat.objects.held().filter(participant__activity=activity).count()
    if seats:
        raise Refusal(
            ngettext(
                "%(n)d person has a seat by this decree. Correct its number or day; the decree "
                "cannot be removed.",
                "%(n)d people have seats by this decree. Correct its number or day; the decree "
                "cannot be removed.",
                seats,
            )
            % {"n": seats}
        )


@transaction.atomic
def add_site(activity: Activity, *, regency: Area, name: str, address: str, by: User) -> Site:
    """Add a place where the activity is held. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, place_of(activity))
    Activity.objects.select_for_update().get(pk=activity.pk)
    province = province_of(regency, activity.starts_on)
    if activity.regency_id not in (None, regency.pk) or province.pk != activity.province_id:
        raise Refusal(
            _("%(regency)s lies outside this activity's area, %(area)s. Choose a place within it.")
            % {"regency": regency, "area": place_of(activity)}
        )
    if activity.sites.filter(regency=regency, name__iexact=name).exists():
        raise Refusal(_("“%(name)s” is there already. Give it another name.") % {"name": name})
    site = activity.sites.create(province=province, regency=regency, name=name, address=address)
    record(by, "delivery.add_site", site, activity=activity.pk)
    return site


@transaction.atomic
def add_cohort(site: Site, *, name: str, places: int, by: User) -> Cohort:
    """Add a class at a place. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, site.regency)
    _hold_classes(site.activity_id)
    activity = Activity.objects.get(pk=site.activity_id)
    if activity.cohorts.filter(name__iexact=name).exists():
        raise Refusal(_("“%(name)s” is there already. Give it another name.") % {"name": name})
    cohort: Cohort = activity.cohorts.create(
        site=site, province_id=site.province_id, regency_id=site.regency_id, name=name,
        places=places,
    )  # fmt: skip
    record(by, "delivery.add_cohort", cohort, activity=activity.pk, places=places)
    return cohort


def _hold_classes(activity_id: int) -> None:
    """Let classes of an activity be named one after the other.

    A regency's officer may add a class in the regency, and may not lock a province's activity.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('delivery.classes'), %s)", [activity_id]
        )


@transaction.atomic
def change_cohort(given: Cohort, *, name: str, places: int, by: User) -> Cohort:
    """Give a class another name or size. May refuse: nobody loses a place by it."""
    require(by, Permission.RUN_ACTIVITIES, given.regency)
    cohort: Cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=given.pk)
    others = Cohort.objects.filter(activity=cohort.activity_id, name__iexact=name)
    if others.exclude(pk=cohort.pk).exists():
        raise Refusal(_("“%(name)s” is there already. Give it another name.") % {"name": name})
    taken = cohort.participants.seated().count()
    if taken > places:
        raise Refusal(
            ngettext(
                "%(n)d person is in this class; it cannot have %(places)d places.",
                "%(n)d people are in this class; it cannot have %(places)d places.",
                taken,
            )
            % {"n": taken, "places": places}
        )
    cohort.name, cohort.places = name, places
    cohort.save(update_fields=["name", "places"])
    record(by, "delivery.change_cohort", cohort, places=places)
    return cohort


@transaction.atomic
def add_session(cohort: Cohort, *, by: User, **values: Any) -> Session:
    """Add a lesson to a class. values: day, starts_at, lesson_hours, subject, video. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, cohort.regency)
    Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    activity = Activity.objects.get(pk=cohort.activity_id)
    session = Session(cohort=cohort, **values)
    _refuse_wrong_day(activity, session.day)
    if cohort.sessions.filter(day=session.day, starts_at=session.starts_at).exists():
        raise Refusal(
            _("This class already has a session on %(day)s at %(hour)s. Choose another hour.")
            % {"day": numbers.day(session.day), "hour": f"{session.starts_at:%H.%M}"}
        )
    session.save()
    record(by, "delivery.add_session", cohort, session=session.pk)
    return session


@transaction.atomic
def add_sessions(
    cohort: Cohort, *, in_every_class: bool = False, by: User, **values: Any
) -> list[Session]:
    """Add a lesson to a class. May refuse.

    in_every_class: also to the other classes of the activity that the person reaches, but those
    that have a session at that hour.
    """
    added = [add_session(cohort, by=by, **values)]
    if in_every_class:
        same = {"day": values["day"], "starts_at": values["starts_at"]}
        others = Cohort.objects.visible_to(by).filter(activity=cohort.activity_id)
        busy = Session.objects.filter(cohort=OuterRef("pk"), **same)
        for other in others.exclude(Exists(busy)).order_by("pk"):
            added.append(add_session(other, by=by, **values))
    return added


def _refuse_wrong_day(activity: Activity, day: date) -> None:
    if not activity.holds(day):
        raise Refusal(
            _("%(day)s is outside the activity, which runs from %(first)s to %(last)s.")
            % {
                "day": numbers.day(day),
                "first": numbers.day(activity.starts_on),
                "last": numbers.day(activity.ends_on),
            }
        )
    if activity.decree_on and day < activity.decree_on:
        raise Refusal(
            _("%(day)s lies before the decree of %(decree)s, which names the participants.")
            % {"day": numbers.day(day), "decree": numbers.day(activity.decree_on)}
        )


@transaction.atomic
def add_trainer(
    cohort: Cohort, *, name: str, role: str, institution: str, by: User, payee: str = "",
    has_npwp: bool = False, nik: str = "",
) -> Trainer:  # fmt: skip
    """Name who teaches a class or helps to. payee, has_npwp: what decides the tax. May refuse.

    nik: empty where it is not known yet.
    """
    require(by, Permission.RUN_ACTIVITIES, cohort.regency)
    Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    if cohort.trainers.filter(name__iexact=name).exists():
        raise Refusal(_("%(name)s already teaches this class.") % {"name": name})
    trainer = Trainer(
        cohort=cohort, name=name, role=role, institution=institution, payee=payee,
        has_npwp=has_npwp,
    )  # fmt: skip
    give_nik(trainer, nik)
    trainer.save()
    record(by, "delivery.add_trainer", cohort, trainer=trainer.pk)
    return trainer
