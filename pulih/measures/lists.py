"""The catalogue as a declared list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area, Level
from pulih.classifications import needs
from pulih.lists.columns import NOT_ON_PAGE, Column, Kind
from pulih.lists.filters import Asked, Filter
from pulih.lists.listing import Listing
from pulih.people.permissions import Permission
from pulih.web.words import say

from .eligible import Qualifying, qualifying
from .models import Measure, MeasureCost
from .rules.profiles import Profile, profiles


@dataclass(frozen=True)
class Offer:
    """A measure with its unit cost in the country on the day shown, in rupiah, if it has one."""

    measure: Measure
    unit_cost: int | None

    @property
    def needs(self) -> str:
        return ", ".join(need_name(effect.need) for effect in self.measure.effects.all())


def need_name(code: str) -> str:
    """Return what a need is called in the language of the page."""
    found = needs.LIST.find(code)
    return found.name((get_language() or "id")[:2]) if found else code


def _offers(asked: Asked) -> Sequence[Offer]:
    costs = MeasureCost.objects.valid_on(asked.seen.day).filter(area=None)
    national = dict(costs.values_list("measure_id", "unit_cost"))
    measures = Measure.objects.prefetch_related("effects").order_by("-is_active", "code")
    return [Offer(measure, national.get(measure.pk)) for measure in measures]


MEASURES = Listing(
    room="measures",
    key="measures",
    title=_("Measures"),
    file_name="langkah",
    permission=Permission.SEE_ENTERPRISES,
    source=_offers,
    columns=(
        Column("code", _("Code"), lambda o: o.measure.code, Kind.CODE, NOT_ON_PAGE),
        Column(
            "name",
            _("Measure"),
            lambda o: o.measure.name,
            link=lambda o: reverse("measures:measure", args=[o.measure.code]),
        ),
        Column("is_active", _("In use"), lambda o: o.measure.is_active, Kind.YES_NO),
        Column("purpose", _("Purpose"), lambda o: o.measure.get_purpose_display()),
        Column("needs", _("Needs it answers"), lambda o: o.needs, look="full"),
        Column("unit", _("Unit"), lambda o: o.measure.unit_name),
        Column("batch", _("Batch"), lambda o: o.measure.batch, Kind.WHOLE),
        Column(
            "setup_cost", _("Setup cost"), lambda o: o.measure.setup_cost, Kind.RUPIAH, NOT_ON_PAGE
        ),
        Column(
            "unit_cost",
            _("Unit cost"),
            lambda o: o.unit_cost,
            Kind.RUPIAH,
            unit=_("country, rupiah"),
        ),
    ),
    when_empty=_("No measures yet."),
)


@dataclass(frozen=True)
class Counted:
    """A profile and how many qualify in the area asked for; None where no area was."""

    profile: Profile
    found: Qualifying | None

    @property
    def name(self) -> str:
        return say(self.profile.name)

    @property
    def conditions(self) -> str:
        language = get_language() or "id"
        return "; ".join(one.words.in_language(language) for one in self.profile.conditions)

    @property
    def to_ask(self) -> str:
        language = get_language() or "id"
        asked = [one for one in self.profile.conditions if one.known_by == "person"]
        return "; ".join(one.words.in_language(language) for one in asked)

    def count(self, name: str) -> int | None:
        return getattr(self.found, name) if self.found else None


def area_asked(asked: Asked) -> Area | None:
    """Return the area that counts are for: the one asked for, else the person's own."""
    chosen = Area.objects.filter(pk=asked["area"] or 0).first()
    area = chosen or asked.person.home
    is_counted = area is not None and area.level != Level.COUNTRY and asked.person.covers(area)
    return area if is_counted else None


def _counted(asked: Asked) -> Sequence[Counted]:
    area = area_asked(asked)
    return [
        Counted(one, qualifying(one, area, asked.person) if area else None) for one in profiles()
    ]


def _areas() -> list[tuple[int, str]]:
    areas = Area.objects.filter(level__in=("province", "regency")).order_by("sort_key")
    return list(areas.values_list("pk", "name"))


def _area_field() -> forms.Field:
    return forms.TypedChoiceField(choices=_areas, coerce=int)


def _name_of(area_id: int) -> str:
    return Area.objects.get(pk=area_id).name


PROFILES = Listing(
    room="measures",
    key="profiles",
    title=_("Who may come"),
    file_name="profil-peserta",
    permission=Permission.SEE_ENTERPRISES,
    source=_counted,
    columns=(
        Column("code", _("Code"), lambda row: row.profile.code, Kind.CODE, NOT_ON_PAGE),
        Column("name", _("Profile"), lambda row: row.name),
        Column("conditions", _("Conditions"), lambda row: row.conditions, look="full"),
        Column("to_ask", _("Asked of the applicant"), lambda row: row.to_ask, hide=True),
        Column("fit", _("Fit so far"), lambda row: row.count("fit"), Kind.WHOLE),
        Column("unknown", _("Not known"), lambda row: row.count("unknown"), Kind.WHOLE),
        Column("unfit", _("Do not fit"), lambda row: row.count("unfit"), Kind.WHOLE),
        Column(
            "laid_off",
            _("Workers laid off or sent home"),
            lambda row: row.count("laid_off"),
            Kind.WHOLE,
        ),
        Column("source", _("Source"), lambda row: row.profile.source, Kind.CODE, NOT_ON_PAGE),
    ),
    filters=(Filter("area", _("Area"), _area_field, shown=_name_of),),
    when_empty=_("No profiles."),
)
