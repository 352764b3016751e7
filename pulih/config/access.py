"""The first gate: every address asks for a signed-in person unless it opts out by name."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from pulih.common.errors import Message

_SIGN_IN = Message(id="Masuk terlebih dahulu.", en="Sign in first.")


class DenyByDefault(LoginRequiredMiddleware):
    """Send strangers to the sign-in page, and strange programs a 401 that says what to do."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        answer: HttpResponseBase | None
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        if answer is not None and request.path.startswith("/api/"):
            return JsonResponse(
                {"detail": _SIGN_IN.in_language(get_language() or "id")}, status=401
            )
        return answer


class NoSignUp(DefaultAccountAdapter):
    """Accounts are made by an administrator, never by a stranger."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def tried_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """Return the name that somebody tried to sign in with, so that failures count for it alone."""
    given = credentials or {}
    name = given.get("username") or given.get("email") or request.POST.get("login")
    return str(name).casefold() if name else None
