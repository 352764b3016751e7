"""The catalogue for programs."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from pulih.people.access import asked_by
from pulih.people.permissions import Permission
from pulih.web.as_of import as_of
from pulih.web.programs import cleaned

from . import actions
from .forms import CostForm, EffectForm
from .models import Measure

router = Router(tags=["measures"])


class CostOut(Schema):
    """What a unit costs in an area (null: the country), in rupiah."""

    area: int | None
    unit_cost: int
    source: str
    verified: bool
    valid_from: date
    valid_to: date | None


class EffectOut(Schema):
    """How many firms one unit relieves in a need."""

    need: str
    relief: float
    source: str
    verified: bool


class MeasureOut(Schema):
    """A measure with what is in force on the day asked for."""

    code: str
    name_indonesian: str
    name_en: str
    unit: str
    batch: int
    setup_cost: int
    purpose: str
    allowed_accounts: list[str]
    is_active: bool
    costs: list[CostOut]
    effects: list[EffectOut]


class CostIn(Schema):
    """A unit cost from a day on."""

    area: int | None = None
    unit_cost: int
    valid_from: date
    source: str
    verified: bool = False


class EffectIn(Schema):
    """An effect on a need."""

    need: str
    relief: float
    source: str
    verified: bool = False


@router.get("/", response=list[MeasureOut])
def list_measures(request: HttpRequest) -> list[dict[str, Any]]:
    """List the catalogue."""
    asked_by(request, Permission.SEE_ENTERPRISES)
    day = as_of(request).day
    return [_out(measure, day) for measure in Measure.objects.order_by("code")]


@router.get("/{code}", response=MeasureOut)
def show_measure(request: HttpRequest, code: str) -> dict[str, Any]:
    """Show one measure."""
    asked_by(request, Permission.SEE_ENTERPRISES)
    return _out(get_object_or_404(Measure, code=code), as_of(request).day)


@router.post("/{code}/costs", response=MeasureOut)
def set_cost(request: HttpRequest, code: str, body: CostIn) -> dict[str, Any]:
    """Say what a unit costs somewhere from a day on."""
    return _write(request, code, CostForm(body.dict()), actions.set_cost)


@router.post("/{code}/effects", response=MeasureOut)
def set_effect(request: HttpRequest, code: str, body: EffectIn) -> dict[str, Any]:
    """Say how many firms a unit relieves in a need."""
    return _write(request, code, EffectForm(body.dict()), actions.set_effect)


def _write(request: HttpRequest, code: str, form: Any, act: Any) -> dict[str, Any]:
    person = asked_by(request, Permission.MANAGE_MEASURES)
    measure = get_object_or_404(Measure, code=code)
    act(measure, by=person, **cleaned(form))
    return _out(measure, as_of(request).day)


def _out(measure: Measure, day: date) -> dict[str, Any]:
    fields = ("code", "name_indonesian", "name_en", "unit", "batch", "setup_cost", "purpose")
    return {name: getattr(measure, name) for name in (*fields, "allowed_accounts", "is_active")} | {
        "costs": [
            {
                "area": cost.area_id,
                "unit_cost": cost.unit_cost,
                "source": cost.source,
                "verified": cost.verified,
                "valid_from": cost.valid_from,
                "valid_to": cost.valid_to,
            }
            for cost in measure.costs.valid_on(day).order_by("area_id")
        ],
        "effects": [
            {
                "need": effect.need,
                "relief": float(effect.relief),
                "source": effect.source,
                "verified": effect.verified,
            }
            for effect in measure.effects.order_by("need")
        ],
    }
