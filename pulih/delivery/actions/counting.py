"""Taking what a receiver counted on a phone: once, in whatever order and however often it comes."""

from __future__ import annotations

import base64
import io
from datetime import datetime
from functools import partial

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pulih.common.errors import Refusal
from pulih.inbox.uploads import store
from pulih.people.links.acting import on_behalf
from pulih.people.links.models import Link
from pulih.people.models import User

from ..acts import CountIn, CountsIn, Verdict
from ..clock import day_in
from ..models import Handover, HandoverPhoto
from ..pictures import cleaned
from . import handovers
from .presses import take_once

MOST_PIXELS = 16_000_000  # A phone makes its photo 1,600 wide.


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
    handovers.confirm(
        handover, received=act.received, received_on=act.received_on, came_back=act.came_back,
        reason=act.reason.strip(), name=act.name.strip(), post=act.post.strip(),
        place=act.where.strip(), by=by, now=now, today=day_in(handover.province_id, now),
        drawn=handovers.Drawn(act.drawing, device, act.number, act.pressed_at),
    )  # fmt: skip
    if act.photo:
        _keep_photo(handover, _content(act.photo), act.pressed_at, by)


def _content(photo: str) -> bytes:
    try:
        return base64.b64decode(photo)
    except ValueError as wrong:
        raise Refusal(_("The photo cannot be read. Take it again.")) from wrong


def _keep_photo(handover: Handover, content: bytes, taken_at: datetime, by: User | Link) -> None:
    stored = store(io.BytesIO(cleaned(content, MOST_PIXELS)), "foto.jpg", ".photo")
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
