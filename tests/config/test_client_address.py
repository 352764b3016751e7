"""Wrong tries of a stranger hold up neither all behind the proxy nor the person named."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from pulih.config.client_address import ClientAddress
from tests.people import cast

PROXY = "127.0.0.1"


def client_of(peer, forwarded=None):
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)
    ClientAddress(lambda _request: HttpResponse())(request)
    return request.META["REMOTE_ADDR"]


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        (PROXY, "203.0.113.7", "203.0.113.7"),
        (PROXY, "198.51.100.1, 203.0.113.7", "203.0.113.7"),  # The first is what a stranger sent.
        (PROXY, "203.0.113.7, 127.0.0.1", "203.0.113.7"),
        (PROXY, "2001:db8::7", "2001:db8::7"),
        (PROXY, "nonsense", PROXY),
        (PROXY, "", PROXY),
        (PROXY, None, PROXY),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # No proxy of ours.
    ],
)
@override_settings(TRUSTED_PROXIES=["127.0.0.1", "::1"])
def test_only_a_trusted_proxy_says_who_asks(peer, forwarded, client):
    assert client_of(peer, forwarded) == client


def try_to_sign_in(login, password, address):
    answer = Client(REMOTE_ADDR=PROXY, headers={"X-Forwarded-For": address}).post(
        "/accounts/login/", {"login": login, "password": password}
    )
    return answer.status_code


@pytest.mark.django_db
@override_settings(TRUSTED_PROXIES=[PROXY])
def test_a_strangers_wrong_tries_make_the_stranger_alone_wait():
    person = cast.planner()
    person.set_password("kata-sandi-yang-panjang-7")
    person.save()
    for _number in range(12):
        try_to_sign_in(person.username, "salah", "203.0.113.7")
    assert try_to_sign_in(person.username, "kata-sandi-yang-panjang-7", "203.0.113.7") != 302
    assert try_to_sign_in(person.username, "kata-sandi-yang-panjang-7", "198.51.100.1") == 302
    other = cast.auditor()
    other.set_password("kata-sandi-lain-panjang-8")
    other.save()
    assert try_to_sign_in(other.username, "kata-sandi-lain-panjang-8", "198.51.100.2") == 302
