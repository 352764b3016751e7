"""What officers type about activities. Pages and programs use the same forms."""

import re
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.market.models import Order
from pulih.people.models import User
from pulih.web import numbers
from pulih.web.bounds import DayField, WholeField
from pulih.web.forms import FormBesideOthers, NameField
from pulih.web.money_field import MoneyField
from pulih.web.versions import EditForm

from .models import (
    AbsenceReason,
    Activity,
    Cohort,
    Item,
    MoveKind,
    Participant,
    Presence,
    Receiver,
    ReceiverKind,
    Session,
    Sex,
    Site,
)
from .models.activities import MOST_LESSON_HOURS, MOST_PLACES
from .rules.goods import BY_HAND, LARGEST_QUANTITY


def day_field(**named: Any) -> DayField:
    return DayField(widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), **named)


def areas_of(person: User, *levels: str) -> Any:
    """Return the areas of these levels within a person's sight."""
    areas = Area.objects.filter(level__in=levels).order_by("level", "sort_key")
    sight = person.sight
    return areas if sight.country else areas.filter(pk__in=sight.provinces | sight.regencies)


class SiteForm(FormBesideOthers):
    regency = forms.ModelChoiceField(Area.objects.none(), label=_("Regency or city"))
    name = NameField(max_length=120, label=_("Name of the place"))
    address = forms.CharField(max_length=200, required=False, label=_("Address"))

    def __init__(self, by: User, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["regency"].queryset = areas_of(by, "regency")


class ChangeCohortForm(EditForm, FormBesideOthers):
    name = forms.CharField(max_length=80, label=_("Name of the class"))
    places = WholeField(min_value=1, max_value=MOST_PLACES, label=_("Places"))


class CohortForm(ChangeCohortForm):
    """A new class, and where it meets."""

    site = forms.ModelChoiceField(Site.objects.none(), label=_("Training place"))
    field_order = ("site", "name", "places")

    def __init__(self, sites: Any, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["site"].queryset = sites


class SessionForm(FormBesideOthers):
    day = day_field(label=_("Day"))
    starts_at = forms.TimeField(
        label=_("Begins at"), widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    lesson_hours = WholeField(
        min_value=1,
        max_value=MOST_LESSON_HOURS,
        label=_("Lesson hours (JP)"),
        help_text=_("Of 45 minutes, without the breaks."),
    )
    subject = forms.CharField(max_length=160, label=_("Subject"))
    video = forms.URLField(
        max_length=300,
        required=False,
        assume_scheme="https",
        label=_("Address of the video meeting"),
    )
    in_every_class = forms.BooleanField(
        required=False, label=_("In every class of this activity"),
        help_text=_("But those that have a session at that hour."),
    )  # fmt: skip


class PersonForm(EditForm, forms.Form):
    """A person; an empty NIK keeps the one that is stored."""

    name = NameField(max_length=120, label=_("Name"))
    regency = forms.ModelChoiceField(Area.objects.none(), label=_("Regency or city"))
    village = forms.CharField(max_length=80, required=False, label=_("Village"))
    nik = forms.CharField(
        required=False, label="NIK", validators=[RegexValidator(r"^\d{16}$", _("16 digits."))]
    )
    sex = forms.ChoiceField(choices=Sex.choices, label=_("Sex"))
    has_disability = forms.BooleanField(required=False, label=_("Has a disability"))
    is_laid_off = forms.BooleanField(required=False, label=_("Laid off or sent home"))
    phone = forms.RegexField(
        r"^\+?[\d\s\-]{6,20}$", required=False, max_length=20, label=_("Phone")
    )
    nib = forms.RegexField(
        r"^\d{13}$",
        required=False,
        label=_("NIB of the person's firm"),
        error_messages={"invalid": _("A NIB has 13 digits.")},
    )
    why = forms.CharField(
        max_length=200, required=False, label=_("Why the stored NIK is wrong"),
        help_text=_(
            "Only where the person holds a seat by it: the NIK then changes once a second officer "
            "writes the same number here."
        ),
    )  # fmt: skip

    def __init__(self, by: User, *arguments: Any, holds_a_seat: bool = False, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["regency"].queryset = areas_of(by, "regency")
        if not holds_a_seat:
            del fields["why"]


class RosterForm(FormBesideOthers):
    people = forms.CharField(
        max_length=200_000,
        label=_("List of people"),
        help_text=_(
            "One person a line, copied from a sheet: name, NIK, L or P, village, disability, "
            "laid off. A first line of headings may give another order."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class CorrectionForm(FormBesideOthers):
    """What is right about one person and session. Both keys come with the page's buttons."""

    session = forms.ModelChoiceField(Session.objects.none(), label=_("Session"))
    participant = forms.ModelChoiceField(Participant.objects.none(), label=_("Participant"))
    presence = forms.ChoiceField(choices=Presence.choices, label=_("What is right"))
    reason = forms.ChoiceField(
        choices=[("", "–"), *AbsenceReason.choices], required=False, label=_("Why absent")
    )
    why = forms.CharField(max_length=200, label=_("How the office knows"))

    def __init__(self, cohort: Cohort, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["session"].queryset = cohort.sessions.order_by("day", "starts_at")
        seats = cohort.participants.seated().select_related("person").order_by("number")
        fields["participant"].queryset = seats
        fields["participant"].label_from_instance = lambda seat: f"{seat.number}. {seat.person}"


class ItemForm(FormBesideOthers):
    name = NameField(max_length=120, label=_("Name"))
    unit = NameField(max_length=20, label=_("Unit"))
    standard = forms.CharField(
        max_length=80,
        required=False,
        label=_("Standard of the product"),
        help_text=_("Such as SNI 8914:2020; blank where there was none yet."),
    )


class MoveForm(FormBesideOthers):
    """A move that an office enters by hand."""

    item = forms.ModelChoiceField(Item.objects.none(), label=_("Goods item"))
    kind = forms.ChoiceField(
        choices=[one for one in MoveKind.choices if one[0] in BY_HAND], label=_("What happened")
    )
    quantity = WholeField(min_value=1, max_value=LARGEST_QUANTITY, label=_("Quantity"))
    day = day_field(label=_("Day"))
    payment = forms.CharField(max_length=40, required=False, label=_("SP2D that paid for it"))
    value = MoneyField(min_value=1, required=False, label=_("Amount paid, rupiah"))
    reason = forms.CharField(max_length=200, required=False, label=_("Why"))

    def __init__(self, items: Any, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["item"].queryset = items

    def clean_value(self) -> int:
        return self.cleaned_data["value"] or 0


class SignerForm(FormBesideOthers):
    """Who signs for a side, and where."""

    name = NameField(max_length=120, label=_("Name of who signs"))
    post = forms.CharField(max_length=120, label=_("Post of the signer"))
    place = forms.CharField(max_length=120, label=_("Place of signing"))


class OrderField(forms.CharField):
    """The number of an order of the market, PSN-12 or 12, whose goods are handed over.

    by: who hands over; only orders of makers within reach can be named.
    """

    by: User
    widget = forms.TextInput({"list": "orders", "placeholder": "PSN-…"})

    def clean(self, value: Any) -> Order | None:
        said = super().clean(value)
        if not said:
            return None
        written = re.fullmatch(r"(?:PSN-)?([0-9]{1,15})", said, re.IGNORECASE)
        found: Order | None = (
            Order.objects.to_hand_over(self.by).filter(pk=int(written[1])).first()
            if written
            else None
        )
        if found is None:
            raise forms.ValidationError(
                _("No goods of an order with this number wait. Look it up under Orders.")
            )
        return found


class GiverForm(SignerForm):
    """The giver signs at once, or by a link: then name, post and place stay blank."""

    SIGNER = ("name", "post", "place")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name in self.SIGNER:
            self.fields[name].required = False
        self.fields["name"].help_text = _(
            "Leave name, post and place blank where the giver signs by a link."
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if any(values.get(name) for name in self.SIGNER):
            for name in self.SIGNER:
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, _("Give name, post and place, or leave all three blank."))
        return values


class SendForm(GiverForm):
    """A hand-over as the office sends it."""

    item = forms.ModelChoiceField(Item.objects.none(), label=_("Goods item"))
    number = forms.CharField(max_length=60, label=_("Number of the BAST"))
    receiver = forms.ModelChoiceField(Receiver.objects.none(), label=_("Receiver"))
    quantity = WholeField(min_value=1, max_value=LARGEST_QUANTITY, label=_("Sent"))
    sent_on = day_field(label=_("Sent on"))
    order = OrderField(required=False, label=_("For the order"))
    field_order = ("number", "item", "quantity", "receiver", "sent_on", "order")

    def __init__(self, by: User, activity: Activity, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["item"].queryset = activity.items.order_by("name")
        fields["order"].by = by
        there = Receiver.objects.visible_to(by)
        fields["receiver"].queryset = there.order_by(F("valid_to").desc(nulls_first=True), "name")
        fields["receiver"].label_from_instance = _named_receiver


def _named_receiver(receiver: Receiver) -> str:
    if receiver.valid_to is None:
        return receiver.name
    name, last = receiver.name, numbers.day(receiver.valid_to)
    return str(_("%(name)s (until before %(last)s)") % {"name": name, "last": last})


class ConfirmForm(SignerForm):
    """What the receiver counted."""

    received = WholeField(min_value=0, max_value=LARGEST_QUANTITY, label=_("Counted"))
    received_on = day_field(label=_("Received on"))
    came_back = WholeField(
        min_value=0, max_value=LARGEST_QUANTITY, initial=0, label=_("Of the difference, came back")
    )
    reason = forms.CharField(max_length=200, required=False, label=_("Reason of the difference"))
    field_order = ("received", "came_back", "reason", "received_on")


class RecountForm(FormBesideOthers):
    """What the receiver counted after all, and why the first count was wrong."""

    received = WholeField(min_value=0, max_value=LARGEST_QUANTITY, label=_("Counted after all"))
    came_back = WholeField(
        min_value=0, max_value=LARGEST_QUANTITY, initial=0, label=_("Of the difference, came back")
    )
    reason = forms.CharField(max_length=200, required=False, label=_("Reason of the difference"))
    why = forms.CharField(max_length=200, label=_("Why the first count was wrong"))
    name = NameField(max_length=120, label=_("Who of the receiver agreed"))
    post = forms.CharField(max_length=120, label=_("That person's post"))


class ReceiverForm(FormBesideOthers):
    kind = forms.ChoiceField(choices=ReceiverKind.choices, label=_("Kind"))
    name = NameField(max_length=160, label=_("Name"))
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Area"))
    address = forms.CharField(max_length=200, required=False, label=_("Address"))
    valid_from = day_field(label=_("Has this name from"))
    valid_to = day_field(required=False, label=_("Until before"))

    def __init__(self, by: User, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["area"].queryset = areas_of(by, "province", "regency")


class LinkForm(FormBesideOthers):
    holder = forms.CharField(max_length=120, label=_("Who gets the link"))


class EndLinkForm(forms.Form):
    reason = forms.CharField(max_length=200, label=_("Why"))


class LeavingForm(FormBesideOthers):
    number = WholeField(min_value=1, max_value=32_767, label=_("Number in the list"))
    left_on = day_field(label=_("Left on"))
    reason = forms.CharField(max_length=200, label=_("Why"))
