"""What the register counts: its firms, of a place or of the whole reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area, Level
from pulih.lists.columns import Kind
from pulih.lists.figures import Definition, Stated, as_read, define
from pulih.lists.filters import Asked
from pulih.people.models import User
from pulih.people.permissions import Permission
from pulih.web.as_of import AsOf

from . import search
from .lists import FIRMS
from .quality import provinces_of

NARROWED_BY = tuple(one for one in FIRMS.filters if one.key in search.FILTERS)


def count(asked: Asked) -> int:
    """Count all, however many; the page of the list stops counting at 10,000."""
    given = {one.key: asked[one.key] for one in NARROWED_BY}
    filters = {name: str(value) for name, value in given.items() if value is not None}
    return search.filtered(asked.person, filters).count()


LISTED = define(
    Definition(
        key="registry.firms",
        words=_("Firms in the register"),
        definition=_("Firms that a current list names, each once."),
        kind=Kind.WHOLE,
        permission=Permission.SEE_ENTERPRISES,
        filters=NARROWED_BY,
        compute=count,
        rows="registry:list",
        asks={"sort": "-id"},  # By name the page comes before its count.
        api="registry/firms",
    )
)


def stated_firms(
    number: int, area: Area, person: User, where: Mapping[str, int], **asked: object
) -> Stated:
    """The firms of an area as a page has counted them; a link for those whose reach it is in.

    where: what `wheres_of` says of the area. The register knows today alone, so no day is asked.
    """
    today = timezone.localdate()
    is_beyond = not person.covers(area)
    return as_read(
        LISTED, number, person, AsOf(today, False), {**where, **asked}, is_beyond=is_beyond
    )


def wheres_of(areas: Iterable[Area], today: date) -> dict[int, dict[str, int]]:
    """Return what an address asks to stay within each of some areas, by area id."""
    every = list(areas)
    provinces = provinces_of([one for one in every if one.level == Level.REGENCY], today)
    return {one.pk: _where(one, provinces.get(one.pk)) for one in every}


def _where(area: Area, province: Area | None) -> dict[str, int]:
    if area.level == Level.COUNTRY:
        return {}
    if area.level == Level.PROVINCE:
        return {"province": area.pk}
    return {"regency": area.pk, **({"province": province.pk} if province else {})}
