from functools import partial
from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pulih.common.errors import Refusal
from pulih.web.answers import is_done
from pulih.web.page import go_to, render_page

from . import actions, sign_ins
from .access import PersonRequest, permission_required
from .forms import ReachForm, RoleForm
from .models import Reach, Role, User
from .permissions import Permission
from .sessions import hash_of


@require_http_methods(["GET", "POST"])
@permission_required(Permission.MANAGE_PEOPLE)
def person(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one person with their reaches; give another."""
    subject = get_object_or_404(User.objects.exclude(role=Role.SYSTEM), pk=pk)
    today = timezone.localdate()
    form = ReachForm(request.POST or None, today=today)
    if is_done(form, partial(actions.give_reach, subject, by=request.user, today=today)):
        return go_to(request, reverse("people:person", args=[pk]))
    return _person_page(request, subject, form=form)


@require_POST
@permission_required(Permission.MANAGE_PEOPLE)
def change_role(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give a person another role; all that was open with the old one ends."""
    subject = get_object_or_404(User.objects.exclude(role=Role.SYSTEM), pk=pk)
    today = timezone.localdate()
    form = RoleForm(request.POST, initial={"role": subject.role}, today=today)
    if is_done(form, partial(actions.change_role, subject, by=request.user, today=today)):
        messages.success(
            request, _("The role is changed, and every sign-in with the old one ended.")
        )
        return go_to(request, reverse("people:person", args=[pk]))
    return _person_page(request, subject, role_form=form)


def _person_page(request: PersonRequest, subject: User, **forms: Any) -> HttpResponseBase:
    today = timezone.localdate()
    context = {
        "subject": subject,
        "reaches": subject.reaches.select_related("area").order_by("-valid_from"),
        "form": forms.get("form") or ReachForm(today=today),
        "role_form": forms.get("role_form")
        or RoleForm(initial={"role": subject.role}, today=today, auto_id="role_%s"),
        "is_own": subject.pk == request.user.pk,
        "today": today,
    }
    context |= _signed_in(subject, request, reverse("people:end-sign-ins", args=[subject.pk]))
    return render_page(request, "people/person.html", "people/_person.html", context)


@require_GET
def own_sign_ins(request: PersonRequest) -> HttpResponse:
    """Show where oneself is signed in."""
    context = _signed_in(request.user, request, reverse("people:end-own"))
    return render(request, "people/sign_ins.html", context)


@require_POST
def end_own(request: PersonRequest) -> HttpResponse:
    """End some of one's own sign-ins; this browser signs out by its own button."""
    keys = [key for key in request.POST.getlist("key") if key != _this(request)]
    _say_ended(request, sign_ins.end(request.user, keys, by=request.user))
    return redirect("people:own-sign-ins")


@require_POST
@permission_required(Permission.MANAGE_PEOPLE)
def end_sign_ins(request: PersonRequest, pk: int) -> HttpResponse:
    """End some of a person's sign-ins."""
    subject = get_object_or_404(User.objects.exclude(role=Role.SYSTEM), pk=pk)
    keys = [key for key in request.POST.getlist("key") if key != _this(request)]
    _say_ended(request, sign_ins.end(subject, keys, by=request.user))
    return redirect("people:person", pk=pk)


def _signed_in(person: User, request: PersonRequest, ends_at: str) -> dict[str, Any]:
    found = list(sign_ins.of_person(person))
    others = [one for one in found if one.pk != _this(request)]
    return {"sign_ins": found, "others": others, "this": _this(request), "ends_at": ends_at}


def _this(request: PersonRequest) -> str:
    return hash_of(request.session.session_key or "")


def _say_ended(request: PersonRequest, count: int) -> None:
    if count:
        words = ngettext("%(n)s sign-in was ended.", "%(n)s sign-ins were ended.", count)
        messages.success(request, words % {"n": count})
    else:
        messages.info(request, _("There was nothing left to end: that sign-in was over already."))


@require_POST
@permission_required(Permission.MANAGE_PEOPLE)
def end_reach(request: PersonRequest, pk: int) -> HttpResponse:
    reach = get_object_or_404(Reach.objects.select_related("user"), pk=pk)
    actions.end_reach(reach, by=request.user, today=timezone.localdate())
    return redirect("people:person", pk=reach.user_id)


@require_POST
@permission_required(Permission.MANAGE_PEOPLE)
def set_active(request: PersonRequest, pk: int) -> HttpResponse:
    subject = get_object_or_404(User.objects.exclude(role=Role.SYSTEM), pk=pk)
    actions.set_active(subject, "active" in request.POST, by=request.user)
    return redirect("people:person", pk=pk)


@require_POST
@permission_required(Permission.MANAGE_PEOPLE)
def reset_sign_in(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Let a person who lost phone or password begin again, by the link in a mail."""
    subject = get_object_or_404(User.objects.exclude(role=Role.SYSTEM), pk=pk)
    try:
        actions.reset_sign_in(subject, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message.in_language(request.LANGUAGE_CODE))
    else:
        form = ResetPasswordForm({"email": subject.email})
        if form.is_valid():
            form.save(request)
        words = _("A link for a new password was sent to %(mail)s.")
        messages.success(request, words % {"mail": subject.email})
    return redirect("people:person", pk=pk)
