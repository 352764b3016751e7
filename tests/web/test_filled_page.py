"""A page gives every field of a form what was typed before, and changes nothing else."""

from django import forms
from hypothesis import given
from hypothesis import strategies as st

from pulih.web.filled_page import filled
from tests.forms import forms_of

texts = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=12)
lines = texts.map(lambda text: text.replace("\n", " "))
BEFORE = '<main><form method="get"><input name="title"></form>'


class Trip(forms.Form):
    title = forms.CharField()
    note = forms.CharField(widget=forms.Textarea)
    means = forms.ChoiceField(choices=[("bus", "Bus"), ("boat", 'Boat "A" > B')])
    way = forms.ChoiceField(choices=[("there", "T"), ("back", "B")], widget=forms.RadioSelect)
    days = forms.MultipleChoiceField(
        choices=[("mon", "M"), ("tue", "T")], widget=forms.CheckboxSelectMultiple
    )
    is_open = forms.BooleanField()
    key = forms.CharField(widget=forms.HiddenInput)


trips = st.fixed_dictionaries(
    {"title": lines, "note": texts, "means": st.sampled_from(["bus", "boat"]), "key": lines},
    optional={
        "way": st.sampled_from(["there", "back"]),
        "days": st.lists(st.sampled_from(["mon", "tue"]), min_size=1, unique=True).map(sorted),
        "is_open": st.just("on"),
    },
)


def drawn(values, action="/trips/"):
    form = Trip(initial=values)
    return f'<form method="post" action="{action}">{form.as_p()}<button name="go">x</button></form>'


def lists(values):
    return {key: one if isinstance(one, list) else [one] for key, one in values.items()}


@given(trips, trips)
def test_a_filled_form_would_send_what_was_typed(stored, typed):
    page = f"{BEFORE}{drawn(stored)}<p>é &amp; <b>title</b></p></main>"
    found, _at, rest = filled(page, "/page/", "/trips/", lists(typed), left=())
    assert forms_of(found)[0].values == lists(typed)
    assert rest == []
    assert found.startswith(BEFORE)
    assert found.endswith("<p>é &amp; <b>title</b></p></main>")


@given(trips)
def test_of_several_forms_to_one_address_the_one_with_its_hidden_values_is_filled(typed):
    rows = [drawn({"key": key, "title": "old"}) for key in ("a", "b", "c")]
    found, _at, _rest = filled("".join(rows), "/", "/trips/", lists({**typed, "key": "b"}), left=())
    assert [one.values["title"][0] for one in forms_of(found)] == ["old", typed["title"], "old"]


def test_what_finds_no_field_is_given_back():
    typed = {"title": ["a"], "row_9": ["typed", ""], "go": ["1"], "token": ["x"]}
    _page, _at, rest = filled(drawn({}), "/trips/", "/trips/", typed, left=("token",))
    assert rest == ["typed"]
    assert filled(drawn({}), "/", "/elsewhere/", typed, left=()) is None


def test_no_password_is_filled():
    page = '<form method="post" action=""><input type="password" name="secret"></form>'
    found, _at, _rest = filled(page, "/p/", "/p/", {"secret": ["x"]}, left=())
    assert found == page
