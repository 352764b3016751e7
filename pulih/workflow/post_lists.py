"""The posts and who holds them, as a declared list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pulih.areas.models import Area
from pulih.lists.columns import NOT_ON_PAGE, PAGE_ONLY, Column, Kind
from pulih.lists.filters import Asked, Filter
from pulih.lists.listing import Listing
from pulih.lists.usual import flag, province
from pulih.people.permissions import Permission
from pulih.web.words import say

from .models import Post, PostHolder
from .post_kinds import KINDS


def _posts(_asked: Asked) -> QuerySet[Post]:
    holders = PostHolder.objects.select_related("person").order_by("-since")
    open_ = Count("duties", filter=Q(duties__closed_at=None))
    found = Post.objects.filter(key__in=KINDS).annotate(open_duties=open_).select_related("area")
    return found.prefetch_related(Prefetch("holders", holders))


def _held(post: Post) -> PostHolder | None:
    """Return the term that runs today, of the holders that the list has read."""
    today = timezone.localdate()
    terms = (one for one in post.holders.all() if one.since <= today)
    return next((one for one in terms if one.until is None or one.until > today), None)


def _name(post: Post) -> str:
    held = _held(post)
    return held.person.name if held else ""


def _since(post: Post) -> date | None:
    held = _held(post)
    return held.since if held else None


def _until(post: Post) -> date | None:
    held = _held(post)
    return held.until if held else None


def kinds() -> list[tuple[str, str]]:
    """Return key and words of every kind of post, in the language of the page."""
    return [(one.key, say(one.label)) for one in KINDS.values()]


def _within(rows: QuerySet[Post], key: int) -> QuerySet[Post]:
    area = Area.objects.filter(pk=key).first()
    today = timezone.localdate()
    return rows.filter(area__in=Area.objects.within(area, today)) if area else rows.none()


def _provinces(_asked: Asked) -> Iterable[tuple[int, str]]:
    return Area.objects.provinces(timezone.localdate()).values_list("pk", "name")


def _vacant(rows: QuerySet[Post], _on: Any) -> QuerySet[Post]:
    held = PostHolder.objects.on(timezone.localdate()).filter(post=OuterRef("pk"))
    return rows.filter(~Exists(held))


POSTS = Listing(
    room="workflow",
    key="posts",
    title=_("Posts"),
    file_name="jabatan",
    permission=Permission.MANAGE_PEOPLE,
    source=_posts,
    columns=(
        Column("id", _("Id"), lambda one: one.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column("kind", pgettext_lazy("noun", "Post"), lambda one: say(KINDS[one.key].label),
               look="nm"),
        Column("area", _("Area"), lambda one: one.area.name, order="area__sort_key"),
        Column("holder", _("Holder"), _name, on=NOT_ON_PAGE),
        Column("since", _("Since"), _since, Kind.DAY, NOT_ON_PAGE),
        Column("until", _("Until before"), _until, Kind.DAY, NOT_ON_PAGE),
        Column("holders", _("Holders"), _name, on=PAGE_ONLY, look="full",
               template="workflow/parts/holders.html"),
        Column("open_duties", _("Open tasks"), lambda one: one.open_duties, Kind.WHOLE,
               order="open_duties"),
    ),
    filters=(
        Filter("kind", pgettext_lazy("noun", "Post"), lambda: forms.ChoiceField(choices=kinds()),
               lambda rows, key: rows.filter(key=key), lambda key: say(KINDS[key].label)),
        province(_within, _provinces),
        flag("vacant", _("Vacant ones"), _vacant),
    ),
    order=("key", "area__sort_key", "pk"),
    when_empty=_("No post yet. Appoint the first one."),
    when_none=_("No post fits these filters."),
    icon="user-check",
)  # fmt: skip
