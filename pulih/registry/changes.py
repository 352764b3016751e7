"""What changed in an enterprise, told from the rows that its history keeps."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from pulih.people.models import User
from pulih.web.figures import Happening

from . import delivered_attributes, merge_history, presenters
from .models import Enterprise, Merge, Pin, SplitMove
from .sources import Source

TOLD = (*delivered_attributes.TAKEN, "scale", "is_manufacturing", "is_listed")
Told = tuple[Any, str, str, str]  # When, what, where to look, who.


def happenings(
    enterprise: Enterprise, sources: Sequence[Source], by: User, most: int | None = None
) -> list[Happening]:
    """Return what happened to an enterprise, the newest first: changes, acts, delivered rows.

    most: so many of each kind are enough; None is all.
    """
    found = [
        *_changes(enterprise, most),
        *_deliveries(sources),
        *_merges(enterprise, by, most),
        *_splits(enterprise, by, most),
        *_pins(enterprise, by, most),
    ]
    told = [Happening(*each) for each in found]
    return sorted(told, key=lambda one: one.when, reverse=True)


def _merges(enterprise: Enterprise, by: User, most: int | None) -> list[Told]:
    """Tell of each merge, and of its taking back."""
    concerned = Q(kept=enterprise) | Q(merged=enterprise)
    rows = Merge.objects.visible_to(by).filter(concerned).order_by("-id")
    url = reverse("registry:joined", args=[enterprise.pk])
    merges = list(rows.select_related("by", "undone_by")[:most])
    names = merge_history.named((key for one in merges for key in (one.kept_id, one.merged_id)), by)
    found: list[Told] = []
    for one in merges:
        is_gone = one.merged_id == enterprise.pk
        other = names[one.kept_id if is_gone else one.merged_id]
        found.append((one.at, _merged(other, is_gone), url, str(one.by)))
        if one.undone_at:
            found.append((one.undone_at, _taken_back(other), url, str(one.undone_by or "")))
    return found


def _merged(other: merge_history.Named, is_gone: bool) -> str:
    """Return the sentence on a merge; is_gone: it was `other` that was kept."""
    about = {"name": other.name, "pk": other.pk}
    if not other.name:
        unseen = (
            _("Merged into IKM %(pk)s, which another office sees")
            if is_gone
            else _("Merged with IKM %(pk)s, which another office sees")
        )
        return unseen % about
    if is_gone:
        return _("Merged into “%(name)s” (IKM %(pk)s)") % about
    return _("Merged with “%(name)s” (IKM %(pk)s)") % about


def _taken_back(other: merge_history.Named) -> str:
    about = {"name": other.name, "pk": other.pk}
    if not other.name:
        return _("Merge taken back: IKM %(pk)s, which another office sees") % about
    return _("Merge taken back: “%(name)s” (IKM %(pk)s)") % about


def _splits(enterprise: Enterprise, by: User, most: int | None) -> list[Told]:
    concerned = Q(from_enterprise=enterprise) | Q(to_enterprise=enterprise)
    rows = SplitMove.objects.visible_to(by).filter(concerned).select_related("by")
    url = reverse("registry:joined", args=[enterprise.pk])
    counted: dict[tuple[int, int, Any], list[SplitMove]] = {}
    for one in rows.order_by("-id")[:most]:
        key = (one.from_enterprise_id, one.to_enterprise_id, one.undone_at)
        counted.setdefault(key, []).append(one)
    found: list[Told] = []
    for (out_of, made, undone_at), moved in counted.items():
        about = {"n": len(moved), "from": out_of, "to": made}
        what = ngettext(
            "%(n)s row split off IKM %(from)s into IKM %(to)s",
            "%(n)s rows split off IKM %(from)s into IKM %(to)s",
            len(moved),
        )
        found.append((moved[0].at, what % about, url, str(moved[0].by)))
        if undone_at:
            found.append((undone_at, _("Split taken back: IKM %(to)s") % about, url, ""))
    return found


def _pins(enterprise: Enterprise, by: User, most: int | None) -> list[Told]:
    rows = Pin.objects.visible_to(by).filter(enterprise=enterprise).select_related("by")
    found: list[Told] = []
    for one in rows.order_by("-id")[:most]:
        about = {"what": _label(one.attribute)}
        found.append((one.at, _("Pinned: %(what)s") % about, "", str(one.by)))
        if one.ended_at:
            found.append((one.ended_at, _("Pin ended: %(what)s") % about, "", ""))
    return found


def _changes(enterprise: Enterprise, most: int | None) -> list[Told]:
    """Compare each kept state with the one after it."""
    kept = enterprise.events.order_by("-pgh_id")[:most]  # type: ignore[attr-defined]
    after: models.Model = enterprise
    found: list[Told] = []
    for before in kept:
        names = [name for name in TOLD if getattr(before, name) != getattr(after, name)]
        if names:
            found.append((before.pgh_created_at, _sentence(names, before, after), "", ""))
        after = before
    return found


def _sentence(names: list[str], before: models.Model, after: models.Model) -> str:
    if names == ["is_listed"]:
        return _("Named again, or no longer named, by any list that counts")
    told = [_change(name, before, after) for name in names if name != "is_listed"]
    return _("Changed: %(what)s") % {"what": "; ".join(told)}


def _change(name: str, before: models.Model, after: models.Model) -> str:
    """Return what an attribute was and became; what follows from the others goes by its name."""
    if name not in delivered_attributes.TAKEN:
        return _label(name)
    was, became = (_value(name, getattr(one, name)) for one in (before, after))
    return f"{_label(name)} {was} → {became}"


def _value(name: str, value: Any) -> str:
    if value is None:
        return "–"
    return f"“{presenters.written(name, value, get_language() or 'id')}”"


def _label(name: str) -> str:
    field = Enterprise._meta.get_field(name.removesuffix("_id"))
    return str(getattr(field, "verbose_name", name))


def _deliveries(sources: Sequence[Source]) -> list[Told]:
    return [
        (
            source.batch.delivered_at,
            _("Named in “%(file)s”, row %(row)s")
            % {"file": source.batch.file_name, "row": source.record.row},
            reverse("inbox:batch", args=[source.batch.pk]),
            "",
        )
        for source in sources
        if source.batch is not None
    ]
