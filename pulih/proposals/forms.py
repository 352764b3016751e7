"""What offices and planners type. The same forms serve the pages and the API."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.classifications.standards import UnitCost
from pulih.common.errors import Refusal
from pulih.measures.models import Measure
from pulih.measures.rules.profiles import profiles
from pulih.web import numbers
from pulih.web.bounds import DayField, KeyField, WholeField, YearField
from pulih.web.forms import FormBesideOthers
from pulih.web.money_field import MoneyField
from pulih.web.versions import EditForm
from pulih.web.words import say

from .models import Attachment, CostRow, Mode, Place, Proposal, ProposedGood, Receiver, Round
from .rules.attachments import LARGEST_BYTES
from .rules.factors import Factor, read_factors, written
from .rules.rows import NO_ITEM
from .rules.typed_accounts import DIGITS, account_in, no_account

DAY = forms.DateInput({"type": "date"}, "%Y-%m-%d")
LONGEST = 20_000  # Letters of a section.


def number(label: Any, most: int, least: int = 0) -> WholeField:
    return WholeField(min_value=least, max_value=most, label=label, initial=0)


def section(label: Any, rows: int = 4) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(required=False, max_length=LONGEST, label=label, widget=area)


class RoundForm(EditForm, forms.Form):
    """When offices may propose, and for what."""

    title = forms.CharField(max_length=120, label=_("Title"))
    fiscal_year = YearField(label=_("Fiscal year"))
    opens_on = DayField(label=_("Opens on"), widget=DAY)
    closes_on = DayField(label=_("Closes at the end of"), widget=DAY)
    measures = forms.MultipleChoiceField(
        required=False,
        label=_("Measures; none means all"),
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(m.code, m.name) for m in Measure.objects.order_by("code")],
    )
    note = forms.CharField(
        required=False,
        max_length=2_000,
        label=_("What offices should know"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @staticmethod
    def values_of(round_: Round) -> dict[str, Any]:
        names = ("title", "fiscal_year", "opens_on", "closes_on", "measures", "note")
        return {name: getattr(round_, name) for name in names}


class BeginForm(forms.Form):
    """What a new draft is for."""

    round_ = forms.ModelChoiceField(
        Round.objects.none(),
        label=_("Round"),
        error_messages={
            "invalid_choice": _("This round is not open now. What you typed stays on this page.")
        },
    )
    measure = forms.ModelChoiceField(Measure.objects.none(), label=_("Measure"))
    title = forms.CharField(max_length=200, label=_("Title"))

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["round_"].queryset = Round.objects.open_on(today).newest_first()
        name = "name_en" if (get_language() or "id").startswith("en") else "name_indonesian"
        fields["measure"].queryset = Measure.objects.usable_on(today).order_by(name)


class SectionsForm(forms.Form):
    """The sections of the terms of reference (KAK)."""

    title = forms.CharField(max_length=200, label=_("Title"))
    legal_basis = section(_("Legal basis"))
    background = section(_("General situation"), rows=6)
    beneficiaries = section(_("Beneficiaries"))
    outcome = section(_("Outcome"), rows=2)
    indicator = section(_("Indicator"), rows=2)
    method = section(_("Method"))
    stages = section(_("Stages and time"))
    mode = forms.ChoiceField(required=False, label=_("Mode"), choices=[("", "–"), *Mode.choices])
    starts_on = DayField(required=False, label=_("First day"), widget=DAY)
    ends_on = DayField(required=False, label=_("Last day"), widget=DAY)
    days = number(_("Days of work"), 366)
    lesson_hours = number(_("Lesson hours (JP) of a class"), 2_000)
    classes = number(_("Classes"), 1_000)
    class_size = number(_("Participants a class"), 1_000)
    trainers = number(_("Trainers"), 1_000)
    assistants = number(_("Assistants"), 1_000)
    profiles = forms.MultipleChoiceField(
        required=False,
        label=_("Who may come"),
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(one.code, say(one.name)) for one in profiles()],
    )
    seen = KeyField(widget=forms.HiddenInput)

    @classmethod
    def values_of(cls, proposal: Proposal) -> dict[str, Any]:
        names = [name for name in cls.base_fields if name != "seen"]
        return {name: getattr(proposal, name) for name in names} | {"seen": proposal.version}

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            raise ValidationError(
                _("The last day, %(last)s, is before the first, %(first)s."),
                params={"last": numbers.day(last), "first": numbers.day(first)},
            )
        return values


class FactorsField(forms.CharField):
    """`65 orang × 4 hari`."""

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, tuple | list) else value

    def clean(self, value: Any) -> tuple[Factor, ...]:
        text = super().clean(value)
        if not text:
            return ()
        try:
            return read_factors(text)
        except Refusal as refusal:
            raise ValidationError(say(refusal.message)) from None


class AccountField(forms.CharField):
    """An account by its digits, with dots or its name; a part of one stays as it is typed."""

    def __init__(self, allowed: Sequence[str] = (), **named: Any) -> None:
        self.allowed = allowed
        super().__init__(**{"required": False, "max_length": 80, "label": _("Account"), **named})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        account = account_in(text)
        if account is None and len(text) > DIGITS:
            raise ValidationError(say(no_account(text, self.allowed)))
        return account or text


class PartForm(forms.Form):
    """One part of a draft. seen: the version on the page; absent for a new part."""

    seen = KeyField(required=False, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, proposal: Proposal, **named: Any) -> None:
        self.proposal = proposal
        super().__init__(*arguments, **named)

    def values(self) -> dict[str, Any]:
        """Return what the action stores."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class RowForm(PartForm):
    """One row of the cost plan."""

    text = forms.CharField(required=False, max_length=300, label=_("Text"))
    account = AccountField(widget=forms.TextInput({"list": "accounts"}))
    factors = FactorsField(required=False, max_length=200, label=_("Calculation"))
    unit_cost = MoneyField(required=False, min_value=0, label=_("Unit cost, rupiah"))
    standard = forms.CharField(required=False, max_length=20, label=_("Standard"))
    reason = forms.CharField(required=False, max_length=2_000, label=_("Reason, above an estimate"))
    price_1 = MoneyField(required=False, min_value=1, label=_("First price"))
    price_2 = MoneyField(required=False, min_value=1, label=_("Second price"))
    price_3 = MoneyField(required=False, min_value=1, label=_("Third price"))
    survey = forms.ModelChoiceField(
        Attachment.objects.none(), required=False, label=_("Paper of the survey")
    )
    PRICES: ClassVar = ("price_1", "price_2", "price_3")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        account: Any = self.fields["account"]
        account.allowed = self.proposal.measure.allowed_accounts
        survey: Any = self.fields["survey"]
        survey.queryset = self.proposal.attachments.order_by("name")

    @classmethod
    def values_of(cls, row: CostRow) -> dict[str, Any]:
        factors = [Factor(n, unit) for n, unit in zip(row.counts, row.units, strict=True)]
        prices = dict(zip(cls.PRICES, row.prices, strict=False))
        names = ("text", "account", "unit_cost", "standard", "reason")
        return {
            **{name: getattr(row, name) for name in names},
            "factors": factors,
            "survey": row.survey_id,
            "seen": row.version,
            **prices,
        }

    def values(self) -> dict[str, Any]:
        typed = self.cleaned_data
        factors: Sequence[Factor] = typed["factors"]
        return {
            "text": typed["text"],
            "account": typed["account"],
            "counts": [one.count for one in factors],
            "units": [one.unit for one in factors],
            "unit_cost": typed["unit_cost"] or 0,
            "standard": typed["standard"],
            "reason": typed["reason"],
            "prices": [typed[name] for name in self.PRICES if typed[name]],
            "survey": typed["survey"],
        }

    @staticmethod
    def standards_of(offered: Sequence[UnitCost], chosen: str) -> list[tuple[str, str, bool]]:
        """Return the items to choose from: as suggested, each suggested one, and none."""
        language = get_language() or "id"
        named = [(one.code, one.name.in_language(language)) for one in offered]
        if chosen not in ("", NO_ITEM, *dict(named)):
            named.append((chosen, chosen))
        choices = [("", str(_("as suggested"))), *named, (NO_ITEM, str(_("no item fits")))]
        return [(code, words, code == chosen) for code, words in choices]


def refuse_elsewhere(regency: forms.Field, proposal: Proposal) -> None:
    """Let a regency of another province get its own sentence."""
    regency.error_messages["invalid_choice"] = _(
        "This regency is not in %(province)s; choose one of its own."
    ) % {"province": proposal.province.name}


class PlaceForm(PartForm):
    """A regency, the place there, and how many come."""

    regency = forms.ModelChoiceField(Area.objects.none(), label=_("Regency"))
    site = forms.CharField(required=False, max_length=200, label=_("Site or address"))
    people = WholeField(min_value=1, max_value=100_000, label=_("Participants"))

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        regency: Any = self.fields["regency"]
        on = date(self.proposal.round.fiscal_year, 12, 31)
        inside = Area.objects.within(self.proposal.province, on).filter(level="regency")
        regency.queryset = inside.order_by("sort_key")
        refuse_elsewhere(regency, self.proposal)

    @staticmethod
    def values_of(place: Place) -> dict[str, Any]:
        return {
            "regency": place.regency_id,
            "site": place.site,
            "people": place.people,
            "seen": place.version,
        }


class GoodForm(PartForm):
    """Goods that come out and who receives them."""

    text = forms.CharField(max_length=200, label=_("Goods"))
    quantity = WholeField(min_value=1, max_value=100_000_000, label=_("Quantity"))
    unit = forms.CharField(max_length=40, label=_("Unit"))
    standard = forms.CharField(required=False, max_length=200, label=_("Standard or specification"))
    receiver = forms.ChoiceField(choices=Receiver.choices, label=_("Receiver"))
    receiver_note = forms.CharField(required=False, max_length=200, label=_("Which ones"))

    @staticmethod
    def values_of(good: ProposedGood) -> dict[str, Any]:
        names = ("text", "quantity", "unit", "standard", "receiver", "receiver_note")
        return {name: getattr(good, name) for name in names} | {"seen": good.version}


class SheetForm(FormBesideOthers):
    """An office's own cost plan (RAB)."""

    file = forms.FileField(label=_("Sheet of the cost plan"))


class AttachmentForm(FormBesideOthers):
    """A file that belongs to the proposal."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(
            {
                "data-largest": LARGEST_BYTES,
                "data-too-large": _("This file has more than 20 MB and cannot be attached."),
            }
        ),
    )
