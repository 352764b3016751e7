"""Files of signed papers, and the pages that wait for a hand, as declared lists."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pulih.areas.rows import area_of
from pulih.lists.columns import NOT_ON_PAGE, Column, Kind
from pulih.lists.filters import Asked
from pulih.lists.listing import Listing
from pulih.lists.usual import choices, equals, province, words
from pulih.people.permissions import Permission

from .lookups import pages_for
from .models import FileState, PageState, ScanFile, Why


def _number_in(*states: PageState) -> Count:
    return Count("pages", filter=Q(pages__state__in=states))


def _files(asked: Asked) -> Any:
    rows = ScanFile.objects.visible_to(asked.person).select_related(
        "brought_by", "province", "regency"
    )
    return rows.annotate(
        page_count=Count("pages"),
        attached=_number_in(PageState.ATTACHED),
        waiting=_number_in(PageState.WAITING),
    )


FILES = Listing(
    room="scans",
    key="files",
    title=_("Scans of signed papers"),
    file_name="pindaian",
    permission=Permission.SEE_FILES,
    source=_files,
    columns=(
        Column("id", _("Id"), lambda one: one.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column(
            "name", _("File"), lambda one: one.name, order="name",
            link=lambda one: reverse("scans:file", args=[one.pk]),
        ),
        Column("state", _("State"), lambda one: one.get_state_display()),
        Column("pages", _("Pages"), lambda one: one.page_count, Kind.WHOLE),
        Column("attached", _("With their papers"), lambda one: one.attached, Kind.WHOLE),
        Column("waiting", _("Waiting for a hand"), lambda one: one.waiting, Kind.WHOLE),
        Column("by", _("Brought by"), lambda one: one.brought_by.name, hide=True),
        Column("at", _("Brought"), lambda one: one.brought_at, Kind.MOMENT, order="brought_at"),
        Column("sha256", _("Fingerprint"), lambda one: one.sha256, Kind.CODE, NOT_ON_PAGE),
    ),
    filters=(
        words(["name"]),
        choices("state", _("State"), FileState.choices, equals("state")),
        province(equals("province")),
    ),
    order=("-brought_at", "-pk"),
    when_empty=_("No scan yet. Print a paper, have it signed, scan it and drop it here."),
)  # fmt: skip


def _waiting(asked: Asked) -> Any:
    rows = pages_for(asked.person).filter(state=PageState.WAITING)
    return rows.select_related("brought_by", "province", "regency")


WAITING = Listing(
    room="scans",
    key="waiting",
    title=_("Pages that wait for a hand"),
    file_name="pindaian-menunggu",
    permission=Permission.SEE_FILES,
    source=_waiting,
    columns=(
        Column("id", _("Id"), lambda one: one.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column(
            "file", _("File"), lambda one: one.file_name, order="file_name",
            link=lambda one: reverse("scans:page", args=[one.pk]),
        ),
        Column("number", _("Page"), lambda one: one.number, Kind.WHOLE),
        Column("why", _("Why it waits"), lambda one: one.get_why_display() or one.reason,
               look="full"),
        Column("by", _("Brought by"), lambda one: one.brought_by.name, hide=True),
        Column("at", _("Brought"), lambda one: one.brought_at, Kind.MOMENT,
               order="brought_at"),
        Column("area", pgettext_lazy("agency", "Office"), lambda one: str(area_of(one)), hide=True),
    ),
    filters=(
        words(["file_name"]),
        choices("why", _("Why it waits"), Why.choices[1:], equals("why")),
        province(equals("province")),
    ),
    order=("brought_at", "file_id", "number"),
    when_empty=_("No page waits: each found its paper, or was set aside."),
)  # fmt: skip
