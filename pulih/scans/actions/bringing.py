"""A scan arrives: it is stored, known by its content, and waits to be read."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pulih.areas.models import Area
from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.common.working_days import local_day
from pulih.inbox.actions.delivering import places_of
from pulih.inbox.uploads import store
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.web import numbers
from pulih.workflow.calendars import zone_of

from ..models import FileState, ScanFile
from ..rules import refusals

FILE_ENDING = ".scan"


@transaction.atomic
def bring(file: Any, *, office: Area, by: User, now: datetime) -> ScanFile:
    """Store one file of signed papers and let it wait to be read. May refuse."""
    require(by, Permission.DELIVER_FILES, office)
    name = _plain(getattr(file, "name", "") or "")
    if not getattr(file, "size", 1):
        raise refusals.empty(name)
    stored = store(file, name, FILE_ENDING)
    province, regency = places_of(office, local_day(now, zone_of(office.pk)))
    _refuse_known(stored.sha256, name, province, regency)
    made = ScanFile(
        name=name, sha256=stored.sha256, size_bytes=stored.size_bytes, stored_name=stored.name,
        province_id=province, regency_id=regency, brought_by=by, brought_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:  # Somebody else brought it in this very moment.
        raise _known(name) from error
    record(by, "scans.bring", made, sha256=stored.sha256)
    return made


def unread(by: User) -> list[ScanFile]:
    """Return the files that wait to be read, oldest first."""
    waiting = ScanFile.objects.visible_to(by).filter(state=FileState.WAITING)
    return list(waiting.select_related("brought_by").order_by("pk"))


def _refuse_known(sha256: str, name: str, province: int, regency: int | None) -> None:
    same = ScanFile.objects.filter(sha256=sha256, province=province, regency=regency)
    known = same.exclude(state=FileState.REFUSED).select_related("brought_by").first()
    if known is None:
        return
    text = _(
        "“%(file)s” was brought already, as “%(known)s” on %(day)s by %(person)s. It is taken once."
    )
    day = numbers.day(local_day(known.brought_at, zone_of(regency or province)))
    about = {"file": name, "known": known.name, "day": day, "person": known.brought_by.name}
    raise Refusal(text % about)


def _known(name: str) -> Refusal:
    return Refusal(
        _("“%(file)s” was brought in this very moment. It is taken once.") % {"file": name}
    )


def _plain(name: str) -> str:
    bare = PurePosixPath(name.replace("\\", "/")).name
    return "".join(sign for sign in bare if sign.isprintable()).strip()[-200:] or "pindaian"
