"""The inbox for programs: the same form and action as the page."""

from datetime import date, datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from pulih.lists.programs import serve
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.web.programs import cleaned

from . import actions, jobs
from .forms import DeliveryForm
from .lists import BATCHES, PROBLEMS
from .models import ImportBatch

router = Router(tags=["inbox"])
serve(router, "batches", BATCHES)
serve(router, "problems", PROBLEMS)


class DeliveryIn(Schema):
    kind: str = "auto"
    office: int
    as_of: date


class BatchOut(Schema):
    id: int
    file_name: str
    kind: str
    state: str
    sha256: str
    delivered_at: datetime
    as_of: date
    rows: int
    accepted: int
    corrected: int
    rejected: int
    is_newest: bool
    problem_id: str
    problem_en: str

    @staticmethod
    def resolve_problem_id(batch: ImportBatch) -> str:
        return batch.problem_indonesian


@router.post("batches", response={201: BatchOut})
def deliver(
    request: HttpRequest, asked: Form[DeliveryIn], file: File[UploadedFile]
) -> Status[ImportBatch]:
    """Deliver one file; it is read in the background, ask for its state."""
    person = _person(request)
    values = cleaned(DeliveryForm(asked.dict(), person=person, day=timezone.localdate()))
    batch = actions.deliver(file, by=person, **values)
    jobs.read_soon(batch)
    return Status(201, batch)


@router.get("batches/{pk}", response=BatchOut)
def status(request: HttpRequest, pk: int) -> ImportBatch:
    """Return what became of a delivered file so far."""
    person = _person(request)
    found: ImportBatch = get_object_or_404(ImportBatch.objects.visible_to(person), pk=pk)
    require(person, Permission.SEE_FILES, found.office)
    return found


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
