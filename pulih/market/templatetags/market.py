"""`{% load market %}`: the marks of a capacity, what was guessed and how old it is."""

from typing import Any

from django.http import HttpRequest
from django.template import Library
from django.utils.translation import gettext_lazy as _

from pulih.web.as_of import as_of

from ..models import Capacity
from ..rules.freshness import Freshness, freshness

register = Library()
GUESSES = {
    "unit_assumed": _("unit not named: the product's own"),
    "period_assumed": _("period not named: taken as a year"),
    "period_from_heading": _("period from the column's heading"),
    "unit_converted": _("counted in units of the product"),
    "weight_to_units": _("weight turned into units"),
}
AGES = {
    Freshness.FRESH: "",
    Freshness.GREY: _("older than 60 days"),
    Freshness.LEFT_OUT: _("older than 120 days: left out"),
}


@register.inclusion_tag("web/parts/tag.html")
def guess_tag(guess: list[str]) -> dict[str, Any]:
    """Mark one guess: its rule in words, and the words that it came from."""
    rule, words = guess
    text = f"{GUESSES[rule]} (“{words}”)" if words else str(GUESSES[rule])
    return {"text": text, "tone": "info", "icon": ""}


@register.inclusion_tag("market/_age.html")
def freshness_tag(age: Freshness) -> dict[str, Any]:
    return {"text": AGES[age], "tone": "bad" if age == Freshness.LEFT_OUT else "warn"}


@register.inclusion_tag("market/_age.html")
def age_tag(capacity: Capacity, request: HttpRequest) -> dict[str, Any]:
    return freshness_tag(freshness(capacity.confirmed_on, as_of(request).day))
