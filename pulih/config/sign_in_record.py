"""Who came in and how, who failed, and which password or factor changed, for the record of actions.

Neither a password nor a name that was typed is kept: a failed name under its keyed hash alone.
"""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account_signals
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth_signals
from django.dispatch import Signal
from django.http import HttpRequest

from pulih.audit.actions import record
from pulih.people.models import User
from pulih.people.scope import speaking_as_system, speaking_for

from . import sign_in_delay
from .access import tried_name


def connect() -> None:
    """Have every step of signing in, which Django and allauth tell, written down."""
    for signal, receiver in (
        (account_signals.user_logged_in, _signed_in),
        (auth_signals.user_logged_out, _signed_out),
        (auth_signals.user_login_failed, _failed),
        (mfa_signals.authentication_failed, _wrong_code),
        (mfa_signals.authenticator_used, _used_factor),
    ):
        _listen(signal, receiver)
    for signal, verb in (
        (account_signals.password_set, "people.set_password"),
        (account_signals.password_changed, "people.change_password"),
        (account_signals.password_reset, "people.set_password_by_mail"),
    ):
        _listen(signal, _of_person(verb))
    for signal, verb in (
        (mfa_signals.authenticator_added, "people.add_factor"),
        (mfa_signals.authenticator_removed, "people.remove_factor"),
        (mfa_signals.authenticator_reset, "people.renew_recovery_codes"),
    ):
        _listen(signal, _of_factor(verb))


def _listen(signal: Signal, receiver: Any) -> None:
    signal.connect(receiver, weak=False, dispatch_uid=f"pulih.{receiver.__qualname__}.{id(signal)}")


def _keep(person: User, verb: str, **detail: Any) -> None:
    with speaking_for(person):
        record(person, verb, person, **detail)


def _signed_in(sender: Any, request: HttpRequest, user: User, **about: Any) -> None:
    taken = get_authentication_records(request, user)
    _keep(user, "people.sign_in", steps=[step.get("type", step["method"]) for step in taken])


def _signed_out(sender: Any, request: HttpRequest, user: User | None, **about: Any) -> None:
    if user is not None:
        _keep(user, "people.sign_out")


def _failed(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **about: Any
) -> None:
    """Write down a wrong name or password, as Pulih itself: nobody has proved to be anybody."""
    if request is None or not (name := tried_name(request, credentials, is_counted=False)):
        return
    tried = sign_in_delay.hash_of_name(name)
    person = User.objects.filter(username__iexact=name).first()
    with speaking_as_system() as system:
        record(system, "people.fail_sign_in", person or system, is_known=bool(person), tried=tried)


def _wrong_code(
    sender: Any,
    user: User,
    authenticator: Authenticator | None = None,
    reauthentication: bool = False,
    **about: Any,
) -> None:
    """Tell a passkey that was not accepted from a code that was mistyped."""
    is_passkey = authenticator is not None and authenticator.type == Authenticator.Type.WEBAUTHN
    verb = "people.fail_passkey" if is_passkey else "people.fail_second_factor"
    _keep(user, verb, again=reauthentication)


def _used_factor(sender: Any, user: User, authenticator: Authenticator, **about: Any) -> None:
    """Tell a recovery code apart, which is gone once it is used."""
    is_code = authenticator.type == Authenticator.Type.RECOVERY_CODES
    verb = "people.use_recovery_code" if is_code else "people.use_factor"
    _keep(user, verb, kind=authenticator.type)


def _of_person(verb: str) -> Any:
    def keep(sender: Any, user: User, **about: Any) -> None:
        _keep(user, verb)

    return keep


def _of_factor(verb: str) -> Any:
    def keep(sender: Any, user: User, authenticator: Authenticator, **about: Any) -> None:
        _keep(user, verb, kind=authenticator.type)

    return keep
