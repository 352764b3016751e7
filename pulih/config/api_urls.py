"""What rooms answer to programs, as one API: loaded when a program first asks for any of it."""

from __future__ import annotations

from importlib import import_module

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.security import django_auth

from pulih.common.version import VERSION
from pulih.config.rooms import api_prefix_of, rooms_with
from pulih.web.programs import denied, no_json, reason_of, unread

api = NinjaAPI(
    title="Pulih",
    version=VERSION,
    description="What is posted may carry the header `Idempotency-Key`, a word of your own of up "
    "to 200 characters: the same request with the same key is carried out once, and answered as "
    "the first time, for thirty days. What is not taken is said in sentences of the language that "
    "the person chose: `detail` where a value is wrong (422), the body is no JSON (400), or the "
    "role may not do it (403), and `refused` where a rule is against it (409).",
    auth=django_auth,
    urls_namespace="api",
    docs_url=None,  # The usual page loads parts from elsewhere; /api/v1/openapi.json has it all.
)


@api.exception_handler(PermissionDenied)
def answer_denied(request: HttpRequest, _denied: PermissionDenied) -> HttpResponse:
    """Say to a program, too, that its person may not do this."""
    return api.create_response(request, {"detail": denied()}, status=403)


@api.exception_handler(ValidationError)
def answer_unread(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    """Say what a program sent that is not of its kind, in the words of its person."""
    return api.create_response(request, {"detail": unread(wrong.errors)}, status=422)


@api.exception_handler(HttpError)
def answer_refused(request: HttpRequest, refused: HttpError) -> HttpResponse:
    """Say why not, in the language of the person."""
    return api.create_response(request, {"detail": reason_of(refused)}, status=refused.status_code)


@api.exception_handler(RawPostDataException)
def answer_form(request: HttpRequest, _read: RawPostDataException) -> HttpResponse:
    """Say to who posts a form of a page that programs send JSON; a form is read before a view."""
    return api.create_response(request, {"detail": no_json()}, status=400)


for package in rooms_with("api.py"):
    api.add_router(f"/{api_prefix_of(package)}", import_module(f"{package}.api").router)

urlpatterns = api.urls[0]
