"""What was typed while signed out comes back to who typed it, and is not sent by itself."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from pulih.people.models import SignIn
from pulih.workflow.sending import FIELD
from pulih.workflow.typed_again import KEPT
from tests.forms import forms_of
from tests.make import delivery as make
from tests.people import cast

pytestmark = pytest.mark.django_db
NAME = 'Kelas <siang> & "sore"'


class Tab:
    """A page of a class, opened while its officer was signed in; then the session ends."""

    def __init__(self):
        self.officer, self.cohort = cast.provincial_officer(), make.cohort()
        self.client = Client()
        self.client.force_login(self.officer)
        self.page = reverse("delivery:cohort", args=[self.cohort.pk])
        self.form = self.edited()
        self.client.logout()

    def edited(self):
        found = forms_of(self.client.get(self.page).content.decode())
        return next(form for form in found if form.version)

    def send(self, **more):
        typed = {**self.form.values, "name": NAME, **more}
        return self.client.post(self.form.action, typed, headers={"Referer": self.here})

    @property
    def here(self):
        return f"http://testserver{self.page}"

    def name(self):
        self.cohort.refresh_from_db()
        return self.cohort.name


@pytest.fixture
def tab():
    return Tab()


def test_it_stands_in_the_form_again_and_waits_for_the_button(tab):
    before, answer = tab.name(), tab.send()
    address = urlsplit(answer.headers["Location"])
    assert address.path == reverse("account_login")
    assert parse_qs(address.query) == {"next": [tab.page]}
    tab.client.force_login(tab.officer)
    form = tab.edited()
    assert form.values["name"] == [NAME]
    assert form.values[FIELD] != tab.form.values[FIELD]
    assert tab.name() == before
    assert tab.client.post(form.action, form.values).status_code == 303
    assert tab.name() == NAME
    assert tab.edited().version != form.version
    assert KEPT not in tab.client.session


def test_another_person_who_signs_in_gets_nothing_of_it(tab):
    tab.send()
    tab.client.force_login(cast.planner())
    assert tab.edited().values["name"] == [tab.name()]
    tab.client.force_login(tab.officer)
    assert tab.edited().values["name"] == [tab.name()]


@pytest.mark.parametrize("key", ["", "a" * 16, f"{'a' * 16}.1.{'0' * 24}"])
def test_nothing_is_kept_of_a_form_that_was_drawn_for_nobody(tab, key):
    before = SignIn.objects.count()
    tab.send(**{FIELD: key})
    assert SignIn.objects.count() == before
    assert KEPT not in tab.client.session


def test_nothing_is_kept_that_is_larger_than_a_form():
    tab = Tab()
    tab.send(name="a" * 300_000)
    assert KEPT not in tab.client.session


def test_what_is_kept_is_sealed(tab):
    tab.send(name="Kelas rahasia")
    kept = tab.client.session[KEPT]
    assert "rahasia" not in str(kept)


def test_a_form_that_is_gone_gives_back_the_words_alone(tab):
    tab.send()
    session = tab.client.session
    session[KEPT] = {**session[KEPT], "target": "/gone/"}
    session.save()
    tab.client.force_login(tab.officer)
    page = tab.client.get(tab.page).content.decode()
    assert "Kelas &lt;siang&gt; &amp; &quot;sore&quot;" in page
    assert tab.edited().values["name"] == [tab.name()]
