"""Photos of sessions, from the office or a phone at the class: no rule asks for one."""

from __future__ import annotations

import io
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.inbox.uploads import store
from pulih.people.links.acting import on_behalf
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.people.scope import speaking_as_system
from pulih.web import numbers
from pulih.web.words import say

from ..acts import PhotoIn, PhotosIn, Verdict
from ..models import Cohort, HandoverPhoto, Session, SessionPhoto
from ..pictures import MOST_PIXELS_OF_A_PHONE, cleaned, content_of
from .attendance import refuse_future, require_for_class

MOST = 12  # Of one session.


@transaction.atomic
def keep(
    session: Session, *, file: UploadedFile[Any], shows: str, by: User, now: datetime
) -> SessionPhoto:
    """Keep a photo of a session. May refuse: also one that shows another session already."""
    require(by, Permission.RUN_ACTIVITIES, session.cohort.regency)
    return _keep(session, cleaned(file.read()), shows, by, now)


def take(cohort: Cohort, sent: PhotosIn, *, by: User | Link, now: datetime) -> list[Verdict]:
    """Keep the photo that a phone sent about a class; say whether the server has it.

    The same photo of the same session again is taken and changes nothing.
    """
    require_for_class(by, cohort)
    return [_taken(cohort, act, by, now) for act in sent.acts]


def _taken(cohort: Cohort, act: PhotoIn, by: User | Link, now: datetime) -> Verdict:
    try:
        with transaction.atomic(), on_behalf(by):
            # Another sending of the same photo waits here, and then finds it.
            Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
            session = cohort.sessions.select_related("cohort").filter(pk=act.session).first()
            if session is None:
                raise Refusal(_("This session is not of this class."))
            photo = cleaned(content_of(act.photo), MOST_PIXELS_OF_A_PHONE)
            if not session.photos.filter(sha256=sha256(photo).hexdigest()).exists():
                _keep(session, photo, act.shows, by, now)
    except Refusal as refusal:
        return Verdict(act.number, "refused", say(refusal.message))
    return Verdict(act.number, "taken")


def _keep(
    session: Session, photo: bytes, shows: str, by: User | Link, now: datetime
) -> SessionPhoto:
    """Keep a photo that `cleaned` made. May refuse."""
    cohort = session.cohort
    refuse_future(session, cohort, now)
    if session.photos.count() >= MOST:
        raise Refusal(_("A session has at most %(n)d photos.") % {"n": MOST})
    _refuse_of_goods(photo, cohort)
    stored = store(io.BytesIO(photo), "foto.jpg", ".photo")
    person, link = (None, by) if isinstance(by, Link) else (by, None)
    try:
        with transaction.atomic():
            made = SessionPhoto.objects.create(
                session=session, cohort=cohort, province_id=cohort.province_id,
                regency_id=cohort.regency_id, sha256=stored.sha256, size_bytes=stored.size_bytes,
                stored_name=stored.name, shows=shows.strip(), by=person,
                link=link, at=now,
            )  # fmt: skip
    except IntegrityError as twice:
        raise Refusal(_shown_before(stored.sha256, by)) from twice
    record(by, "delivery.keep_photo", made, session=session.pk)
    return made


def _refuse_of_goods(photo: bytes, cohort: Cohort) -> None:
    """Refuse a photo of goods of another activity, whoever may see that."""
    with speaking_as_system():
        goods = HandoverPhoto.objects.exclude(handover__activity=cohort.activity_id)
        is_known = goods.filter(sha256=sha256(photo).hexdigest()).exists()
    if is_known:
        raise Refusal(_("This photo shows goods of another activity already. Choose another."))


def _shown_before(fingerprint: str, by: User | Link) -> str:
    # A link, and who works elsewhere, are not told of which session.
    seen = (
        SessionPhoto.objects.none() if isinstance(by, Link) else SessionPhoto.objects.visible_to(by)
    )
    known = seen.filter(sha256=fingerprint).select_related("session")
    first = known.first()
    if first is None:
        return _("This photo shows another session already. Choose one of this session.")
    return _("This photo shows the session of %(day)s already. Choose one of this session.") % {
        "day": numbers.day(first.session.day)
    }
