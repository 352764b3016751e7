"""Which papers and pages somebody may see, and finding a paper by what is typed."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from pulih.documents.codes import read_code
from pulih.documents.kinds import seen_with
from pulih.documents.models import PaperCode
from pulih.inbox.uploads import exists
from pulih.people.models import User
from pulih.people.permissions import Permission, holds

from .models import PageState, ScanFile, ScanPage

MOST_FOUND = 20


def papers_for(person: User) -> Any:
    """Return the papers whose signed copies somebody may see and bring."""
    if not holds(person, Permission.SEE_FILES):
        return PaperCode.objects.none()
    kinds = seen_with(lambda permission: holds(person, permission))
    return PaperCode.objects.visible_to(person).filter(kind__in=kinds)


def may_see(paper: PaperCode, person: User) -> bool:
    found: bool = papers_for(person).filter(pk=paper.pk).exists()
    return found


def paper_with(code: str, person: User) -> PaperCode | None:
    """Return the paper of a code, whatever its version's state; None where it is not shown."""
    found: PaperCode | None = papers_for(person).filter(code=code).first()
    return found


def papers_like(typed: str, person: User) -> list[PaperCode]:
    """Return the papers that somebody means by a code, or by a part of the number; newest first."""
    code = read_code(typed)
    if code:
        return list(papers_for(person).filter(code=code))
    words = Q()
    for word in typed.split():
        words &= Q(number__icontains=word)
    rows = papers_for(person).filter(words) if typed.split() else PaperCode.objects.none()
    return list(rows.order_by("-dated", "-pk")[:MOST_FOUND])


def pages_for(person: User) -> Any:
    """Return the pages that somebody may see: unplaced ones of the office, and papers' pages."""
    rows = ScanPage.objects.visible_to(person)
    return rows.filter(Q(paper=None) | Q(paper__in=papers_for(person)))


def opens_whole(file: ScanFile, person: User) -> bool:
    """Tell whether somebody may have a file as it was brought: each of its pages is shown them.

    Of what papers a file without pages holds nobody knows: only who brought it has it.
    """
    pages, shown = file.pages.count(), pages_for(person).filter(file=file).exclude(picture="")
    all_shown = shown.count() == pages if pages else file.brought_by_id == person.pk
    return all_shown and exists(file.stored_name)


def waiting_for(person: User) -> Any:
    """Return the pages that wait for a hand of somebody who may place them."""
    if not holds(person, Permission.DELIVER_FILES):
        return ScanPage.objects.none()
    return pages_for(person).filter(state=PageState.WAITING)
