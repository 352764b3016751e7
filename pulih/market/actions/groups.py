"""Groups of firms that send together, and who belongs to them when."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.areas.models import Area, AreaClosure, valid_on
from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.registry.models import Enterprise

from ..models import Group, Member
from . import delivered_members


@transaction.atomic
def save_group(group: Group, *, regency: Area, by: User, **values: Any) -> Group:
    """Make or change a group with its hub in `regency`. May refuse."""
    require(by, Permission.KEEP_CAPACITIES, regency)
    is_new = group.pk is None
    if not is_new and group.regency_id != regency.pk:
        raise Refusal(_("A group stays in its regency, where its members are; make a new one."))
    for name, value in values.items():
        setattr(group, name, value)
    group.regency, group.province_id = regency, province_of(regency, group.valid_from)
    if Group.objects.filter(regency=regency, name=group.name).exclude(pk=group.pk).exists():
        raise Refusal(_("This regency has a group of this name already."))
    group.save()
    named = delivered_members.take_named(group, by=by) if is_new else 0
    record(by, "market.group", group, is_new=is_new, members=named)
    return group


@transaction.atomic
def add_member(group: Group, enterprise: Enterprise, *, since: date, by: User) -> Member:
    """Let a firm belong to a group from a day on. May refuse one of another regency."""
    require(by, Permission.KEEP_CAPACITIES, group.regency)
    if enterprise.regency_id != group.regency_id:
        raise Refusal(
            _("%(firm)s is in %(there)s, the group in %(here)s: members come from its regency.")
            % {"firm": enterprise, "there": enterprise.regency, "here": group.regency}
        )
    known = Member.objects.select_for_update().filter(group=group, enterprise=enterprise)
    if known.filter(valid_on(since)).exists() or known.filter(valid_from__gte=since).exists():
        raise Refusal(_("This firm belongs to the group already on that day or later."))
    member = Member.objects.create(
        group=group,
        enterprise=enterprise,
        province_id=group.province_id,
        regency_id=group.regency_id,
        valid_from=since,
    )
    record(by, "market.member", group, enterprise=enterprise.pk)
    return member


@transaction.atomic
def end_membership(member: Member, *, on: date, by: User) -> Member:
    """Let a firm belong to its group no more from a day on. May refuse."""
    require(by, Permission.KEEP_CAPACITIES, member.regency)
    member = Member.objects.select_for_update().get(pk=member.pk)
    if member.valid_to is not None:
        raise Refusal(_("This membership has ended already."))
    if on <= member.valid_from:
        raise Refusal(_("The membership must end after the day on which it began."))
    member.valid_to = on
    member.save(update_fields=["valid_to"])
    record(by, "market.member_left", member.group, enterprise=member.enterprise_id)
    return member


def province_of(regency: Area, on: date) -> int:
    """Return the id of the province that a regency lies in on a day."""
    above = AreaClosure.objects.filter(valid_on(on), descendant=regency)
    return int(above.filter(ancestor__level="province").values_list("ancestor_id", flat=True)[0])
