"""Passkeys as a second factor: what allauth asks of a browser, and what of its answers is believed.

A passkey belongs to the host that the person used when adding it. Allauth keeps it and asks for it
after the password; here an answer is held against this very address, a challenge is good for one
try, and a counter that goes back, as that of a copied key does, is refused.
"""

from __future__ import annotations

import ipaddress
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from allauth.core import context
from allauth.mfa import signals
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, EditWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.request import split_domain_port
from fido2.cose import CoseKey
from fido2.rpid import verify_rp_id
from fido2.server import Fido2Server
from fido2.webauthn import (
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    RegistrationResponse,
)

from pulih.audit.actions import record
from pulih.common.errors import Message
from pulih.people.models import User
from pulih.web.words import say, say_later

LONGEST_NAME = 60
LONGEST_ANSWER = 20_000  # Characters of JSON; browsers send about a thousand.
MOST_PASSKEYS = 10  # Of one person.
_NAME = Message(id="Kunci sandi", en="Passkey")
_ITS_NAME = Message(id="Nama kunci sandi", en="Name of the passkey")
_SUCH_AS = Message(
    id="Misalnya “Laptop kantor”, supaya Anda mengenalinya di antara beberapa.",
    en="Such as “Office laptop”, so that you know it among several.",
)
_NOT_ADDED = Message(
    id="Kunci sandi tidak ditambahkan: jawaban perangkat tidak cocok dengan halaman ini. Coba lagi "
    "dari halaman ini, satu tab saja.",
    en="The passkey was not added: the device's answer does not fit this page. Try again from this "
    "page, in one tab alone.",
)
_KNOWN = Message(
    id="Kunci sandi ini sudah ada di akun Anda. Pakai perangkat lain, atau biarkan yang ada.",
    en="Your account already has this passkey. Use another device, or leave it as it is.",
)
_TOO_MANY = Message(
    id=f"Akun Anda sudah memiliki {MOST_PASSKEYS} kunci sandi. Hapus dahulu yang tidak dipakai.",
    en=f"Your account already has {MOST_PASSKEYS} passkeys. Remove first one that is not used.",
)
_NOT_USED = Message(
    id="Kunci sandi tidak diterima: jawaban perangkat tidak cocok dengan akun atau halaman ini. "
    "Coba lagi, atau masukkan kode.",
    en="The passkey was not accepted: the device's answer does not fit this account or this page. "
    "Try again, or type a code.",
)
_COPIED = Message(
    id="Kunci sandi tidak diterima: hitungannya mundur, jadi mungkin ada salinannya. Masukkan "
    "kode, lalu hapus kunci sandi itu dan beri tahu administrator.",
    en="The passkey was not accepted: its count went back, so there may be a copy of it. Type a "
    "code, then remove that passkey and tell an administrator.",
)
# What parsing an answer may raise that is no answer of a browser at all.
BROKEN = (TypeError, ValueError, LookupError, AttributeError, struct.error, RecursionError,
          NotImplementedError)  # fmt: skip
ADDED = ("clientDataJSON", "attestationObject")
USED = ("clientDataJSON", "authenticatorData", "signature")
ALGORITHM = 3  # Its number in a key's map, as COSE gives it.


class PasskeyAdapter(DefaultMFAAdapter):
    """Say to a device which site asks, and for whom: by user name, never by address of mail."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": host_of(context.request), "name": "Pulih"}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**entity, "name": user.username, "display_name": user.name or user.username}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        return f"{say(_NAME)} {passkeys_of(user).count() + 1}"


def _credential(message: Message) -> forms.JSONField:
    said = say_later(message)
    errors = {"required": said, "invalid": said}
    return forms.JSONField(widget=forms.HiddenInput, error_messages=errors)


class AddPasskey(AddWebAuthnForm):
    """Take what a device answered to the last challenge of this browser, unless it is known."""

    name = forms.CharField(
        label=say_later(_ITS_NAME),
        help_text=say_later(_SUCH_AS),
        required=False,
        max_length=LONGEST_NAME,
    )
    credential = _credential(_NOT_ADDED)

    @property
    def is_possible_here(self) -> bool:
        return can_hold_passkeys(context.request)

    def clean_credential(self) -> dict[str, Any]:
        """Return of the answer what is kept."""
        credential, added = read_added(self.cleaned_data["credential"], _for_one_try())
        known = [one.credential_id for one in auth.get_credentials(self.user)]
        if added in known:
            raise ValidationError(say(_KNOWN))
        if len(known) >= MOST_PASSKEYS:
            raise ValidationError(say(_TOO_MANY))
        return credential

    def clean(self) -> dict[str, Any]:
        """Leave out allauth's own check: the challenge is used up above."""
        cleaned: dict[str, Any] = self.cleaned_data
        return cleaned


class UsePasskey(AuthenticateWebAuthnForm):
    """Let in who holds a passkey of the person who gave the password. Throttled as codes are."""

    credential = _credential(_NOT_USED)

    @property
    def is_possible_here(self) -> bool:
        return can_hold_passkeys(context.request)

    @property
    def is_wanted(self) -> bool:
        return passkeys_of(self.user).exists()

    def clean_credential(self) -> Authenticator:
        """Return the passkey that was proved, its count brought up to date."""
        within_limit = check_rate_limit(self.user)
        challenge = _for_one_try()
        try:
            passkey = self._proved(self.cleaned_data["credential"], challenge)
        except ValidationError:
            self._tell_failure()
            raise
        within_limit()
        return passkey

    def _proved(self, credential: Any, challenge: Any) -> Authenticator:
        with _refusing(_NOT_USED):
            answer = AuthenticationResponse.from_dict(_plain(credential, USED))
            known = auth.get_credentials(self.user)
            _server().authenticate_complete(challenge, known, answer)
        return _count_on(self.user, answer)

    def _tell_failure(self) -> None:
        tried = passkeys_of(self.user).first()
        signals.authentication_failed.send(
            sender=Authenticator, request=context.request, user=self.user, authenticator=tried
        )


class RenamePasskey(EditWebAuthnForm):
    """Give a passkey another name, which the record tells without saying it."""

    name = forms.CharField(label=say_later(_ITS_NAME), max_length=LONGEST_NAME)

    def save(self) -> Authenticator:
        renamed: Authenticator = super().save()
        record(renamed.user, "people.rename_passkey", renamed.user)
        return renamed


class AddPasskeyView(AddWebAuthnView):
    """Show what was wrong with an answer; allauth's page asks the same answer twice."""

    def get_context_data(self, **shown: Any) -> dict[str, Any]:
        options = auth.begin_registration(self.request.user, passwordless=False)
        context: dict[str, Any] = super(AddWebAuthnView, self).get_context_data(**shown)
        return {**context, "js_data": {"creation_options": options}}


def read_added(given: Any, challenge: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Return what is kept of the passkey that a device made for `challenge`, and its number.

    Raises ValidationError with one sentence for all that is no such answer to this very address.
    """
    with _refusing(_NOT_ADDED):
        kept = _plain(given, ADDED)
        answer = RegistrationResponse.from_dict(kept)
        device = answer.response.attestation_object.auth_data.credential_data
        if device is None or device.credential_id != answer.raw_id:
            raise ValueError("no credential, or another's")
        if device.public_key.get(ALGORITHM) not in CoseKey.supported_algorithms():
            raise ValueError("a kind of key that cannot be checked")
        _server().register_complete(challenge, answer)
    return kept, device.credential_id


def host_of(request: HttpRequest) -> str:
    """Return the host that the person typed, without its port: passkeys belong to it alone."""
    return split_domain_port(request.get_host())[0]


def can_hold_passkeys(request: HttpRequest) -> bool:
    """Tell whether browsers let this address ask for passkeys: by https and a name, or localhost.

    No browser lets an address of digits do so.
    """
    with suppress(ValueError):
        ipaddress.ip_address(host_of(request).strip("[]"))
        return False
    return bool(verify_rp_id(host_of(request), _origin(request)))


def passkeys_of(person: User) -> QuerySet[Authenticator]:
    found: QuerySet[Authenticator] = Authenticator.objects.filter(
        user=person, type=Authenticator.Type.WEBAUTHN
    )
    return found.order_by("pk")


def _server() -> Fido2Server:
    """Return what checks answers; they must come from this very address, port and all."""
    rp = PublicKeyCredentialRpEntity(**get_adapter().get_public_key_credential_rp_entity())
    ours = _origin(context.request)
    return Fido2Server(
        rp, verify_origin=lambda origin: origin == ours and verify_rp_id(str(rp.id), origin)
    )


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _for_one_try() -> dict[str, Any]:
    """Return the last challenge of this browser, and forget it."""
    challenge: dict[str, Any] = auth.get_state() or {}
    auth.clear_state()
    return challenge


@contextmanager
def _refusing(message: Message) -> Iterator[None]:
    """Answer with one sentence to what no device could have said, or not to this page."""
    try:
        yield
    except BROKEN as error:
        raise ValidationError(say(message)) from error


def _plain(credential: Any, parts: tuple[str, ...]) -> dict[str, Any]:
    """Return of a device's answer what is used, texts alone: fido2 takes a number for a length."""
    number, said = credential["rawId"], credential["response"]
    texts = [number, *(said[part] for part in parts)]
    if not all(isinstance(text, str) for text in texts) or sum(map(len, texts)) > LONGEST_ANSWER:
        raise ValueError("no text, or longer than any device's answer")
    response = {part: said[part] for part in parts}
    return {"id": number, "rawId": number, "type": "public-key", "response": response}


def _count_on(person: User, answer: AuthenticationResponse) -> Authenticator:
    """Keep how often a device says that it was used; each time must be more, or always none."""
    with transaction.atomic():
        for passkey in passkeys_of(person).select_for_update():
            device = passkey.wrap().authenticator_data
            if device.credential_data.credential_id == answer.raw_id:
                before = passkey.data.get("count", device.counter)
                now = answer.response.authenticator_data.counter
                if now <= before and (now or before):
                    raise ValidationError(say(_COPIED))
                passkey.data["count"] = now
                passkey.save(update_fields=["data"])
                return passkey
    raise ValidationError(say(_NOT_USED))  # It was removed a moment ago.
