"""The deadline strip, for pages of rooms that come after this one."""

from typing import Any

from django import template
from django.http import HttpRequest

from pulih.people.models import User
from pulih.people.permissions import Permission, holds

from ..board import strip
from ..clock import shown_moment

register = template.Library()
MOST = 4


@register.inclusion_tag("monitoring/_strip.html", takes_context=True)
def deadline_strip(context: dict[str, Any]) -> dict[str, Any]:
    """Draw the next deadlines of the person who asks; nothing for those who may not see them."""
    request: HttpRequest = context["request"]
    person = request.user
    if not isinstance(person, User) or not holds(person, Permission.SEE_BUDGET):
        return {"items": [], "LANGUAGE_CODE": context.get("LANGUAGE_CODE", "id")}
    items = strip(person, shown_moment(request))[:MOST]
    return {"items": items, "request": request, "LANGUAGE_CODE": context.get("LANGUAGE_CODE", "id")}
