"""The market's lines of the menu."""

from django.utils.translation import gettext_lazy as _

from pulih.people.permissions import Permission
from pulih.web.navigation import Item, register


def register_items() -> None:
    register(
        Item(
            "delivery",
            5,
            _("Market"),
            "market:needs",
            "arrows-transfer-up",
            permission=Permission.SEE_MARKET,
            prefix="/market/",
        )
    )
