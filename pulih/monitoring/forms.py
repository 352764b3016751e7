"""What people type about reports. The same forms serve the pages and the API."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from pulih.web.bounds import DayField, WholeField, YearField
from pulih.web.versions import EditForm
from pulih.web.words import say

from .actions import NoteGiven, ProgressGiven, TargetGiven
from .fields import FigureField, ThousandField
from .models import AccountNote
from .models.office import Role
from .models.typed import QUARTERS
from .rules import bounds
from .rules.facts import Around, Part
from .rules.thousands import THOUSAND


def _words(size: int, **options: Any) -> forms.CharField:
    field = forms.CharField(max_length=size, **options)
    field.widget.attrs["class"] = "form-control"
    return field


class PartForm(forms.Form):
    """A form about one output, which it names itself."""

    programme = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    activity = forms.CharField(max_length=4, widget=forms.HiddenInput)
    output = forms.CharField(max_length=7, widget=forms.HiddenInput)

    @property
    def part(self) -> Part:
        values = self.cleaned_data
        return Part(values["programme"], values["activity"], values["output"])


class TargetForm(EditForm, PartForm):
    """The target of an output. Plans in thousand rupiah and percent, cumulative by quarter."""

    name = _words(200, required=False, label=_("Name of the output"))
    indicator = _words(200, label=_("Output indicator"))
    measured_in = _words(40, label=_("Measured in"))
    volume = FigureField(label=_("Target volume of the year"))
    planned_1 = ThousandField(label=_("Money to quarter I, thousand rupiah"))
    planned_2 = ThousandField(label=_("Money to quarter II, thousand rupiah"))
    planned_3 = ThousandField(label=_("Money to quarter III, thousand rupiah"))
    planned_4 = ThousandField(label=_("Money to quarter IV, thousand rupiah"))
    physical_1 = FigureField(required=False, max_value=100, label=_("Work to quarter I, %"))
    physical_2 = FigureField(required=False, max_value=100, label=_("Work to quarter II, %"))
    physical_3 = FigureField(required=False, max_value=100, label=_("Work to quarter III, %"))
    physical_4 = FigureField(required=False, max_value=100, label=_("Work to quarter IV, %"))

    def __init__(self, *arguments: Any, ceiling: int, **named: Any) -> None:
        """ceiling: of the output, in rupiah; plans are held against it."""
        super().__init__(*arguments, **named)
        self.ceiling = ceiling

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for quarter in QUARTERS:
            name = f"planned_{quarter}"
            rupiah = values.get(name)
            if rupiah is not None:
                is_whole = quarter == QUARTERS[-1]
                thousand = rupiah // THOUSAND
                fault = bounds.plan_fault(thousand, self.ceiling, is_whole_year=is_whole)
                if fault:
                    self.add_error(name, say(fault))
        for kind in ("planned", "physical"):
            typed = tuple(values.get(f"{kind}_{quarter}") for quarter in QUARTERS)
            if fault := bounds.falling_fault(typed):
                self.add_error(f"{kind}_{bounds.falling_at(typed)}", say(fault))
        volume = values.get("volume")
        if volume is not None and (fault := bounds.target_fault(volume, self.ceiling)):
            self.add_error("volume", say(fault))
        return values

    def given(self) -> TargetGiven:
        values = self.cleaned_data
        return TargetGiven(
            self.part,
            values["name"],
            values["indicator"],
            values["measured_in"],
            values["volume"],
            (values["planned_1"], values["planned_2"], values["planned_3"], values["planned_4"]),
            (
                values["physical_1"],
                values["physical_2"],
                values["physical_3"],
                values["physical_4"],
            ),
        )

    @property
    def by_quarter(self) -> list[tuple[Any, Any]]:
        """The fields of money and work, quarter by quarter."""
        return [(self[f"planned_{n}"], self[f"physical_{n}"]) for n in QUARTERS]


class ProgressForm(PartForm):
    """What an output reached, cumulative."""

    volume = FigureField(required=False, label=_("Volume reached"))
    physical = FigureField(required=False, label=_("Work done, %"))
    remark = _words(200, required=False, label=_("Remark"))

    def __init__(
        self,
        *arguments: Any,
        target: Decimal | None = None,
        around: Around | None = None,
        **named: Any,
    ) -> None:
        """target, and `around` of other quarters: what the typed figures are held against."""
        super().__init__(*arguments, **named)
        self.target, self.around = target, around or Around()

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        near = self.around
        if values.get("physical") is not None:
            fault = bounds.progress_fault(
                values["physical"], near.physical_before, near.physical_after
            )
            if fault:
                self.add_error("physical", say(fault))
        if values.get("volume") is not None:
            fault = bounds.volume_fault(
                values["volume"], self.target, near.volume_before, near.volume_after
            )
            if fault:
                self.add_error("volume", say(fault))
        return values

    @property
    def is_blank(self) -> bool:
        values = self.cleaned_data
        return values["volume"] is None and values["physical"] is None and not values["remark"]

    def given(self) -> ProgressGiven:
        values = self.cleaned_data
        return ProgressGiven(self.part, values["volume"], values["physical"], values["remark"])


class NoteForm(forms.Form):
    """What hampered an activity."""

    programme = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    activity = forms.CharField(max_length=4, widget=forms.HiddenInput)
    obstacle = forms.CharField(
        required=False,
        max_length=1000,
        label=_("Obstacle met"),
        widget=forms.Textarea({"rows": 2, "class": "form-control"}),
    )
    follow_up = forms.CharField(
        required=False,
        max_length=1000,
        label=_("Follow-up needed"),
        widget=forms.Textarea({"rows": 2, "class": "form-control"}),
    )
    helper = _words(200, required=False, label=_("Party expected to help"))

    def given(self) -> NoteGiven:
        return NoteGiven(**self.cleaned_data)


class AccountNotesForm(EditForm, forms.Form):
    """What the notes of the LRA say beside the ledger: of each spending type, and other matters."""

    def __init__(self, *arguments: Any, types: Mapping[str, str], **named: Any) -> None:
        """types: the spending types of the unit, by their two figures."""
        super().__init__(*arguments, **named)
        names: dict[str, Any] = {**types, AccountNote.OTHER: _("Other matters")}
        for code, name in names.items():
            self.fields[f"about_{code}"] = forms.CharField(
                required=False,
                max_length=2000,
                label=name,
                widget=forms.Textarea({"rows": 3, "class": "form-control"}),
            )

    def given(self) -> dict[str, str]:
        """Return what was typed, by what it is about."""
        return {name.removeprefix("about_"): text for name, text in self.cleaned_data.items()}


class GeneralForm(EditForm, forms.Form):
    """The head of a year's forms."""

    dipa_number = forms.CharField(required=False, max_length=60, label=_("Number of the DIPA"))
    dipa_date = DayField(
        required=False,
        label=_("Date of the DIPA"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )
    location = forms.CharField(required=False, max_length=120, label=_("Location"))


class HeadingForm(EditForm, forms.Form):
    """The name of a programme or activity, and the outcome it is measured by."""

    programme = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    activity = forms.CharField(required=False, max_length=4, widget=forms.HiddenInput)
    name = forms.CharField(max_length=200, label=_("Name"))
    function = forms.CharField(required=False, max_length=120, label=_("Function and sub-function"))
    indicator = forms.CharField(required=False, max_length=200, label=_("Outcome indicator"))
    measured_in = forms.CharField(required=False, max_length=40, label=_("Measured in"))
    volume = FigureField(required=False, label=_("Target"))


class ForeignFundForm(EditForm, forms.Form):
    """The number of the loan or grant that pays an activity."""

    programme = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    activity = forms.CharField(max_length=4, widget=forms.HiddenInput)
    fund_source = forms.CharField(max_length=8, widget=forms.HiddenInput)
    number = forms.CharField(required=False, max_length=60, label=_("Number of the loan or grant"))


class SignatoryForm(forms.Form):
    """Who signs."""

    role = forms.ChoiceField(choices=Role.choices, label=_("Role"))
    name = forms.CharField(max_length=120, label=_("Name"))
    nip = forms.CharField(
        required=False,
        label="NIP",
        validators=[RegexValidator(r"^\d{18}$", _("A NIP has 18 figures."))],
    )
    post = forms.CharField(max_length=160, label=_("Post, as it stands under the signature"))
    place = forms.CharField(max_length=80, label=_("Place of signing"))
    valid_from = DayField(
        label=_("Signs from"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def __init__(self, *arguments: Any, is_consolidated: bool, **named: Any) -> None:
        """is_consolidated: whether a planning agency adds up the unit's reports."""
        super().__init__(*arguments, **named)
        if not is_consolidated:
            roles = [one for one in Role.choices if one[0] != Role.HEAD_OF_PLANNING]
            self.fields["role"].choices = roles  # type: ignore[attr-defined]


class FileForm(forms.Form):
    """Filing a report; a reason where it corrects an earlier version."""

    reason = forms.CharField(required=False, max_length=300, label=_("Why it is corrected"))

    def __init__(self, *arguments: Any, is_correction: bool = False, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["reason"].required = is_correction


class DispatchForm(forms.Form):
    """When a filing went to a recipient, and the receipt."""

    letter_number = forms.CharField(
        required=False, max_length=80, label=_("Number of the covering letter")
    )
    sent_on = DayField(
        required=False, label=_("Sent on"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    receipt_number = forms.CharField(
        required=False, max_length=80, label=_("Number of the receipt")
    )
    received_on = DayField(
        required=False,
        label=_("Received on"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )


class BoardFilter(forms.Form):
    """Which quarter the board shows, and which duties."""

    year = YearField(required=False)
    quarter = WholeField(required=False, min_value=1, max_value=4)
    chain = forms.CharField(required=False, max_length=20)
    only = forms.ChoiceField(
        required=False,
        choices=[
            ("", _("All duties")),
            ("late", _("Late")),
            ("waiting", _("Not filed yet")),
            ("filed", _("Filed")),
        ],
    )
