"""An amendment as one form: everything that is approved, to be changed where it must be."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.web.bounds import WholeField
from pulih.web.money_field import MoneyField

from .amended import Content, row_content
from .forms import AccountField, FactorsField, SectionsForm, refuse_elsewhere
from .models import Proposal
from .rules.factors import Factor

LONGEST = 4_000
TEXTS = (
    *("title", "legal_basis", "background", "beneficiaries"),
    *("outcome", "indicator", "method", "stages"),
)
NEW_ROW = {"standard": "", "prices": [], "survey": ""}


class AmendForm(SectionsForm):
    """The sections, each row, place and goods of what is approved, and one new row and place.

    A row without unit cost, a place without participants and goods without quantity are left out.
    """

    why = forms.CharField(
        max_length=LONGEST,
        label=_("Reason for the amendment"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *arguments: Any, proposal: Proposal, content: Content, **named: Any) -> None:
        named.setdefault("initial", self._sections_of(content))
        super().__init__(*arguments, **named)
        self.content, self.proposal = content, proposal
        del self.fields["seen"]
        year = proposal.round.fiscal_year
        inside = Area.objects.within(proposal.province, date(year, 12, 31)).filter(level="regency")
        self._add_rows()
        self._add_places(inside)
        for n, good in enumerate(content["goods"]):
            self.fields[f"good_{n}"] = WholeField(
                required=False,
                min_value=0,
                max_value=100_000_000,
                initial=good["quantity"],
                label=f"{good['text']} ({good['unit']})",
            )

    @staticmethod
    def _sections_of(content: Content) -> dict[str, Any]:
        return dict(content["sections"])

    def _add_rows(self) -> None:
        for n, row in enumerate([*self.content["rows"], None]):
            factors = _factors(row) if row else ()
            self.fields[f"factors_{n}"] = FactorsField(
                required=False, max_length=200, initial=factors, label=_("Calculation")
            )
            self.fields[f"cost_{n}"] = MoneyField(
                required=False,
                min_value=0,
                initial=row["unit_cost"] if row else None,
                label=_("Unit cost, rupiah"),
            )
        self.fields["row_text"] = forms.CharField(required=False, max_length=300, label=_("Text"))
        self.fields["row_account"] = AccountField(self.proposal.measure.allowed_accounts)
        self.fields["row_reason"] = forms.CharField(
            required=False, max_length=2_000, label=_("Reason, above an estimate")
        )

    def _add_places(self, inside: Any) -> None:
        for n, place in enumerate([*self.content["places"], None]):
            self.fields[f"people_{n}"] = WholeField(
                required=False,
                min_value=0,
                max_value=100_000,
                initial=place["people"] if place else None,
                label=_("Participants"),
            )
            self.fields[f"site_{n}"] = forms.CharField(
                required=False,
                max_length=200,
                initial=place["site"] if place else "",
                label=_("Site or address"),
            )
        self.fields["place_regency"] = forms.ModelChoiceField(
            inside.order_by("sort_key"), required=False, label=_("Regency")
        )
        refuse_elsewhere(self.fields["place_regency"], self.proposal)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("row_text") and not values.get(f"cost_{len(self.content['rows'])}"):
            raise ValidationError(_("The new row has no unit cost; write it or empty the text."))
        return values

    def amended(self) -> Content:
        """Return all of the proposal as it would be."""
        content = deepcopy(self.content)
        typed = self.cleaned_data
        for name in content["sections"]:
            if name in typed:
                value = typed[name]
                content["sections"][name] = (
                    value.isoformat() if hasattr(value, "isoformat") else value
                )
        content["rows"] = list(self._rows())
        content["places"] = list(self._places())
        content["goods"] = [
            {**good, "quantity": typed[f"good_{n}"]}
            for n, good in enumerate(content["goods"])
            if typed[f"good_{n}"]
        ]
        return content

    def _rows(self) -> Iterator[Content]:
        rows, typed = self.content["rows"], self.cleaned_data
        for n, row in enumerate(rows):
            if typed[f"cost_{n}"]:
                yield row_content(row, typed[f"factors_{n}"], typed[f"cost_{n}"])
        n = len(rows)
        if typed["row_text"] and typed[f"cost_{n}"]:
            named = {
                "position": max((row["position"] for row in rows), default=0) + 1,
                "text": typed["row_text"],
                "account": typed["row_account"],
                "reason": typed["row_reason"],
                **NEW_ROW,
            }
            yield row_content(named, typed[f"factors_{n}"], typed[f"cost_{n}"])

    def _places(self) -> Iterator[Content]:
        places, typed = self.content["places"], self.cleaned_data
        for n, place in enumerate(places):
            if typed[f"people_{n}"]:
                yield {**place, "people": typed[f"people_{n}"], "site": typed[f"site_{n}"]}
        n, regency = len(places), typed["place_regency"]
        if regency and typed[f"people_{n}"]:
            new = {"regency": regency.name, "site": typed[f"site_{n}"]}
            yield {**new, "people": typed[f"people_{n}"]}

    def text_fields(self) -> list[Any]:
        return [self[name] for name in TEXTS]

    def short_fields(self) -> list[Any]:
        return [
            self[name]
            for name in SectionsForm.base_fields
            if name in self.fields and name not in (*TEXTS, "profiles")
        ]

    def row_fields(self) -> list[tuple[Content, Any, Any]]:
        return [
            (row, self[f"factors_{n}"], self[f"cost_{n}"])
            for n, row in enumerate(self.content["rows"])
        ]

    def new_row_fields(self) -> list[Any]:
        n = len(self.content["rows"])
        names = ("row_text", "row_account", f"factors_{n}", f"cost_{n}", "row_reason")
        return [self[name] for name in names]

    def place_fields(self) -> list[tuple[Content, Any, Any]]:
        return [
            (place, self[f"people_{n}"], self[f"site_{n}"])
            for n, place in enumerate(self.content["places"])
        ]

    def new_place_fields(self) -> list[Any]:
        n = len(self.content["places"])
        return [self[name] for name in ("place_regency", f"people_{n}", f"site_{n}")]

    def good_fields(self) -> list[Any]:
        return [self[f"good_{n}"] for n in range(len(self.content["goods"]))]


def _factors(row: Content) -> tuple[Factor, ...]:
    return tuple(Factor(n, unit) for n, unit in zip(row["counts"], row["units"], strict=True))
