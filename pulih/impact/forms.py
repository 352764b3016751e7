"""The filters of the list of affected firms, all in the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.classifications import commodities, needs, obstacles
from pulih.classifications.entries import CodeList
from pulih.web.bounds import KeyField

from .models import Status
from .reads import word

AFFECTED = [
    ("yes", _("Affected")),
    ("no", _("Not affected")),
    ("all", _("All that reported")),
]


class ReportFilter(forms.Form):
    """Which firms: by place, need, obstacle, status, commodity group and severity."""

    province = KeyField(required=False)
    regency = KeyField(required=False)
    need = forms.CharField(required=False, label=_("Need"))
    obstacle = forms.CharField(required=False, label=_("Obstacle"))
    status = forms.CharField(required=False, label=_("Status"))
    commodity_group = forms.CharField(required=False, label=_("Commodity group"))
    least = forms.IntegerField(required=False, min_value=0, max_value=100, label=_("Severity from"))
    affected = forms.ChoiceField(
        required=False,
        choices=AFFECTED,
    )

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        """Return what may be chosen of each list, named in the language of the page."""
        lists: dict[str, CodeList[Any]] = {
            "need": needs.LIST,
            "obstacle": obstacles.LIST,
            "commodity_group": commodities.LIST,
        }
        named = {
            name: [(code, word(name, code)) for code in dict.fromkeys(e.code for e in one.entries)]
            for name, one in lists.items()
        }
        return named | {"status": [(code, str(label)) for code, label in Status.choices]}
