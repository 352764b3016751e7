"""Taking visits from a phone: each once, in the order of its presses, however often they come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.common.errors import Refusal
from pulih.delivery.acts import Verdict
from pulih.delivery.clock import day_in
from pulih.people.links.acting import on_behalf
from pulih.people.links.models import Link
from pulih.web.words import say

from ..acts import VisitIn, VisitsIn
from ..models import SampleUnit, Visit
from .visits import Pressed, visit

SAID = ("unit_id", "outcome", "counted", "note", "visited_on", "visitor", "why", "pressed_at")


def take_visits(sent: VisitsIn, *, by: Link, now: datetime) -> list[Verdict]:
    """Keep what a phone sent; say of each visit whether the server has it, or why it has not.

    A visit of the same number that says the same is taken and changes nothing.
    """
    with on_behalf(by):
        rows = SampleUnit.objects.select_related("sample", "province", "drawn")
        units = rows.filter(pk__in=by.subjects).in_bulk()
    acts = sorted(sent.acts, key=lambda act: act.number)
    return [_verdict(units, sent.device, act, by, now) for act in acts]


def _verdict(
    units: Mapping[int, SampleUnit], device: str, act: VisitIn, by: Link, now: datetime
) -> Verdict:
    try:
        unit = units.get(act.unit)
        if unit is None:
            raise Refusal(_("This place is not among those of your link."))
        with transaction.atomic():
            # A phone that heard no answer sends again while the first sending is still at work.
            with on_behalf(by):
                SampleUnit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
            if not _is_there(device, act, by):
                _keep(unit, device, act, by, now)
    except Refusal as refusal:
        return Verdict(act.number, "refused", say(refusal.message))
    return Verdict(act.number, "taken")


def _is_there(device: str, act: VisitIn, by: Link) -> bool:
    with on_behalf(by):
        kept = Visit.objects.filter(device=device, press=act.number).first()
    if kept and tuple(getattr(kept, name) for name in SAID) != _said(act):
        raise Refusal(_("Another press of this phone has this number already. Press again."))
    return kept is not None


def _said(act: VisitIn) -> tuple[object, ...]:
    return (
        act.unit, act.outcome, act.counted, act.note.strip(), act.visited_on, act.visitor.strip(),
        act.why.strip(), act.pressed_at,
    )  # fmt: skip


def _keep(unit: SampleUnit, device: str, act: VisitIn, by: Link, now: datetime) -> None:
    visit(
        unit, outcome=act.outcome, counted=act.counted, note=act.note.strip(),
        visited_on=act.visited_on, visitor=act.visitor.strip(), why=act.why.strip(), by=by,
        now=now, today=day_in(unit.province_id, now),
        pressed=Pressed(device, act.number, act.pressed_at),
    )  # fmt: skip
