"""My tasks, my notices, how mail comes; for administrators the posts and who holds them."""

from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.answers import is_done
from pulih.web.page import go_to

from . import actions, tasks
from .forms import EndForm, HolderForm, MailForm
from .lists import NOTICES, TASKS
from .models import Mail, MailChoice, Notice, PostHolder
from .post_holders import post_of
from .post_lists import POSTS

NEWEST = 8


@require_safe
def board(request: PersonRequest) -> HttpResponseBase:
    """Show what waits for the person, the newest notices, and how mail comes."""
    notices = Notice.objects.filter(person=request.user).order_by("-made_at", "pk")
    chosen = MailChoice.objects.filter(person=request.user).first() or MailChoice()
    context = {
        "rooms": tasks.of_rooms(request.user),
        "notices": list(notices.unread().select_related("mail")[:NEWEST]),
        "mail_form": MailForm(initial={"mail": chosen.mail, "language": chosen.language}),
    }
    return pages.answer(request, TASKS, "workflow/tasks.html", context=context)


@require_safe
def notices(request: PersonRequest) -> HttpResponseBase:
    """List all that the person was told."""
    return pages.answer(request, NOTICES)


@require_POST
def read(request: PersonRequest) -> HttpResponseBase:
    """Mark all notices as read."""
    actions.mark_read(by=request.user)
    return go_to(request, reverse("workflow:tasks"))


@require_POST
def mail(request: PersonRequest) -> HttpResponseBase:
    """Keep how notices come by mail."""
    form = MailForm(request.POST)
    if form.is_valid():
        actions.choose_mail(by=request.user, **form.cleaned_data)
        messages.success(request, _("Kept. Notices that wait follow your choice."))
    else:
        messages.error(request, _("Choose how often and in which language. Nothing was saved."))
    return go_to(request, reverse("workflow:tasks"))


@require_POST
def again(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Send a mail again that may not have arrived."""
    actions.send_again(get_object_or_404(Mail, pk=pk, person=request.user), by=request.user)
    messages.success(request, _("It is sent again within a minute."))
    return go_to(request, reverse("workflow:notices"))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.MANAGE_PEOPLE)
def posts(request: PersonRequest) -> HttpResponseBase:
    """List the posts with their holders; appoint somebody."""
    form = HolderForm(request.POST or None, today=timezone.localdate())

    def act(post: str, area: Any, person: Any, **days: Any) -> None:
        actions.appoint(post_of(post, area), person, by=request.user, **days)

    if is_done(form, act):
        return go_to(request, reverse("workflow:posts"))
    return pages.answer(request, POSTS, "workflow/posts.html", context={"form": form})


@require_POST
@permission_required(Permission.MANAGE_PEOPLE)
def end_holding(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Let somebody hold a post no longer than until before a day."""
    held = get_object_or_404(PostHolder, pk=pk)
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors["until"]))
        return go_to(request, reverse("workflow:posts"))
    actions.end_holding(held, until=form.cleaned_data["until"], by=request.user)
    return go_to(request, reverse("workflow:posts"))
