"""The first gate: every address asks for a signed-in person unless it opts out by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django_htmx.http import HttpResponseLocation

from pulih.common.errors import Message
from pulih.config import sign_in_delay
from pulih.people import sign_ins
from pulih.people.middleware import speak_from_now_on
from pulih.people.scope import speaking_for
from pulih.web.page import go_to
from pulih.web.words import say
from pulih.workflow import typed_again

LONGEST_NAME = 200
SET_UP = "/accounts/2fa/"
CHANGE = "/accounts/password/change/"
OPEN_TO_ALL = ("/accounts/", "/static/", "/health/", "/language/", "/verify/", "/en/verify/")
_SECOND_FACTOR = Message(
    id="Peran Anda memerlukan faktor kedua: aktifkan aplikasi autentikator atau kunci sandi di "
    "halaman ini.",
    en="Your role needs a second factor: activate an authenticator app or a passkey on this page.",
)
_FIRST_PASSWORD = Message(
    id="Kata sandi Anda dibuat oleh administrator. Ganti lebih dahulu dengan kata sandi sendiri.",
    en="Your password was made by an administrator. Change it first to one of your own.",
)
_SAME_PASSWORD = Message(
    id="Kata sandi ini dibuat oleh administrator. Pilih yang lain, yang hanya Anda ketahui.",
    en="This password was made by an administrator. Choose another, which only you know.",
)
_SIGN_IN = Message(id="Masuk terlebih dahulu.", en="Sign in first.")


class DenyByDefault(LoginRequiredMiddleware):
    """Send strangers to the sign-in page, and strange programs a 401 that says what to do."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        answer: HttpResponseBase | None
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        if answer is not None and request.path.startswith("/api/"):
            return JsonResponse({"detail": say(_SIGN_IN)}, status=401)
        if answer is not None and (page := typed_again.keep(request)):
            return go_to(request, f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': page})}")
        return answer


class DemandSafeSignIn:
    """Lead people to a password of their own, then to the second factor that their role asks for.

    Before that nothing else is answered.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        owed = None if request.path.startswith(OPEN_TO_ALL) else _owed(request)
        if owed is None:
            return self.get_response(request)
        address, message = owed
        words = say(message)
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": words}, status=403)
        messages.warning(request, words)
        if request.headers.get("HX-Request"):
            return HttpResponseLocation(address)
        return redirect(address)


def _owed(request: HttpRequest) -> tuple[str, Message] | None:
    """Return where a person has to go first, and why; None when nothing is owed."""
    if getattr(request.user, "password_is_first", False):
        return CHANGE, _FIRST_PASSWORD
    return (SET_UP, _SECOND_FACTOR) if _lacks_second_factor(request) else None


def _lacks_second_factor(request: HttpRequest) -> bool:
    person = request.user
    asked = settings.SECOND_FACTOR_ROLES
    return person.is_authenticated and person.role in asked and not is_mfa_enabled(person)


class NoSignUp(DefaultAccountAdapter):
    """Accounts are made by an administrator, never by a stranger."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Any, **hooks: Any) -> HttpResponse | None:
        """Let the person, whose password was right, write what signing in writes."""
        speak_from_now_on(request, user)
        answer: HttpResponse | None = super().pre_login(request, user, **hooks)
        return answer

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Let nobody try while a wait runs; who knows the browser is not held up by neighbours."""
        name = tried_name(request, credentials, is_counted=False) or ""
        if seconds := sign_in_delay.seconds_left(request, name):
            raise ValidationError(say(sign_in_delay.wait(seconds)), code="wait")
        if sign_in_delay.is_known(request, name):
            self._login_failed_rl_usage = None
        else:
            super().pre_authenticate(request, **credentials)

    def post_login(self, request: HttpRequest, user: Any, **about: Any) -> HttpResponse:
        sign_ins.describe(request)
        answer: HttpResponse = super().post_login(request, user, **about)
        sign_in_delay.remember(request, answer, user)
        return answer

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Ask again for the password or a code alone: a passkey is for signing in."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [one for one in methods if one["id"] != "mfa_reauthenticate:webauthn"]

    def clean_password(self, password: str, user: Any = None) -> str:
        """Refuse the password that an administrator made and saw, too."""
        if getattr(user, "password_is_first", False) and user.check_password(password):
            raise ValidationError(say(_SAME_PASSWORD))
        cleaned: str = super().clean_password(password, user)
        return cleaned

    def set_password(self, user: Any, password: str) -> None:
        """Set a password for who came by the mailed address, or is signed in."""
        user.password_is_first = False
        with speaking_for(user):
            super().set_password(user, password)
            sign_ins.forget_others(user, self.request.session.session_key)


def tried_name(
    request: HttpRequest, credentials: dict[str, Any] | None = None, *, is_counted: bool = True
) -> str | None:
    """Return the name that somebody tried to sign in with, so that failures count for it alone.

    is_counted: as failures are counted, which tells a known browser from all others.
    """
    given = credentials or {}
    name = given.get("username") or given.get("email") or request.POST.get("login")
    if not name:
        return None
    tried = str(name).casefold()[:LONGEST_NAME]
    return sign_in_delay.counted_name(request, tried) if is_counted else tried
