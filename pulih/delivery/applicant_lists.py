"""Applicants, objections and lists to compare with, as declared lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pulih.areas.models import Area
from pulih.lists.columns import NOT_ON_PAGE, Column, Kind
from pulih.lists.filters import Asked
from pulih.lists.listing import Listing
from pulih.lists.usual import by_link, choices, equals, flag, province, words
from pulih.people.links.models import Link
from pulih.people.permissions import Permission

from .models import (
    Activity,
    Applicant,
    CheckResult,
    ComparisonList,
    ListFile,
    ListFileState,
    ListKind,
    Objection,
    Origin,
)
from .words import CHECKS


def _applicants(asked: Asked) -> Any:
    newest = CheckResult.objects.filter(applicant=OuterRef("pk")).order_by("-pk")
    return (
        Applicant.objects.visible_to(asked.person)
        .select_related("person", "activity", "regency", "link")
        .annotate(
            failed=Subquery(newest.values("failed")[:1]),
            unknown=Subquery(newest.values("unknown")[:1]),
        )
    )


def _named(checks: list[str] | None) -> str:
    return ", ".join(str(CHECKS[check]) for check in checks or ())


APPLICANTS = Listing(
    room="delivery",
    key="applicants",
    title=_("Applicants"),
    file_name="pendaftar",
    permission=Permission.SEE_ACTIVITIES,
    source=_applicants,
    columns=(
        Column("id", _("Id"), lambda a: a.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column(
            "name",
            _("Name"),
            lambda a: a.person.name,
            order="person__name",
            link=lambda a: reverse("delivery:applicant", args=[a.pk]),
        ),
        Column("nik", "NIK", lambda a: str(a.person.nik), Kind.CODE, hide=True),
        Column("activity", _("Activity"), lambda a: a.activity.title, hide=True),
        Column("regency", _("Regency or city"), lambda a: str(a.regency), hide=True),
        Column("village", _("Village"), lambda a: a.person.village),
        Column("origin", _("Came"), lambda a: a.get_origin_display(), hide=True),
        Column("form", _("Form"), lambda a: a.link.holder if a.link else "", hide=True),
        Column(
            "has_disputed_nik", _("NIK to settle"), lambda a: a.has_disputed_nik, Kind.YES_NO,
            NOT_ON_PAGE,
        ),
        Column("points", _("Points of the office"), lambda a: a.points, Kind.WHOLE, NOT_ON_PAGE),
        Column("applied_on", _("Applied on"), lambda a: a.applied_on, Kind.DAY, hide=True),
        Column("failed", _("Failed checks"), lambda a: _named(a.failed)),
        Column("unknown", _("Not known"), lambda a: _named(a.unknown)),
        Column("withdrawn_on", _("Withdrew on"), lambda a: a.withdrawn_on, Kind.DAY, NOT_ON_PAGE),
    ),
    filters=(
        words(["person__name", "person__village"]),
        choices("origin", _("Came"), Origin.choices, equals("origin")),
        choices(
            "check", _("Failed check"), list(CHECKS.items()),
            lambda rows, value: rows.filter(failed__contains=[value]),
        ),
        choices(
            "unknown", _("Not known"), list(CHECKS.items()),
            lambda rows, value: rows.filter(unknown__contains=[value]),
        ),
        flag(
            "disputed", _("NIK to settle"),
            lambda rows, _on: rows.filter(has_disputed_nik=True, person__nik=""),
        ),
        flag("untold", _("Not told yet"), lambda rows, _on: rows.untold()),
        by_link("activity", _("Activity"), Activity),
        by_link("form", _("Form"), Link, "link"),
        province(equals("province")),
    ),
    order=("person__name", "pk"),
    when_empty=_("Nobody applied yet. Applicants are added on the page of an activity."),
)  # fmt: skip


def _objections(asked: Asked) -> Any:
    return Objection.objects.visible_to(asked.person).select_related(
        "result__applicant__person", "result__applicant__activity", "answered_by"
    )


OBJECTIONS = Listing(
    room="delivery",
    key="objections",
    title=_("Objections of applicants"),
    file_name="keberatan_pendaftar",
    permission=Permission.SEE_ACTIVITIES,
    source=_objections,
    columns=(
        Column("id", _("Id"), lambda o: o.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column(
            "name",
            _("Name"),
            lambda o: o.result.applicant.person.name,
            link=lambda o: reverse("delivery:applicant", args=[o.result.applicant_id]),
        ),
        Column("activity", _("Activity"), lambda o: o.result.applicant.activity.title, hide=True),
        Column("check", pgettext_lazy("noun", "Check"), lambda o: str(CHECKS[o.check_name])),
        Column("said", _("What the person says"), lambda o: o.said),
        Column("due_on", _("To be answered by"), lambda o: o.due_on, Kind.DAY, order="due_on"),
        Column("answer", _("Answer"), lambda o: o.get_answer_display()),
        Column("answered_by", _("Answered by"), lambda o: str(o.answered_by or ""), hide=True),
    ),
    filters=(
        flag("waiting", _("Not answered"), lambda rows, _on: rows.filter(answer="")),
        province(equals("province")),
    ),
    order=("due_on", "pk"),
    when_empty=_("Nobody objected. Who fails a check is told so and may object by a link."),
)


class ShownComparison(NamedTuple):
    listed: ComparisonList | ListFile
    areas: list[Area]

    @property
    def covers(self) -> str:
        if not self.listed.covers:
            return str(_("the whole country"))
        return ", ".join(str(area) for area in self.areas)


def with_areas(
    _asked: Asked | None, lists: Sequence[ComparisonList | ListFile]
) -> list[ShownComparison]:
    covered = {pk for one in lists for pk in one.covers}
    areas = list(Area.objects.filter(pk__in=covered).order_by("sort_key"))
    return [ShownComparison(one, [a for a in areas if a.pk in one.covers]) for one in lists]


COMPARISONS = Listing(
    room="delivery",
    key="comparisons",
    title=_("Lists to compare with"),
    file_name="daftar_pembanding",
    permission=Permission.SEE_ACTIVITIES,
    source=lambda asked: ComparisonList.objects.visible_to(asked.person).select_related(
        "delivered_by"
    ),
    dress=with_areas,
    columns=(
        Column("id", _("Id"), lambda c: c.listed.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column("kind", _("Kind of list"), lambda c: c.listed.get_kind_display()),
        Column("source", _("Source"), lambda c: c.listed.source),
        Column("as_of", _("As of"), lambda c: c.listed.as_of, Kind.DAY, order="as_of"),
        Column("covers", _("Covers"), lambda c: c.covers),
        Column("rows", _("Rows"), lambda c: c.listed.row_count, Kind.WHOLE, order="row_count"),
        Column("delivered_by", _("Delivered by"), lambda c: str(c.listed.delivered_by), hide=True),
        Column(
            "delivered_at", _("Delivered"), lambda c: c.listed.delivered_at, Kind.MOMENT, hide=True
        ),
        Column("sha256", "SHA-256", lambda c: c.listed.sha256, Kind.CODE, NOT_ON_PAGE),
    ),
    filters=(choices("kind", _("Kind of list"), ListKind.choices, equals("kind")),),
    order=("-as_of", "-pk"),
    when_empty=_("No list yet. Without them most checks stay unknown, and unknown blocks."),
)

LIST_FILES = Listing(
    room="delivery",
    key="list-files",
    title=_("Large files of lists"),
    file_name="berkas_daftar_pembanding",
    permission=Permission.SEE_ACTIVITIES,
    source=lambda asked: ListFile.objects.visible_to(asked.person).select_related("delivered_by"),
    dress=with_areas,
    columns=(
        Column("id", _("Id"), lambda c: c.listed.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column(
            "file", _("File"), lambda c: c.listed.file_name,
            link=lambda c: reverse("delivery:list-file", args=[c.listed.pk]),
        ),
        Column("kind", _("Kind of list"), lambda c: c.listed.get_kind_display()),
        Column("state", _("State"), lambda c: c.listed.get_state_display()),
        Column("as_of", _("As of"), lambda c: c.listed.as_of, Kind.DAY, order="as_of"),
        Column("covers", _("Covers"), lambda c: c.covers, hide=True),
        Column("faults", _("To be mended"), lambda c: c.listed.fault_count, Kind.WHOLE),
        Column("delivered_by", _("Delivered by"), lambda c: str(c.listed.delivered_by), hide=True),
        Column(
            "delivered_at", _("Delivered"), lambda c: c.listed.delivered_at, Kind.MOMENT,
            order="delivered_at",
        ),
        Column("sha256", "SHA-256", lambda c: c.listed.sha256, Kind.CODE, NOT_ON_PAGE),
    ),
    filters=(
        choices("kind", _("Kind of list"), ListKind.choices, equals("kind")),
        choices("state", _("State"), ListFileState.choices, equals("state")),
    ),
    order=("-delivered_at", "-pk"),
    when_empty=_("No large file yet: a list of less than 1 MB is read at once."),
)  # fmt: skip
