"""Descriptions of budget lines that are kept from the public, as a declared list."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import Column, Kind
from pulih.lists.filters import Asked
from pulih.lists.listing import Listing
from pulih.lists.usual import choices, province, words, year
from pulih.people.permissions import Permission, holds

from .clock import now
from .models import DESCRIPTION_KINDS, BudgetLine
from .reads.descriptions import DescriptionRulings
from .rules.descriptions import DescriptionKind, text_digest

KEPT_BACK = [(kind, label) for kind, label in DESCRIPTION_KINDS if kind != DescriptionKind.THINGS]


@dataclass(frozen=True)
class KeptBack:
    """A text that public pages do not show. url: of one of its lines, or blank."""

    province: int
    place: str
    text: str
    kind: DescriptionKind
    lines: int
    url: str

    @property
    def label(self) -> str:
        return str(dict(DESCRIPTION_KINDS)[self.kind])


def _kept_back(asked: Asked) -> list[KeptBack]:
    """Texts that name somebody or may, those that nobody has judged before the others."""
    lines = BudgetLine.objects.described_to(asked.person).exclude(detail="")
    if asked["year"]:
        lines = lines.filter(fiscal_year=asked["year"])
    keys: dict[tuple[int, str], list[int]] = defaultdict(list)
    first: dict[tuple[int, str], tuple[str, str]] = {}
    columns = lines.order_by("pk").values_list("pk", "province_id", "province__name", "detail")
    for pk, area, place, detail in columns:
        key = (area, text_digest(detail))
        keys[key].append(pk)
        first.setdefault(key, (place, " ".join(detail.split())))
    rulings, opens_lines = DescriptionRulings(now()), holds(asked.person, Permission.SEE_BUDGET)
    found = []
    for (area, _digest), pks in keys.items():
        place, text = first[area, _digest]
        kind = rulings.kind(area, text)
        if kind is not DescriptionKind.THINGS:
            url = reverse("budget:line", args=[pks[0]]) if opens_lines else ""
            found.append(KeptBack(area, place, text, kind, len(pks), url))
    is_judged = {DescriptionKind.UNKNOWN: 0, DescriptionKind.SOMEBODY: 1}
    return sorted(found, key=lambda one: (is_judged[one.kind], one.place, one.text))


def _fits(rows: list[KeptBack], text: str) -> list[KeptBack]:
    return [one for one in rows if text.casefold() in one.text.casefold()]


def _of_province(rows: list[KeptBack], key: int) -> list[KeptBack]:
    return [one for one in rows if one.province == key]


def _of_kind(rows: list[KeptBack], kind: str) -> list[KeptBack]:
    return [one for one in rows if one.kind == kind]


DESCRIPTIONS = Listing(
    room="budget",
    key="descriptions",
    title=_("Descriptions kept from the public"),
    file_name="uraian-tidak-diumumkan",
    permission=Permission.SEE_DESCRIPTIONS,
    source=_kept_back,
    columns=(
        Column("text", _("Description"), lambda one: one.text, look="full",
               link=lambda one: one.url),
        Column("kind", _("Counts as"), lambda one: one.label),
        Column("province", _("Province"), lambda one: one.place),
        Column("lines", _("Lines"), lambda one: one.lines, Kind.WHOLE),
    ),
    filters=(
        words(label=_("Description"), narrow=_fits),
        year(),
        choices("kind", _("Counts as"), KEPT_BACK, _of_kind),
        province(_of_province),
    ),
    when_empty=_("Every description speaks of things alone, and may be public."),
    when_none=_("No description fits these filters."),
)  # fmt: skip
