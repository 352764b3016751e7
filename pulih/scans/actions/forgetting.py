"""Deleting pictures that nobody may keep any longer; that there was a page stays."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from pulih.inbox.uploads import remove

from ..models import PageState, ScanFile, ScanPage

KEEPING = (PageState.ATTACHED, PageState.REPEATED)


def forget(pages: Iterable[ScanPage]) -> int:
    """Delete the pictures of pages, and their files where no page is with a paper; count pages."""
    number = 0
    for page in list(pages):
        with transaction.atomic():
            _forget(page)
        number += 1
    return number


def _forget(page: ScanPage) -> None:
    picture, page.picture, page.read = page.picture, "", ""
    page.save(update_fields=["picture", "read"])
    if not ScanPage.objects.filter(picture=picture).exists():
        remove(picture)
    needs = Q(pages=None) | Q(pages__picture__gt="") | Q(pages__state__in=KEEPING)
    same = ScanFile.objects.filter(stored_name=page.file.stored_name)  # Two offices may bring it.
    if not same.filter(needs).exists():
        remove(page.file.stored_name)
