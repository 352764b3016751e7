"""Signing as the giver of goods, where the office did not sign for them when it sent them."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.links.acting import on_behalf
from pulih.people.links.actions import require_link
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..acts import GiveIn, GivesIn, Verdict
from ..models import Handover, Side
from ..purposes import GIVE
from .activities import place_of
from .handovers import Drawn, issue_paper, sign
from .phone_handovers import take_once


@transaction.atomic
def sign_as_giver(
    given: Handover, *, name: str, post: str, place: str, by: User | Link, now: datetime,
    drawn: Drawn | None = None,
) -> Handover:  # fmt: skip
    """Sign for what the office gave, by the office or by a link. Once; may refuse."""
    if isinstance(by, Link):
        require_link(by, GIVE, given.pk)
    else:
        require(by, Permission.RUN_ACTIVITIES, place_of(given.activity))
    with on_behalf(by):
        handover: Handover = Handover.objects.select_for_update(of=("self",)).get(pk=given.pk)
        signed = handover.signatures.filter(side=Side.GIVER).first()
        if signed:
            raise Refusal(_("%(name)s has signed for the office already.") % {"name": signed.name})
        sign(handover, Side.GIVER, name, post, place, by, now, drawn)
        issue_paper(handover, handover.received_on or handover.sent_on, name)
    record(by, "delivery.sign_as_giver", handover)
    return handover


def take_signatures(
    handover: Handover, sent: GivesIn, *, by: User | Link, now: datetime
) -> list[Verdict]:
    """Keep what a phone of the giver sent, each press once; say which ones the server has."""
    return [
        take_once(
            handover, sent.device, act, partial(_take, handover, sent.device, act, by, now), by=by,
            refused="delivery.giver_refused",
        )
        for act in sent.acts
    ]  # fmt: skip


def _take(handover: Handover, device: str, act: GiveIn, by: User | Link, now: datetime) -> None:
    sign_as_giver(
        handover, name=act.name.strip(), post=act.post.strip(), place=act.where.strip(), by=by,
        now=now, drawn=Drawn(act.drawing, device, act.number, act.pressed_at),
    )  # fmt: skip
