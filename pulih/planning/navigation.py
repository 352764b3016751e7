"""Where planning stands in the side menu."""

from django.utils.translation import gettext_lazy as _

from pulih.people.models import User
from pulih.people.permissions import Permission, holds
from pulih.web.counting import Rows
from pulih.web.navigation import Item, register
from pulih.workflow import tasks


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
            count=tasks.in_menu("planning_undecided"),
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


def register_tasks() -> None:
    """Let scenarios count among the tasks of those who decide."""
    tasks.register(
        tasks.Tasks(
            "planning_undecided",
            _("Scenarios that wait for a decision"),
            undecided_for,
            "planning:list",
            "adjustments-horizontal",
            {"waiting": "on"},
        )
    )


def undecided_for(person: User) -> Rows:
    """Return the solved scenarios that wait for those who may adopt one."""
    from .models import Scenario

    if not holds(person, Permission.ADOPT_PLAN):
        return 0
    return Scenario.objects.visible_to(person).undecided()
