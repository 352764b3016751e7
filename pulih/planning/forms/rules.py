"""The form of one rule: a floor or cap, an earmark, or a limit of units."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pulih import places
from pulih.areas.models import Area
from pulih.measures.models import Measure
from pulih.web.money_field import example

from ..actions.scenarios import GivenRule
from ..rules.money_text import read_rupiah
from ..rules.tables import EVERY_MEASURE
from .fields import PercentField, offer

KINDS = {
    "bounds_percent": (
        "amounts",
        "percent_before",
        gettext_lazy("Floor or cap of a province, percent of what it has"),
    ),
    "bounds_rupiah": ("amounts", "rupiah", gettext_lazy("Floor or cap of a province, rupiah")),
    "earmark_rupiah": ("amounts", "rupiah", gettext_lazy("Earmark for measures, rupiah")),
    "earmark_share": (
        "shares",
        "percent",
        gettext_lazy("Earmark for measures, percent of the money"),
    ),
    "units": ("limits", "units", gettext_lazy("Units of one measure")),
}


class RuleForm(forms.Form):
    """One rule; at least one of least and most."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Rule"), choices=[(key, kind[2]) for key, kind in KINDS.items()]
    )
    place = forms.CharField(
        label=gettext_lazy("Place"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("A province; for units also a regency or city; empty: Indonesia."),
        widget=forms.TextInput(attrs={"list": "provinces", "autocomplete": "off"}),
    )
    measures = forms.MultipleChoiceField(
        label=gettext_lazy("Measures"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        help_text=gettext_lazy("For earmarks one or more; for units exactly one."),
    )
    least = forms.CharField(label=gettext_lazy("At least"), required=False, max_length=30)
    most = forms.CharField(label=gettext_lazy("At most"), required=False, max_length=30)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Why it must hold: a letter, a decision. It stands in the export."),
    )

    def __init__(self, *arguments: Any, on: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.on = on
        offer(self, "measures", [(m.code, m.name) for m in Measure.objects.order_by("code")])

    def clean_place(self) -> Area | None:
        """Return the place meant; several of one name are named, so that one can be chosen."""
        text = str(self.cleaned_data["place"]).strip()
        if not text or text.casefold() == "indonesia":
            return None
        found = places.candidates(text, on=self.on)
        if not found:
            raise ValidationError(
                _("No province, regency or city is called “%(text)s” on that day."),
                params={"text": text},
            )
        if len(found) > 1:
            raise ValidationError(
                _("“%(text)s” may be %(names)s. Write which."),
                params={"text": text, "names": ", ".join(place.name for place in found)},
            )
        return Area.objects.get(pk=found[0].key)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        data["minimum"], data["maximum"] = self._number("least"), self._number("most")
        if not self.errors:
            self._check_numbers(data)
            self._check_shape(data)
        return data

    def _number(self, name: str) -> Decimal | None:
        text = str(self.cleaned_data[name]).strip()
        if not text:
            return None
        basis = KINDS[self.cleaned_data["kind"]][1]
        try:
            return _rupiah(text) if basis in ("rupiah", "units") else _percent(text, basis)
        except ValidationError as error:
            self.add_error(name, error)
            return None

    def _check_numbers(self, data: dict[str, Any]) -> None:
        low, high = data["minimum"], data["maximum"]
        if low is None and high is None:
            self.add_error("least", _("Give at least one of the two numbers."))
        elif low is not None and high is not None and low > high:
            self.add_error("most", _("“At most” lies below “at least”. Raise it."))

    def _check_shape(self, data: dict[str, Any]) -> None:
        kind, area, chosen = data["kind"], data["place"], data["measures"]
        if kind == "units":
            if len(chosen) != 1:
                self.add_error("measures", _("Tick exactly one measure."))
            if area is None:
                self.add_error("place", _("Name a province, a regency or a city."))
        elif area is not None and area.level == "regency":
            self.add_error("place", _("Money is held by province: name a province."))
        if kind.startswith("bounds") and area is None:
            self.add_error("place", _("Name the province."))
        if kind.startswith("earmark") and not chosen:
            self.add_error("measures", _("Tick the measures that the money is for."))

    def given(self) -> GivenRule:
        data = self.cleaned_data
        table, basis, _label = KINDS[data["kind"]]
        takes_all = data["kind"].startswith("bounds")
        return GivenRule(
            table=table,
            basis=basis,
            area=data["place"],
            measures=[EVERY_MEASURE] if takes_all else list(data["measures"]),
            minimum=data["minimum"],
            maximum=data["maximum"],
            reason=data["reason"],
        )


def _rupiah(text: str) -> Decimal:
    amount = read_rupiah(text)
    if amount is None:
        raise ValidationError(_("Write a whole number, such as %(example)s."), params=example())
    return Decimal(amount)


def _percent(text: str, basis: str) -> Decimal:
    field = PercentField(most=100 if basis == "percent" else 1_000)
    number = field.clean(text)
    assert isinstance(number, Decimal)
    return number
