"""Addresses are loaded when one of them is asked for, and answer as all others do."""

import sys
from types import ModuleType

import pytest
from django.http import HttpResponse
from django.urls import NoReverseMatch, path, resolve, reverse

from pulih.config import urls
from pulih.config.late_urls import LateResolver, late

pytestmark = pytest.mark.urls(__name__)
FAR, FIRST = "tests.config.far_away", "tests.config.first"


def page(request, pk=0):
    return HttpResponse()


urlpatterns = [
    path("near/", page, name="near"),
    late("far/", FAR, app_name="far"),
    late("farther/", "tests.config.nowhere", app_name="nowhere"),
    late("", FIRST, app_name="first"),
]


def test_what_is_not_asked_for_is_not_loaded(monkeypatch):
    assert reverse("near") == "/near/"
    assert resolve("/near/").view_name == "near"
    assert FAR not in sys.modules
    for name in (FAR, FIRST):
        module = ModuleType(name)
        module.urlpatterns = [path("<int:pk>/", page, name="page")]
        monkeypatch.setitem(sys.modules, name, module)
    assert reverse("far:page", args=[7]) == "/far/7/"
    assert reverse("first:page", args=[7]) == "/7/"
    found = resolve("/far/7/")
    assert (found.view_name, found.app_names, found.kwargs) == ("far:page", ["far"], {"pk": 7})
    with pytest.raises(NoReverseMatch):
        reverse("far:deeper:page")


def test_late_addresses_stand_under_the_name_that_their_module_has():
    late_ones = [one for one in urls.urlpatterns if isinstance(one, LateResolver)]
    assert len(late_ones) > 20
    for one in late_ones:
        assert one.app_name == getattr(one.urlconf_module, "app_name", "ninja"), one
