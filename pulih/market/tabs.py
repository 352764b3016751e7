"""The tabs that stand above every list of the market."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.web.figures import Tab

TABS = (
    ("needs", _("Needs")),
    ("orders", _("Orders")),
    ("runs", _("Matches")),
    ("products", _("Products")),
    ("capacities", _("Capacities")),
    ("unread", _("Not read")),
    ("certificates", _("Certificates")),
    ("groups", _("Groups")),
    ("readiness", _("Export")),
    ("buyers", _("Buyers")),
)


def tabs(on: str) -> list[Tab]:
    return [Tab(label, reverse(f"market:{name}"), name == on) for name, label in TABS]
