"""Where planning stands in the side menu."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pulih.people.permissions import Permission
from pulih.web.counting import Rows
from pulih.web.navigation import Item, register


def register_items() -> None:
    """Put the pages of planning on the menu."""
    register(
        Item(
            group="plan",
            order=40,
            label=_("Scenarios"),
            url_name="planning:list",
            icon="adjustments-horizontal",
            permission=Permission.SEE_SCENARIOS,
            prefix="/scenarios/",
            count=_waiting,
            asks={"waiting": "on"},
        )
    )
    register(
        Item(
            group="plan",
            order=45,
            label=_("Adopted plans"),
            url_name="planning:adopted",
            icon="gavel",
            permission=Permission.SEE_BUDGET,
        )
    )


def _waiting(request: HttpRequest) -> Iterable[Rows]:
    """Return the solved scenarios that wait for a decision, to be counted."""
    from pulih.people.models import User

    from .models import Scenario

    if not isinstance(request.user, User):
        return ()
    return [Scenario.objects.visible_to(request.user).undecided()]
