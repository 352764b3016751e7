"""What planners type about measures. The same forms serve the pages and the API."""

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.classifications import needs
from pulih.web.bounds import DayField, WholeField
from pulih.web.forms import FormBesideOthers
from pulih.web.money_field import MoneyField
from pulih.web.versions import EditForm

from .models import Measure
from .rules.rebate import Origin, schemes


class AccountsField(forms.CharField):
    """Accounts of six digits, apart by blanks or commas."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        codes = str(super().clean(self.prepare_value(value))).replace(",", " ").split()
        if wrong := [code for code in codes if not (code.isdecimal() and len(code) == 6)]:
            raise ValidationError(
                _("“%(code)s” is no account: an account has 6 digits."), params={"code": wrong[0]}
            )
        return list(dict.fromkeys(codes))


PERCENT = re.compile(r"[0-9]{1,3}")


class SharesField(forms.CharField):
    """Percent by account: `521211 60, 522151 40`."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return ", ".join(f"{code} {share}" for code, share in value.items())
        return value

    def clean(self, value: Any) -> dict[str, int]:
        words = str(super().clean(self.prepare_value(value))).replace(",", " ").split()
        pairs = list(zip(words[::2], words[1::2], strict=False))
        is_whole = len(words) % 2 == 0 and all(PERCENT.fullmatch(share) for _code, share in pairs)
        if not is_whole:
            raise ValidationError(_("Write account and percent in turn, such as 521211 60."))
        return {code: int(share) for code, share in pairs}


class MeasureForm(EditForm, forms.ModelForm):  # type: ignore[type-arg]
    """The fields of a measure."""

    setup_cost = MoneyField(min_value=0, label=_("Set-up cost per regency, rupiah"))
    allowed_accounts = AccountsField(label=_("Accounts it may use"))
    account_shares = SharesField(label=_("Shares of the accounts in new lines, percent"))

    class Meta:
        model = Measure
        fields: ClassVar = [
            *(
                "name_indonesian",
                "name_en",
                "description",
                "description_en",
                "unit",
                "unit_en",
                "batch",
            ),
            *("purpose", "setup_cost", "setup_source", "setup_verified", "allowed_accounts"),
            *("account_shares", "is_active", "valid_from", "valid_to"),
        ]
        field_classes: ClassVar = {
            "batch": WholeField,
            "valid_from": DayField,
            "valid_to": DayField,
        }
        widgets: ClassVar = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "description_en": forms.Textarea(attrs={"rows": 3}),
            "setup_source": forms.TextInput(),
            "valid_from": forms.DateInput({"type": "date"}, "%Y-%m-%d"),
            "valid_to": forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        }


class NewMeasureForm(MeasureForm):
    """A measure that is not there yet: also its code."""

    class Meta(MeasureForm.Meta):
        fields: ClassVar = ["code", *MeasureForm.Meta.fields]


class CostForm(FormBesideOthers):
    """What a unit costs somewhere from a day on."""

    area = forms.ModelChoiceField(Area.objects.none(), required=False, label=_("Area"))
    unit_cost = MoneyField(min_value=1, label=_("Cost per unit, rupiah"))
    valid_from = DayField(
        label=_("In force from"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    source = forms.CharField(max_length=500, label=_("Source, or “assumed”"))
    verified = forms.BooleanField(required=False, label=_("Verified"))

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        areas = Area.objects.filter(level__in=("province", "regency")).order_by("sort_key")
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        self.fields["area"].empty_label = _("the whole country")  # type: ignore[attr-defined]


class EffectForm(FormBesideOthers):
    """How many firms one unit relieves in a need."""

    need = forms.ChoiceField(label=_("Need"))
    relief = forms.DecimalField(
        min_value=0.001, max_digits=7, decimal_places=3, label=_("Firms relieved per unit")
    )
    source = forms.CharField(max_length=500, label=_("Source, or “assumed”"))
    verified = forms.BooleanField(required=False, label=_("Verified"))

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        choices = [(one.code, one.name(get_language() or "id")) for one in needs.LIST.entries]
        self.fields["need"].choices = choices  # type: ignore[attr-defined]


class RebateForm(forms.Form):
    """What a machine costs and where it was made."""

    price = MoneyField(min_value=1, label=_("Price of the machine, rupiah"))
    origin = forms.ChoiceField(
        label=_("Made"),
        choices=[(Origin.DOMESTIC, _("in Indonesia, with proof")), (Origin.IMPORTED, _("abroad"))],
    )
    year = forms.TypedChoiceField(
        label=_("Terms of the year"),
        coerce=int,
        choices=[(scheme.year, str(scheme.year)) for scheme in schemes()],
    )
