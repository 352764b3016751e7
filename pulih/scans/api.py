"""Scans of signed papers for programs: the same action as the page."""

from datetime import datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File, Router, Schema, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile

from pulih.areas.rows import area_of
from pulih.lists.programs import serve
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from . import actions, jobs
from .lists import FILES, WAITING
from .lookups import pages_for
from .models import ScanFile

router = Router(tags=["scans"])
serve(router, "files", FILES)
serve(router, "waiting", WAITING)


class ScanPageOut(Schema):
    """What became of a page. paper: the code of the paper that it is with."""

    number: int
    state: str
    why: str
    paper: str | None


class ScanFileOut(Schema):
    """What became of a file. pages: those that the person may see, once it is read."""

    id: int
    name: str
    state: str
    sha256: str
    brought_at: datetime
    problem_id: str
    problem_en: str
    pages: list[ScanPageOut]


@router.post("files", response={201: ScanFileOut})
def bring(request: HttpRequest, file: File[UploadedFile]) -> Status[ScanFileOut]:
    """Bring one file of signed papers; it is read in the background, ask for its state."""
    person = _person(request)
    if person.home is None:
        raise HttpError(422, _("You have no office of your own, for which scans could be kept."))
    made = actions.bring(file, office=person.home, by=person, now=timezone.now())
    jobs.read_soon(made)
    return Status(201, _told(made, person))


@router.get("files/{pk}", response=ScanFileOut)
def status(request: HttpRequest, pk: int) -> ScanFileOut:
    """Return what became of a file so far."""
    person = _person(request)
    found: ScanFile = get_object_or_404(ScanFile.objects.visible_to(person), pk=pk)
    require(person, Permission.SEE_FILES, area_of(found))
    return _told(found, person)


def _told(file: ScanFile, person: User) -> ScanFileOut:
    pages = pages_for(person).filter(file=file).select_related("paper").order_by("number")
    names = ("id", "name", "state", "sha256", "brought_at", "problem_en")
    return ScanFileOut(
        **{name: getattr(file, name) for name in names},
        problem_id=file.problem_indonesian,
        pages=[
            ScanPageOut(
                number=one.number,
                state=one.state,
                why=one.why,
                paper=one.paper.written if one.paper else None,
            )
            for one in pages
        ],
    )


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
