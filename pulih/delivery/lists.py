"""Activities, participants and people as declared lists."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pulih.areas.rows import area_of
from pulih.lists.columns import NOT_ON_PAGE, PAGE_ONLY, Column, Kind
from pulih.lists.filters import Asked
from pulih.lists.listing import Listing
from pulih.lists.usual import by_link, choices, equals, flag, province, words, year
from pulih.people.permissions import Permission
from pulih.web.numbers import whole

from . import filter_names
from .models import (
    Activity,
    Cohort,
    CountCorrection,
    Handover,
    Mark,
    Mode,
    Move,
    MoveKind,
    Participant,
    Person,
    Presence,
    Sex,
    Side,
    Signature,
)


def _counted(rows: QuerySet[Any], what: Any) -> Coalesce:
    """Count or sum rows of an activity in a query of their own, so that no join multiplies."""
    mine = rows.filter(activity=OuterRef("pk")).order_by().values("activity")
    return Coalesce(Subquery(mine.annotate(n=what).values("n"), IntegerField()), 0)


def _activities(asked: Asked) -> Any:
    return (
        Activity.objects.visible_to(asked.person)
        .select_related("province", "regency", "measure")
        .annotate(
            places=_counted(Cohort.objects.all(), Sum("places")),
            cohort_count=_counted(Cohort.objects.all(), Count("pk")),
            people=_counted(Participant.objects.seated(), Count("pk")),
        )
    )


ACTIVITIES = Listing(
    room="delivery",
    key="activities",
    title=_("Activities"),
    file_name="kegiatan",
    permission=Permission.SEE_ACTIVITIES,
    source=_activities,
    columns=(
        Column("id", _("Id"), lambda a: a.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column(
            "title",
            _("Activity"),
            lambda a: a.title,
            order="title",
            link=lambda a: reverse("delivery:activity", args=[a.pk]),
        ),
        Column("area", _("Area"), lambda a: str(area_of(a))),
        Column("measure", _("Measure"), lambda a: a.measure.name, hide=True),
        Column("mode", _("Way of teaching"), lambda a: a.get_mode_display(), hide=True),
        Column("starts_on", _("First day"), lambda a: a.starts_on, Kind.DAY, order="starts_on"),
        Column("ends_on", _("Last day"), lambda a: a.ends_on, Kind.DAY, order="ends_on"),
        Column("decree_number", _("Decree"), lambda a: a.decree_number, on=NOT_ON_PAGE),
        Column("cohorts", _("Training classes"), lambda a: a.cohort_count, Kind.WHOLE),
        Column("places", _("Places"), lambda a: a.places, Kind.WHOLE),
        Column("people", _("Participants"), lambda a: a.people, Kind.WHOLE),
    ),
    filters=(
        words(["title"]),
        choices("mode", _("Way of teaching"), Mode.choices, equals("mode")),
        year(lambda rows, value: rows.filter(starts_on__year=value)),
        province(equals("province")),
    ),
    order=("-starts_on", "-pk"),
    when_empty=_("No activities yet. Add the first one."),
)


def _seat(participant: Participant) -> str:
    """Say what the decree gave: a seat, a provisional one without NIK, or none yet."""
    seat = getattr(participant, "seat", None)
    if seat is None or seat.given_up_on:
        return ""
    return str(_("provisional") if seat.is_provisional else _("claimed"))


def _participants(asked: Asked) -> Any:
    return (
        Participant.objects.visible_to(asked.person)
        .select_related("person", "cohort", "activity", "regency", "seat")
        .order_by("pk")
    )


PARTICIPANTS = Listing(
    room="delivery",
    key="participants",
    title=_("Participants"),
    file_name="peserta",
    permission=Permission.SEE_ACTIVITIES,
    source=_participants,
    columns=(
        Column("id", _("Id"), lambda p: p.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column(
            "name",
            _("Name"),
            lambda p: p.person.name,
            order="person__name",
            link=lambda p: reverse("delivery:cohort", args=[p.cohort_id]),
        ),
        Column("number", _("No."), lambda p: p.number, Kind.WHOLE),
        Column("nik", "NIK", lambda p: str(p.person.nik), Kind.CODE),
        Column("activity", _("Activity"), lambda p: p.activity.title),
        Column("cohort", _("Class"), lambda p: p.cohort.name),
        Column("regency", _("Regency or city"), lambda p: str(p.regency), hide=True),
        Column("village", _("Village"), lambda p: p.person.village, hide=True),
        Column("sex", _("Sex"), lambda p: p.person.get_sex_display()),
        Column(
            "has_disability", _("Disability"), lambda p: p.person.has_disability, Kind.YES_NO,
            NOT_ON_PAGE,
        ),
        Column(
            "is_laid_off", _("Laid off"), lambda p: p.person.is_laid_off, Kind.YES_NO, NOT_ON_PAGE
        ),
        Column("seat", _("Seat"), _seat),
        Column("left_on", _("Left on"), lambda p: p.left_on, Kind.DAY),
    ),
    filters=(
        words(["person__name", "person__village"]),
        choices("sex", _("Sex"), Sex.choices, equals("person__sex")),
        flag("disability", _("Disability"), equals("person__has_disability")),
        flag("laid_off", _("Laid off"), equals("person__is_laid_off")),
        flag("provisional", _("Without NIK"), lambda rows, _on: rows.filter(person__nik="")),
        by_link("activity", _("Activity"), Activity),
        by_link("cohort", _("Class"), Cohort, named=filter_names.of_class),
        province(equals("province")),
    ),
    order=("cohort_id", "number", "pk"),
    when_empty=_("No participants yet. Open a class and paste its list."),
)  # fmt: skip


def _marks(asked: Asked) -> Any:
    return Mark.objects.visible_to(asked.person).select_related(
        "participant__person", "session", "cohort__activity", "by", "link"
    )


MARKS = Listing(
    room="delivery",
    key="marks",
    title=_("Attendance, press by press"),
    file_name="kehadiran",
    permission=Permission.SEE_ACTIVITIES,
    source=_marks,
    columns=(
        Column("id", _("Id"), lambda m: m.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column("name", _("Name"), lambda m: m.participant.person.name),
        Column("activity", _("Activity"), lambda m: m.cohort.activity.title, on=NOT_ON_PAGE),
        Column("cohort", _("Class"), lambda m: m.cohort.name),
        Column("day", _("Day"), lambda m: m.session.day, Kind.DAY),
        Column("lesson_hours", "JP", lambda m: m.session.lesson_hours, Kind.WHOLE),
        Column("presence", _("What the mark says"), lambda m: m.get_presence_display()),
        Column("reason", _("Why absent"), lambda m: m.get_reason_display()),
        Column("by", _("Marked by"), lambda m: str(m.by or m.link)),
        Column("device", _("Device"), lambda m: m.device, Kind.CODE, NOT_ON_PAGE),
        Column("number", _("No."), lambda m: m.number, Kind.WHOLE, NOT_ON_PAGE),
        Column("pressed_at", _("Device's clock"), lambda m: m.pressed_at, Kind.MOMENT),
        Column("received_at", _("Received"), lambda m: m.received_at, Kind.MOMENT),
        Column(
            "corrects_device", _("Corrects device"), lambda m: m.corrects_device, on=NOT_ON_PAGE
        ),
        Column(
            "corrects_number", _("Corrects number"), lambda m: m.corrects_number, Kind.WHOLE,
            NOT_ON_PAGE,
        ),
        Column("why", _("Why corrected"), lambda m: m.why, look="full"),
    ),
    filters=(
        choices("presence", _("What the mark says"), Presence.choices, equals("presence")),
        flag("corrections", _("Corrections"), lambda rows, _on: rows.exclude(why="")),
        by_link("cohort", _("Class"), Cohort, named=filter_names.of_class),
        by_link("participant", _("Participant"), Participant, named=filter_names.of_participant),
        province(equals("province")),
    ),
    order=("-pk",),
    when_empty=_("Nothing is recorded yet. That does not mean that nobody came."),
)  # fmt: skip


def _moves(asked: Asked) -> Any:
    related = ("item__activity", "handover", "by")
    return Move.objects.visible_to(asked.person).select_related(*related)


MOVES = Listing(
    room="delivery",
    key="moves",
    title=_("Moves of goods"),
    file_name="kartu_stok",
    permission=Permission.SEE_ACTIVITIES,
    source=_moves,
    columns=(
        Column("id", _("Id"), lambda m: m.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column("day", _("Day"), lambda m: m.day, Kind.DAY, order="day"),
        Column("item", _("Goods item"), lambda m: m.item.name),
        Column("kind", _("What happened"), lambda m: m.get_kind_display()),
        Column("quantity", _("Quantity"), lambda m: m.quantity, Kind.WHOLE, order="quantity"),
        Column("unit", _("Unit"), lambda m: m.item.unit),
        Column(
            "value", _("Value"), lambda m: m.value, Kind.RUPIAH, unit=_("rupiah"), order="value"
        ),
        Column(
            "payment",
            "SP2D",
            lambda m: m.payment,
            Kind.CODE,
            link=lambda m: reverse("budget:posting", args=[m.paid_by_id]) if m.paid_by_id else "",
        ),
        Column(
            "handover",
            "BAST",
            lambda m: m.handover.number if m.handover else "",
            link=lambda m: reverse("delivery:handover", args=[m.handover_id])
            if m.handover_id
            else "",
        ),
        Column("reason", _("Why"), lambda m: m.reason, hide=True),
        Column("by", _("Entered by"), lambda m: str(m.by), hide=True),
        Column("activity", _("Activity"), lambda m: m.item.activity.title, on=NOT_ON_PAGE),
    ),
    filters=(
        words(["item__name", "payment", "handover__number", "reason"]),
        choices("kind", _("What happened"), MoveKind.choices, equals("kind")),
        by_link("activity", _("Activity"), Activity, "item__activity"),
        province(equals("province")),
    ),
    order=("-pk",),
    when_empty=_("Nothing moved yet. Goods are bought and made on an activity's page of goods."),
)  # fmt: skip


def _handovers(asked: Asked) -> Any:
    rows = Handover.objects.visible_to(asked.person).select_related("item", "activity", "province")
    waits = Case(When(received_on=None, then=2), When(~Q(difference_reason=""), then=1), default=0)
    return rows.annotate(waits=waits)


def _sent_and_counted(handover: Handover) -> str:
    """`500 → 480`, so that a difference is seen without comparing two columns."""
    counted = _now("not answered yet")
    if handover.received is not None:
        counted = whole(handover.received)
    return f"{whole(handover.sent)} → {counted}"


def _corrected(handovers: Any, _on: Any) -> Any:
    return handovers.filter(Exists(CountCorrection.objects.filter(handover=OuterRef("pk"))))


def _unsigned(handovers: Any, _on: Any) -> Any:
    given = Signature.objects.filter(handover=OuterRef("pk"), side=Side.GIVER)
    return handovers.exclude(Exists(given))


def unanswered(handovers: Any) -> Any:
    return handovers.filter(received_on=None)


HANDOVERS = Listing(
    room="delivery",
    key="handovers",
    title=_("Hand-overs (BAST)"),
    file_name="serah_terima",
    permission=Permission.SEE_ACTIVITIES,
    source=_handovers,
    columns=(
        Column("id", _("Id"), lambda h: h.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column(
            "number",
            "BAST",
            lambda h: h.number,
            Kind.CODE,
            order="number",
            link=lambda h: reverse("delivery:handover", args=[h.pk]),
        ),
        Column("sent_on", _("Sent on"), lambda h: h.sent_on, Kind.DAY, order="sent_on", hide=True),
        Column("item", _("Goods item"), lambda h: h.item.name),
        Column("receiver", _("Receiver"), lambda h: h.receiver_name),
        Column("sent", _("Sent"), lambda h: h.sent, Kind.WHOLE, NOT_ON_PAGE, order="sent"),
        Column("received", _("Counted"), lambda h: h.received, Kind.WHOLE, NOT_ON_PAGE),
        Column("counted", _("Sent → counted"), _sent_and_counted, on=PAGE_ONLY, look="nw"),
        Column("received_on", _("Received on"), lambda h: h.received_on, Kind.DAY),
        Column("reason", _("Reason of the difference"), lambda h: h.difference_reason, hide=True),
        Column(
            "value",
            _("Value"),
            lambda h: h.value,
            Kind.RUPIAH,
            unit=_("rupiah"),
            order="value",
            sums=True,
        ),
    ),
    filters=(
        words(["number", "item__name", "receiver_name"]),
        flag("waiting", _("Not answered"), lambda rows, _on: unanswered(rows)),
        flag(
            "difference",
            _("With a difference"),
            lambda rows, _on: rows.exclude(difference_reason=""),
        ),
        flag("corrected", _("Count corrected"), _corrected),
        flag("unsigned", _("Not signed for the office"), _unsigned),
        by_link("activity", _("Activity"), Activity),
        province(equals("province")),
    ),
    order=("-waits", "-pk"),
    size=15,  # Those that ask for something stand first; the rest is alike.
    when_empty=_("Nothing was handed over yet. Goods leave from an activity's page of goods."),
)


def _people(asked: Asked) -> Any:
    return Person.objects.visible_to(asked.person).select_related("regency").annotate(
        seat_count=Count("seats")
    )  # fmt: skip


PEOPLE = Listing(
    room="delivery",
    key="people",
    title=_("Persons"),
    file_name="orang",
    permission=Permission.SEE_ACTIVITIES,
    source=_people,
    columns=(
        Column("id", _("Id"), lambda p: p.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column(
            "name",
            _("Name"),
            lambda p: p.name,
            order="name",
            link=lambda p: reverse("delivery:edit-person", args=[p.pk]),
        ),
        Column("nik", "NIK", lambda p: str(p.nik), Kind.CODE),
        Column("regency", _("Regency or city"), lambda p: str(p.regency)),
        Column("village", _("Village"), lambda p: p.village),
        Column("sex", _("Sex"), lambda p: p.get_sex_display()),
        Column("has_disability", _("Disability"), lambda p: p.has_disability, Kind.YES_NO),
        Column("is_laid_off", _("Laid off"), lambda p: p.is_laid_off, Kind.YES_NO),
        Column("seats", _("Training classes"), lambda p: p.seat_count, Kind.WHOLE),
    ),
    filters=(
        words(["name", "village"]),
        choices("sex", _("Sex"), Sex.choices, equals("sex")),
        flag("disability", _("Disability"), equals("has_disability")),
        flag("laid_off", _("Laid off"), equals("is_laid_off")),
        flag("provisional", _("Without NIK"), lambda rows, _on: rows.filter(nik="")),
        province(equals("province")),
    ),
    order=("name", "pk"),
    when_empty=_("No people yet. They come with the list of a class, or one by one."),
)
