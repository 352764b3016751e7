"""A waiting scan is read: each page goes to the paper whose code it carries, or waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from pulih.areas.rows import area_of
from pulih.audit.actions import record
from pulih.common.drafts import draft_folder
from pulih.common.errors import Message, Refusal
from pulih.documents.lookups import verify
from pulih.documents.models import PaperCode
from pulih.inbox.uploads import Stored, readable, store
from pulih.inbox.uploads import folder as uploads_folder
from pulih.intake.in_child import Interrupted
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from .. import reading
from ..lookups import paper_with
from ..models import FileState, PageState, ScanFile, ScanPage, Why
from ..reading import PageRead
from ..rules import refusals
from .placing import is_attached

MOST_ATTEMPTS = 3
PICTURE_ENDING = ".page.jpg"


@dataclass(frozen=True)
class Read:
    """A page with its picture kept. paper, why: what it came to; one of the two."""

    page: PageRead
    kept: Stored
    paper: PaperCode | None
    why: Why


def read(file_id: int, *, now: datetime) -> ScanFile:
    """Read a waiting file to its end and return it; what became of it is its state.

    Whoever calls speaks for the person who brought it. Nothing happens to a file that was read.
    """
    file: ScanFile = ScanFile.objects.select_related("brought_by", "province", "regency").get(
        pk=file_id
    )
    by = file.brought_by
    require(by, Permission.DELIVER_FILES, area_of(file))
    if file.state != FileState.WAITING:
        return file
    ScanFile.objects.filter(pk=file.pk).update(attempts=F("attempts") + 1)
    with draft_folder(uploads_folder()) as folder:
        try:
            if file.attempts >= MOST_ATTEMPTS:
                raise refusals.damaged(file.name)
            with readable(file.stored_name) as path:
                found = reading.read(path, file.name, folder)
            pages = [_kept(one, by) for one in found]
        except Interrupted:
            raise  # It waits, and is taken up again.
        except Refusal as refusal:
            return _refuse(file, refusal.message, by)
        return _store(file, pages, by, now)


@transaction.atomic
def end_abandoned(file: ScanFile, *, by: User) -> None:
    """Refuse a waiting scan in whose bringer's name nothing can be read any more."""
    require(by, Permission.DELIVER_FILES, area_of(file))
    _refuse(file, refusals.ABANDONED, by)


def _kept(page: PageRead, by: User) -> Read:
    with page.picture.open("rb") as picture:
        kept = store(picture, page.picture.name, PICTURE_ENDING)
    paper, why = _paper_of(page, by)
    return Read(page, kept, paper, why)


def _paper_of(page: PageRead, by: User) -> tuple[PaperCode | None, Why]:
    """Return the one paper of a page that `by` may see; without it, why there is none."""
    if not page.texts:
        return None, Why.BLANK if page.is_blank else Why.NO_CODE
    ours = [code for code in page.codes if verify(code)]
    if len(ours) > 1:
        return None, Why.SEVERAL
    if not ours:
        return None, Why.UNKNOWN if page.codes else Why.FOREIGN
    paper = paper_with(ours[0], by)
    return (paper, Why.NONE) if paper else (None, Why.NOT_YOURS)


def _refuse(file: ScanFile, why: Message, by: User) -> ScanFile:
    file.state, file.problem_indonesian, file.problem_en = (
        FileState.REFUSED,
        why.id[:400],
        why.en[:400],
    )
    file.save(update_fields=["state", "problem_indonesian", "problem_en"])
    record(by, "scans.refused", file)
    return file


@transaction.atomic
def _store(file: ScanFile, pages: list[Read], by: User, now: datetime) -> ScanFile:
    """Write all pages of a file, or none."""
    locked: ScanFile = ScanFile.objects.select_for_update().get(pk=file.pk)
    if locked.state != FileState.WAITING:  # Another worker was quicker.
        return locked
    made = [_add(file, one, by, now) for one in pages]
    locked.state = FileState.DONE
    locked.save(update_fields=["state"])
    attached = sum(one.state == PageState.ATTACHED for one in made)
    record(by, "scans.read", locked, pages=len(made), attached=attached)
    return locked


def _add(file: ScanFile, one: Read, by: User, now: datetime) -> ScanPage:
    paper, state = one.paper, PageState.WAITING
    if paper:
        there = is_attached(paper, one.kept.sha256)
        state = PageState.REPEATED if there else PageState.ATTACHED
    elif one.why == Why.BLANK:
        state = PageState.SET_ASIDE
    place = paper or file
    return ScanPage.objects.create(
        file=file,
        file_name=file.name,
        brought_by=by,
        brought_at=file.brought_at,
        number=one.page.number,
        sha256=one.kept.sha256,
        picture=one.kept.name,
        read=" ".join(one.page.texts)[:300],
        state=state,
        why=one.why,
        paper=paper,
        decided_by=by if state != PageState.WAITING else None,
        decided_at=now if state != PageState.WAITING else None,
        province_id=place.province_id,
        regency_id=place.regency_id,
    )
