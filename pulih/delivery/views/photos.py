"""Photos of a class's sessions: added by the office, shown one by one."""

from __future__ import annotations

from functools import partial

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pulih.inbox.uploads import opened
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.answers import carried_out
from pulih.web.kept_files import picture
from pulih.web.page import go_to

from .. import lookups
from ..actions import photos
from ..attendance_forms import PhotoForm
from ..clock import now
from .attendance import page_of


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def keep_photo(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Keep a photo of a session."""
    cohort = lookups.cohort_of(request.user, pk)
    form = PhotoForm(cohort, request.POST, request.FILES)
    if carried_out(form, partial(photos.keep, by=request.user, now=now(request))):
        return go_to(request, reverse("delivery:attendance", args=[pk]))
    return page_of(request, cohort, photo_form=form)


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_photo(request: PersonRequest, pk: int, photo: int) -> HttpResponseBase:
    """Answer a photo, which was made a JPEG before it was kept."""
    found = get_object_or_404(lookups.cohort_of(request.user, pk).photos, pk=photo)
    return picture(opened(found.stored_name))
