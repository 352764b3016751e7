"""A form that is stale says which fields are not what its person typed, and no other."""

from datetime import date, timedelta
from decimal import Decimal

from django import forms
from hypothesis import given
from hypothesis import strategies as st

from pulih.web.bounds import DayField
from pulih.web.money_field import MoneyField
from pulih.web.versions import FIELD, EditForm

MEANS = (("bus", "By bus"), ("boat", "By boat"))


class Trip(EditForm, forms.Form):
    anew = ("reason",)
    title = forms.CharField(label="Title")
    price = MoneyField(label="Price")
    day = DayField(label="Day")
    share = forms.DecimalField(label="Share", decimal_places=2)
    means = forms.ChoiceField(choices=MEANS, label="Means")
    is_open = forms.BooleanField(required=False, label="Open")
    reason = forms.CharField(required=False, label="Reason")


trips = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["Pagi", "Sore"]),
        "price": st.sampled_from([1_000, 2_500_000]),
        "day": st.sampled_from([date(2020, 6, 15) + timedelta(days) for days in range(2)]),
        "share": st.sampled_from([Decimal("1.50"), Decimal("2")]),
        "means": st.sampled_from([key for key, _ in MEANS]),
        "is_open": st.booleans(),
    }
)


def sent(read, typed, now):
    """Send what was typed over the values `read`, when `now` stands."""
    data = {**typed, "reason": "Begitu.", FIELD: Trip(initial=read).version}
    return Trip({k: str(v) for k, v in data.items() if v is not False}, initial=now)


@given(trips, trips, trips)
def test_it_is_told_of_what_differs_from_now_and_only_when_now_is_another(read, typed, now):
    form = sent(read, typed, now)
    other = {name for name in now if now[name] != typed[name]}
    stale = read != now and bool(other)
    labels = {form.fields[name].label for name in other}
    assert form.is_valid() is not stale
    assert {one.label for one in form.differing} == (labels if stale else set())


@given(trips, trips, trips)
def test_sent_again_it_is_taken(read, typed, now):
    form = sent(read, typed, now)
    form.is_valid()
    again = Trip({**form.data, FIELD: form.version}, initial=now)
    assert again.is_valid()


def test_both_values_are_in_the_words_of_the_page():
    read = {"title": "a", "price": 1, "day": date(2020, 6, 15), "share": 1, "means": "bus"}
    typed = {**read, "price": 2_500_000, "means": "boat", "day": date(2020, 6, 16)}
    form = sent(read, typed, {**read, "price": 1_000, "is_open": True})
    form.is_valid()
    assert [(one.stored, one.typed) for one in form.differing] == [
        ("1.000", "2.500.000"),
        ("15 Jun 2020", "16 Jun 2020"),
        ("By bus", "By boat"),
        ("ya", "tidak"),
    ]


def test_what_is_wrong_otherwise_keeps_the_version_that_was_read():
    read = {"title": "a", "price": 1, "day": date(2020, 6, 15), "share": 1, "means": "bus"}
    form = sent(read, {**read, "title": ""}, {**read, "price": 2})
    assert not form.is_valid()
    assert form.version == Trip(initial=read).version
