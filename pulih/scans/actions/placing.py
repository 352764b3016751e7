"""A hand places a page: with its paper, off it again, or aside."""

from __future__ import annotations

from datetime import datetime
from io import BufferedIOBase

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.areas.rows import area_of
from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.documents.models import PaperCode
from pulih.inbox.uploads import exists, opened
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..lookups import may_see, opens_whole
from ..models import PageState, ScanFile, ScanPage


def is_attached(paper: PaperCode, sha256: str) -> bool:
    """Tell whether this very picture is with the paper; the paper stays locked until the end."""
    PaperCode.objects.select_for_update().get(pk=paper.pk)
    same = ScanPage.objects.filter(paper=paper, sha256=sha256, state=PageState.ATTACHED)
    return same.exists()


@transaction.atomic
def attach(page: ScanPage, paper: PaperCode, *, by: User, now: datetime) -> ScanPage:
    """Attach a page that waits to a paper by hand. May refuse."""
    require(by, Permission.DELIVER_FILES, area_of(page))
    locked = _locked(page)
    _refuse_settled(locked, PageState.WAITING, PageState.SET_ASIDE)
    if not may_see(paper, by):
        raise Refusal(_("That paper belongs to an office that you do not see."))
    if is_attached(paper, locked.sha256):
        raise Refusal(_("This very page is with that paper already. It is taken once."))
    locked.paper, locked.state, locked.by_hand = paper, PageState.ATTACHED, True
    locked.province, locked.regency, locked.reason = paper.province, paper.regency, ""
    _decide(locked, by, now)
    record(by, "scans.attach", locked, paper=paper.pk)
    return locked


@transaction.atomic
def detach(page: ScanPage, *, reason: str, by: User, now: datetime) -> ScanPage:
    """Take a page off a paper that it does not belong to; it waits again. May refuse."""
    require(by, Permission.DELIVER_FILES, area_of(page))
    locked = _locked(page)
    _refuse_settled(locked, PageState.ATTACHED)
    before, locked.paper, locked.state = locked.paper_id, None, PageState.WAITING
    file = ScanFile.objects.visible_to(by).filter(pk=locked.file_id).first()
    if file:  # Whoever does not see the file keeps the page waiting in the own office.
        locked.province, locked.regency = file.province, file.regency
    locked.reason = reason
    _decide(locked, by, now)
    record(by, "scans.detach", locked, paper=before)
    return locked


@transaction.atomic
def set_aside(page: ScanPage, *, reason: str, by: User, now: datetime) -> ScanPage:
    """Say that a page belongs to no paper here. May refuse."""
    require(by, Permission.DELIVER_FILES, area_of(page))
    locked = _locked(page)
    _refuse_settled(locked, PageState.WAITING)
    locked.state, locked.reason = PageState.SET_ASIDE, reason
    _decide(locked, by, now)
    record(by, "scans.set_aside", locked)
    return locked


@transaction.atomic
def open_picture(page: ScanPage, *, by: User) -> BufferedIOBase:
    """Open the picture of a page, and write down who looked at it. May refuse."""
    if not exists(page.picture):
        raise Refusal(_("The picture of this page was deleted, as the rules of keeping say."))
    record(by, "scans.open", page)
    return opened(page.picture)


@transaction.atomic
def open_file(file: ScanFile, *, by: User) -> BufferedIOBase:
    """Open a file as it was brought, and write down who took it. May refuse.

    Refused: a file with a page that `by` may not see, or whose picture was deleted: it holds all.
    """
    if not opens_whole(file, by):
        raise Refusal(
            _("The file holds pages that you do not see, or that were deleted. Open its pages.")
        )
    record(by, "scans.open_file", file)
    return opened(file.stored_name)


def _locked(page: ScanPage) -> ScanPage:
    found: ScanPage = ScanPage.objects.select_for_update().get(pk=page.pk)
    return found


def _refuse_settled(page: ScanPage, *states: PageState) -> None:
    if page.state not in states:
        state = page.get_state_display()
        raise Refusal(_("This page is no longer where you saw it: it is now “%s”.") % state)


def _decide(page: ScanPage, by: User, now: datetime) -> None:
    page.decided_by, page.decided_at = by, now
    page.save()
