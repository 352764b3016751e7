"""The catalogue as a declared list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pulih.classifications import needs
from pulih.lists.columns import NOT_ON_PAGE, Column, Kind
from pulih.lists.filters import Asked
from pulih.lists.listing import Listing
from pulih.people.permissions import Permission

from .models import Measure, MeasureCost


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
        Column("needs", _("Needs it answers"), lambda o: o.needs),
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
