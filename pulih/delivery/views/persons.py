"""The people who are trained or receive goods."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds, may
from pulih.web.answers import carried_out
from pulih.web.page import go_to, render_page

from .. import lookups
from ..actions import persons as actions
from ..clock import now
from ..forms import PersonForm
from ..lists import PEOPLE
from ..models import Person
from ..reads.numbers import holds_a_seat, waiting_correction

SHOWN = ("name", "regency", "village", "sex", "has_disability", "is_laid_off", "phone")


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_people(request: PersonRequest) -> HttpResponseBase:
    """List the people within sight; their NIK is cut."""
    context = {"may_run": holds(request.user, Permission.RUN_ACTIVITIES)}
    return pages.answer(request, PEOPLE, "delivery/people.html", context=context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.RUN_ACTIVITIES)
def edit_person(request: PersonRequest, pk: int | None = None) -> HttpResponseBase:
    """Correct a person, or add one where none is named. The stored NIK is never shown whole."""
    person = lookups.person_of(request.user, pk) if pk else Person()
    given: dict[str, Any] = {name: getattr(person, name) for name in SHOWN} if pk else {}
    if pk and person.enterprise:
        given["nib"] = person.enterprise.nib
    is_held = bool(pk) and holds_a_seat(person)
    form = PersonForm(request.user, request.POST or None, initial=given, holds_a_seat=is_held)

    def act(nik: str, **values: Any) -> Person:
        today = timezone.localtime(now(request)).date()
        save = partial(actions.save, person, by=request.user, today=today)
        return save(nik=nik or person.nik, **values)

    if saved := carried_out(form, act):
        waits = bool(form.cleaned_data.get("why")) and waiting_correction(saved, saved.nik_key)
        page = "delivery:edit-person" if waits else "delivery:people"
        return go_to(request, reverse(page, args=[saved.pk] if waits else []))
    if pk:
        person.refresh_from_db()
    may_answer = bool(pk) and may(request.user, Permission.ANSWER_PERSONS, person.regency)
    context = {
        "form": form,
        "person": person if pk else None,
        "may_answer": may_answer,
        "waiting": waiting_correction(person, person.nik_key) if is_held else None,
    }
    return render_page(request, "delivery/person.html", "delivery/_person.html", context)
