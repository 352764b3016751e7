"""Every room brings its own addresses; this page only says under which word each stands."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from pulih.config import health, passkeys
from pulih.config.late_urls import late
from pulih.config.rooms import prefix_of, rooms_with

handler500 = "pulih.config.outage.answer_fault"
urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health.health, name="health"),
    path("metrics", health.metrics, name="metrics"),
    path(
        "accounts/2fa/webauthn/add/", passkeys.AddPasskeyView.as_view(), name="mfa_add_webauthn"
    ),  # Before allauth's own.
    path("accounts/", include("allauth.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("l/", include("pulih.people.links.urls")),  # Short: it is sent by message and typed.
    late("api/v1/", "pulih.config.api_urls", app_name="ninja", namespace="api"),
    *(
        late(prefix_of(package), f"{package}.urls", app_name=package.removeprefix("pulih."))
        for package in rooms_with("urls.py")
    ),
]
