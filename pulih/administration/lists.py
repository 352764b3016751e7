"""People, the record of actions, and the jobs of the background, as declared lists."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.apps import apps
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from pulih.audit.models import Event
from pulih.lists.columns import NOT_ON_PAGE, PAGE_ONLY, Column, Kind
from pulih.lists.filters import Asked, Filter
from pulih.lists.listing import Listing
from pulih.lists.usual import choices, equals, words
from pulih.people.identity_numbers import Reason
from pulih.people.models import Role, User
from pulih.people.permissions import Permission
from pulih.web import numbers
from pulih.web.bounds import DayField

from .words import (
    JOB_STATES,
    act_in_words,
    acts,
    object_in_words,
    page_of,
    state_in_words,
    task_in_words,
    tasks,
)

_in_words = lazy(task_in_words, str)
ROOMS = sorted({verb.split(".")[0] for verb in acts()})
OBJECT = r"^[a-z_]+\.[a-z_]+-[0-9A-Za-z_-]{1,60}$"  # As `people.access.record_of` writes it.
SIGNED_IN, OPENED, TAKEN = "signed-in", "opened", "taken"
KINDS = {
    SIGNED_IN: ["people.sign_in"],
    OPENED: ["registry.open_nik", "privacy.open_nik", "privacy.copy", "inbox.open_checked"],
    TAKEN: [verb for verb in acts() if verb.endswith((".export", ".paper", ".open_file"))],
}


def _events(_asked: Asked) -> QuerySet[Event]:
    name = User.objects.filter(pk=OuterRef("person_id")).values("name")
    return Event.objects.annotate(person_name=Subquery(name[:1]))


def _who(event: Any) -> str:
    if event.link_id is not None:
        return _now("holder of link %(number)s") % {"number": event.link_id}
    return event.person_name or numbers.UNKNOWN


def _object(event: Any) -> str:
    """Name what the act was done to; nothing where that is the person who acts, as in a sign-in."""
    if event.subject_type == "people.user" and event.subject_id == str(event.person_id):
        return ""
    return object_in_words(event.subject_type, event.subject_id)


def _opened_to(event: Event) -> str:
    """Why somebody opened a number, as it was chosen; typed reasons of other acts stay out."""
    reason = event.detail.get("reason")
    return str(Reason(reason).label) if reason in Reason.values else ""


def _day(key: str, label: Any, side: str) -> Filter:
    def narrow(rows: QuerySet[Event], day: Any) -> QuerySet[Event]:
        return rows.filter(**{f"at__date__{side}": day})

    return Filter(key, label, DayField, narrow, shown=numbers.day)


def _of_object(rows: QuerySet[Event], of: str) -> QuerySet[Event]:
    table, _dash, number = of.partition("-")
    return rows.filter(subject_type=table, subject_id=number)


def _named(of: str) -> str:
    table, _dash, number = of.partition("-")
    return object_in_words(table, number)


def _people(_asked: Asked) -> QuerySet[User]:
    return User.objects.exclude(role=Role.SYSTEM).prefetch_related("reaches__area")


def _areas(person: Any) -> str:
    return ", ".join(str(reach.area) for reach in person.reaches.all())


def lately(since: date) -> dict[str, int]:
    """Return how many persons signed in, and how often data was opened and taken, since a day."""
    events = Event.objects.filter(at__date__gte=since)
    return events.aggregate(
        people=Count("person_id", filter=Q(verb__in=KINDS[SIGNED_IN]), distinct=True),
        opened=Count("pk", filter=Q(verb__in=KINDS[OPENED])),
        taken=Count("pk", filter=Q(verb__in=KINDS[TAKEN])),
    )


PEOPLE = Listing(
    room="administration",
    key="people",
    title=_("People"),
    file_name="pengguna",
    permission=Permission.MANAGE_PEOPLE,
    source=_people,
    columns=(
        Column("id", _("Id"), lambda one: one.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column("name", _("Name"), lambda one: one.name, order="name", look="nm",
               link=lambda one: reverse("people:person", args=[one.pk])),
        Column("username", _("User name"), lambda one: one.username, Kind.CODE, order="username"),
        Column("role", _("Role"), lambda one: one.get_role_display()),
        Column("areas", _("Area"), _areas),
        Column("is_active", _("active"), lambda one: one.is_active, Kind.YES_NO, NOT_ON_PAGE),
        Column("state", _("State"), lambda one: one.is_active, Kind.YES_NO, PAGE_ONLY,
               template="administration/_state_of_person.html"),
    ),
    filters=(
        words(["name", "username"], hint=_("Name or user name")),
        choices("role", _("Role"), [one for one in Role.choices if one[0] != Role.SYSTEM],
                equals("role")),
        choices("state", _("State"), [("active", _("active")), ("resting", _("resting"))],
                lambda rows, state: rows.filter(is_active=state == "active")),
    ),
    order=("name", "pk"),
    icon="users",
)  # fmt: skip


RECORD = Listing(
    room="administration",
    key="record",
    title=_("Record of actions"),
    file_name="catatan-tindakan",
    permission=Permission.SEE_AUDIT,
    source=_events,
    columns=(
        Column("id", _("Id"), lambda one: one.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column("at", _("When"), lambda one: one.at, Kind.MOMENT),
        Column("person", _("Who"), _who),
        Column("act", _("What was done"), lambda one: act_in_words(one.verb)),
        Column("verb", _("Key of the act"), lambda one: one.verb, Kind.CODE, NOT_ON_PAGE),
        Column("subject_type", _("Table"), lambda one: one.subject_type, Kind.CODE, NOT_ON_PAGE),
        Column("object", _("Done to"), _object, on=PAGE_ONLY,
               template="administration/_done_to.html",
               link=lambda one: _object(one) and page_of(one.subject_type, one.subject_id)),
        Column("subject", _("Number of the object"), lambda one: one.subject_id, Kind.CODE,
               NOT_ON_PAGE),
        Column("opened_to", _("Why opened"), _opened_to),
        Column("detail", _("Details as kept"), lambda one: str(one.detail), on=NOT_ON_PAGE),
    ),
    filters=(
        words(["person_name"], _("Name of the person")),
        choices(
            "room", _("Room"),
            [(one, apps.get_app_config(one).verbose_name) for one in ROOMS],
            lambda rows, room: rows.filter(verb__startswith=f"{room}."),
        ),
        choices(
            "kind", _("Kind of act"),
            [(SIGNED_IN, _("signed in")), (OPENED, _("opened personal data")),
             (TAKEN, _("took data out"))],
            lambda rows, kind: rows.filter(verb__in=KINDS[kind]),
        ),
        Filter("of", _("Done to"), partial(forms.RegexField, OBJECT), _of_object, shown=_named,
               is_drawn=False),
        _day("from", _("From day"), "gte"),
        _day("to", _("To day"), "lte"),
    ),
    order=("-id",),
)  # fmt: skip


def _jobs(_asked: Asked) -> Any:
    newest = ProcrastinateEvent.objects.filter(job=OuterRef("pk")).order_by().values("job")
    since = Subquery(newest.annotate(newest=Max("at")).values("newest"))
    return ProcrastinateJob.objects.annotate(since=since)


JOBS = Listing(
    room="administration",
    key="jobs",
    title=_("Background work"),
    file_name="pekerjaan-latar",
    permission=Permission.MANAGE_JOBS,
    source=_jobs,
    columns=(
        Column("id", _("Number of the job"), lambda one: one.pk, Kind.CODE, order="id",
               link=lambda one: reverse("administration:job", args=[one.pk])),
        Column("task", _("Kind of work"), lambda one: task_in_words(one.task_name)),
        Column("state", _("State"), lambda one: state_in_words(one.status)),
        Column("since", _("Since"), lambda one: one.since, Kind.MOMENT),
        Column("attempts", _("Attempts"), lambda one: one.attempts, Kind.WHOLE, order="attempts"),
        Column("queue", _("Queue"), lambda one: one.queue_name, Kind.CODE, NOT_ON_PAGE),
    ),
    filters=(
        choices("state", _("State"), JOB_STATES, equals("status")),
        choices("task", _("Kind of work"), [(one, _in_words(one)) for one in tasks()],
                equals("task_name")),
    ),
    order=("-id",),
)  # fmt: skip
