"""What the register shows in the side menu."""

from django.utils.translation import gettext_lazy as _

from pulih.people.models import User
from pulih.people.permissions import Permission, holds
from pulih.web.counting import Rows
from pulih.web.navigation import Item, register
from pulih.workflow import tasks


def put_up() -> None:
    """Register the lines of the menu; the queue says how many pairs wait."""
    seeing = Permission.SEE_ENTERPRISES
    pages = "registry:list", "building-factory-2"
    register(Item("data", 20, _("Enterprises"), *pages, permission=seeing))
    register(
        Item(
            "data",
            22,
            _("Possible doubles"),
            "registry:reviews",
            "arrows-diff",
            permission=Permission.REVIEW_MATCHES,
            count=tasks.in_menu("registry_doubles"),
        )
    )
    tasks.register(
        tasks.Tasks(
            "registry_doubles", _("Possible doubles"), doubles_for, "registry:reviews",
            "arrows-diff",
        )
    )  # fmt: skip
    pages = "registry:quality", "checklist"
    register(Item("data", 26, _("Data quality"), *pages, permission=seeing))


def doubles_for(person: User) -> Rows:
    """Return the pairs that wait for an answer of the person."""
    from . import review_queue

    if not holds(person, Permission.REVIEW_MATCHES):
        return 0
    waiting: Rows = review_queue.waiting_for(person)
    return waiting
