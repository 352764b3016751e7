"""What is odd about an area's NIK, and who stands on several delivered lists, as declared lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.inbox.models import ImportBatch
from pulih.lists.columns import NOT_ON_PAGE, PAGE_ONLY, Column, Kind
from pulih.lists.filters import Asked, Filter
from pulih.lists.listing import Listing
from pulih.lists.usual import area_name, choices, number
from pulih.people.permissions import Permission

from . import overlaps
from .identity_findings import SEVERAL, OddIdentity, odd_identities
from .nik import Doubt

FINDINGS: dict[str, Any] = {
    SEVERAL: _("One NIK, several people"),
    Doubt.SEX: _("Another sex"),
    Doubt.PLACE: _("No such regency"),
    Doubt.BIRTHDAY: _("No such birthday"),
    Doubt.SERIAL: _("Serial number 0000"),
}


def _odd(asked: Asked) -> list[OddIdentity]:
    home = asked.person.home
    area = Area.objects.filter(pk=asked["area"]).first() if asked["area"] else home
    return odd_identities(asked.person, area) if area else []


def _of_kind(found: Sequence[OddIdentity], kind: str) -> list[OddIdentity]:
    return [one for one in found if one.kind == kind]


def _firms(one: OddIdentity) -> str:
    return "; ".join(name for _pk, name in one.firms)


def _both(one: OddIdentity) -> str:
    """Return where the first two firms of a finding stand side by side."""
    if len(one.firms) < 2:
        return ""
    first, second = one.firms[0][0], one.firms[1][0]
    return f"{reverse('registry:compare')}?{urlencode({'first': first, 'second': second})}"


IDENTITIES = Listing(
    room="registry",
    key="identities",
    title=_("Odd NIK"),
    file_name="nik-janggal",
    permission=Permission.SEE_ENTERPRISES,
    source=_odd,
    columns=(
        Column("finding", _("Finding"), lambda one: str(FINDINGS[one.kind]), look="full"),
        Column("nik", "NIK", lambda one: one.nik, Kind.CODE, look="nw"),
        Column("owners", _("Owner"), lambda one: "; ".join(one.owners)),
        Column("firm_ids", _("Numbers of the firms"),
               lambda one: "; ".join(str(pk) for pk, _name in one.firms), Kind.CODE, NOT_ON_PAGE),
        Column("firms", _("Firms"), _firms, template="registry/_odd_firms.html"),
        Column("compare", _("Compare"), lambda one: _("compare both") if _both(one) else "",
               on=PAGE_ONLY, link=_both, look="s"),
    ),
    filters=(
        Filter("area", _("Area"), number(1), shown=area_name, is_drawn=False),
        choices("kind", _("Finding"), list(FINDINGS.items()), _of_kind, is_drawn=False),
    ),
    when_empty=_("Nothing of this kind."),
    icon="circle-check",
)  # fmt: skip


@dataclass(frozen=True)
class OnSeveral:
    """One who stands on several lists, with those lists."""

    found: overlaps.Overlap
    lists: Sequence[ImportBatch]

    @property
    def names_of_lists(self) -> str:
        return "; ".join(one.file_name for one in self.lists)


def on_several(found: Sequence[overlaps.Overlap], chosen: Sequence[ImportBatch]) -> list[OnSeveral]:
    by_key = {batch.pk: batch for batch in chosen}
    return [OnSeveral(one, [by_key[key] for key in one.lists]) for one in found]


def chosen_lists(asked: Asked) -> list[ImportBatch]:
    """Return the lists that are compared: at least two of those that the person may compare."""
    wanted = set((asked["lists"] or "").split(","))
    chosen = [batch for batch in overlaps.offered(asked.person) if str(batch.pk) in wanted]
    return chosen if 2 <= len(chosen) <= overlaps.MOST_LISTS else []


def _on_several(asked: Asked) -> list[OnSeveral]:
    chosen = chosen_lists(asked)
    if not chosen:
        return []
    found = overlaps.found(overlaps.rows_of(chosen), asked["by"] or overlaps.USUAL_WAY)
    return on_several(found, chosen)


TWICE = Listing(
    room="registry",
    key="twice",
    title=_("Counted twice?"),
    file_name="tercatat-ganda",
    permission=Permission.SEE_FILES,
    source=_on_several,
    columns=(
        Column("names", _("Firm"), lambda one: " · ".join(one.found.names),
               link=lambda one: reverse("registry:enterprise", args=[one.found.enterprise])),
        Column("owners", _("Owner"), lambda one: " · ".join(one.found.owners)),
        Column("key", _("Known by"), lambda one: one.found.key, Kind.CODE),
        Column("enterprise", _("Number of the firm"), lambda one: one.found.enterprise,
               Kind.WHOLE, NOT_ON_PAGE),
        Column("number_of_lists", _("Number of lists"), lambda one: len(one.lists), Kind.WHOLE,
               NOT_ON_PAGE),
        Column("lists", _("Lists"), lambda one: one.names_of_lists, look="s",
               template="registry/_lists_of.html"),
        Column("rows", _("Rows"), lambda one: one.found.rows, Kind.WHOLE),
    ),
    filters=(
        Filter("lists", _("Numbers of the lists"), forms.CharField, is_drawn=False),
        replace(choices("by", _("Counted by"), list(overlaps.WAYS.items())), is_drawn=False),
    ),
    when_empty=_("Nobody stands on more than one of these lists."),
    icon="circle-check",
)  # fmt: skip
