"""What changed in an enterprise, told from the rows that its history keeps."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from pulih.people.models import User
from pulih.web.figures import Happening

from . import arrivals
from .models import Enterprise
from .sources import Source

MOST = 100
TOLD = (*arrivals.TAKEN, "scale", "is_manufacturing", "is_listed", "merged_into_id")


def happenings(enterprise: Enterprise, sources: Sequence[Source], by: User) -> list[Happening]:
    """Return what happened to an enterprise, the newest first: changes and delivered rows."""
    found = [*_changes(enterprise), *_deliveries(sources)]
    told = [Happening(when, what, url) for when, what, url in found]
    return sorted(told, key=lambda one: one.when, reverse=True)


def _changes(enterprise: Enterprise) -> list[tuple[Any, str, str]]:
    """Compare each kept state with the one after it."""
    kept = enterprise.events.order_by("-pgh_id")[:MOST]  # type: ignore[attr-defined]
    after: models.Model = enterprise
    found = []
    for before in kept:
        names = [name for name in TOLD if getattr(before, name) != getattr(after, name)]
        if names:
            found.append((before.pgh_created_at, _sentence(names), ""))
        after = before
    return found


def _sentence(names: list[str]) -> str:
    if names == ["is_listed"]:
        return _("Named again, or no longer named, by any list that counts")
    labels = [_label(name) for name in names if name != "is_listed"]
    return _("Changed: %(what)s") % {"what": ", ".join(labels)}


def _label(name: str) -> str:
    field = Enterprise._meta.get_field(name.removesuffix("_id"))
    return str(getattr(field, "verbose_name", name))


def _deliveries(sources: Sequence[Source]) -> list[tuple[Any, str, str]]:
    return [
        (
            source.batch.delivered_at,
            _("Named in “%(file)s”, row %(row)s")
            % {"file": source.batch.file_name, "row": source.record.row},
            reverse("inbox:batch", args=[source.batch.pk]),
        )
        for source in sources
        if source.batch is not None
    ]
