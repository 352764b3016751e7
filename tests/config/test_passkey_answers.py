"""What no device answered gets one sentence, and a page says where none can be asked."""

import json
from contextlib import suppress

import pytest
from allauth.core import context
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.urls import reverse
from fido2 import cbor
from fido2.utils import websafe_encode
from fido2.webauthn import CollectedClientData
from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.config import passkeys
from tests.examples import examples
from tests.make.passkeys import SecurityKey
from tests.people import cast

# A device whose key is a bare number: 37 bytes of data, 16 of its kind, the length of its number.
KEYLESS = bytes(32) + b"\x45" + bytes(20) + b"\x00\x01\x00" + b"\x06"
NONSENSE = [
    json.dumps(
        {
            "rawId": "AA",
            "response": {
                "clientDataJSON": websafe_encode(
                    CollectedClientData.create("webauthn.create", b"1", "o")
                ),
                "attestationObject": websafe_encode(
                    cbor.encode({"fmt": "none", "attStmt": {}, "authData": KEYLESS})
                ),
            },
        }
    ),
    '{"rawId": 4000000000, "response": {"clientDataJSON": 1, "attestationObject": 1}}',
    json.dumps(
        {"rawId": "AA", "response": {"clientDataJSON": "AA", "attestationObject": "gYGB" * 4000}}
    ),
    "",
    "{}",
    "[]",
    "[1]",
    "1",
    "null",
    '"x"',
    "{",
    '{"id": 1}',
    '{"rawId": null}',
    "[[[[[[[[",
]
PASSWORD = "Sagu-2020-Ambon"


@pytest.mark.django_db
@pytest.mark.parametrize("credential", NONSENSE)
def test_what_is_no_answer_is_refused_with_one_sentence(client, credential):
    officer = cast.provincial_officer()
    officer.set_password(PASSWORD)
    officer.save()
    client.force_login(officer)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    answer = client.post(reverse("mfa_add_webauthn"), {"credential": credential}, secure=True)
    assert answer.status_code == 200
    assert answer.content.decode().count("Kunci sandi tidak ditambahkan") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("host", "scheme", "can"),
    [
        ("pulih.example.go.id", "https", True),
        ("pulih.example.go.id:8443", "https", True),
        ("localhost:8000", "http", True),
        ("pulih.example.go.id", "http", False),
        ("127.0.0.1:8000", "http", False),
        ("10.1.2.3", "https", False),
        ("[::1]:8000", "https", False),
    ],
)
def test_a_page_says_where_no_passkey_can_be_asked(client, settings, host, scheme, can):
    settings.ALLOWED_HOSTS = ["*"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    client.defaults |= {"HTTP_HOST": host, "HTTP_X_FORWARDED_PROTO": scheme}
    officer = cast.provincial_officer()
    officer.set_password(PASSWORD)
    officer.save()
    client.force_login(officer)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_add_webauthn")).content.decode()
    assert ("data-passkey" in page) is can
    assert ("peramban tidak mengizinkan kunci sandi" in page) is not can
    assert (reverse("mfa_activate_totp") in page) is not can


PARTS = ("id", "rawId", "type", "response", "clientDataJSON", "attestationObject")
ANYTHING = st.one_of(
    st.none(), st.integers(), st.just({}), st.text(max_size=9), st.lists(st.integers())
)


@st.composite
def spoilt_answers(draw):
    """Draw an answer to a page of 12 bytes, with one part replaced or some letters changed."""
    options = {"publicKey": {"rp": {"id": "testserver"}, "challenge": "AAAAAAAAAAAAAAAA"}}
    answer = json.loads(SecurityKey().added(options))
    part = draw(st.sampled_from(PARTS))
    whole = answer if part in answer else answer["response"]
    if draw(st.booleans()) or part == "response":
        whole[part] = draw(ANYTHING)
    else:
        text = whole[part]
        begin = draw(st.integers(0, len(text)))
        end = draw(st.integers(begin, len(text)))
        middle = draw(st.text("ABCxyz019-_", max_size=8))
        whole[part] = text[:begin] + middle + text[end:]
    return answer


@settings(max_examples=examples(300))
@given(spoilt_answers())
def test_a_spoilt_answer_is_refused_or_is_that_of_a_device(answer):
    request = RequestFactory().get("/", secure=True, headers={"host": "testserver"})
    challenge = {"challenge": "AAAAAAAAAAAAAAAA", "user_verification": None}
    with context.request_context(request):
        added = None
        with suppress(ValidationError):
            _kept, added = passkeys.read_added(answer, challenge)
    assert added is None or websafe_encode(added) == answer["rawId"]
