"""Taking what a receiver counted on a phone: once, in whatever order and however often it comes."""

from __future__ import annotations

import io
from datetime import datetime
from functools import partial
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pulih.common.errors import Refusal
from pulih.inbox.uploads import store
from pulih.people.links.acting import on_behalf
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.scope import speaking_as_system

from ..acts import CountIn, CountsIn, GiverIn, Verdict
from ..clock import day_in
from ..models import Handover, HandoverPhoto, SessionPhoto, Side
from ..pictures import MOST_PIXELS_OF_A_PHONE, cleaned, content_of
from . import handovers
from .giving import sign_as_giver
from .handovers import Drawn
from .phone_handovers import other_sentence, take_once


def take_counts(
    handover: Handover, sent: CountsIn, *, by: User | Link, now: datetime
) -> list[Verdict]:
    """Keep what a phone sent about a hand-over; say of each count whether the server has it.

    The same count again is taken and changes nothing. One that comes after another was kept, or
    that cannot be, is refused with the reason, and the record of actions names it for the office.
    """
    return [
        take_once(
            handover, sent.device, act, partial(_take, handover, sent.device, act, by, now), by=by,
            refused="delivery.count_refused", counted=act.received, received=act.received,
        )
        for act in sent.acts
    ]  # fmt: skip


def _take(handover: Handover, device: str, act: CountIn, by: User | Link, now: datetime) -> None:
    if act.giver:
        _sign_giver(handover, device, act, act.giver, by, now)
    handovers.confirm(
        handover, received=act.received, received_on=act.received_on, came_back=act.came_back,
        reason=act.reason.strip(), name=act.name.strip(), post=act.post.strip(),
        place=act.where.strip(), by=by, now=now, today=day_in(handover.province_id, now),
        drawn=Drawn(act.drawing, device, act.number, act.pressed_at),
    )  # fmt: skip
    if act.photo:
        _keep_photo(handover, content_of(act.photo), act.pressed_at, by)


def _sign_giver(
    handover: Handover, device: str, act: CountIn, giver: GiverIn, by: User | Link, now: datetime
) -> None:
    """Keep the giver's signature of a page that both sides signed, before the receiver's."""
    if isinstance(by, Link):
        raise Refusal(_("The giver signs on the office's phone, or by a link of the giver's own."))
    if giver.text != handovers.text_of(handover, None):
        raise Refusal(other_sentence())
    if handover.signatures.filter(side=Side.GIVER).exists():
        return  # Somebody signed for the office meanwhile; the count is kept all the same.
    # A press of its own for PostgreSQL: no phone has a name that begins so.
    press = Drawn(giver.drawing, f"giver:{device}"[:40], act.number, act.pressed_at)
    sign_as_giver(
        handover, name=giver.name.strip(), post=giver.post.strip(), place=act.where.strip(), by=by,
        now=now, drawn=press,
    )  # fmt: skip


def _refuse_of_a_class(photo: bytes, handover: Handover) -> None:
    """Refuse a photo of a session of another activity, whoever may see that."""
    with speaking_as_system():
        classes = SessionPhoto.objects.exclude(cohort__activity=handover.activity_id)
        is_known = classes.filter(sha256=sha256(photo).hexdigest()).exists()
    if is_known:
        raise Refusal(_("This photo shows a session of another activity. Take one of these goods."))


def _keep_photo(handover: Handover, content: bytes, taken_at: datetime, by: User | Link) -> None:
    photo = cleaned(content, MOST_PIXELS_OF_A_PHONE)
    _refuse_of_a_class(photo, handover)
    stored = store(io.BytesIO(photo), "foto.jpg", ".photo")
    try:
        with on_behalf(by), transaction.atomic():
            HandoverPhoto.objects.create(
                handover=handover, sha256=stored.sha256, size_bytes=stored.size_bytes,
                stored_name=stored.name, taken_at=taken_at,
            )  # fmt: skip
    except IntegrityError as twice:
        raise Refusal(
            _("This photo was sent with another hand-over before. Take one of these goods.")
        ) from twice
