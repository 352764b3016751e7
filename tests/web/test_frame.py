from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseNotAllowed
from django.test import RequestFactory

from pulih.common.errors import Message, Refusal
from pulih.web import facts, navigation
from pulih.web.addresses import url_with
from pulih.web.as_of import as_of
from pulih.web.context_processors import Frame
from pulih.web.middleware import AnswerRefusals
from pulih.web.navigation import Item
from pulih.web.page import go_to
from pulih.web.tables import Head, shown_heads, sorting

OFFICER = SimpleNamespace(is_authenticated=True, role="officer")
HEADS = (Head("Name", key="name"), Head("Hit", key="hit", starts_down=True), Head("Note"))


def asks(address: str = "/", user: Any = None, **headers: str) -> HttpRequest:
    request = RequestFactory().get(address, headers=headers)
    request.user = user or AnonymousUser()
    return request


@pytest.fixture
def menu(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty menu without a gate."""
    monkeypatch.setattr(navigation, "_items", {})
    monkeypatch.setattr(navigation, "_gates", [])
    return None


def labels(request: HttpRequest) -> list[str]:
    return [str(link.label) for _heading, links in navigation.menu(request) for link in links]


def test_a_question_called_like_a_method_is_a_question_as_any_other() -> None:
    """A template that reads `request.GET.items` would find this value in place of the method."""
    assert Frame(asks("/desk/?items=1&per=2020-06-15")).asked == [
        ("items", "1"),
        ("per", "2020-06-15"),
    ]


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/enterprises/?q=batik", "/enterprises/?q=batik"),
        ("/en/verify/?code=1", "/verify/?code=1"),
        ("/en/", "/"),
        ("/", "/"),
    ],
)
def test_a_change_of_language_leads_back_to_the_same_page(address: str, leads_to: str) -> None:
    assert Frame(asks(address)).path == leads_to


def test_a_stranger_sees_only_what_is_open_to_all(menu: None) -> None:
    navigation.register(Item("", 0, "Open", "set_language", "home", signed_in=False))
    navigation.register(Item("data", 1, "Signed in", "account_logout", "inbox"))
    assert labels(asks()) == ["Open"]
    assert labels(asks(user=OFFICER)) == ["Open", "Signed in"]


def test_an_item_that_needs_a_permission_is_hidden_until_a_gate_allows_it(menu: None) -> None:
    navigation.register(Item("plan", 1, "Plans", "account_logout", "home", permission="plan"))
    assert labels(asks(user=OFFICER)) == []
    navigation.decide_with(lambda user, permission: user.role == "officer")
    assert labels(asks(user=OFFICER)) == ["Plans"]


def test_a_page_that_does_not_exist_yet_is_left_out(menu: None) -> None:
    navigation.register(Item("data", 1, "Nowhere", "nowhere:list", "home"))
    assert labels(asks(user=OFFICER)) == []


def test_the_open_page_is_marked(menu: None) -> None:
    navigation.register(Item("data", 1, "Here", "account_logout", "home"))
    navigation.register(Item("data", 2, "There", "set_language", "home"))
    [(_heading, links)] = navigation.menu(asks("/accounts/logout/", user=OFFICER))
    assert [link.is_on for link in links] == [True, False]


@pytest.mark.parametrize("text", ["", "2020-13-01", "15 Jun 2020", "2020-06-15x", "0000-00-00"])
def test_a_day_that_does_not_exist_is_the_usual_day(text: str, monkeypatch) -> None:
    monkeypatch.setattr(facts, "_tellers", {"day": lambda request: date(2020, 6, 15)})
    shown = as_of(asks(f"/?per={text}"))
    assert (shown.day, shown.is_other) == (date(2020, 6, 15), False)


def test_a_day_of_the_address_is_shown_and_said_to_be_another(monkeypatch) -> None:
    monkeypatch.setattr(facts, "_tellers", {"day": lambda request: date(2020, 6, 15)})
    shown = as_of(asks("/?per=2020-04-28"))
    assert (shown.day, shown.is_other) == (date(2020, 4, 28), True)


@pytest.mark.parametrize(
    ("query", "known", "is_other"),
    [
        ("diketahui=2020-06-15", date(2020, 6, 15), True),
        ("per=2020-06-15", None, False),
        ("diketahui=9999-12-31", None, False),
        ("diketahui=soon", None, False),
    ],
)
def test_what_was_known_is_asked_apart_from_what_was_in_effect(
    query, known, is_other, monkeypatch
) -> None:
    monkeypatch.setattr(facts, "_tellers", {"day": lambda request: date(2020, 6, 15)})
    shown = as_of(asks(f"/?{query}"))
    assert (shown.day, shown.known, shown.is_other) == (date(2020, 6, 15), known, is_other)


def test_an_address_and_a_file_name_carry_both_days(monkeypatch) -> None:
    monkeypatch.setattr(facts, "_tellers", {"day": lambda request: date(2020, 6, 15)})
    shown = as_of(asks("/?per=2020-06-01&diketahui=2020-06-15"))
    assert shown.query == {"per": "2020-06-01", "diketahui": "2020-06-15"}
    assert shown.suffix == "-per-2020-06-01-diketahui-2020-06-15"


def test_a_fact_is_asked_once_a_request(monkeypatch) -> None:
    asked: list[HttpRequest] = []
    monkeypatch.setattr(facts, "_tellers", {"demo": asked.append})
    request = asks()
    assert facts.ask("demo", request) is facts.ask("demo", request) is None
    assert len(asked) == 1


def test_an_address_changes_only_what_is_asked() -> None:
    request = asks("/firms/?q=sari+wangi&page=abc&kbli=14")
    assert url_with(request, page=None, sort="-hit") == "/firms/?q=sari+wangi&kbli=14&sort=-hit"
    assert url_with(request, q=None, page=None, kbli=None) == "/firms/"


def test_a_second_click_on_a_head_turns_the_order_round() -> None:
    first, second, third = shown_heads(HEADS, asks("/?sort=-hit&page=x"))
    assert (first.direction, first.url) == ("", "/?sort=name")
    assert (second.direction, second.url) == ("down", "/?sort=hit")
    assert (third.direction, third.url) == ("", "")


def test_an_order_by_an_unknown_column_is_the_usual_one() -> None:
    assert sorting(HEADS, asks("/?sort=-hit"), "name") == "-hit"
    assert sorting(HEADS, asks("/?sort=password"), "name") == "name"


def test_after_a_change_a_person_is_sent_on() -> None:
    assert go_to(asks(), "/there/").status_code == 303
    assert go_to(asks(**{"HX-Request": "true"}), "/there/")["HX-Redirect"] == "/there/"


REFUSAL = Refusal(Message("Pagu terlalu kecil.", "The ceiling is too small."))


@pytest.mark.parametrize(
    ("address", "headers", "kind"),
    [
        ("/plan/", {"accept": "text/html"}, "<!doctype html>"),
        ("/plan/", {"accept": "text/html", "HX-Request": "true"}, 'class="note bad"'),
        ("/api/v1/plans/", {"accept": "*/*"}, '{"refused"'),
        ("/plan/", {"accept": "application/json"}, '{"refused"'),
    ],
)
def test_a_refusal_is_answered_in_the_form_that_was_asked_for(address, headers, kind) -> None:
    answer = AnswerRefusals(lambda request: None).process_exception(
        asks(address, **headers), REFUSAL
    )
    assert answer.status_code == 409
    assert kind in answer.content.decode()
    assert "Pagu terlalu kecil." in answer.content.decode()


@pytest.mark.parametrize(
    ("before", "is_led_back"),
    [
        ("http://testserver/proposals/4/edit/", True),
        ("http://elsewhere.invalid/proposals/4/edit/", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_a_refusal_leads_back_to_our_own_page_on_which_it_was_pressed(before, is_led_back) -> None:
    answer = AnswerRefusals(lambda request: None).process_exception(
        asks("/plan/", accept="text/html", Referer=before), REFUSAL
    )
    assert (f'href="{before}"' in answer.content.decode()) is is_led_back


@pytest.mark.parametrize(
    ("address", "headers", "leads_to"),
    [
        ("/market/orders/5/cancel/", {"accept": "text/html"}, "/market/orders/5/"),
        ("/delivery/applicants/5/results/7/waive/?per=2020-07-15", {"accept": "text/html"},
         "/delivery/applicants/5/?per=2020-07-15"),
        ("/elsewhere/cancel/", {"accept": "text/html"}, None),
        ("/market/orders/5/cancel/", {"accept": "application/json"}, None),
        ("/market/orders/5/cancel/", {"accept": "text/html", "HX-Request": "true"}, None),
    ],
)  # fmt: skip
def test_the_address_of_a_form_alone_leads_to_the_page_above(address, headers, leads_to) -> None:
    """After a refusal the browser stands there, and asks for it when the language is changed."""
    refused = AnswerRefusals(lambda request: HttpResponseNotAllowed(["POST"]))
    answer = refused(asks(address, **headers))
    assert answer.headers.get("Location") == leads_to
    assert answer.status_code == (302 if leads_to else 405)


def test_what_is_sent_the_wrong_way_stays_refused() -> None:
    sent = RequestFactory().post("/market/orders/5/cancel/", headers={"accept": "text/html"})
    assert AnswerRefusals(lambda request: HttpResponseNotAllowed(["GET"]))(sent).status_code == 405


def test_other_faults_are_left_to_django() -> None:
    assert AnswerRefusals(lambda request: None).process_exception(asks(), ValueError()) is None
