"""The first gate: every address asks for a signed-in person unless it opts out by name."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _


class DenyByDefault(LoginRequiredMiddleware):
    """Send strangers to the sign-in page, and strange programs a 401 that says what to do."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseBase:
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": _("Sign in first.")}, status=401)
        answer: HttpResponseBase = super().handle_no_permission(request, view_func)
        return answer


class NoSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator, never by a stranger."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
