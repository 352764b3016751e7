"""Who holds which post of a unit: by which decree, from when to when; appointing and ending."""

from functools import partial

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pulih.common.errors import Refusal
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web.answers import is_done
from pulih.web.as_of import as_of, usual_day
from pulih.web.page import go_to, render_page
from pulih.web.words import say
from pulih.workflow.typed_again import back_with_typed

from .. import actions
from ..appointment_forms import AppointForm, EndForm
from ..models import Appointment, SpendingUnit


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_BUDGET)
def appointments(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show the posts of a unit with their decrees; appoint somebody."""
    units = SpendingUnit.objects.visible_to(request.user).select_related("province")
    unit = get_object_or_404(units, pk=pk)
    form = AppointForm(request.POST or None, unit=unit, initial={"valid_from": usual_day(request)})
    if is_done(form, partial(actions.appoint, unit=unit, by=request.user)):
        messages.success(request, _("Appointed. Earlier documents stay as they are."))
        return go_to(request, reverse("budget:appointments", args=[pk]))
    day = as_of(request).day
    held = Appointment.objects.filter(unit=unit).select_related("person")
    context = {
        "unit": unit,
        "form": form,
        "end_form": EndForm(initial={"on": usual_day(request)}),
        "day": day,
        "now": set(held.on(day).values_list("pk", flat=True)),
        "appointments": held.order_by("post", "-valid_from", "-id"),
        "may_appoint": may(request.user, Permission.APPOINT, unit.province),
    }
    return render_page(request, "budget/appointments.html", "budget/_appointments.html", context)


@require_POST
@permission_required(Permission.APPOINT)
def end_appointment(request: PersonRequest, pk: int) -> HttpResponseBase:
    """End an appointment from a day on."""
    every = Appointment.objects.visible_to(request.user).select_related("province", "unit")
    appointment = get_object_or_404(every, pk=pk)
    form = EndForm(request.POST)
    back = reverse("budget:appointments", args=[appointment.unit_id])
    if not form.is_valid():
        said = _("Give the day on which it ends. Nothing was saved.")
        return back_with_typed(request, said, back)
    try:
        actions.end_appointment(appointment, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        return back_with_typed(request, say(refusal.message), back)
    messages.success(request, _("The appointment ends on that day."))
    return go_to(request, back)
