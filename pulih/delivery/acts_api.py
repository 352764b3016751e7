"""What the pages of delivery do, for programs: the same forms, actions and sentences."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from pulih.people.access import asked_by
from pulih.people.permissions import Permission
from pulih.web.programs import body_of, cleaned, sent, takes

from . import lookups
from .actions import (
    activities,
    attendance,
    comparisons,
    goods,
    handovers,
    list_files,
    payments,
    rosters,
    selections,
)
from .applicant_forms import ComparisonForm
from .clock import day_in, now
from .forms import ConfirmForm, CorrectionForm, MoveForm, RosterForm, SendForm, SessionForm
from .models import Activity, ComparisonList, Handover, ListFile, Participant
from .payment_forms import ListForm
from .reads.payments import rows_of
from .reads.selections import newest

router = Router(tags=["delivery"])
RUN = Permission.RUN_ACTIVITIES
WRITES = (RUN, Permission.POST_DOCUMENTS)
RosterIn = body_of("RosterTyped", RosterForm)
SessionIn = body_of("SessionTyped", SessionForm)
CorrectionIn = body_of("MarkCorrected", CorrectionForm)
MoveIn = body_of("GoodsMoved", MoveForm)
SendIn = body_of("GoodsSent", SendForm)
ConfirmIn = body_of("GoodsCounted", ConfirmForm)
ListIn = body_of("PaymentListTyped", ListForm)


class KeysOut(Schema):
    """ids: of the rows that were made."""

    ids: list[int]


class MarksOut(Schema):
    """marks: how many were added; those before them stay."""

    marks: int


class HandoverOut(Schema):
    id: int
    number: str
    item: int
    sent: int
    received: int | None


class PaymentListOut(Schema):
    id: int
    number: str


class FrozenOut(Schema):
    """digest: of the list of applicants, as it was frozen."""

    id: int
    digest: str


class ComparisonIn(Schema):
    kind: str
    source: str
    as_of: str
    covers: list[int] = []
    names_nobody: bool = False
    is_part: bool = False


class ComparisonOut(Schema):
    """comparison: the list of a file that was read. file, state: of one too large for at once."""

    comparison: int | None
    rows: int | None
    file: int | None
    state: str
    problem_id: str = ""
    problem_en: str = ""
    faults: list[list[str]] = []


@router.post("/cohorts/{int:pk}/participants", response={201: KeysOut})
@takes(RosterIn)
def seat(request: HttpRequest, pk: int, body: Any) -> Status[dict[str, Any]]:
    """Take a list of people into a class, one a line."""
    person = asked_by(request, RUN)
    cohort = lookups.cohort_of(person, pk)
    typed = cleaned(RosterForm(sent(body)))
    today = day_in(cohort.province_id, now(request))
    made = rosters.seat_list(cohort, typed["people"], by=person, today=today)
    return Status(201, {"ids": [one.pk for one in made]})


@router.post("/cohorts/{int:pk}/sessions", response={201: KeysOut})
@takes(SessionIn)
def add_session(request: HttpRequest, pk: int, body: Any) -> Status[dict[str, Any]]:
    """Add a session to a class, or to every class of its activity."""
    person = asked_by(request, RUN)
    cohort = lookups.cohort_of(person, pk)
    made = activities.add_sessions(cohort, **cleaned(SessionForm(sent(body))), by=person)
    return Status(201, {"ids": [one.pk for one in made]})


@router.post("/cohorts/{int:pk}/marks", response={201: MarksOut})
@takes(CorrectionIn)
def correct_mark(request: HttpRequest, pk: int, body: Any) -> Status[dict[str, Any]]:
    """Say who was there and how the office knows; the marks before stay to be seen."""
    person = asked_by(request, RUN)
    cohort = lookups.cohort_of(person, pk)
    typed = cleaned(CorrectionForm(cohort, sent(body)))
    return Status(201, {"marks": attendance.correct(**typed, by=person, now=now(request))})


@router.post("/activities/{int:pk}/moves", response={201: KeysOut})
@takes(MoveIn)
def move(request: HttpRequest, pk: int, body: Any) -> Status[dict[str, Any]]:
    """Move goods of an activity by hand."""
    person = asked_by(request, RUN)
    activity = lookups.activity_of(person, pk)
    typed = cleaned(MoveForm(activity.items.order_by("name"), sent(body)))
    made = goods.move(**typed, by=person, today=_today(request, activity))
    return Status(201, {"ids": [made.pk]})


@router.post("/activities/{int:pk}/handovers", response={201: HandoverOut})
@takes(SendIn)
def send(request: HttpRequest, pk: int, body: Any) -> Status[dict[str, Any]]:
    """Hand goods over to a receiver, who counts them later."""
    person = asked_by(request, RUN)
    activity = lookups.activity_of(person, pk)
    typed = cleaned(SendForm(person, activity, sent(body)))
    made = handovers.send(**typed, by=person, now=now(request), today=_today(request, activity))
    return Status(201, _handover(made))


@router.post("/handovers/{int:pk}/count", response=HandoverOut)
@takes(ConfirmIn)
def count(request: HttpRequest, pk: int, body: Any) -> dict[str, Any]:
    """Write down what the receiver counted and signed."""
    person = asked_by(request, RUN)
    handover = lookups.handover_of(person, pk)
    typed = cleaned(ConfirmForm(sent(body)))
    today = _today(request, handover.activity)
    handovers.confirm(handover, **typed, by=person, now=now(request), today=today)
    return _handover(lookups.handover_of(person, pk))


@router.post("/activities/{int:pk}/selection/freeze", response=FrozenOut)
def freeze(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Freeze the list of those who pass the checks."""
    person = asked_by(request, RUN)
    found = newest(lookups.activity_of(person, pk))
    if found is None:
        raise Http404
    made = selections.freeze(found, by=person, now=now(request))
    return {"id": made.pk, "digest": made.digest}


@router.post("/activities/{int:pk}/payment-lists/{int:row}", response={201: PaymentListOut})
@takes(ListIn)
def make_payment_list(request: HttpRequest, pk: int, row: int, body: Any) -> Status[dict[str, Any]]:
    """Fix the list of who is paid by one row of the plan."""
    person = asked_by(request, *WRITES)
    activity = lookups.activity_of(person, pk)
    paid_by = next((one for one, _pay in rows_of(activity) if one.pk == row), None)
    if paid_by is None:
        raise Http404
    people = Participant.objects.seated().filter(activity=activity).order_by("pk")
    typed = cleaned(ListForm(people, sent(body)))
    made = payments.make_list(
        activity, paid_by, number=typed["number"], only=[one.pk for one in typed["only"]],
        by=person, today=_today(request, activity),
    )  # fmt: skip
    return Status(201, {"id": made.pk, "number": made.number})


@router.post("/comparisons", response={201: ComparisonOut, 202: ComparisonOut})
def deliver(
    request: HttpRequest, asked: Form[ComparisonIn], file: File[UploadedFile]
) -> Status[dict[str, Any]]:
    """Deliver a list to compare people with; a large one is read in the background."""
    person = asked_by(request, RUN)
    form = ComparisonForm(person, asked.dict(), {"file": file})
    cleaned(form)
    moment = now(request)
    take = list_files.deliver if form.is_large else comparisons.take_in
    today = timezone.localtime(moment).date()
    made = take(**form.given, by=person, now=moment, today=today)
    if isinstance(made, ListFile):
        return Status(202, _file(made))
    return Status(201, _list(made))


@router.get("/list-files/{int:pk}", response=ComparisonOut)
def show_list_file(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return what became of a large file so far."""
    return _file(lookups.list_file_of(asked_by(request, Permission.SEE_ACTIVITIES), pk))


def _handover(made: Handover) -> dict[str, Any]:
    return {
        "id": made.pk, "number": made.number, "item": made.item_id, "sent": made.sent,
        "received": made.received,
    }  # fmt: skip


def _list(made: ComparisonList) -> dict[str, Any]:
    return {"comparison": made.pk, "rows": made.row_count, "file": None, "state": "done"}


def _file(file: ListFile) -> dict[str, Any]:
    return {
        "comparison": file.made_id, "rows": file.made and file.made.row_count, "file": file.pk,
        "state": file.state, "problem_id": file.problem_indonesian, "problem_en": file.problem_en,
        "faults": file.faults,
    }  # fmt: skip


def _today(request: HttpRequest, activity: Activity) -> date:
    return day_in(activity.province_id, now(request))
