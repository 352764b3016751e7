"""A gate for views: the page is there only for those whose role holds a permission."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .models import User
from .permissions import Permission, holds


class PersonRequest(HttpRequest):
    """A request of somebody who signed in."""

    user: User


def record_of(by: User, row: Model) -> str:
    """Return what the record of actions is asked for one row; "" for who may not read it."""
    return f"{row._meta.label_lower}-{row.pk}" if holds(by, Permission.SEE_AUDIT) else ""


View = Callable[..., HttpResponseBase]


def asked_by(request: HttpRequest, *permissions: Permission) -> User:
    """Return who asks. Raises PermissionDenied unless the role holds every one of `permissions`."""
    person = cast(User, request.user)
    if not all(holds(person, permission) for permission in permissions):
        raise PermissionDenied
    return person


def permission_required(*permissions: Permission) -> Callable[[View], View]:
    """Answer 403 unless the role of the person holds every one of `permissions`."""

    def gate(view: View) -> View:
        @wraps(view)
        def guarded(request: PersonRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
            asked_by(request, *permissions)
            return view(request, *arguments, **named)

        guarded.permissions = permissions  # type: ignore[attr-defined]
        return guarded

    return gate
