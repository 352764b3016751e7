"""The deadline strip, for pages of rooms that come after this one; and how a volume is written."""

from decimal import Decimal
from typing import Any

from django import template

from pulih.web import numbers

from ..board import StripItem

register = template.Library()
MOST, MOST_OVERDUE = 4, 2


def pressing(items: list[StripItem]) -> list[StripItem]:
    """Return what fits on the strip: the latest that are overdue, then those due next."""
    overdue = [item for item in items if item.status.state == "overdue"][-MOST_OVERDUE:]
    ahead = [item for item in items if item.status.state != "overdue"]
    return [*overdue, *ahead[: MOST - len(overdue)]]


@register.filter
def volume(value: Decimal | None) -> str:
    """Write a volume with the decimals it has: `120`, `12,5`."""
    if value is None or value == value.to_integral_value():
        return numbers.whole(None if value is None else int(value))
    return numbers.decimal(value, 2).rstrip("0")


@register.inclusion_tag("monitoring/_strip.html", takes_context=True)
def deadline_strip(context: dict[str, Any], deadlines: list[StripItem]) -> dict[str, Any]:
    """Draw the next of the deadlines that `board.strip` gave."""
    return {
        "items": pressing(deadlines),
        "request": context["request"],
        "LANGUAGE_CODE": context.get("LANGUAGE_CODE", "id"),
    }
