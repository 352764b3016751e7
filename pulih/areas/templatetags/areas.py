"""`{% load areas %}`: the picker of an area by half a name."""

from typing import Any

from django.template import Library

from pulih.areas.models import Area
from pulih.web.as_of import as_of

register = Library()


@register.inclusion_tag("areas/_picker.html", takes_context=True)
def area_picker(
    context: dict[str, Any],
    name: str,
    label: Any,
    chosen: Area | None = None,
    level: str = "",
    within: Area | None = None,
) -> dict[str, Any]:
    """A field `name` whose list narrows as one types; it starts with the provinces, or with
    the regencies of `within`.
    """
    day = as_of(context["request"]).day
    options = (
        Area.objects.within(within, day).exclude(pk=within.pk).order_by("sort_key")
        if within
        else Area.objects.provinces(day)
    )
    return {
        "name": name,
        "label": label,
        "chosen": chosen,
        "options": options,
        "level": level,
        "within": within.pk if within else "",
    }
