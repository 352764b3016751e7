"""What offices type about makers. The same forms serve the pages and the API."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area, Level
from pulih.classifications import certificates
from pulih.people.models import User
from pulih.web.bounds import DayField, KeyField, RateField, WholeField
from pulih.web.columns import ColumnField
from pulih.web.forms import FormBesideOthers, NameField
from pulih.web.money_field import MoneyField
from pulih.web.versions import EditForm

from .models import BuyerKind, GroupKind, Product, Standard
from .rules.readiness import Term

LARGEST_ORDER = 10**7  # Units: more than the country makes of anything in a week.


def day_input() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, "%Y-%m-%d")


def product_field() -> "forms.ModelChoiceField[Product]":
    """Return a field that names a product; none is chosen before somebody chooses."""
    return forms.ModelChoiceField(
        Product.objects.none(), to_field_name="code", label=_("Product"),
        empty_label=_("choose one"),
    )  # fmt: skip


class CapacityForm(EditForm, forms.Form):
    """What a firm makes of a product, in the words of the trade."""

    product = product_field()
    words = forms.CharField(
        max_length=200,
        label=_("How much it can make"),
        help_text=_("Number, unit and period: 500 lembar/hari, 5 kodi/minggu, 2 ton/bulan."),
    )
    price = MoneyField(
        min_value=1,
        required=False,
        label=_("Price a unit, rupiah"),
        help_text=_("Without one, the usual price of the product is offered."),
    )
    lot = WholeField(min_value=1, max_value=LARGEST_ORDER, initial=1, label=_("Units a lot"))
    min_order = WholeField(
        min_value=1, max_value=LARGEST_ORDER, initial=1, label=_("Smallest order, units")
    )
    free_from = DayField(required=False, widget=day_input(), label=_("Free from"))

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        listed = Product.objects.filter(valid_to=None).order_by("name_indonesian")
        self.fields["product"].queryset = listed  # type: ignore[attr-defined]


class OwnCapacityForm(forms.Form):
    """What an owner says of one product on a phone: that it still holds, or how much it is now."""

    capacity = KeyField(label=_("Product"))
    words = forms.CharField(
        max_length=200,
        required=False,
        label=_("How much it can make"),
        help_text=_("Number, unit and period: 500 lembar/hari, 5 kodi/minggu, 2 ton/bulan."),
    )


class StandardField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A standard, told from that of another product: halal and PIRT hold for several."""

    def __init__(self, **named: Any) -> None:
        super().__init__(Standard.objects.none(), **named)

    def label_from_instance(self, one: Standard) -> str:
        return f"{one} · {one.product}"


def standards(**of: Any) -> Any:
    """Return the standards to choose from, each with its product."""
    listed = Standard.objects.filter(**of).order_by("code", "product__name_indonesian")
    return listed.select_related("product")


class CertificateForm(forms.Form):
    """A certificate that the office has seen."""

    kind = forms.ChoiceField(label=_("Kind"))
    standard = StandardField(
        required=False, label=_("Issued for the standard"), empty_label=_("none")
    )
    number = forms.CharField(max_length=80, label=_("Certificate number"))
    valid_from = DayField(required=False, widget=day_input(), label=_("From"))
    valid_to = DayField(
        required=False, widget=day_input(), label=_("Last day"), help_text=_("Blank: no end.")
    )
    file = forms.FileField(
        required=False, label=_("Scan or photo of it"),
        help_text=_("PDF, PNG or JPEG, at most 20 MB."),
    )  # fmt: skip

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        language = (get_language() or "id")[:2]
        kinds = [(one.code, one.name(language)) for one in certificates.LIST.entries]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["standard"].queryset = standards(valid_to=None)  # type: ignore[attr-defined]


class GroupForm(forms.Form):
    """A group with its hub."""

    name = NameField(max_length=120, label=_("Name"))
    kind = forms.ChoiceField(choices=GroupKind.choices, label=_("Kind"))
    regency = forms.ModelChoiceField(Area.objects.none(), label=_("Regency or city"))
    fee = MoneyField(min_value=0, initial=0, label=_("Fee a unit, rupiah"))
    min_order = WholeField(
        min_value=1, max_value=LARGEST_ORDER, initial=1, label=_("Smallest order, units")
    )
    valid_from = DayField(widget=day_input(), label=_("From"))

    def __init__(self, *arguments: Any, by: User | None = None, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["regency"].queryset = regencies(by)


class MemberForm(forms.Form):
    """A firm that joins a group."""

    enterprise = KeyField(label=_("Or the number of the firm"))
    since = DayField(widget=day_input(), label=_("From"))


class EndForm(forms.Form):
    """The day on which something ends."""

    on = DayField(widget=day_input(), label=_("Until before"))


class BuyerForm(forms.Form):
    """Who asks for goods."""

    name = NameField(max_length=120, label=_("Name"))
    kind = forms.ChoiceField(choices=BuyerKind.choices, label=_("Kind"))
    regency = forms.ModelChoiceField(Area.objects.none(), label=_("Regency or city"))
    person = forms.CharField(max_length=120, required=False, label=_("Person to ask"))
    phone = ColumnField("phone", required=False, label=_("Phone"))

    def __init__(self, *arguments: Any, by: User | None = None, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["regency"].queryset = regencies(by)


class NameForm(forms.Form):
    """The newest name of a buyer."""

    name = NameField(max_length=120, label=_("New name"))
    valid_from = DayField(widget=day_input(), label=_("From"))
    until = DayField(
        required=False,
        widget=day_input(),
        label=_("The old name until before"),
        help_text=_("Blank: both names hold, as while a Gugus Tugas became a Satgas."),
    )


class TermsForm(EditForm, forms.Form):
    """One version of a need's terms."""

    quantity = WholeField(min_value=1, max_value=LARGEST_ORDER, label=_("How many units"))
    due = DayField(widget=day_input(), label=_("Needed by"))
    place = forms.CharField(max_length=200, required=False, label=_("Place of delivery"))
    standard = StandardField(required=False, label=_("Standard"), empty_label=_("none"))
    max_price = MoneyField(
        min_value=1, required=False, label=_("Highest price a unit, delivered, rupiah")
    )
    min_order = WholeField(
        min_value=1, max_value=LARGEST_ORDER, initial=1, label=_("Smallest consignment, units")
    )
    max_suppliers = WholeField(
        min_value=1, max_value=1000, required=False, label=_("Most suppliers")
    )
    weight = forms.DecimalField(
        min_value=Decimal("0.01"),
        max_value=100,
        max_digits=5,
        decimal_places=2,
        initial=1,
        label=_("Weight against other needs"),
    )
    weight_reason = forms.CharField(max_length=200, required=False, label=_("Reason of the weight"))

    def __init__(self, *arguments: Any, product: Product | None = None, **named: Any) -> None:
        super().__init__(*arguments, **named)
        listed = standards(product=product) if product else standards()
        self.fields["standard"].queryset = listed  # type: ignore[attr-defined]


class NeedForm(TermsForm):
    """A need that is not there yet: also its product and where it is delivered."""

    is_edit = False

    product = product_field()
    regency = forms.ModelChoiceField(Area.objects.none(), label=_("Delivered to"))
    field_order = ("product", "quantity", "due", "regency")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        listed = Product.objects.filter(valid_to=None).order_by("name_indonesian")
        self.fields["product"].queryset = listed  # type: ignore[attr-defined]
        self.fields["regency"].queryset = regencies()  # type: ignore[attr-defined]


class BuyingForm(forms.Form):
    """What a buyer asks for on a phone: three answers are enough."""

    product = product_field()
    quantity = WholeField(min_value=1, max_value=LARGEST_ORDER, label=_("How many units"))
    due = DayField(widget=day_input(), label=_("Needed by"))
    place = forms.CharField(max_length=200, required=False, label=_("Place of delivery"))
    standard = StandardField(required=False, label=_("Standard"), empty_label=_("none"))
    max_price = MoneyField(
        min_value=1, required=False, label=_("Highest price a unit, delivered, rupiah")
    )
    min_order = WholeField(
        min_value=1, max_value=LARGEST_ORDER, initial=1, label=_("Smallest consignment, units")
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        listed = Product.objects.filter(valid_to=None).order_by("name_indonesian")
        self.fields["product"].queryset = listed  # type: ignore[attr-defined]
        self.fields["standard"].queryset = standards(valid_to=None)  # type: ignore[attr-defined]


class ReadinessForm(forms.Form):
    """Terms of the questionnaire, each told yes or no, or left out."""

    def __init__(self, terms: Iterable[Term], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        is_english = (get_language() or "id").startswith("en")
        for term in terms:
            self.fields[term.key] = forms.ChoiceField(
                choices=(("yes", _("Yes")), ("no", _("No"))),
                widget=forms.RadioSelect,
                required=False,
                label=term.text_en if is_english else term.text_id,
            )


class SaleForm(forms.Form):
    """One sale abroad."""

    sold_on = DayField(widget=day_input(), label=_("Sold on"))
    destination = forms.RegexField(
        "^[A-Z]{2}$", max_length=2, label=_("Destination, two letters such as JP")
    )
    hs = forms.RegexField(r"^\d{4,6}$", max_length=6, label=_("HS code, 4 to 6 digits"))
    value = RateField(min_value=Decimal("0.01"), max_digits=16, decimal_places=2, label=_("Value"))
    currency = forms.RegexField(
        "^[A-Z]{3}$", max_length=3, initial="USD", label=_("Currency, such as USD")
    )
    rate = RateField(
        min_value=Decimal("0.0001"), max_digits=14, decimal_places=4, label=_("Rupiah for one")
    )
    rate_on = DayField(widget=day_input(), label=_("Rate of"))
    through = forms.CharField(
        max_length=120,
        required=False,
        label=_("Through whom"),
        help_text=_("Blank: the firm sold directly."),
    )


class AnswerForm(forms.Form):
    """A button without words of its own."""


class ReasonForm(forms.Form):
    """Why something ends."""

    reason = forms.CharField(
        max_length=200, label=_("Reason"),
        error_messages={"required": _("Say why: the reason is kept with it.")},
    )  # fmt: skip


class RunForm(forms.Form):
    """What can be turned in a match. area: one that `by` works for; blank is the widest of them."""

    title = forms.CharField(max_length=120, label=_("Title"))
    product = forms.ModelChoiceField(
        Product.objects.none(), to_field_name="code", required=False, label=_("Product"),
        empty_label=_("every product"),
    )  # fmt: skip
    area = forms.ModelChoiceField(
        Area.objects.none(), required=False, label=_("Needs of the area"),
        empty_label=_("all that you work for"),
    )  # fmt: skip
    firm_share = WholeField(
        min_value=1, max_value=100, required=False, label=_("Most of a product for one firm, %")
    )
    regency_share = WholeField(
        min_value=1, max_value=100, required=False, label=_("Most of a product for one regency, %")
    )
    full_weeks = WholeField(
        min_value=1, max_value=52, initial=2, label=_("Weeks of work that help a firm fully")
    )
    tolerance = WholeField(
        min_value=0,
        max_value=50,
        initial=0,
        label=_("Filling that may be given up for more work, %"),
    )
    work_tolerance = WholeField(
        min_value=0,
        max_value=50,
        initial=0,
        required=False,
        label=_("Work for the hardest hit that may be given up for lower cost, %"),
    )
    time_limit = WholeField(min_value=5, max_value=300, initial=20, label=_("Seconds at most"))

    def __init__(self, by: User, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        fields: dict[str, Any] = self.fields
        fields["product"].queryset = Product.objects.order_by("name_indonesian")
        areas = Area.objects.filter(level__in=(Level.PROVINCE, Level.REGENCY), valid_to=None)
        sight = by.sight
        own = areas if sight.country else areas.filter(pk__in=sight.provinces | sight.regencies)
        fields["area"].queryset = own.order_by("level", "sort_key")

    def clean_work_tolerance(self) -> int:
        """Take nothing for none: programs need not send it."""
        return int(self.cleaned_data["work_tolerance"] or 0)


class OrderAnswerForm(forms.Form):
    """Whether a supplier takes an order; who declines says why."""

    answer = forms.ChoiceField(
        choices=(("accept", _("Accept")), ("decline", _("Decline"))), label=_("Answer")
    )
    reason = forms.CharField(max_length=200, required=False, label=_("Reason"))


class FewerForm(FormBesideOthers):
    """How many units of an offer a supplier takes, and why not all."""

    quantity = WholeField(min_value=1, max_value=LARGEST_ORDER, label=_("Units I can make"))
    reason = forms.CharField(max_length=200, required=False, label=_("Why not all?"))


class SendForm(FormBesideOthers):
    """How many units left the supplier."""

    quantity = WholeField(min_value=1, max_value=LARGEST_ORDER, label=_("Units sent"))


class ReceiptForm(FormBesideOthers):
    """What came, and by which name it was signed for."""

    received_on = DayField(widget=day_input(), label=_("Came on"))
    receiver = forms.CharField(max_length=120, label=_("Received by"))
    good = WholeField(min_value=0, max_value=LARGEST_ORDER, label=_("Good units"))
    refused = WholeField(min_value=0, max_value=LARGEST_ORDER, initial=0, label=_("Refused units"))
    reason = forms.CharField(max_length=200, required=False, label=_("Why refused"))


def regencies(by: User | None = None) -> Any:
    """Return the regencies and cities of today, those in sight of `by` where one is named."""
    areas = Area.objects.filter(level=Level.REGENCY, valid_to=None).order_by("sort_key")
    if by is None or by.sight.country:
        return areas
    return areas.filter(pk__in=by.sight.regencies)
