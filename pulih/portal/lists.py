"""The releases of public figures as a declared list."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pulih.lists.columns import NOT_ON_PAGE, Column, Kind
from pulih.lists.filters import Asked
from pulih.lists.listing import Listing
from pulih.lists.usual import choices, equals
from pulih.people.permissions import Permission
from pulih.web.words import say, say_later
from pulih.workflow.models.steps import state_of

from .models import Release
from .reads.releases import WITHDRAWN
from .states import RELEASE

STATES = [(state.key, say_later(state.label)) for state in RELEASE.states]


def _releases(_asked: Asked) -> QuerySet[Any]:
    gone = When(withdrawal__isnull=False, then=Value(WITHDRAWN))
    rows: QuerySet[Any] = Release.objects.annotate(state=Case(gone, default=state_of(RELEASE.key)))
    return rows.select_related("made_by", "published_by")


def _state(release: Any) -> str:
    return say(RELEASE.state(release.state).label)


RELEASES = Listing(
    room="portal",
    key="releases",
    title=_("Releases"),
    file_name="rilis",
    permission=Permission.PREPARE_RELEASES,
    source=_releases,
    columns=(
        Column("id", _("Id"), lambda one: one.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column("number", pgettext_lazy("release", "Release"), lambda one: one.number, look="b",
               link=lambda one: reverse("portal:release", args=[one.pk])),
        Column("state", _("State"), _state),
        Column("as_of", _("Figures as of"), lambda one: one.as_of, Kind.DAY, order="as_of"),
        Column("made_by", _("Made by"), lambda one: str(one.made_by)),
        Column("published_by", _("Published by"), lambda one: str(one.published_by or "")),
    ),
    filters=(choices("state", _("State"), STATES, equals("state")),),
    order=("-pk",),
    when_empty=_("No release has been made yet."),
    empty="portal/_no_release.html",
    icon="file-text",
)  # fmt: skip
