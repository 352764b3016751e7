"""Groups of firms that send together."""

from functools import partial
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.registry.firm_picker import choice_of
from pulih.registry.models import Enterprise
from pulih.web import keyset
from pulih.web.answers import is_done
from pulih.web.as_of import as_of
from pulih.web.forms import problem_of
from pulih.web.page import go_to, render_page

from ..actions import groups as actions
from ..forms import EndForm, GroupForm, MemberForm
from ..models import Capacity, Group, Member
from .answers import form_page

MEMBER_ORDER, MEMBERS_SHOWN = ("enterprise__sort_key", "pk"), 20


@require_safe
@permission_required(Permission.SEE_MARKET)
def show_group(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show a group with its members of the day and what they make together."""
    return _group_page(request, _group(request, pk))


def _group(request: PersonRequest, pk: int) -> Group:
    rows = Group.objects.visible_to(request.user).select_related("regency", "province")
    found: Group = get_object_or_404(rows, pk=pk)
    return found


def _group_page(request: PersonRequest, group: Group, **shown: Any) -> HttpResponseBase:
    day = as_of(request).day
    asked = request.POST if request.method == "POST" else request.GET
    members = group.members.on(day).select_related("enterprise")
    made: dict[str, tuple[str, int, int]] = {}
    firms = members.values("enterprise")
    for one in Capacity.objects.filter(enterprise__in=firms).select_related("product"):
        name, units, makers = made.get(one.product.code, (one.product.name, 0, 0))
        made[one.product.code] = (name, units + one.per_week, makers + 1)
    context = {
        "group": group,
        "day": day,
        "members": keyset.page(members, MEMBER_ORDER, request.GET.get("page", ""), MEMBERS_SHOWN),
        "is_read": request.method == "GET",
        "made": sorted(made.values()),
        "may_keep": may(request.user, Permission.KEEP_CAPACITIES, group.regency),
        "member_form": MemberForm(initial={"since": day}),
        "choice": choice_of(asked, request.user, regency=group.regency_id),
        "problem": "",
    }
    return render_page(request, "market/group.html", "market/_group.html", context | shown)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.KEEP_CAPACITIES)
def new_group(request: PersonRequest) -> HttpResponseBase:
    """Make a group."""
    return form_page(
        request,
        GroupForm(
            request.POST or None, by=request.user, initial={"valid_from": as_of(request).day}
        ),
        partial(actions.save_group, Group(), by=request.user),
        lambda group: reverse("market:group", args=[group.pk]),
        title=_("New group"),
        crumb=_("Groups"),
        crumb_url=reverse("market:groups"),
        answer=_("Its members come from its regency and keep their own names on every part."),
        button=_("Save the group"),
    )


@require_POST
@permission_required(Permission.KEEP_CAPACITIES)
def add_member(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Let a firm belong to a group."""
    group, form = _group(request, pk), MemberForm(request.POST)

    def act(enterprise: int, since: Any) -> object:
        rows = Enterprise.objects.visible_to(request.user).select_related("regency")
        firm = get_object_or_404(rows, pk=enterprise)
        return actions.add_member(group, firm, since=since, by=request.user)

    if is_done(form, act):
        return go_to(request, reverse("market:group", args=[pk]))
    return _group_page(request, group, member_form=form)


@require_POST
@permission_required(Permission.KEEP_CAPACITIES)
def end_membership(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Let a firm belong to its group no more from a day on."""
    rows = Member.objects.visible_to(request.user).select_related("group", "regency")
    member, form = get_object_or_404(rows, pk=pk), EndForm(request.POST)
    if is_done(form, partial(actions.end_membership, member, by=request.user)):
        return go_to(request, reverse("market:group", args=[member.group_id]))
    problem = problem_of(form)
    return _group_page(request, _group(request, member.group_id), problem=problem)
