"""What officers type about an activity, and what a funded proposal says of it."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.budget.models import SpendingUnit
from pulih.measures.models import Measure
from pulih.people.models import User
from pulih.people.permissions import Permission, holds
from pulih.proposals.models import Place, Proposal
from pulih.web import numbers
from pulih.web.versions import EditForm

from .forms import areas_of, day_field
from .models import Mode
from .reads.proposed import ProposedPlace, places_of

# States of a proposal whose money is set aside, from then on.
FUNDED = ("reserved", "scheduled", "running", "accounted")

MODES = {
    "offline": Mode.CLASSROOM,
    "online": Mode.ONLINE,
    "home_video": Mode.HOME,
    "mixed": Mode.MIXED,
}


class ActivityForm(EditForm, forms.Form):
    """A change of an activity; its area stays."""

    title = forms.CharField(max_length=160, label=_("Title"))
    measure = forms.ModelChoiceField(Measure.objects.none(), label=_("Measure"))
    mode = forms.ChoiceField(choices=Mode.choices, label=_("Way of teaching"))
    starts_on = day_field(label=_("First day"))
    ends_on = day_field(label=_("Last day"))
    decree_number = forms.CharField(
        max_length=60, required=False, label=_("Number of the decree that names the participants")
    )
    decree_on = day_field(required=False, label=_("Day of the decree"))
    unit = forms.ModelChoiceField(
        SpendingUnit.objects.none(), required=False, label=_("Spending unit that pays")
    )

    proposal = forms.ModelChoiceField(
        Proposal.objects.none(), required=False, label=_("Proposal that funds it"),
        help_text=_("One whose money is set aside."),
    )  # fmt: skip

    def __init__(self, by: User, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        if holds(by, Permission.SEE_PROPOSALS):
            funded = Proposal.objects.visible_to(by).filter(state__in=FUNDED)
            fields["proposal"].queryset = funded.order_by("number")
        else:
            del fields["proposal"]
        name = "name_en" if (get_language() or "id").startswith("en") else "name_indonesian"
        fields["measure"].queryset = Measure.objects.filter(is_active=True).order_by(name)
        if holds(by, Permission.SEE_BUDGET):
            fields["unit"].queryset = SpendingUnit.objects.visible_to(by).order_by("code")
        else:
            del fields["unit"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if bool(values.get("decree_number")) != bool(values.get("decree_on")):
            self.add_error(
                "decree_on", _("Give the decree's number and its day, or leave both blank.")
            )
        return values


class NewActivityForm(ActivityForm):
    """An activity that is not there yet: also whose it is."""

    is_edit = False

    area = forms.ModelChoiceField(
        Area.objects.none(), label=_("Area"), help_text=_("The whole province, or one regency.")
    )
    as_proposed = forms.BooleanField(
        required=False, label=_("Make its places, classes and goods as proposed"),
        help_text=_("Only with a proposal. What is made can be changed afterwards."),
    )  # fmt: skip
    places = forms.ModelMultipleChoiceField(
        Place.objects.none(), required=False, label=_("Its places"),
        help_text=_("Ticked are those that no activity of the proposal has yet."),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    field_order = ("title", "area", "measure")

    def __init__(
        self, by: User, *arguments: Any, proposal: Proposal | None = None, **named: Any
    ) -> None:
        super().__init__(by, *arguments, **named)
        fields: dict[str, Any] = self.fields
        self.funding, self.proposed = proposal, places_of(proposal) if proposal else []
        if self.proposed:
            self._offer_places(fields["places"])
        else:
            del fields["places"]
        fields["area"].queryset = areas_of(by, "province", "regency")
        if "proposal" not in fields:
            del fields["as_proposed"]

    def _offer_places(self, field: Any) -> None:
        """Offer the places of the proposal, ticked where no activity has them yet."""
        told = {one.place.pk: one for one in self.proposed}
        field.queryset = Place.objects.filter(pk__in=told).order_by("position", "pk")
        field.label_from_instance = lambda place: _named_place(told[place.pk])
        field.initial = [key for key, one in told.items() if one.taken_by is None]

    def clean(self) -> dict[str, Any]:
        """Take the ticked places only of the proposal that the page was opened for."""
        values = super().clean()
        ticked = values.pop("places", None)
        if self.proposed and values.get("proposal") == self.funding:
            values["places"] = [one.pk for one in ticked or ()]
        return values

    @classmethod
    def values_of(cls, proposal: Proposal, by: User) -> dict[str, Any]:
        """Return what a proposal says of its activity."""
        unit = SpendingUnit.objects.visible_to(by).filter(province=proposal.province_id)[:2]
        return {
            "title": proposal.title[:160],
            "area": proposal.province_id,
            "measure": proposal.measure_id,
            "mode": MODES.get(proposal.mode, ""),
            "starts_on": proposal.starts_on,
            "ends_on": proposal.ends_on,
            "unit": unit[0].pk if holds(by, Permission.SEE_BUDGET) and len(unit) == 1 else None,
            "proposal": proposal.pk,
            "as_proposed": True,
        }


def _named_place(one: ProposedPlace) -> str:
    regency = str(one.place.regency)
    place = one.name if one.name.startswith(regency) else f"{one.name}, {regency}"
    said = {"place": place, "people": numbers.whole(one.people)}
    if one.taken_by is None:
        return str(_("%(place)s: %(people)s people") % said)
    words = _("%(place)s: %(people)s people (has it already: %(activity)s)")
    return str(words % {**said, "activity": one.taken_by})
