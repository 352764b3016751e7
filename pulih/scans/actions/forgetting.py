"""Deleting pictures that nobody may keep any longer; that there was a page stays."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

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
    file = page.file
    rest = file.pages.exclude(picture="")
    same = ScanFile.objects.filter(stored_name=file.stored_name).exclude(pk=file.pk)
    if not (rest.exists() or file.pages.filter(state__in=KEEPING).exists() or same.exists()):
        remove(file.stored_name)
