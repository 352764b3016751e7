"""Measures with defaults, as tests want them."""

from datetime import date
from typing import Any

from pulih.measures.models import Measure, MeasureCost, MeasureEffect
from pulih.people.scope import speaking_as_system


def measure(code: str = "test_masks", **values: Any) -> Measure:
    """Return the measure of `code`, made with its usual values where it is not there."""
    usual = {
        "name_indonesian": "Bimtek masker uji",
        "name_en": "Training in test masks",
        "unit": "peserta",
        "unit_en": "participant",
        "batch": 20,
        "setup_cost": 5_000_000,
        "purpose": "seeding",
        "allowed_accounts": ["521211", "522151", "524119"],
        "line_template": {
            "2020": {
                "activity": "3038", "output": "001", "component": "051", "subcomponent": "Z"
            },
        },
        "account_shares": {"521211": 60, "522151": 40},
        "valid_from": date(2020, 1, 1),
    }  # fmt: skip
    with speaking_as_system():  # Whoever a test speaks for: planners keep the catalogue.
        found, _is_new = Measure.objects.get_or_create(code=code, defaults={**usual, **values})
    return found


def cost(of: Measure, unit_cost: int = 3_000_000, **values: Any) -> MeasureCost:
    """Make a cost per unit, of the country unless `area` says otherwise."""
    usual = {"source": "assumed", "valid_from": date(2020, 1, 1)}
    with speaking_as_system():
        return MeasureCost.objects.create(measure=of, unit_cost=unit_cost, **{**usual, **values})


def effect(of: Measure, need: str = "training", relief: str = "1", **values: Any) -> MeasureEffect:
    """Make an effect of one unit on one need."""
    usual = {"source": "assumed"}
    values = {**usual, **values}
    with speaking_as_system():
        return MeasureEffect.objects.create(measure=of, need=need, relief=relief, **values)
