"""What is typed of a quarter: what other quarters say of its outputs, and a mark of it."""

from collections import defaultdict
from decimal import Decimal

from pulih.budget.models import SpendingUnit

from .models import QuarterNote, QuarterProgress
from .rules.facts import Around, Part, fingerprint


def around(unit: SpendingUnit, fiscal_year: int, quarter: int) -> dict[Part, Around]:
    """Return what the other quarters say of each output, so that cumulative figures never fall."""
    rows = QuarterProgress.objects.filter(target__unit=unit, target__fiscal_year=fiscal_year)
    others: dict[Part, list[QuarterProgress]] = defaultdict(list)
    for row in rows.exclude(quarter=quarter).select_related("target").order_by("quarter"):
        others[Part(row.target.programme, row.target.activity, row.target.output)].append(row)
    return {part: _around(same, quarter) for part, same in others.items()}


def _around(others: list[QuarterProgress], quarter: int) -> Around:
    """others: of one output, in the order of their quarters."""
    found: dict[str, Decimal] = {}
    for row in others:
        for name in ("volume", "physical"):
            value = getattr(row, name)
            if value is not None and row.quarter < quarter:
                found[f"{name}_before"] = value
            elif value is not None:
                found.setdefault(f"{name}_after", value)
    return Around(**found)


def typed_mark(unit: SpendingUnit, fiscal_year: int, quarter: int) -> str:
    """Return a mark of what is typed of a quarter, which changes whenever somebody saves it."""
    done = QuarterProgress.objects.filter(
        target__unit=unit, target__fiscal_year=fiscal_year, quarter=quarter
    ).order_by("target_id")
    noted = QuarterNote.objects.filter(unit=unit, fiscal_year=fiscal_year, quarter=quarter)
    values = [
        *done.values_list("target_id", "volume", "physical", "remark"),
        *noted.order_by("pk").values_list("activity", "obstacle", "follow_up", "helper"),
    ]
    return fingerprint([[str(value) for value in row] for row in values])[:16]
