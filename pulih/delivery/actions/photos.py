"""Photos of sessions, which the office adds where it has some: no rule asks for one."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.inbox.uploads import store
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.web import numbers

from ..models import Session, SessionPhoto
from ..pictures import cleaned
from .attendance import refuse_future

MOST = 12  # Of one session.


@transaction.atomic
def keep(
    session: Session, *, file: UploadedFile[Any], shows: str, by: User, now: datetime
) -> SessionPhoto:
    """Keep a photo of a session. May refuse: also one that shows another session already."""
    cohort = session.cohort
    require(by, Permission.RUN_ACTIVITIES, cohort.regency)
    refuse_future(session, cohort, now)
    if session.photos.count() >= MOST:
        raise Refusal(_("A session has at most %(n)d photos.") % {"n": MOST})
    stored = store(io.BytesIO(cleaned(file.read())), "foto.jpg", ".photo")
    try:
        with transaction.atomic():
            made = SessionPhoto.objects.create(
                session=session, cohort=cohort, province_id=cohort.province_id,
                regency_id=cohort.regency_id, sha256=stored.sha256, size_bytes=stored.size_bytes,
                stored_name=stored.name, shows=shows.strip(), by=by, at=now,
            )  # fmt: skip
    except IntegrityError as twice:
        raise Refusal(_shown_before(stored.sha256, by)) from twice
    record(by, "delivery.keep_photo", made, session=session.pk)
    return made


def _shown_before(sha256: str, by: User) -> str:
    known = SessionPhoto.objects.visible_to(by).filter(sha256=sha256).select_related("session")
    first = known.first()
    if first is None:  # Of an area that the person does not see.
        return _("This photo shows another session already. Choose one of this session.")
    return _("This photo shows the session of %(day)s already. Choose one of this session.") % {
        "day": numbers.day(first.session.day)
    }
